import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseAddress } from "../../src/aircraft/address.js";
import { geodesicDistanceM } from "../../src/geo/geodesic.js";
import { continuousRing, type LonLat } from "../../src/geo/polygon.js";
import { shapeOfPlace, shapeOfPolygons } from "../../src/geo/prism-shape.js";
import { reachVerdict } from "../../src/journey/reach.js";
import { isUsable, reachAircraft } from "../../src/journey/reach-bounds.js";
import { airborneSince, mustHaveLanded } from "../../src/journey/reach-endurance.js";
import { reachGaps } from "../../src/journey/reach-gaps.js";
import { type ProofRecord, proofText } from "../../src/journey/reach-proof.js";
import type { ReachEdge, ReachGap, ReachQuestion } from "../../src/journey/reach-question.js";
import { softReachM, softSpeeds, softWayMin } from "../../src/journey/reach-soft.js";
import { claimPolygons, type ReachTarget } from "../../src/journey/reach-target.js";
import type { Airport } from "../../src/place/airport.js";
import { reachAreaFeatures, reachGeoJson } from "../../src/report/reach-geojson.js";
import { TrackBuilder } from "../../src/track/builder.js";
import { findContacts, findGaps } from "../../src/track/contacts.js";
import type { Point } from "../../src/track/track.js";
import { HOUR_MS, METRES_PER_NM, MINUTE_MS } from "../../src/units/quantity.js";

const SEED = { seed: 1944 };
const START_MS = Date.UTC(2019, 0, 23, 10);
const IL96 = reachAircraft({ typeDesignator: "IL96", registration: "RA-00960" });

function edge(latDeg: number, lonDeg: number, more: Partial<ReachEdge> = {}): ReachEdge {
  return {
    timeMs: START_MS,
    latDeg,
    lonDeg,
    altitudeFt: 36_000,
    onGround: false,
    positionErrorM: 2 * METRES_PER_NM,
    source: "adsb_icao",
    ...more,
  };
}

function gapOf(
  before: ReachEdge | undefined,
  after: ReachEdge | undefined,
  minutes: number,
): ReachGap {
  const toMs = START_MS + minutes * MINUTE_MS;
  return { before, after: after && { ...after, timeMs: toMs }, fromMs: START_MS, toMs };
}

function field(latDeg: number, lonDeg: number, lengthM = 3_000): Airport {
  const end = { name: "09", latDeg, lonDeg, headingDeg: 90 };
  return {
    ident: "TEST",
    name: "Test",
    kind: "medium",
    latDeg,
    lonDeg,
    elevationFt: 0,
    country: "VE",
    municipality: "",
    iata: "",
    aliases: [],
    scheduled: false,
    military: false,
    runways: [{ id: "1", lengthM, widthM: 45, surface: "hard", closed: false, ends: [end, end] }],
  };
}

function target(ring: readonly LonLat[], airports: readonly Airport[] = []): ReachTarget {
  return {
    label: "the square",
    kind: "polygon",
    shape: shapeOfPolygons([[continuousRing(ring)]]),
    radiusM: 0,
    marginM: 0,
    elevationFt: Number.NaN,
    source: "test",
    airports,
  };
}

const SQUARE: readonly LonLat[] = [
  [-70, 1],
  [-60, 1],
  [-60, 12],
  [-70, 12],
];
const VENEZUELA = target(SQUARE, [field(10.6, -66.99)]);

function ask(gap: ReachGap, more: Partial<ReachQuestion> = {}) {
  return reachVerdict({
    gap,
    aircraft: IL96,
    target: VENEZUELA,
    purpose: "landing",
    simulated: false,
    ...more,
  });
}

/** Works each step again from its printed values alone. */
function check(proof: ProofRecord): void {
  const step = (name: string) => proof.steps.find((each) => each.name.startsWith(name));
  const available = step("time available")!;
  assert.ok(available.result >= available.values["seconds"]! / 60 - 1e-9);
  assert.ok(available.result <= available.values["seconds"]! / 60 + 0.1 + 1e-9);
  const speed = step("greatest ground speed")!;
  assert.ok(Math.abs(speed.result - speed.values["knots"]! * 1.852) <= 0.1);
  const { beforeKm, afterKm, ways, targetKm } = step("margins")!.values;
  const marginKm = beforeKm! + afterKm! + ways! * targetKm!;
  assert.ok(Math.abs(step("margins")!.result - marginKm) < 1e-6);
  const way = step("least way")!;
  assert.equal(way.values["marginKm"], step("margins")!.result);
  const wayKm = Math.max(0, way.values["sumKm"]! - way.values["marginKm"]!);
  assert.ok(Math.abs(way.result - wayKm) < 1e-6);
  const time = step("time for the way")!;
  assert.equal(time.values["km"], way.result);
  assert.equal(time.values["kmPerH"], speed.result);
  const minutes = (way.result / speed.result) * 60;
  assert.ok(time.result <= minutes + 1e-9 && time.result > minutes - 0.1 - 1e-9);
  const last = step("time with descent") ?? time;
  assert.equal(proof.leastTimeMin, last.result);
  assert.equal(proof.verdict === "impossible", last.result > available.result);
  assert.ok(Math.abs(proof.slackMin! - (available.result - last.result)) < 1e-6);
}

