"""Reads the traces of an archive the usual Python way and splits them where nothing was heard for 10 minutes.

    python3 bench/peers/read_traces.py TAR EVERY

gzip, json and pandas, file by file, as notebooks do it. Prints one line of JSON: files, points, pieces, and the
processor time without that of loading pandas. EVERY takes each so-many-th file, as the other ways do.
"""

import gzip
import json
import resource
import sys
import tarfile

try:
    import pandas as pd
except ImportError:
    print(json.dumps({"absent": "pandas"}))
    sys.exit(0)

COLUMNS = [
    "offset", "latitude", "longitude", "altitude", "groundspeed", "track", "flags", "vertical_rate",
    "detail", "source", "geoaltitude", "geometric_rate", "ias", "roll",
]  # fmt: skip
HOLE = pd.Timedelta(minutes=10)


def cpu_seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def read(packed):
    """One aircraft's day as a list of frames, one for each stretch without a hole."""
    document = json.loads(gzip.decompress(packed))
    frame = pd.DataFrame.from_records(document["trace"], columns=COLUMNS)
    frame["timestamp"] = pd.to_datetime(
        document["timestamp"] + frame["offset"], unit="s", utc=True
    )
    frame["onground"] = frame["altitude"] == "ground"
    frame["altitude"] = pd.to_numeric(frame["altitude"], errors="coerce")
    piece = (frame["timestamp"].diff() > HOLE).cumsum()
    return [part for _, part in frame.groupby(piece)]


def main(path, every):
    files = points = pieces = 0
    spent = 0.0
    with tarfile.open(path) as archive:
        for at, member in enumerate(archive):
            if at % every != 0:
                continue
            packed = archive.extractfile(member).read()
            start = cpu_seconds()
            parts = read(packed)
            spent += cpu_seconds() - start
            files += 1
            points += sum(len(part) for part in parts)
            pieces += len(parts)
    print(
        json.dumps(
            {
                "fileCount": files,
                "pointCount": points,
                "contactCount": pieces,
                "cpuMs": 1000 * spent,
                "pandas": pd.__version__,
                "python": sys.version.split()[0],
            }
        )
    )


main(sys.argv[1], int(sys.argv[2]))
