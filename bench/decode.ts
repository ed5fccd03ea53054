// What reading traces costs beside unpacking them, in one run, as multiples of R: R is the processor time to gunzip
// every file once, with an output buffer of exactly the right size.
//
//   npm run bench:decode [-- PATH...]      files or folders of traces; without any, seeded simulated ones
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { readTraceJson } from "../src/formats/readsb-json.js";
import { readsbTraceReader } from "../src/formats/readsb-trace.js";
import { wholeText } from "../src/formats/text.js";
import { listInputs } from "../src/io/list-inputs.js";
import { type InputSink, TrackCollector } from "../src/track/collector.js";
import { randomTraces } from "./random-traces.js";

const ROUNDS = 7;
const AIRCRAFT_COUNT = 400;

async function membersOf(paths: readonly string[]): Promise<Buffer[]> {
  if (paths.length === 0)
    return [...randomTraces({ aircraftCount: AIRCRAFT_COUNT, medianPoints: 700 })].map(
      ({ packed }) => packed,
    );
  const members: Buffer[] = [];
  for await (const { path } of listInputs(paths)) {
    const bytes = readFileSync(path);
    const plain = bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
    if (readsbTraceReader.sniff(plain, path) < 3) continue;
    members.push(bytes[0] === 0x1f ? bytes : gzipSync(plain, { level: 9 }));
  }
  return members;
}

function unpack(member: Buffer): Buffer {
  return gunzipSync(member, {
    chunkSize: Math.max(64, member.readUInt32LE(member.length - 4) + 64),
  });
}

type Way = (plain: Buffer, sink: InputSink) => Promise<void>;

let pointCount = 0;
let fellBackCount = 0;

async function decode(members: readonly Buffer[], way: Way): Promise<void> {
  pointCount = 0;
  fellBackCount = 0;
  for (const member of members) {
    const collector = new TrackCollector();
    const sink = collector.begin("member", "readsb-trace");
    await way(unpack(member), sink);
    if (sink.finish("").fellBack) fellBackCount++;
    for (const track of collector.take()) pointCount += track.length;
  }
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const members = await membersOf(process.argv.slice(2));
let plainBytes = 0;
const work: Readonly<Record<string, () => Promise<void>>> = {
  "gunzip alone (R)": async () => {
    plainBytes = 0;
    for (const member of members) plainBytes += unpack(member).length;
  },
  "SHA-256 of the packed bytes": async () => {
    for (const member of members) createHash("sha256").update(member).digest("hex");
  },
  "gunzip, JSON.parse, collect": () =>
    decode(members, async (plain, sink) => readTraceJson(await wholeText([plain], 1e9), sink)),
  "gunzip, scan, collect": () =>
    decode(members, (plain, sink) => readsbTraceReader.read([plain], sink)),
};
const spentMs = new Map(Object.keys(work).map((name) => [name, [] as number[]]));
// Interleaved, so that a busy moment of the machine meets all alike; the first round warms up.
for (let round = 0; round <= ROUNDS; round++) {
  for (const [name, run] of Object.entries(work)) {
    const startMs = cpuMs();
    await run();
    if (round > 0) spentMs.get(name)!.push(cpuMs() - startMs);
  }
}
const packedBytes = members.reduce((sum, { length }) => sum + length, 0);
console.log(
  `${members.length} traces, ${pointCount} points, ${(packedBytes / pointCount).toFixed(1)} bytes a point packed, ` +
    `${(plainBytes / pointCount).toFixed(0)} unpacked; ${fellBackCount} fell back to JSON.parse`,
);
const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[values.length >> 1]!;
const referenceMs = median(spentMs.get("gunzip alone (R)")!);
for (const [name, values] of spentMs)
  console.log(
    `${name.padEnd(30)} ${median(values).toFixed(0).padStart(6)} ms CPU  ${(median(values) / referenceMs).toFixed(2)} R  (least ${Math.min(...values).toFixed(0)})`,
  );