const AFRICA = edge(14.7, -17.5);
const BRAZIL = edge(-8, -35);

test("an area too far for any aircraft is impossible, and a calculator agrees", () => {
  const { verdict, proof } = ask(gapOf(AFRICA, BRAZIL, 200));
  assert.equal(verdict, "impossible");
  assert.ok(proof.slackMin! < -100);
  check(proof);
  assert.match(proof.statement, /^landing in the square impossible: it needs at least [\d,.]+ min/);
  assert.equal(JSON.stringify(JSON.parse(JSON.stringify(proof))), JSON.stringify(proof));
});

test("with time for all of it a landing is plausible and names a field", () => {
  const { verdict, proof } = ask(gapOf(AFRICA, BRAZIL, 1_500));
  assert.equal(verdict, "plausible");
  check(proof);
  assert.equal(proof.soft?.field, "TEST");
  const { toFieldMin, groundMin, fromFieldMin, neededMin } = proof.soft!;
  assert.ok(Math.abs(toFieldMin! + groundMin! + fromFieldMin! - neededMin!) < 0.11);
});

test("between the two bounds it is possible only at extreme performance", () => {
  const least = ask(gapOf(AFRICA, BRAZIL, 200)).proof.leastTimeMin!;
  const { verdict, proof } = ask(gapOf(AFRICA, BRAZIL, least + 10));
  assert.equal(verdict, "extreme");
  check(proof);
});

test("without a runway long enough a landing is never plausible, an overflight may be", () => {
  const short = target(SQUARE, [field(10.6, -66.99, 600)]);
  const gap = gapOf(AFRICA, BRAZIL, 3_000);
  assert.equal(ask(gap, { target: short }).verdict, "extreme");
  assert.equal(ask(gap, { target: short, purpose: "overflight" }).verdict, "plausible");
  assert.equal(isUsable(field(0, 0, 600), IL96), false);
  assert.equal(isUsable(field(0, 0, Number.NaN), IL96), true);
});

test("a proof reads in eight to twelve lines and carries the mark of simulated data", () => {
  for (const minutes of [200, 700, 1_500]) {
    for (const purpose of ["landing", "overflight"] as const) {
      for (const gap of [gapOf(AFRICA, BRAZIL, minutes), gapOf(AFRICA, undefined, minutes)]) {
        const text = proofText(ask(gap, { purpose, simulated: true }).proof);
        const lines = text.trimEnd().split("\n").length;
        assert.ok(lines >= 8 && lines <= 12, `${lines}\n${text}`);
        assert.match(text, /^SIMULATED/);
      }
    }
  }
});

test("edges that contradict the bound, or are unknown, prove nothing", () => {
  assert.equal(ask(gapOf(AFRICA, BRAZIL, 30)).verdict, "undetermined");
  assert.match(ask(gapOf(AFRICA, BRAZIL, 30)).proof.statement, /is wrong/);
  assert.equal(ask(gapOf(undefined, undefined, 30)).verdict, "undetermined");
  assert.equal(ask(gapOf(edge(Number.NaN, 0), BRAZIL, 500)).verdict, "undetermined");
  assert.equal(ask({ ...gapOf(AFRICA, undefined, 1), toMs: Number.NaN }).verdict, "undetermined");
  const empty = { ...VENEZUELA, shape: shapeOfPolygons([]) };
  assert.equal(ask(gapOf(AFRICA, BRAZIL, 500), { target: empty }).verdict, "undetermined");
});

test("an open end asks for half the way", () => {
  const closed = ask(gapOf(AFRICA, AFRICA, 1_000)).proof;
  const open = ask(gapOf(AFRICA, undefined, 1_000)).proof;
  const before = ask(gapOf(undefined, AFRICA, 1_000)).proof;
  assert.ok(Math.abs(closed.leastTimeMin! - 2 * open.leastTimeMin!) < 2);
  assert.equal(open.leastTimeMin, before.leastTimeMin);
  assert.equal(open.after, null);
  assert.equal(before.before, null);
});

