import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseAddress } from "../../src/aircraft/address.js";
import type { Movement } from "../../src/movement/movement.js";
import {
  asksForCoverage,
  MISSED_MIN,
  type SeenQuestion,
  weighCoverage,
} from "../../src/movement/weigh-coverage.js";
import type { Airport } from "../../src/place/airport.js";
import { HOUR_MS } from "../../src/units/quantity.js";
import { HIGH, PORT, STRIP, TOWN } from "../support/airports.js";

const AT_MS = Date.UTC(2024, 4, 1, 10);

/** A landing lost high, far from every field. */
function movement(over: Partial<Movement> = {}): Movement {
  return {
    kind: "landing",
    address: parseAddress("4ca7b3")!,
    timeFromMs: AT_MS,
    timeToMs: AT_MS + HOUR_MS / 4,
    timeMs: AT_MS + HOUR_MS / 8,
    airport: undefined,
    runway: undefined,
    candidates: candidates([TOWN, 0.6], [PORT, 0.3]),
    offAirport: false,
    latDeg: 48,
    lonDeg: 11,
    evidence: "inferred",
    evidenceClass: "G4",
    probability: 0.9,
    basis: "last heard descending",
    callsign: "",
    simulated: false,
    exhibits: [{ inputSha256: "0".repeat(64), file: "a.json", rowFrom: 0, rowTo: 1 }],
    ...over,
  };
}

function candidates(...pairs: readonly (readonly [Airport, number])[]): Movement["candidates"] {
  return pairs.map(([airport, probability]) => ({ airport, probability }));
}

/** Fields heard as told; all others are unknown. */
function heard(...pairs: readonly (readonly [Airport, number])[]) {
  const shares = new Map(pairs);
  return {
    measurement: "m".repeat(64),
    seenShare: ({ airport }: SeenQuestion) => shares.get(airport) ?? Number.NaN,
  };
}

function probabilities(one: Movement): Record<string, number> {
  return Object.fromEntries(
    one.candidates.map(({ airport, probability }) => [airport.ident, probability]),
  );
}

function sum(one: Movement): number {
  return one.candidates.reduce((total, { probability }) => total + probability, 0);
}

test("a field that is heard well loses to one that nobody hears", () => {
  const [weighed] = weighCoverage([movement()], heard([TOWN, 0.8], [PORT, 0]));
  // 0.6 x 0.2 against 0.3 x 1, the sum of 0.9 kept.
  assert.ok(Math.abs(probabilities(weighed!)["XTWN"]! - (0.9 * 0.12) / 0.42) < 1e-12);
  assert.ok(Math.abs(probabilities(weighed!)["XPRT"]! - (0.9 * 0.3) / 0.42) < 1e-12);
  assert.equal(weighed!.candidates[0]!.airport, PORT);
  assert.match(
    weighed!.basis,
    /^last heard descending; a landing at XTWN then would have been seen with probability 0.80, at XPRT with 0.01, and none was$/,
  );
  assert.deepEqual(weighed!.coverage?.seen, [
    { airport: TOWN, seenProbability: 0.8, before: 0.6 },
    { airport: PORT, seenProbability: 0, before: 0.3 },
  ]);
});

test("what was seen, and what coverage says nothing of, is the very same object", () => {
  const shares = heard([TOWN, 0.9], [PORT, 0.1]);
  const near = { latDeg: TOWN.latDeg, lonDeg: TOWN.lonDeg };
  const untouched = [
    movement({ evidence: "seen", evidenceClass: "G0" }),
    movement({ evidenceClass: "G2" }),
    movement({ evidenceClass: "G3" }),
    movement({ evidenceClass: "G4", ...near }),
    movement({ evidenceClass: "G7", kind: "takeoff", ...near }),
    movement({ evidenceClass: "N2", offAirport: true }),
    movement({ kind: "go-around", evidenceClass: "N1", evidence: "seen" }),
    movement({ candidates: [] }),
  ];
  for (const one of untouched) {
    assert.equal(asksForCoverage([one]), false, one.evidenceClass);
    assert.equal(weighCoverage([one], shares)[0], one);
  }
  const silent = movement();
  assert.equal(asksForCoverage([silent]), true);
  assert.equal(weighCoverage([silent], heard())[0], silent);
  assert.equal(weighCoverage([silent], heard([HIGH, 0.9]))[0], silent);
});

test("a field that is heard well loses nothing to one that nobody measured", () => {
  const three = movement({ candidates: candidates([TOWN, 0.6], [PORT, 0.2], [STRIP, 0.1]) });
  const [alone] = weighCoverage([three], heard([TOWN, 0.97]));
  assert.deepEqual(probabilities(alone!), probabilities(three));
  assert.match(alone!.basis, /XTWN then would have been seen with probability 0.97, and none was$/);
  const [two] = weighCoverage([three], heard([TOWN, 0.97], [PORT, 0]));
  assert.equal(probabilities(two!)["XSTR"], 0.1);
  assert.ok(Math.abs(sum(two!) - sum(three)) < 1e-12);
});

