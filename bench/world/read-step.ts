// Reads the traces of an archive in several ways, in processor time, and prints what each took as JSON.
//
//   node dist/bench/world/read-step.js TAR EVERY ROUNDS WAY...
//
// EVERY takes each so-many-th file. Ways run one after the other in each round, so that a busy moment meets all alike;
// one round more comes first and does not count.
import { gunzipSync } from "node:zlib";
import { readsbTraceReader } from "../../src/formats/readsb-trace.js";
import { findArchives, type ListedMember, listMembers } from "../../src/io/archive.js";
import { TrackCollector } from "../../src/track/collector.js";
import { findContacts } from "../../src/track/contacts.js";
import { MINUTE_MS } from "../../src/units/quantity.js";

/** Tracks are split where nothing was heard for so long; the Python peer has the same. */
const HOLE_MAX_MS = 10 * MINUTE_MS;

/** A way to read: "gunzip" alone is R; the other two end with the same columns, split the same. */
export type ReadWay = "gunzip" | "wheelsdown" | "json-parse";

/** What one way took in each round, and what it found. */
export interface WayResult {
  readonly way: ReadWay;
  readonly cpuMs: readonly number[];
  readonly pointCount: number;
  readonly contactCount: number;
}

export interface ReadResult {
  readonly fileCount: number;
  readonly ways: readonly WayResult[];
}

interface Found {
  pointCount: number;
  contactCount: number;
}

const WAYS: Readonly<Record<ReadWay, (plain: Buffer, found: Found) => Promise<void>>> = {
  gunzip: async (plain, found) => {
    found.pointCount += plain.length > 0 ? 0 : 1;
  },
  wheelsdown: async (plain, found) => {
    const collector = new TrackCollector();
    const sink = collector.begin("member", "readsb-trace");
    await readsbTraceReader.read([plain], sink);
    sink.finish("");
    for (const track of collector.take()) {
      found.pointCount += track.length;
      found.contactCount += findContacts(track, HOLE_MAX_MS).length;
    }
  },
  "json-parse": async (plain, found) => splitParsed(plain, found),
};

type Row = readonly (number | string | null | object)[];

/** What most scripts do: parse the whole file, make columns, walk through the times. */
function splitParsed(plain: Buffer, found: Found): void {
  const { timestamp, trace } = JSON.parse(plain.toString()) as {
    timestamp: number;
    trace: readonly Row[];
  };
  const count = trace.length;
  const columns = Array.from({ length: 9 }, () => new Float64Array(count));
  const [time, lat, lon, altitude, speed, track, rate, geometric, ground] = columns;
  const number = (value: Row[number] | undefined) => (typeof value === "number" ? value : NaN);
  for (let i = 0; i < count; i++) {
    const row = trace[i]!;
    time![i] = timestamp * 1000 + Number(row[0]) * 1000;
    lat![i] = Number(row[1]);
    lon![i] = Number(row[2]);
    altitude![i] = number(row[3]);
    ground![i] = row[3] === "ground" ? 1 : 0;
    speed![i] = number(row[4]);
    track![i] = number(row[5]);
    rate![i] = number(row[7]);
    geometric![i] = number(row[10]);
    if (i === 0 || time![i]! - time![i - 1]! > HOLE_MAX_MS) found.contactCount++;
  }
  found.pointCount += count;
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function membersOf(path: string, every: number): Promise<ListedMember[]> {
  const { archives } = await findArchives([{ path, named: true }]);
  const { members } = await listMembers(archives[0]!);
  return members.filter((_, at) => at % every === 0);
}

async function packedBytes(member: ListedMember): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await member.open()).chunks()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const [path = "", every = "1", rounds = "3", ...names] = process.argv.slice(2);
const members = await membersOf(path, Number(every));
const ways = names as ReadWay[];
const results = ways.map((way) => ({ way, cpuMs: [] as number[], pointCount: 0, contactCount: 0 }));
for (let round = 0; round <= Number(rounds); round++) {
  for (const result of results) {
    const found = { pointCount: 0, contactCount: 0 };
    let spentMs = 0;
    for (const member of members) {
      // From disk anew each time, so that memory does not grow with the archive; that is not in the time.
      const packed = await packedBytes(member);
      const startMs = cpuMs();
      // A buffer of the right size from the start: gzip's last four bytes tell it.
      const chunkSize = Math.max(64, packed.readUInt32LE(packed.length - 4) + 64);
      await WAYS[result.way](gunzipSync(packed, { chunkSize }), found);
      spentMs += cpuMs() - startMs;
    }
    if (round > 0) result.cpuMs.push(spentMs);
    Object.assign(result, found);
  }
}
const answer: ReadResult = { fileCount: members.length, ways: results };
console.log(JSON.stringify(answer));