const minutesArb = fc.integer({ min: 0, max: 2_000 });
const placeArb = fc.record({
  latDeg: fc.double({ min: -90, max: 90, noNaN: true }),
  lonDeg: fc.double({ min: -180, max: 180, noNaN: true }),
});
const RANK = { undetermined: -1, impossible: 0, extreme: 1, plausible: 2 };

test("more time never makes anything less possible", () => {
  fc.assert(
    fc.property(placeArb, placeArb, minutesArb, minutesArb, (a, b, minutes, more) => {
      for (const purpose of ["landing", "overflight"] as const) {
        const from = edge(a.latDeg, a.lonDeg);
        const to = edge(b.latDeg, b.lonDeg);
        const early = ask(gapOf(from, to, minutes), { purpose });
        const late = ask(gapOf(from, to, minutes + more), { purpose });
        if (early.verdict === "undetermined") continue;
        assert.ok(RANK[late.verdict] >= RANK[early.verdict]);
        check(early.proof);
      }
    }),
    { ...SEED, numRuns: 200 },
  );
});

test("a faster aircraft can never do less", () => {
  const fast = fc.integer({ min: 0, max: 300 });
  fc.assert(
    fc.property(placeArb, placeArb, minutesArb, fast, (a, b, minutes, moreKt) => {
      const { performance } = IL96;
      const quick = {
        ...IL96,
        performance: {
          ...performance,
          cruiseKt: performance.cruiseKt + moreKt,
          hardSpeedBoundKt: performance.hardSpeedBoundKt + moreKt,
        },
      };
      const gap = gapOf(edge(a.latDeg, a.lonDeg), edge(b.latDeg, b.lonDeg), minutes);
      const slow = ask(gap);
      if (slow.verdict !== "undetermined")
        assert.ok(RANK[ask(gap, { aircraft: quick }).verdict] >= RANK[slow.verdict]);
    }),
    { ...SEED, numRuns: 200 },
  );
});

test("a gap flown backwards allows the same", () => {
  fc.assert(
    fc.property(placeArb, placeArb, minutesArb, (a, b, minutes) => {
      const there = ask(gapOf(edge(a.latDeg, a.lonDeg), edge(b.latDeg, b.lonDeg), minutes)).proof;
      const back = ask(gapOf(edge(b.latDeg, b.lonDeg), edge(a.latDeg, a.lonDeg), minutes)).proof;
      assert.equal(there.leastTimeMin === null, back.leastTimeMin === null);
      // The search may end at another point within its tolerance.
      const least = [there.leastTimeMin ?? 0, back.leastTimeMin ?? 0] as const;
      assert.ok(Math.abs(least[0] - least[1]) <= 0.11 + least[0] * 2.1e-4);
    }),
    { ...SEED, numRuns: 200 },
  );
});

test("a less certain position proves less", () => {
  const sure = ask(gapOf(AFRICA, BRAZIL, 600)).proof;
  const poor = { ...AFRICA, positionErrorM: 10 * METRES_PER_NM };
  const unsure = ask(gapOf(poor, BRAZIL, 600)).proof;
  assert.ok(unsure.leastTimeMin! < sure.leastTimeMin!);
  const wide = { ...VENEZUELA, radiusM: 100_000 };
  assert.ok(
    ask(gapOf(AFRICA, BRAZIL, 600), { target: wide }).proof.leastTimeMin! < sure.leastTimeMin!,
  );
});

test("ten minutes over an airport at 36,000 ft are too short to land and climb back, for all but steep types", () => {
  const below = {
    ...target([], []),
    shape: shapeOfPlace({ latDeg: 5, lonDeg: -65 }),
    elevationFt: 0,
  };
  const high = { ...edge(5, -65), altitudeFt: 36_000 };
  const question = { target: below, aircraft: IL96 };
  assert.equal(ask(gapOf(high, high, 10), question).verdict, "impossible");
  assert.equal(ask(gapOf(high, high, 12), question).verdict, "extreme");
  const fighter = reachAircraft({ typeDesignator: "SU35" });
  assert.notEqual(
    ask(gapOf(high, high, 10), { ...question, aircraft: fighter }).verdict,
    "impossible",
  );
  const unknown = reachAircraft({});
  assert.notEqual(
    ask(gapOf(high, high, 10), { ...question, aircraft: unknown }).verdict,
    "impossible",
  );
  // Over an area the ground may be as high as jets land anywhere.
  assert.notEqual(ask(gapOf(high, high, 10)).verdict, "impossible");
});