test("silence at a field moves the odds by ten at most, however well it is heard", () => {
  const before = 0.6 / 0.3;
  for (const share of [0.9, 0.97, 1]) {
    const [weighed] = weighCoverage([movement()], heard([TOWN, share], [PORT, 0]));
    const { XTWN, XPRT } = probabilities(weighed!) as { XTWN: number; XPRT: number };
    assert.ok(Math.abs(XTWN / XPRT - before * MISSED_MIN) < 1e-9);
  }
});

test("a name is lost and won by the rule for names, and the sentence says so", () => {
  const named = movement({
    airport: TOWN,
    runway: "09L",
    candidates: candidates([TOWN, 0.95], [PORT, 0.03]),
  });
  const [lost] = weighCoverage([named], heard([TOWN, 0.97], [PORT, 0]));
  assert.equal(lost!.airport, undefined);
  assert.equal(lost!.runway, undefined);
  assert.match(lost!.basis, /and none was; with that, a field that cannot be told from its/);
  const [kept] = weighCoverage([named], heard([TOWN, 0], [PORT, 0]));
  assert.equal(kept!.airport, TOWN);
  assert.equal(kept!.runway, "09L");
  const open = movement({ candidates: candidates([TOWN, 0.8], [PORT, 0.17]) });
  const [won] = weighCoverage([open], heard([TOWN, 0], [PORT, 0.95]));
  assert.equal(won!.airport, TOWN);
  assert.match(won!.basis, /and none was; with that, XTWN \(Town\)$/);
});

test("both ends of a stop are weighed with one table, and no silence counts twice", () => {
  const laterMs = AT_MS + 3 * HOUR_MS;
  const takeoff = movement({
    kind: "takeoff",
    evidenceClass: "GAP",
    timeToMs: laterMs,
    timeMs: laterMs,
  });
  // By night nobody hears Town, by day everybody does; Port is never heard.
  const shares = {
    measurement: "m".repeat(64),
    seenShare: ({ airport, toMs }: SeenQuestion) =>
      airport === PORT ? 0 : toMs > AT_MS + HOUR_MS ? 0.8 : 0.3,
  };
  const [landed, left] = weighCoverage([movement(), takeoff], shares);
  assert.deepEqual(probabilities(landed!), probabilities(left!));
  assert.ok(Math.abs(probabilities(landed!)["XTWN"]! - (0.9 * 0.6 * 0.2) / 0.42) < 1e-12);
  assert.match(landed!.basis, /a stop at XTWN then would have been seen, coming or going, with/);
  assert.deepEqual(landed!.coverage, left!.coverage);
});

test("a stop of which one end was heard at the field is not weighed", () => {
  const shares = heard([TOWN, 0.9], [PORT, 0]);
  const at = { timeFromMs: AT_MS + HOUR_MS, timeToMs: AT_MS + HOUR_MS, timeMs: AT_MS + HOUR_MS };
  const seen = movement({ kind: "takeoff", evidence: "seen", evidenceClass: "G0", ...at });
  const landing = movement();
  assert.deepEqual(weighCoverage([landing, seen], shares), [landing, seen]);
  // At another field it is another stop.
  const elsewhere = { ...seen, airport: HIGH, candidates: candidates([HIGH, 0.99]) };
  const [weighed, same] = weighCoverage([landing, elsewhere], shares);
  assert.notEqual(weighed, landing);
  assert.equal(same, elsewhere);
});

test("that it happened, its times and its exhibits stay; doubts stay at the end of the sentence", () => {
  const doubted = movement({ basis: "last heard descending; in doubt: half of it is wrong" });
  const [weighed] = weighCoverage([doubted], heard([TOWN, 0.9], [PORT, 0]));
  const { candidates: _c, basis, coverage: _v, ...rest } = weighed!;
  const { candidates: _d, basis: _b, ...before } = doubted;
  assert.deepEqual(rest, before);
  assert.match(
    basis,
    /^last heard descending; a landing at .* none was; in doubt: half of it is wrong$/,
  );
});

test("whatever is heard, the sum stays, nothing is negative and order is by probability", () => {
  const share = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(Number.NaN));
  const weight = fc.double({ min: 0.005, max: 0.33, noNaN: true });
  const three = fc.tuple(fc.tuple(weight, share), fc.tuple(weight, share), fc.tuple(weight, share));
  fc.assert(
    fc.property(three, (fields) => {
      const airports = [TOWN, PORT, STRIP];
      const one = movement({
        candidates: airports.map((airport, i) => ({ airport, probability: fields[i]![0] })),
      });
      const known = airports.flatMap((airport, i): [Airport, number][] => [
        [airport, fields[i]![1]],
      ]);
      const [weighed] = weighCoverage([one], heard(...known));
      assert.ok(Math.abs(sum(weighed!) - sum(one)) < 1e-9);
      const after = weighed!.candidates.map(({ probability }) => probability);
      assert.ok(after.every((probability) => probability > 0 && probability <= 1));
      if (weighed !== one)
        assert.deepEqual(
          after,
          [...after].sort((a, b) => b - a),
        );
    }),
    { seed: 1944 },
  );
});
