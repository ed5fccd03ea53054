import static com.google.common.collect.ImmutableList.toImmutableList;
import static io.trino.memory.context.AggregatedMemoryContext.newSimpleAggregatedMemoryContext;
import static io.trino.parquet.ParquetTypeUtils.constructField;
import static io.trino.parquet.ParquetTypeUtils.getColumnIO;
import static io.trino.parquet.ParquetTypeUtils.getDescriptors;
import static io.trino.parquet.ParquetTypeUtils.lookupColumnByName;
import static io.trino.parquet.predicate.PredicateUtils.buildPredicate;
import static io.trino.parquet.predicate.PredicateUtils.getFilteredRowGroups;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.airlift.slice.Slice;
import io.trino.parquet.AbstractParquetDataSource;
import io.trino.parquet.Column;
import io.trino.parquet.ParquetDataSource;
import io.trino.parquet.ParquetDataSourceId;
import io.trino.parquet.ParquetReaderOptions;
import io.trino.parquet.metadata.ParquetMetadata;
import io.trino.parquet.reader.MetadataReader;
import io.trino.parquet.reader.ParquetReader;
import io.trino.parquet.reader.RowGroupInfo;
import io.trino.spi.block.Block;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.type.BigintType;
import io.trino.spi.type.BooleanType;
import io.trino.spi.type.DoubleType;
import io.trino.spi.type.IntegerType;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;
import org.joda.time.DateTimeZone;

/**
 * Reads Parquet files with Trino's own reader and tells what is in them, for test/lake/other-engines.test.ts.
 *
 * <p>Standard input: one line a file, its path, a tab, and the columns as the tables of src/lake/schema.ts have them:
 * "hex INTEGER,ts TIMESTAMP_MS". They become the types that the external tables of docs/lake.md declare, and columns are
 * found by name, as Trino's Hive connector does it.
 *
 * <p>Standard output: one line a file, of fields between tabs: the number of rows; how many row groups the file has, how
 * many a question for one value of its first column of numbers would read (the fewest over all values there are), and how
 * many for a value that is not there, by the statistics and Bloom filters in the file; then for each column its name, its Parquet type, and the SHA-256 of its values in order, each as a line: "-"
 * for null, a number's decimals, milliseconds since 1970 for a time, true or false, the 64 bits of a double in
 * hexadecimal, for text its length in bytes, a colon and the bytes.
 */
public final class ReadParquet {
  private static final ParquetReaderOptions OPTIONS = ParquetReaderOptions.defaultOptions();
  private static final DateTimeZone UTC = DateTimeZone.UTC;
  private static final int MICROS_PER_MILLI = 1000;

  private record Declared(String name, Type type) {}

  /** What became of one column: a hash over its lines, and its numbers for the question about row groups. */
  private static final class Digest {
    final MessageDigest hash;
    final Set<Long> numbers = new LinkedHashSet<>();

    Digest() {
      try {
        hash = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException cause) {
        throw new IllegalStateException(cause);
      }
    }
  }

  private static final class FileSource extends AbstractParquetDataSource {
    private final RandomAccessFile file;

    FileSource(Path path) throws IOException {
      super(new ParquetDataSourceId(path.toString()), path.toFile().length(), OPTIONS);
      file = new RandomAccessFile(path.toFile(), "r");
    }

