/**
 * What a lake holds, file kind by file kind. The Parquet files carry exactly these columns in this order; the
 * documentation prints these tables, and the writers and readers are driven by them.
 */

/** Raised when older programs could misread a lake; a lake with a higher number is refused. */
export const LAKE_SCHEMA_VERSION = 1;
export const LAKE_SCHEMA = "wheelsdown-lake";
export const MANIFEST_SCHEMA = "wheelsdown-manifest";

/** Rows per Parquet row group. Source: measured, docs/performance.md section 3 (size and track queries). */
export const ROW_GROUP_ROWS = 122_880;

/**
 * Types that DuckDB, Trino, Iceberg, Spark and pandas all read as meant: no unsigned integers, no enumerations.
 * TIMESTAMP_MS is UTC without a zone, milliseconds.
 */
export type ColumnType = "INTEGER" | "BIGINT" | "DOUBLE" | "BOOLEAN" | "VARCHAR" | "TIMESTAMP_MS";

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** What one step of the number means; "" for text and flags. */
  readonly unit: string;
  readonly meaning: string;
}

export type FileKind = "points" | "movements" | "inputs" | "identities";

export interface FileTable {
  readonly kind: FileKind;
  /** Where its files lie, below the lake's folder. */
  readonly pattern: string;
  readonly sorted: string;
  readonly meaning: string;
  readonly columns: readonly Column[];
}

/** @returns a table's columns in SQL, in the types they are stored in: DuckDB reads Parquet milliseconds as microseconds, and would write them so */
export function storedColumns({ columns }: Pick<FileTable, "columns">): string {
  return columns.map(({ name, type }) => `${name}::${type} AS ${name}`).join(", ");
}

function column(name: string, type: ColumnType, unit: string, meaning: string): Column {
  return { name, type, unit, meaning };
}

const HEX = column(
  "hex",
  "INTEGER",
  "24-bit address",
  'address as a number; 16777216 (bit 24) is added for a "~" address, which is no ICAO one',
);
const ADDRESS = column("address", "VARCHAR", "", 'the same address as text, "4ca7b3" or "~4ca7b3"');
const INPUT = column("input_sha256", "VARCHAR", "", "SHA-256 of the input it was read from");
const SIMULATED = column("simulated", "BOOLEAN", "", "true when the input says it was simulated");

export const POINTS: FileTable = {
  kind: "points",
  pattern: "points/day=YYYY-MM-DD/<name>.parquet",
  sorted: "hex, ts, input order",
  meaning: "one row for each received position; unknown is NULL",
  columns: [
    HEX,
    column("ts", "TIMESTAMP_MS", "ms, UTC", "time of the position"),
    column("lat", "INTEGER", "1e-6 degree", "latitude, WGS 84"),
    column("lon", "INTEGER", "1e-6 degree", "longitude, WGS 84"),
    column("alt_ft", "INTEGER", "ft", "pressure altitude, or geometric when flags has bit 8"),
    column("geom_alt_ft", "INTEGER", "ft", "altitude above the ellipsoid"),
    column("gs_dkt", "INTEGER", "0.1 kt", "ground speed"),
    column("track_ddeg", "INTEGER", "0.1 degree", "direction over ground, from true north"),
    column("vrate_fpm", "INTEGER", "ft/min", "vertical rate, barometric unless flags has bit 4"),
    column("ground", "INTEGER", "", "0 in the air, 1 on the ground, 2 unknown"),
    column(
      "flags",
      "INTEGER",
      "bits",
      "1 stale, 2 leg start, 4 geometric rate, 8 geometric alt_ft",
    ),
    column("src", "VARCHAR", "", "how the position came about: adsb_icao, mlat, ..."),
    column("nic", "INTEGER", "", "navigation integrity category"),
    column("nac_p", "INTEGER", "", "navigation accuracy category, position"),
    column("sil", "INTEGER", "", "source integrity level"),
    column("callsign", "VARCHAR", "", "as last heard; NULL when none was heard yet"),
    column("squawk", "VARCHAR", "", "four octal digits"),
    INPUT,
    column("input_row", "INTEGER", "row from 0", "row inside that input"),
    SIMULATED,
  ],
};

