"""Reads Parquet files with pyarrow and tells what is in them, for other-engines.test.ts.

Standard input: one path a line. Standard output: one line a file, of fields between tabs: the number of rows, then for
each column its name, its Arrow type, and the SHA-256 of its values in order, each as a line: "-" for null, a number's
decimals, milliseconds since 1970 for a time, true or false, the 64 bits of a double in hexadecimal, for text its length
in bytes, a colon and the bytes.
"""

import hashlib
import struct
import sys

import pyarrow
import pyarrow.parquet


def plain_text(value, kind):
    if value is None:
        return b"-"
    if pyarrow.types.is_boolean(kind):
        return b"true" if value else b"false"
    if pyarrow.types.is_float64(kind):
        return struct.pack(">d", value).hex().encode()
    if pyarrow.types.is_string(kind):
        text = value.encode()
        return b"%d:%s" % (len(text), text)
    return b"%d" % value


def digest(column):
    kind = column.type
    # As Python's own times, milliseconds would go through fractions of seconds.
    values = column.cast(pyarrow.int64()) if pyarrow.types.is_timestamp(kind) else column
    hashed = hashlib.sha256()
    for chunk in values.chunks:
        for value in chunk.to_pylist():
            hashed.update(plain_text(value, kind) + b"\n")
    return hashed.hexdigest()


def describe(path):
    # The file alone: a path such as day=2019-01-23 would add a column of the folder's name.
    table = pyarrow.parquet.ParquetFile(path).read()
    fields = [str(table.num_rows)]
    for name, column in zip(table.column_names, table.columns):
        fields += [name, str(column.type), digest(column)]
    return "\t".join(fields)


for line in sys.stdin:
    print(describe(line.rstrip("\n")))
