import { mkdir, rm, rmdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Address } from "../aircraft/address.js";
import type { Track, TrackSource } from "../track/track.js";
import { WheelsdownError } from "../units/errors.js";
import { filesForArea, readAreaCopies } from "./area-copies.js";
import { type CompactOptions, type CompactSummary, compactLake } from "./compact.js";
import { TMP_FOLDER } from "./disk.js";
import { type EngineOptions, sqlFiles, sqlString } from "./duckdb.js";
import { type Heard, type HeardQuery, readHeard } from "./heard.js";
import { beginIngest, type IngestOptions, type IngestSession } from "./ingest.js";
import {
  areaCopiesOf,
  type Holdings,
  holdingsOf,
  type LakeStatus,
  statusOf,
  traceDaysOf,
} from "./lake-status.js";
import {
  checkLakeFile,
  createLakeFiles,
  filesOf,
  type LakePart,
  NOT_KEPT_PARTS,
} from "./manifest.js";
import type { MovementQuery } from "./movement-query.js";
import type { MovementRow } from "./movement-row.js";
import { readMoved, readMovements } from "./movements-read.js";
import { AROUND_MS, sourcesByAddress, type TracksNearQuery, tracksNear } from "./near-tracks.js";
import { type NotKept, type NotKeptQuery, readNotKept } from "./not-kept.js";
import { chunkColumns, POINT_COLUMNS, PointColumns } from "./point-read.js";
import { type PositionDay, readPositionDays } from "./position-days.js";
import {
  currentManifest,
  engineOf,
  onceForManifest,
  pathsOf,
  type Reading,
  readFailure,
  reportingReads,
  rowsOfKind,
} from "./reading.js";
import { identityFromCells, inputFromCells, selectCells } from "./record-tables.js";
import {
  addressFromHex,
  hexFromAddress,
  type IdentityRecord,
  type InputRecord,
} from "./records.js";
import { IDENTITIES, INPUTS } from "./schema.js";
import { newTmpFolder, type StartedEngine } from "./started-engine.js";
import type { TraceDay } from "./trace-days.js";
import { readTracks } from "./tracks-read.js";
import { type BrokenFile, verifyFiles } from "./verify.js";
import { readWithholdable, type Withholdable } from "./withholdable.js";

export type { Holdings, LakeStatus } from "./lake-status.js";
export type { PositionDay } from "./position-days.js";
export type { BrokenFile } from "./verify.js";
export type { Withholdable } from "./withholdable.js";

export interface OpenLakeOptions extends EngineOptions {
  /** Makes a new lake when there is none. */
  readonly create?: boolean | undefined;
  /** Of `startEngine` for the same folder; without one, the engine starts with the first question. */
  readonly started?: StartedEngine | undefined;
}

