import { DuckDBInstance } from "@duckdb/node-api";

/**
 * Writes the rows of a SELECT as a Parquet file, with DuckDB itself.
 *
 * @param options of COPY: "COMPRESSION zstd, ROW_GROUP_SIZE 2048"
 */
export async function putParquet(path: string, select: string, options = ""): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  try {
    const more = options === "" ? "" : `, ${options}`;
    await connection.run(
      `COPY (${select}) TO '${path.replaceAll("'", "''")}' (FORMAT parquet${more})`,
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** State vectors of one landing-like descent, in the names and types that `traffic` writes. */
export function statesSql(rowCount: number): string {
  return `SELECT TIMESTAMPTZ '2019-01-23 12:00:00+00' + i * INTERVAL 5 SECOND AS "timestamp",
    '4ca7b3' AS icao24, 10.5 + i / 10000 AS latitude, -67.1 + i / 10000 AS longitude,
    (4000 - 10 * i)::DOUBLE AS altitude, 140.5::DOUBLE AS groundspeed, 88::DOUBLE AS track,
    (-704)::DOUBLE AS vertical_rate, 'TST123' AS callsign, i % 50 = 49 AS onground
    FROM range(${rowCount}) t(i)`;
}
