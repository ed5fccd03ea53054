import { join } from "node:path";
import type { Address } from "../aircraft/address.js";
import type { Track, TrackSource } from "../track/track.js";
import { type Engine, sqlFiles } from "./duckdb.js";
import { endsOf, filesOf, type Manifest } from "./manifest.js";
import { chunkColumns, POINT_COLUMNS, PointColumns } from "./point-read.js";
import { hexFromAddress, type IdentityRecord, type InputRecord } from "./records.js";
import { itemsOf } from "./vectors.js";

/** Points read with one query. chosen: some 50 MB of tracks; a query of its own for each aircraft costs ten times as much */
const POINTS_PER_QUERY = 500_000;

/** What `readTracks` works on: one state of a lake. */
export interface TracksQuery {
  readonly root: string;
  readonly engine: Engine;
  readonly manifest: Manifest;
  readonly inputs: readonly InputRecord[];
  readonly identities: readonly IdentityRecord[];
}

interface Wanted {
  readonly address: Address;
  readonly hex: number;
  readonly sources: readonly TrackSource[];
  readonly pointCount: number;
}

/**
 * Whole tracks, as `Lake.track` gives them, in the order of their numbers; addresses without points give none. Movements
 * are inferred from them, so they hold positions, too, that no question sees: those that will not be kept, and the ends of
 * what was not kept.
 */
export async function* readTracks(
  addresses: readonly Address[],
  query: TracksQuery,
): AsyncGenerator<Track> {
  const { manifest, root } = query;
  const points = [...filesOf(manifest, "points", ["kept", "staged"]), ...endsOf(manifest)];
  const files = points.map(({ path }) => join(root, path));
  if (files.length === 0) return;
  let held: Wanted[] = [];
  let pointCount = 0;
  for (const wanted of wantedOf(addresses, query)) {
    held.push(wanted);
    pointCount += wanted.pointCount;
    if (pointCount < POINTS_PER_QUERY) continue;
    yield* readSome(held, files, query.engine);
    held = [];
    pointCount = 0;
  }
  yield* readSome(held, files, query.engine);
}

/** Sorted by number, so that those of one query lie side by side in each file. */
function wantedOf(
  addresses: readonly Address[],
  { inputs, identities }: TracksQuery,
): readonly Wanted[] {
  const byHash = new Map(inputs.map((input, place) => [input.sha256, { input, place }]));
  const byAddress = new Map<Address, IdentityRecord[]>(addresses.map((address) => [address, []]));
  for (const identity of identities) byAddress.get(identity.address)?.push(identity);
  const found = [...byAddress].map(([address, records]): Wanted => {
    const known = records.flatMap((record) => {
      const entry = byHash.get(record.inputSha256);
      return entry ? [{ ...entry, stated: record.stated }] : [];
    });
    const sources = known
      .sort((a, b) => a.place - b.place)
      .map(({ input: { sha256, file, format, simulated }, stated }): TrackSource => {
        return { inputSha256: sha256, file, format, simulated, stated };
      });
    const pointCount = records.reduce((sum, record) => sum + record.pointCount, 0);
    return { address, hex: hexFromAddress(address), sources, pointCount };
  });
  return found.filter(({ pointCount }) => pointCount > 0).sort((a, b) => a.hex - b.hex);
}

async function* readSome(
  wanted: readonly Wanted[],
  files: readonly string[],
  engine: Engine,
): AsyncGenerator<Track> {
  if (wanted.length === 0) return;
  const columns = new Map(wanted.map(({ hex }) => [hex, new PointColumns()]));
  const sql = `SELECT hex, ${POINT_COLUMNS} FROM ${sqlFiles(files)} WHERE hex >= $first AND hex <= $last`;
  const bounds = { first: wanted[0]!.hex, last: wanted.at(-1)!.hex };
  for await (const chunk of engine.chunks(sql, bounds)) {
    const hexes = itemsOf(chunk.getColumnVector(0), "int");
    const rows = chunkColumns(chunk, 1);
    for (let from = 0, to = 0; from < rows.rowCount; from = to) {
      while (to < rows.rowCount && hexes[to] === hexes[from]) to++;
      columns.get(hexes[from]!)?.add(rows, from, to);
    }
  }
  for (const { address, hex, sources } of wanted) {
    const track = columns.get(hex)!.finish(address, sources);
    columns.delete(hex);
    if (track) yield track;
  }
}
