import type { InputBytes } from "./input-bytes.js";

/** What a Parquet file begins and ends with. Source: Apache Parquet format, "File format". */
const MARK = "PAR1";
/** The same of one that is encrypted. Source: Apache Parquet format, "Parquet Modular Encryption". */
const ENCRYPTED_MARK = "PARE";
/** At the end: how long the description before it is, and the mark. */
const END_BYTES = 8;
/** chosen: the names of columns come first in a description, and few take more */
const NAMES_BYTES = 16_384;
/** chosen: a thousand row groups of forty columns */
const DESCRIPTION_BYTES_MAX = 4e6;

/** @param head the first bytes, four or more where there are so many */
export function startsAsParquet(head: Uint8Array): boolean {
  return endOf(head.subarray(0, 4)) !== "broken";
}

/** @param last the last four bytes of a file that begins as Parquet @returns "broken" where they are no mark */
export function endOf(last: Uint8Array): "whole" | "encrypted" | "broken" {
  const mark = Buffer.from(last).toString("latin1");
  return mark === MARK ? "whole" : mark === ENCRYPTED_MARK ? "encrypted" : "broken";
}

/**
 * A cheap look at the names of a Parquet file's columns: a folder may hold a lake, whose thousands of files are not for
 * reading. No proof: what is read is told by its columns.
 *
 * @returns false also where nothing can be told
 */
export async function namesOfParquet(input: InputBytes, ...names: string[]): Promise<boolean> {
  const end = Buffer.from(await input.tail(END_BYTES));
  if (end.length < END_BYTES || endOf(end.subarray(4)) !== "whole") return false;
  const byteCount = end.readUInt32LE(0);
  if (byteCount > DESCRIPTION_BYTES_MAX) return false;
  const description = Buffer.from(await input.tail(byteCount + END_BYTES));
  const start = description.subarray(0, NAMES_BYTES).toString("latin1");
  return names.every((name) => start.includes(name));
}