/** A stretch of time, both ends included; a missing end is open. */
export interface Period {
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

/**
 * A store of points and movements in a folder of the user's. Each answer is of one whole state, the one at the time of
 * the question; a stream of movements that outlives the end of an ingest may fail with "io-failed" and be asked again.
 */
export interface Lake {
  readonly root: string;
  /** Becomes the lake's one writer. @throws WheelsdownError "lake-busy" */
  beginIngest(options?: IngestOptions): Promise<IngestSession>;
  /** Addresses with points, kept or not, ICAO ones first, ascending. */
  addresses(): Promise<Address[]>;
  /**
   * One aircraft's points from all inputs, sorted by time, equal times in order of ingest. Overlapping inputs may
   * give the same position twice; nothing is masked here.
   *
   * @returns undefined when there is no point
   */
  track(address: Address, period?: Period): Promise<Track | undefined>;
  /** Whole tracks of many aircraft, each as `track` gives it, by number; addresses without points give none. */
  tracks(addresses: readonly Address[]): AsyncIterable<Track>;
  /**
   * Tracks of the aircraft with positions in some boxes in a period, aircraft by aircraft in order of address; see
   * `TracksNearQuery`.
   */
  tracksNear(query: TracksNearQuery): AsyncIterable<Track>;
  /** Who was heard in an area and a period, for drawing; see `Heard`. */
  heard(query: HeardQuery): Promise<Heard>;
  /** Movements in order of time; see `MovementQuery`. */
  movements(query?: MovementQuery): AsyncIterable<MovementRow>;
  /** Addresses that have such a movement, ascending. */
  moved(query?: MovementQuery): Promise<Address[]>;
  /** The ledger, in order of ingest. */
  inputs(): Promise<InputRecord[]>;
  /** Which registration the inputs give which address, in order of ingest. */
  registrations(): Promise<{ readonly address: Address; readonly registration: string }[]>;
  /** What the inputs say of one aircraft, or of all, in order of ingest. */
  identities(address?: Address): Promise<IdentityRecord[]>;
  /** UTC days with positions that are kept, of one aircraft (also only those up to a moment) or of all, ascending. */
  positionDays(address?: Address, untilMs?: number): Promise<PositionDay[]>;
  /** Positions that were read and not kept: neither `track` nor `tracksNear` knows them. */
  notKept(query?: NotKeptQuery): Promise<NotKept>;
  /** What an answer may have to withhold; asking again of the same state costs no query. */
  withholdable(): Promise<Withholdable>;
  /** The part of its status that its manifest tells: no other file is read for it. */
  holdings(): Promise<Holdings>;
  /** Days with traces as a readsb day archive has them: which of its 256 folders are there. */
  traceDays(): Promise<readonly TraceDay[]>;
  status(): Promise<LakeStatus>;
  /** Reads every file again and compares it with the hash kept when it was written. */
  verify(): Promise<BrokenFile[]>;
  /** Makes or drops area-sorted copies of days, which questions about areas are answered from; see `compactLake`. */
  compact(options: CompactOptions): Promise<CompactSummary>;
  close(): Promise<void>;
}

/**
 * Opens a lake, or makes one.
 *
 * @throws WheelsdownError "input-missing" when there is none, "lake-newer" when it was made by a newer program,
 *   "input-invalid" when its own files are broken
 */
export async function openLake(dir: string, options: OpenLakeOptions = {}): Promise<Lake> {
  const root = resolve(dir);
  if (!(await checkLakeFile(root))) {
    if (!options.create)
      throw new WheelsdownError(
        "input-missing",
        `there is no lake in ${root}; make one with: wheelsdown ingest --lake ${dir} FILE...`,
      );
    try {
      await mkdir(root, { recursive: true });
      await createLakeFiles(root, () => {});
    } catch (cause) {
      if (cause instanceof WheelsdownError) throw cause;
      throw new WheelsdownError("io-failed", `cannot make a lake in ${root}`, { cause });
    }
  }
  const { started } = options;
  const tmpFolder = started?.tmpFolder ?? newTmpFolder(root);
  const reading: Reading = { root, tmpFolder, options, engine: started?.engine, seen: undefined };
  await currentManifest(reading);
  return lakeOf(reading);
}

function lakeOf(reading: Reading): Lake {
  const { root, options } = reading;
  return {
    root,
    beginIngest: (ingestOptions = {}) => beginIngest(root, { ...options, ...ingestOptions }),
    addresses: () => readAddresses(reading),
    track: (address, period = {}) => readTrack(reading, address, period),
    tracks: (addresses) => tracksOf(reading, addresses),
    tracksNear: (query) => readTracksNear(reading, query),
    heard: (query) => readHeard(reading, query),
    movements: (query = {}) => readMovements(reading, query),
    moved: (query = {}) => readMoved(reading, query),
    inputs: () => readInputs(reading),
    registrations: () => readRegistrations(reading),
    identities: (address) => readIdentities(reading, address),
    positionDays: (address, untilMs) => readPositionDays(reading, address, untilMs),
    notKept: (query = {}) => notKeptOf(reading, query),
    withholdable: () => readWithholdable(reading),
    holdings: async () => holdingsOf(await currentManifest(reading)),
    traceDays: () => readTraceDays(reading),
    status: () => readStatus(reading),
    verify: () => verifyFiles(reading),
    compact: (compactOptions) => compactLake(root, { ...options, ...compactOptions }),
    async close() {
      const engine = await reading.engine?.catch(() => undefined);
      reading.engine = undefined;
      engine?.close();
      await rm(reading.tmpFolder, { recursive: true, force: true });
      await rmdir(join(root, TMP_FOLDER)).catch(() => {});
    },
  };
}

async function readAddresses(reading: Reading): Promise<Address[]> {
  const query = {
    select: "DISTINCT hex",
    rest: "WHERE point_count > 0 ORDER BY hex",
    make: ([hex]: readonly unknown[]) => addressFromHex(Number(hex)),
  };
  const ask = () => rowsOfKind(reading, { kind: "identities" }, query);
  return [...(await onceForManifest(reading, "addresses", ask))];
}

/** @param hashes of the inputs that are wanted; all when left out */
async function readInputs(reading: Reading, hashes?: readonly string[]): Promise<InputRecord[]> {
  const read = (parts: readonly LakePart[]) => {
    const query = { select: selectCells(INPUTS), make: inputFromCells };
    const rest = hashes && `WHERE sha256 IN (${hashes.map(sqlString).join(", ")})`;
    return rowsOfKind(reading, { kind: "inputs", parts }, { ...query, ...(rest && { rest }) });
  };
  const notKept = (await read(NOT_KEPT_PARTS)).map((input) => ({ ...input, positionsKept: false }));
  return [...(await read(["kept"])), ...notKept];
}

async function readRegistrations(reading: Reading) {
  return await rowsOfKind(
    reading,
    { kind: "identities" },
    {
      select: "hex, registration",
      rest: "WHERE registration <> ''",
      make: ([hex, registration]) => {
        return { address: addressFromHex(Number(hex)), registration: String(registration) };
      },
    },
  );
}

async function readIdentities(
  reading: Reading,
  address: Address | undefined,
): Promise<IdentityRecord[]> {
  return await rowsOfKind(
    reading,
    { kind: "identities" },
    {
      select: selectCells(IDENTITIES),
      ...(address === undefined
        ? {}
        : { rest: "WHERE hex = $hex", parameters: { hex: hexFromAddress(address) } }),
      make: identityFromCells,
    },
  );
}

async function readTrack(
  reading: Reading,
  address: Address,
  period: Period,
): Promise<Track | undefined> {
  // Whole milliseconds inside the period, as the lake keeps no finer ones.
  const fromMs = Math.ceil(period.fromMs ?? Number.NEGATIVE_INFINITY);
  const toMs = Math.floor(period.toMs ?? Number.POSITIVE_INFINITY);
  const files = filesOf(await currentManifest(reading), "points").filter(
    (file) => file.fromMs! <= toMs && file.toMs! >= fromMs,
  );
  if (files.length === 0) return undefined;
  const sources = await sourcesOf(reading, address);
  if (sources.length === 0) return undefined;
  const bounds = files.reduce(
    (all, file) => ({
      fromMs: Math.min(all.fromMs, file.fromMs!),
      toMs: Math.max(all.toMs, file.toMs!),
    }),
    { fromMs: Number.POSITIVE_INFINITY, toMs: Number.NEGATIVE_INFINITY },
  );
  const sql = `SELECT ${POINT_COLUMNS} FROM ${sqlFiles(pathsOf(reading, files))}
    WHERE hex = $hex AND ts >= make_timestamp_ms($fromMs::BIGINT) AND ts <= make_timestamp_ms($toMs::BIGINT)`;
  const parameters = {
    hex: hexFromAddress(address),
    fromMs: Math.max(fromMs, bounds.fromMs),
    toMs: Math.min(toMs, bounds.toMs),
  };
  const engine = await engineOf(reading);
  return await reportingReads(reading, async () => {
    const columns = new PointColumns();
    for await (const chunk of engine.chunks(sql, parameters)) columns.add(chunkColumns(chunk));
    return columns.finish(address, sources);
  });
}

async function* tracksOf(reading: Reading, addresses: readonly Address[]): AsyncGenerator<Track> {
  if (addresses.length === 0) return;
  const manifest = await currentManifest(reading);
  const [inputs, identities] = [
    await readInputs(reading),
    await readIdentities(reading, undefined),
  ];
  const engine = await engineOf(reading);
  const { root } = reading;
  try {
    yield* readTracks(addresses, { root, engine, manifest, inputs, identities });
  } catch (error) {
    throw readFailure(reading, error);
  }
}

async function* readTracksNear(reading: Reading, query: TracksNearQuery): AsyncGenerator<Track> {
  const period = { fromMs: query.fromMs - AROUND_MS, toMs: query.toMs + AROUND_MS };
  const files = await filesForArea(reading.root, await currentManifest(reading), period);
  if (files.length === 0 || query.boxes.length === 0) return;
  const engine = await engineOf(reading);
  const sources = await allSources(reading);
  try {
    yield* tracksNear(engine, pathsOf(reading, files), { query, sources });
  } catch (error) {
    throw readFailure(reading, error);
  }
}

/** Every aircraft's inputs; read again only when the lake has changed. */
async function allSources(reading: Reading): Promise<ReadonlyMap<Address, readonly TrackSource[]>> {
  const manifest = await currentManifest(reading);
  if (reading.sources?.manifest !== manifest) {
    const inputs = await readInputs(reading);
    const byAddress = sourcesByAddress(inputs, await readIdentities(reading, undefined));
    reading.sources = { manifest, byAddress };
  }
  return reading.sources.byAddress;
}

/** An aircraft's inputs in order of ingest, with what each says of it. */
async function sourcesOf(reading: Reading, address: Address): Promise<TrackSource[]> {
  const identities = await readIdentities(reading, address);
  const stated = new Map(identities.map((record) => [record.inputSha256, record.stated]));
  const inputs = stated.size === 0 ? [] : await readInputs(reading, [...stated.keys()]);
  return inputs.flatMap(({ sha256, file, format, simulated }) => {
    const said = stated.get(sha256);
    return said ? [{ inputSha256: sha256, file, format, simulated, stated: said }] : [];
  });
}

async function readStatus(reading: Reading): Promise<LakeStatus> {
  const manifest = await currentManifest(reading);
  const [ledger, areas, notKept] = await Promise.all([
    statusOf(
      manifest,
      (query) => rowsOfKind(reading, { kind: "inputs" }, query),
      () => readTraceDays(reading),
    ),
    readAreaCopies(reading.root),
    notKeptOf(reading, {}),
  ]);
  return { ...ledger, areaCopies: areaCopiesOf(manifest, areas), notKept };
}

function readTraceDays(reading: Reading): Promise<readonly TraceDay[]> {
  return onceForManifest(reading, "traceDays", () =>
    traceDaysOf((query) => rowsOfKind(reading, { kind: "inputs" }, query)),
  );
}

function notKeptOf(reading: Reading, query: NotKeptQuery): Promise<NotKept> {
  const identities = { kind: "identities", parts: NOT_KEPT_PARTS } as const;
  return readNotKept(query, (rows) => rowsOfKind(reading, identities, rows));
}
