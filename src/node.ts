/**
 * The public API of the part that needs Node: files, reference tables, the lake. Imported as `wheelsdown/node`; the
 * core, free of Node, is `wheelsdown`.
 */

// Files: walk folders in a fixed order; tell archives and list what is in them; read, unpack and hash one input into a
// `TrackCollector`.
export type { Archive, ArchiveIndex, ListedMember, StreamedMember } from "./io/archive.js";
export { findArchives, listMembers, streamMembers } from "./io/archive.js";
export type { InputBytes } from "./io/input-bytes.js";
export { fileBytes, memoryBytes } from "./io/input-bytes.js";
export type { InputPath } from "./io/list-inputs.js";
export { listInputs } from "./io/list-inputs.js";
export type { ReadInput, UnknownInput } from "./io/read-input.js";
export { readBytes, readInput } from "./io/read-input.js";
export { VERSION } from "./io/version.js";
// The lake: a folder of Parquet files with one writer and any number of readers. docs/lake.md has its layout.
export type { CompactOptions, CompactSummary } from "./lake/compact.js";
export type { EngineOptions } from "./lake/duckdb.js";
export type { IngestOptions, IngestSession } from "./lake/ingest.js";
export type { BrokenFile, Lake, LakeStatus, OpenLakeOptions, Period } from "./lake/lake.js";
export { openLake } from "./lake/lake.js";
export type { MovementQuery } from "./lake/movement-query.js";
export type { MovementRow } from "./lake/movement-row.js";
export { movementFromRow, rowFromMovement } from "./lake/movement-row.js";
export type { TracksNearQuery } from "./lake/near-tracks.js";
export type { NotKept, NotKeptQuery } from "./lake/not-kept.js";
export { writeParquetFile } from "./lake/parquet-file.js";
export type {
  BoundingBox,
  IdentityRecord,
  IngestBatch,
  InputRecord,
  IssueTally,
} from "./lake/records.js";
export type { Column, ColumnType, FileKind, FileTable } from "./lake/schema.js";
export { FILE_TABLES, LAKE_SCHEMA_VERSION, ROW_GROUP_ROWS } from "./lake/schema.js";
export type { TraceDay } from "./lake/trace-days.js";
// Height of the sea above the ellipsoid, for writers of map files.
export { loadGeoid } from "./reference/geoid.js";
// Reference tables: airports and countries out of the installed data packages, with where each came from.
export type { Provenance } from "./reference/packages.js";
export type { Reference, ReferenceOptions } from "./reference/reference.js";
export { loadReference } from "./reference/reference.js";
