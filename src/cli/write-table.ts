import { VERSION } from "../io/version.js";
import { checkPlaceFor } from "../io/write-file.js";
import { ENGINE_VERSION } from "../movement/engine-version.js";
import { movementDocument } from "../query/movement-document.js";
import { movementTable } from "../report/movement-table.js";
import type { MovementJson } from "../report/shapes.js";
import type { ExportTable } from "../report/table.js";
import { counted } from "../units/counted.js";
import { WheelsdownError } from "../units/errors.js";
import type { FormatOptions } from "./options.js";
import type { Terminal } from "./terminal.js";

/** Finds out before a question is asked that its file could not be written. @throws WheelsdownError "usage" or "io-failed" */
export async function checkParquet({ parquet }: FormatOptions): Promise<void> {
  if (parquet === undefined) return;
  if (parquet === "-" || parquet.trim() === "")
    throw new WheelsdownError(
      "usage",
      "--parquet needs the name of a file, such as points.parquet",
    );
  await checkPlaceFor(parquet);
}

/** Writes a table as Parquet and tells so. @param what is in it: "positions" */
export async function writeParquet(
  path: string,
  table: ExportTable,
  {
    what,
    simulated,
    terminal,
  }: { readonly what: string; readonly simulated: boolean; readonly terminal: Terminal },
): Promise<void> {
  const { writeParquetFile } = await import("../lake/parquet-file.js");
  await writeParquetFile(path, table, {
    table: what,
    program: `wheelsdown ${VERSION}`,
    engine: ENGINE_VERSION,
    times: "UTC",
    simulated,
  });
  terminal.note(`${counted(table.rowCount, "row", "rows")} of ${what} written to ${path}`);
}

/**
 * Writes movements in the format asked for, if it is one of a whole document.
 *
 * @param title names it
 */
export async function writeMovements(
  options: FormatOptions,
  movements: readonly MovementJson[],
  { title, terminal }: { readonly title: string; readonly terminal: Terminal },
): Promise<void> {
  const { parquet } = options;
  if (parquet === undefined) {
    await terminal.write(await movementDocument(options, movements, title));
    return;
  }
  const simulated = movements.some((movement) => movement.simulated);
  const what = title.toLowerCase();
  await writeParquet(parquet, movementTable(movements), { what, simulated, terminal });
}
