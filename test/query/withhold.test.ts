import assert from "node:assert/strict";
import { test } from "node:test";
import type { Address } from "../../src/aircraft/address.js";
import type { AircraftQuestion } from "../../src/journey/select-aircraft.js";
import { type Lake, openLake } from "../../src/lake/lake.js";
import { Analyst } from "../../src/movement/analyse.js";
import { analysisUntil } from "../../src/movement/analysis-until.js";
import { traitsOf } from "../../src/movement/traits.js";
import type { Question } from "../../src/query/question.js";
import {
  RECENT_MS,
  type Showing,
  showingAt,
  withheldAircraft,
  withhold,
  withholdingOf,
} from "../../src/query/withhold.js";
import type { StatedIdentity } from "../../src/track/track.js";
import { trackUntil } from "../../src/track/track-until.js";
import { buildTrack, inputOf, movementOf, sourceOf } from "../lake/build-track.js";
import { temporaryFolder } from "../lake/temporary-folder.js";
import { AIRPORTS, PORT, TOWN } from "../support/airports.js";
import { fly } from "../support/fly.js";

const NOW_MS = Date.UTC(2026, 10, 28, 10);
const LIMIT_MS = NOW_MS - RECENT_MS;
const SHOWING = showingAt(NOW_MS, {});
const OWNED = "a12454" as Address;
const PUBLIC = "4ca7b3" as Address;
const BOX = { southDeg: 0, northDeg: 2, westDeg: 0, eastDeg: 2 };

/** A track with a position before the limit, at it, and so long behind it. */
function aroundLimit(address: Address, stated: StatedIdentity, behindMs: number) {
  const times = [LIMIT_MS - 1000, LIMIT_MS, LIMIT_MS + behindMs];
  const points = times.map((timeMs, row) => ({ timeMs, latDeg: 1, lonDeg: 1 + row / 1000, row }));
  return buildTrack(address, points, [sourceOf("a", { stated })]);
}

async function lakeWith({ simulated = false, behindMs = 1 } = {}): Promise<Lake> {
  const lake = await openLake(temporaryFolder(), { create: true });
  const session = await lake.beginIngest();
  const tracks = [
    aroundLimit(PUBLIC, { registration: "EI-DEO" }, behindMs),
    aroundLimit(OWNED, { registration: "N173AB", limitedDisplay: true }, behindMs),
  ].map((track) => ({
    ...track,
    sources: track.sources.map((source) => ({ ...source, simulated })),
  }));
  await session.addBatch({ inputs: [inputOf("a", { simulated })], tracks });
  const times = [LIMIT_MS - 60_000, LIMIT_MS - 30_000].map((timeMs, n) => ({
    timeMs,
    timeFromMs: timeMs,
    timeToMs: n === 0 ? LIMIT_MS : LIMIT_MS + behindMs,
    simulated,
  }));
  const rows = [PUBLIC, OWNED].flatMap((address) => times.map((one) => movementOf(address, one)));
  await session.replaceMovements([PUBLIC, OWNED], rows);
  await session.close();
  return lake;
}

async function shownOf(
  lake: Lake,
  more: Partial<Question> = {},
  showing: Showing = SHOWING,
): Promise<{ lake: Lake; question: Question }> {
  return await withhold(lake, { aircraft: {}, ...more }, showing);
}

async function all<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const row of rows) found.push(row);
  return found;
}

const isUpTo = (timesMs: Float64Array) => timesMs.every((timeMs) => timeMs <= LIMIT_MS);

test("a position exactly a day old is shown, one a millisecond younger is not", async () => {
  const lake = await lakeWith();
  const shown = await shownOf(lake, { aircraft: { addresses: new Set([PUBLIC]) } });
  const track = await shown.lake.track(PUBLIC);
  assert.deepEqual([...track!.timeMs], [LIMIT_MS - 1000, LIMIT_MS]);
  assert.equal(shown.question.toMs, LIMIT_MS);
  const period = { fromMs: LIMIT_MS - 5000, toMs: NOW_MS };
  for (const near of [
    await all(shown.lake.tracksNear({ boxes: [BOX], ...period })),
    await all((await shown.lake.heard({ boxes: [BOX], ...period })).tracks()),
    await all(shown.lake.tracks([PUBLIC, OWNED])),
  ]) {
    assert.deepEqual(
      near.map(({ address }) => address),
      [PUBLIC],
    );
    assert.ok(near.every(({ timeMs, length }) => length === 2 && isUpTo(timeMs)));
  }
  const moved = await all(shown.lake.movements());
  assert.deepEqual(
    moved.map(({ timeToMs }) => timeToMs),
    [LIMIT_MS],
    "a movement that may have ended later is no older than that",
  );
  assert.deepEqual(await shown.lake.moved(), [PUBLIC]);
  const [identity] = await shown.lake.identities(PUBLIC);
  assert.equal(identity!.firstMs, LIMIT_MS - 1000);
  assert.ok(Number.isNaN(identity!.lastMs));
  const days = await shown.lake.positionDays(PUBLIC);
  assert.deepEqual(
    days.map(({ positionCount }) => positionCount),
    [2],
  );
  await lake.close();
});

test("a time in the future is recent, and nothing is said where nothing is later", async () => {
  const future = await lakeWith({ behindMs: 9 * RECENT_MS });
  assert.match(
    (await linesOf(future)).join(" "),
    /after 2026-11-27T10:00:00Z are younger than 24 h/,
  );
  await future.close();
  const past = await lakeWith({ behindMs: 0 });
  const named = { aircraft: { addresses: new Set([PUBLIC, OWNED]) } };
  const shown = await shownOf(past, named);
  assert.equal(withholdingOf(shown.lake).untilMs, undefined, "there is nothing to withhold");
  assert.equal(shown.question.toMs, undefined);
  await past.close();
});