export const INPUTS: FileTable = {
  kind: "inputs",
  pattern: "inputs/<name>.parquet",
  sorted: "order of ingest",
  meaning: "the ledger: one row for each input file or archive member ever read",
  columns: [
    column("sha256", "VARCHAR", "", "SHA-256 of the input's bytes"),
    column("file", "VARCHAR", "", "its name when it was read"),
    column(
      "format",
      "VARCHAR",
      "",
      "the reader that read it, and what its user said of it: sbs --tz Europe/Moscow",
    ),
    column("byte_count", "BIGINT", "bytes", "size as found on disk"),
    column("row_count", "BIGINT", "rows", "rows met"),
    column("kept_count", "BIGINT", "rows", "rows that became points"),
    column("issues", "VARCHAR", "JSON", "what was skipped or lost, by kind, with the first cases"),
    column("first_ts", "TIMESTAMP_MS", "ms, UTC", "time of its first point"),
    column("last_ts", "TIMESTAMP_MS", "ms, UTC", "time of its last point"),
    column("complete", "BOOLEAN", "", "false when it was cut off in the middle"),
    column("licence", "VARCHAR", "", "terms it came under, as stated at ingest"),
    SIMULATED,
  ],
};

export const IDENTITIES: FileTable = {
  kind: "identities",
  pattern: "identities/<name>.parquet",
  sorted: "hex, order of ingest, within one file",
  meaning: "what each input says of each aircraft in it; NULL where it says nothing",
  columns: [
    INPUT,
    HEX,
    ADDRESS,
    column("registration", "VARCHAR", "", "as stated by the input"),
    column("type_designator", "VARCHAR", "", "ICAO type designator"),
    column("description", "VARCHAR", "", "type in words"),
    column("operator_name", "VARCHAR", "", "owner or operator"),
    column("military", "BOOLEAN", "", "stated as military"),
    column("privacy_address", "BOOLEAN", "", "a privacy (PIA) address"),
    column("limited_display", "BOOLEAN", "", "on the FAA's limited display (LADD) list"),
    column("first_ts", "TIMESTAMP_MS", "ms, UTC", "its first point in that input"),
    column("last_ts", "TIMESTAMP_MS", "ms, UTC", "its last point in that input"),
    column("point_count", "INTEGER", "points", "its points in that input"),
  ],
};

export const MOVEMENTS: FileTable = {
  kind: "movements",
  pattern: "movements/month=YYYY-MM/<name>.parquet",
  sorted: "ts, hex",
  meaning: "one row for each landing, take-off, touch-and-go, go-around or low pass",
  columns: [
    HEX,
    ADDRESS,
    column("kind", "VARCHAR", "", "landing, takeoff, touch-and-go, go-around or low-pass"),
    column("time_from", "TIMESTAMP_MS", "ms, UTC", "it happened at or after this"),
    column("time_to", "TIMESTAMP_MS", "ms, UTC", "and at or before this"),
    column("ts", "TIMESTAMP_MS", "ms, UTC", "best estimate inside that interval"),
    column("airport", "VARCHAR", "", "ident of the one airport it may be ascribed to, else NULL"),
    column(
      "country",
      "VARCHAR",
      "ISO 3166-1",
      "country of that airport, or of all candidates alike",
    ),
    column("candidates", "VARCHAR", "JSON", "[{airport, probability}], the highest first"),
    column("off_airport", "BOOLEAN", "", "on a surface that is no known airport"),
    column("lat", "DOUBLE", "degree", "position nearest to the event"),
    column("lon", "DOUBLE", "degree", "position nearest to the event"),
    column("runway", "VARCHAR", "", "painted name of the runway's end"),
    column("evidence", "VARCHAR", "", "seen or inferred"),
    column("evidence_class", "VARCHAR", "", "what it rests on: G0 to G5, G7, G8, GAP, N1, N2, T"),
    column("probability", "DOUBLE", "0..1", "that it happened at all"),
    column("basis", "VARCHAR", "", "one sentence that says why"),
    column("callsign", "VARCHAR", "", "callsign at the time; NULL when none"),
    column("registration", "VARCHAR", "", "identity as known when it was inferred"),
    column("type_designator", "VARCHAR", "", "identity as known when it was inferred"),
    column(
      "exhibits",
      "VARCHAR",
      "JSON",
      "[{inputSha256, file, rowFrom, rowTo}]: the rows it rests on",
    ),
    SIMULATED,
  ],
};

/** Every kind of file in a lake. */
export const FILE_TABLES: readonly FileTable[] = [POINTS, MOVEMENTS, INPUTS, IDENTITIES];