    @Override
    protected void readInternal(long position, byte[] buffer, int offset, int length) throws IOException {
      file.seek(position);
      file.readFully(buffer, offset, length);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  public static void main(String[] words) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] parts = line.split("\t");
      List<Declared> columns = Arrays.stream(parts[1].split(",")).map(ReadParquet::declared).toList();
      System.out.println(describe(Path.of(parts[0]), columns));
    }
  }

  private static Declared declared(String text) {
    String[] words = text.split(" ");
    Type type =
        switch (words[1]) {
          case "INTEGER" -> IntegerType.INTEGER;
          case "BIGINT" -> BigintType.BIGINT;
          case "DOUBLE" -> DoubleType.DOUBLE;
          case "BOOLEAN" -> BooleanType.BOOLEAN;
          case "VARCHAR" -> VarcharType.VARCHAR;
          case "TIMESTAMP_MS" -> TimestampType.TIMESTAMP_MILLIS;
          default -> throw new IllegalArgumentException(text);
        };
    return new Declared(words[0], type);
  }

  private static String describe(Path path, List<Declared> columns) throws IOException {
    List<Digest> digests = columns.stream().map(column -> new Digest()).toList();
    List<String> fields = new ArrayList<>();
    MessageType schema;
    // Trino's reader closes its source.
    try (ParquetDataSource source = new FileSource(path)) {
      ParquetMetadata metadata = readFooter(source);
      schema = metadata.getFileMetaData().getSchema();
      fields.add(Long.toString(readAll(source, metadata, columns, digests)));
    }
    try (ParquetDataSource source = new FileSource(path)) {
      fields.add(groupsToRead(source, readFooter(source), columns, digests));
    }
    for (int index = 0; index < columns.size(); index++) {
      fields.add(columns.get(index).name());
      fields.add(schema.getType(columns.get(index).name()).toString());
      fields.add(HexFormat.of().formatHex(digests.get(index).hash.digest()));
    }
    if (schema.getFieldCount() != columns.size()) fields.add("and columns not asked for: " + schema);
    return String.join("\t", fields);
  }

  private static ParquetMetadata readFooter(ParquetDataSource source) throws IOException {
    return MetadataReader.readFooter(source, OPTIONS, Optional.empty(), Optional.empty());
  }

  private static long readAll(
      ParquetDataSource source, ParquetMetadata metadata, List<Declared> columns, List<Digest> digests)
      throws IOException {
    MessageType schema = metadata.getFileMetaData().getSchema();
    var columnIo = getColumnIO(schema, schema);
    List<Column> fields =
        columns.stream()
            .map(column -> {
              var found = lookupColumnByName(columnIo, column.name());
              return new Column(column.name(), constructField(column.type(), found).orElseThrow());
            })
            .collect(toImmutableList());
    long rowCount = 0;
    try (ParquetReader reader =
        new ParquetReader(
            Optional.ofNullable(metadata.getFileMetaData().getCreatedBy()),
            fields,
            false,
            rowGroups(source, metadata, TupleDomain.all()),
            source,
            UTC,
            newSimpleAggregatedMemoryContext(),
            OPTIONS,
            failure -> new IllegalStateException(failure),
            Optional.empty(),
            Optional.empty(),
            Optional.empty())) {
      for (SourcePage page = reader.nextPage(); page != null; page = reader.nextPage()) {
        rowCount += page.getPositionCount();
        for (int channel = 0; channel < fields.size(); channel++)
          digest(page.getBlock(channel), columns.get(channel).type(), digests.get(channel));
      }
    }
    return rowCount;
  }

  private static void digest(Block block, Type type, Digest digest) {
    for (int position = 0; position < block.getPositionCount(); position++) {
      if (block.isNull(position)) {
        digest.hash.update("-\n".getBytes(UTF_8));
      } else if (type instanceof VarcharType) {
        Slice text = type.getSlice(block, position);
        digest.hash.update((text.length() + ":").getBytes(UTF_8));
        digest.hash.update(text.getBytes());
        digest.hash.update((byte) '\n');
      } else {
        digest.hash.update((plainText(block, position, type, digest) + "\n").getBytes(UTF_8));
      }
    }
  }

  private static String plainText(Block block, int position, Type type, Digest digest) {
    if (type instanceof BooleanType) return Boolean.toString(type.getBoolean(block, position));
    if (type instanceof DoubleType)
      return HexFormat.of().toHexDigits(Double.doubleToRawLongBits(type.getDouble(block, position)));
    long number = type.getLong(block, position);
    if (type instanceof TimestampType) {
      if (number % MICROS_PER_MILLI != 0) throw new IllegalStateException("not whole milliseconds: " + number);
      return Long.toString(number / MICROS_PER_MILLI);
    }
    digest.numbers.add(number);
    return Long.toString(number);
  }

  private static String groupsToRead(
      ParquetDataSource source, ParquetMetadata metadata, List<Declared> columns, List<Digest> digests) {
    int index = 0;
    while (digests.get(index).numbers.isEmpty()) index++;
    Declared column = columns.get(index);
    MessageType schema = metadata.getFileMetaData().getSchema();
    ColumnDescriptor descriptor = getDescriptors(schema, schema).get(List.of(column.name()));
    ToIntFunction<Long> groupsFor =
        value -> {
          Domain wanted = Domain.singleValue(column.type(), value);
          return rowGroups(source, metadata, TupleDomain.withColumnDomains(Map.of(descriptor, wanted))).size();
        };
    int all = rowGroups(source, metadata, TupleDomain.all()).size();
    int fewest = digests.get(index).numbers.stream().mapToInt(groupsFor).min().orElseThrow();
    return all + " " + fewest + " " + groupsFor.applyAsInt((long) Integer.MIN_VALUE);
  }

  private static List<RowGroupInfo> rowGroups(
      ParquetDataSource source, ParquetMetadata metadata, TupleDomain<ColumnDescriptor> wanted) {
    MessageType schema = metadata.getFileMetaData().getSchema();
    Map<List<String>, ColumnDescriptor> descriptors = getDescriptors(schema, schema);
    try {
      return getFilteredRowGroups(
          0,
          source.getEstimatedSize(),
          source,
          metadata,
          List.of(wanted),
          List.of(buildPredicate(schema, wanted, descriptors, UTC)),
          descriptors,
          UTC,
          1000,
          OPTIONS);
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }

  private ReadParquet() {}
}