async function linesOf(lake: Lake, more: Partial<Question> = {}): Promise<string[]> {
  return withholdingOf((await shownOf(lake, more)).lake).lines();
}

test("a period up to the limit says nothing of it, one behind it is refused", async () => {
  const lake = await lakeWith();
  assert.deepEqual(await linesOf(lake, { toMs: LIMIT_MS }), []);
  assert.equal((await linesOf(lake, { toMs: LIMIT_MS + 1 })).length, 1);
  assert.equal((await linesOf(lake, { fromMs: LIMIT_MS })).length, 1);
  await assert.rejects(shownOf(lake, { fromMs: LIMIT_MS + 1 }), { code: "withheld" });
  const recent = showingAt(NOW_MS, { includeRecent: true });
  const shown = await shownOf(lake, { fromMs: LIMIT_MS + 1 }, recent);
  assert.equal((await shown.lake.track(PUBLIC))!.length, 3);
  await lake.close();
});

test("a marked aircraft is withheld unless it is named or all are shown, and counted once", async () => {
  const lake = await lakeWith({ behindMs: 0 });
  const shown = await shownOf(lake);
  assert.deepEqual(await shown.lake.addresses(), [PUBLIC]);
  assert.equal(await shown.lake.track(OWNED), undefined);
  const withholding = withholdingOf(shown.lake);
  assert.deepEqual(withholding.lines(), []);
  assert.equal(withholding.sift(PUBLIC), true);
  assert.equal(withholding.sift(OWNED, false), false);
  assert.match(withholding.lines()[0]!, /^aircraft marked private .*, 1 with a stop that nothing/);
  assert.equal(withholding.sift(OWNED), false);
  assert.deepEqual(withholding.counts(), { privateCount: 1, unplacedCount: 0 });
  const naming: AircraftQuestion[] = [
    { addresses: new Set([OWNED]) },
    { fleets: [fleet({ address: OWNED })] },
    { fleets: [fleet({ registration: "N173AB" })] },
  ];
  for (const aircraft of naming)
    assert.deepEqual(await (await shownOf(lake, { aircraft })).lake.addresses(), [PUBLIC, OWNED]);
  for (const aircraft of [{ state: "US" }, { fleets: [fleet({ address: PUBLIC })] }])
    assert.deepEqual(await (await shownOf(lake, { aircraft })).lake.addresses(), [PUBLIC]);
  const everything = showingAt(NOW_MS, { includePrivate: true });
  assert.equal((await shownOf(lake, {}, everything)).lake, lake);
  await lake.close();
});

/** A list of one aircraft. */
const fleet = (entry: object) => ({
  name: "own",
  title: "own",
  entries: [{ operator: "", state: "", category: "", source: "", note: "", ...OPEN, ...entry }],
});

const OPEN = { validFromMs: Number.NaN, validToMs: Number.NaN };

test("which aircraft are marked is read once for a state of the lake", async () => {
  const lake = await lakeWith();
  assert.equal(await lake.withholdable(), await lake.withholdable());
  assert.equal(await withheldAircraft(lake, SHOWING), await withheldAircraft(lake, SHOWING));
  assert.deepEqual([...(await withheldAircraft(lake, SHOWING))], [OWNED]);
  const session = await lake.beginIngest();
  const late = buildTrack(
    "a00002",
    [{ timeMs: LIMIT_MS, latDeg: 1, lonDeg: 1, row: 0 }],
    [sourceOf("b", { stated: { privacyAddress: true } })],
  );
  await session.addBatch({ inputs: [inputOf("b")], tracks: [late] });
  await session.close();
  assert.deepEqual([...(await withheldAircraft(lake, SHOWING))], ["a00002", OWNED]);
  await lake.close();
});

test("what was measured of coverage rests on everything, and a simulated lake is given as it is", async () => {
  const lake = await lakeWith();
  assert.equal(withholdingOf((await shownOf(lake)).lake).whole, lake);
  await lake.close();
  const simulated = await lakeWith({ simulated: true });
  assert.equal((await shownOf(simulated)).lake, simulated);
  assert.deepEqual([...(await withheldAircraft(simulated, SHOWING))], []);
  await simulated.close();
});

test("an analysis is cut after it was made: no landing is inferred from where it is cut", () => {
  const track = fly()
    .stand(10, TOWN)
    .takeOff(TOWN, "09L")
    .flyTo(PORT, { altitudeFt: 30_000, speedKt: 450 })
    .land(PORT, "18")
    .stand(10)
    .track();
  const analysis = new Analyst(AIRPORTS).analyse(track, traitsOf(track));
  const landing = analysis.movements.find(({ kind }) => kind === "landing")!;
  const kinds = (untilMs: number | undefined) =>
    analysisUntil(analysis, untilMs).movements.map(({ kind }) => kind);
  assert.deepEqual(kinds(undefined), ["takeoff", "landing"]);
  assert.deepEqual(kinds(landing.timeToMs), ["takeoff", "landing"]);
  assert.deepEqual(kinds(landing.timeToMs - 1), ["takeoff"]);
  const cut = analysisUntil(analysis, landing.timeToMs - 1);
  const { length, timeMs } = cut.clean.track;
  assert.equal(cut.contacts.at(-1)!.end, length);
  assert.ok(timeMs[length - 1]! < landing.timeToMs);
  assert.equal(trackUntil(track, track.timeMs[0]! - 1).length, 0);
  assert.equal(trackUntil(track, track.timeMs[track.length - 1]), track);
});
