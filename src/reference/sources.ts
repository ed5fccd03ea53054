import { readFileSync } from "node:fs";
import { WheelsdownError } from "../units/errors.js";
import { type DataFile, dataFile } from "./packages.js";

/** Name of one data file. */
export type SourceKey = Parameters<typeof dataFile>[0];

/** @throws WheelsdownError `input-missing` when its package is not installed */
export function findSource(key: SourceKey): DataFile {
  try {
    return dataFile(key);
  } catch (cause) {
    throw new WheelsdownError(
      "input-missing",
      `the data package for ${key} is not installed; install wheelsdown's dependencies again`,
      { cause },
    );
  }
}

/** @throws WheelsdownError `input-missing` when the file cannot be read */
export function readSource(key: SourceKey): { file: DataFile; bytes: Buffer } {
  const file = findSource(key);
  try {
    return { file, bytes: readFileSync(file.path) };
  } catch (cause) {
    throw new WheelsdownError(
      "input-missing",
      `cannot read ${file.path} of package ${file.name}; install wheelsdown's dependencies again`,
      { cause },
    );
  }
}