test("the usual time of a way is its own inverse", () => {
  const speeds = softSpeeds(IL96);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 900 }), (minutes) => {
      const distanceM = softReachM(minutes, [3_000, 30_000], speeds);
      const back = softWayMin(distanceM, [3_000, 30_000], speeds);
      assert.ok(Math.abs(back - Math.max(minutes, 13.5)) < 1e-6);
    }),
    SEED,
  );
});

function trackOf(points: readonly Omit<Point, "row">[]) {
  const builder = new TrackBuilder(parseAddress("157713")!);
  points.forEach((point, row) => builder.add({ ...point, row }, 0));
  const track = builder.build([
    { inputSha256: "0".repeat(64), file: "t", format: "t", simulated: false, stated: {} },
  ]);
  const contacts = findContacts(track);
  const setAside = { kept: track.length, duplicate: 0, stale: 0, jump: 0 };
  const clean = { track, setAside, altitudeSpikeCount: 0, jumpRuns: 0 };
  return { clean, contacts, gaps: findGaps(track, contacts), movements: [] };
}

const FLOWN = trackOf([
  { timeMs: START_MS, latDeg: 0, lonDeg: 0, onGround: true, positionSource: "adsb_icao" },
  { timeMs: START_MS + 60_000, latDeg: 0, lonDeg: 0.1, onGround: false, positionSource: "mlat" },
  {
    timeMs: START_MS + 120_000,
    latDeg: 0,
    lonDeg: 0.2,
    onGround: false,
    positionSource: "adsb_icao",
  },
  {
    timeMs: START_MS + 40 * HOUR_MS,
    latDeg: 1,
    lonDeg: 1,
    onGround: false,
    positionSource: "mlat",
  },
]);

test("gaps of a period are open where nobody heard the aircraft yet, or any more", () => {
  const all = reachGaps(FLOWN, { fromMs: START_MS - HOUR_MS, toMs: START_MS + 50 * HOUR_MS });
  assert.deepEqual(
    all.map(({ before, after }) => [before !== undefined, after !== undefined]),
    [
      [false, true],
      [true, true],
      [true, false],
    ],
  );
  assert.equal(all[1]!.before!.positionErrorM, 2 * METRES_PER_NM);
  assert.equal(all[1]!.after!.positionErrorM, 10 * METRES_PER_NM);
  assert.equal(reachGaps(FLOWN, {}).length, 1);
  assert.deepEqual(reachGaps(trackOf([]), { fromMs: 0, toMs: 1 }), []);
});

test("an aircraft must have come down when its endurance runs out in a gap", () => {
  const [gap] = reachGaps(FLOWN, {});
  const since = airborneSince(FLOWN, gap!);
  assert.deepEqual(since, { timeMs: START_MS + 60_000, basis: "first heard in the air" });
  const found = mustHaveLanded(gap!, since, IL96);
  assert.ok(found);
  const { enduranceMs } = IL96.performance;
  assert.equal(Date.parse(found.landedBy), START_MS + 60_000 + enduranceMs * found.factor);
  assert.match(found.statement, /unless refuelled in flight/);
  assert.equal(mustHaveLanded(gap!, since, reachAircraft({})), undefined);
  assert.equal(mustHaveLanded({ ...gap!, toMs: gap!.fromMs + HOUR_MS }, since, IL96), undefined);
  const grounded = { ...gap!, before: { ...gap!.before!, onGround: true } };
  assert.equal(mustHaveLanded(grounded, airborneSince(FLOWN, grounded), IL96), undefined);
});

test("areas for the map say which bound they show and that they are simulated", () => {
  const gap = gapOf(edge(60, 175), edge(60, -175), 60);
  const features = reachAreaFeatures({ gap, aircraft: IL96, simulated: true });
  assert.deepEqual(
    features.map(({ properties }) => [properties!["bound"], properties!["simulated"]]),
    [
      ["hard", true],
      ["soft", true],
    ],
  );
  assert.equal(features[0]!.geometry.type, "MultiPolygon");
  const parsed = JSON.parse(reachGeoJson(features)) as { type: string; simulated: boolean };
  assert.equal(parsed.type, "FeatureCollection");
  assert.equal(parsed.simulated, true);
});

test("Antarctica reaches to the pole although its outline ends at 85 S", () => {
  const polygons = claimPolygons({ features: [] }, "AQ");
  const shape = shapeOfPolygons(polygons);
  const pole = { ...VENEZUELA, shape };
  const gap = gapOf(edge(-90, 0), undefined, 0);
  assert.notEqual(ask(gap, { target: pole, purpose: "overflight" }).verdict, "impossible");
  assert.ok(geodesicDistanceM(edge(-90, 0), edge(-84, 0)) > 600_000);
});
