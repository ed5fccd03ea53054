/** Tables that are written as CSV and as Parquet alike. */

/** A value of a table; null is unknown. */
export type Cell = string | number | boolean | null;

/** What a column holds. A "time" is milliseconds since 1970 UTC. */
export type CellKind = "text" | "number" | "integer" | "boolean" | "time";

export interface TableColumn {
  readonly name: string;
  readonly kind: CellKind;
}

/** Rows are made when they are asked for: a table may hold millions. */
export interface ExportTable {
  readonly columns: readonly TableColumn[];
  readonly rowCount: number;
  /** @returns the cells of a row, in the order of the columns */
  row(index: number): Cell[];
}

/** @returns columns of these names and kinds, in their order */
export function columnsOf(kinds: Readonly<Record<string, CellKind>>): TableColumn[] {
  return Object.entries(kinds).map(([name, kind]) => ({ name, kind }));
}
