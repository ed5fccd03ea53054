import type { EvidenceClass, Exhibit, MovementKind } from "../movement/movement.js";
import type { StatedIdentity } from "../track/track.js";
import type { Cell } from "./duckdb.js";
import type { MovementRow } from "./movement-row.js";
import type { CellRow } from "./packed-rows.js";
import {
  addressFromHex,
  hexFromAddress,
  type IdentityRecord,
  type InputRecord,
  type IssueTally,
} from "./records.js";
import { type FileTable, IDENTITIES, INPUTS, MOVEMENTS } from "./schema.js";

/** @returns the select list that brings a table's columns to JavaScript as cells */
export function selectCells(table: FileTable): string {
  return table.columns
    .map(({ name, type }) => {
      if (type === "TIMESTAMP_MS") return `epoch_ms(${name})::DOUBLE`;
      return type === "BIGINT" ? `${name}::DOUBLE` : name;
    })
    .join(", ");
}

/** Undoes `selectCells`. */
export function cellRow(table: FileTable, cells: readonly Cell[]): CellRow {
  return Object.fromEntries(table.columns.map(({ name }, index) => [name, cells[index] ?? null]));
}

/** @returns a whole number, or null for NaN */
export function wholeOrNull(value: number): number | null {
  return Number.isFinite(value) ? Math.round(value) : null;
}

function numberOf(cell: Cell | undefined): number {
  return typeof cell === "number" ? cell : Number.NaN;
}

function textOf(cell: Cell | undefined): string {
  return typeof cell === "string" ? cell : "";
}

export function cellsOfInput(record: InputRecord): CellRow {
  return {
    sha256: record.sha256,
    file: record.file,
    format: record.format,
    byte_count: record.byteCount,
    row_count: record.rowCount,
    kept_count: record.keptCount,
    issues: JSON.stringify(record.issues),
    first_ts: wholeOrNull(record.firstMs),
    last_ts: wholeOrNull(record.lastMs),
    complete: record.complete,
    licence: record.licence === "" ? null : record.licence,
    simulated: record.simulated,
  };
}

export function inputFromCells(cells: readonly Cell[]): InputRecord {
  const row = cellRow(INPUTS, cells);
  return {
    sha256: textOf(row.sha256),
    file: textOf(row.file),
    format: textOf(row.format),
    byteCount: numberOf(row.byte_count),
    rowCount: numberOf(row.row_count),
    keptCount: numberOf(row.kept_count),
    issues: JSON.parse(textOf(row.issues)) as IssueTally[],
    firstMs: numberOf(row.first_ts),
    lastMs: numberOf(row.last_ts),
    complete: row.complete === true,
    licence: textOf(row.licence),
    simulated: row.simulated === true,
  };
}

/** Columns of `StatedIdentity`, in the order of its table. */
const STATED: readonly (readonly [keyof StatedIdentity, string])[] = [
  ["registration", "registration"],
  ["typeDesignator", "type_designator"],
  ["description", "description"],
  ["operator", "operator_name"],
  ["military", "military"],
  ["privacyAddress", "privacy_address"],
  ["limitedDisplay", "limited_display"],
];

export function cellsOfIdentity(record: IdentityRecord): CellRow {
  return {
    input_sha256: record.inputSha256,
    hex: hexFromAddress(record.address),
    address: record.address,
    ...Object.fromEntries(STATED.map(([key, name]) => [name, record.stated[key] ?? null])),
    first_ts: wholeOrNull(record.firstMs),
    last_ts: wholeOrNull(record.lastMs),
    point_count: record.pointCount,
  };
}

export function identityFromCells(cells: readonly Cell[]): IdentityRecord {
  const row = cellRow(IDENTITIES, cells);
  const stated = Object.fromEntries(
    STATED.flatMap(([key, name]) => (row[name] == null ? [] : [[key, row[name]]])),
  ) as StatedIdentity;
  return {
    inputSha256: textOf(row.input_sha256),
    address: addressFromHex(numberOf(row.hex)),
    stated,
    firstMs: numberOf(row.first_ts),
    lastMs: numberOf(row.last_ts),
    pointCount: numberOf(row.point_count),
  };
}

export function cellsOfMovement(row: MovementRow): CellRow {
  return {
    hex: hexFromAddress(row.address),
    address: row.address,
    kind: row.kind,
    time_from: wholeOrNull(row.timeFromMs),
    time_to: wholeOrNull(row.timeToMs),
    ts: wholeOrNull(row.timeMs),
    airport: row.airport ?? null,
    country: row.country ?? null,
    candidates: JSON.stringify(row.candidates),
    off_airport: row.offAirport,
    lat: Number.isFinite(row.latDeg) ? row.latDeg : null,
    lon: Number.isFinite(row.lonDeg) ? row.lonDeg : null,
    runway: row.runway ?? null,
    evidence: row.evidence,
    evidence_class: row.evidenceClass,
    probability: Number.isFinite(row.probability) ? row.probability : null,
    basis: row.basis,
    callsign: row.callsign === "" ? null : row.callsign,
    registration: row.registration ?? null,
    type_designator: row.typeDesignator ?? null,
    exhibits: JSON.stringify(row.exhibits),
    simulated: row.simulated,
  };
}

/** Where each of a movement's columns stands: an object of named cells for each row took longer than the row itself. */
const MOVEMENT_CELL: Readonly<Record<string, number>> = Object.fromEntries(
  MOVEMENTS.columns.map(({ name }, index) => [name, index]),
);

export function movementFromCells(cells: readonly Cell[]): MovementRow {
  const at = (name: string): Cell => cells[MOVEMENT_CELL[name]!] ?? null;
  const optional = (name: string) => {
    const cell = at(name);
    return cell === null ? undefined : textOf(cell);
  };
  return {
    kind: textOf(at("kind")) as MovementKind,
    address: addressFromHex(numberOf(at("hex"))),
    timeFromMs: numberOf(at("time_from")),
    timeToMs: numberOf(at("time_to")),
    timeMs: numberOf(at("ts")),
    airport: optional("airport"),
    country: optional("country"),
    candidates: JSON.parse(textOf(at("candidates"))) as MovementRow["candidates"],
    offAirport: at("off_airport") === true,
    latDeg: numberOf(at("lat")),
    lonDeg: numberOf(at("lon")),
    runway: optional("runway"),
    evidence: at("evidence") === "seen" ? "seen" : "inferred",
    evidenceClass: textOf(at("evidence_class")) as EvidenceClass,
    probability: numberOf(at("probability")),
    basis: textOf(at("basis")),
    callsign: textOf(at("callsign")),
    registration: optional("registration"),
    typeDesignator: optional("type_designator"),
    exhibits: JSON.parse(textOf(at("exhibits"))) as [Exhibit, ...Exhibit[]],
    simulated: at("simulated") === true,
  };
}
