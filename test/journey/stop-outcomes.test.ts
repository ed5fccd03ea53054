import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Stop } from "../../src/journey/journey.js";
import { placesOfStop, type StopOutcomes, stopOutcomes } from "../../src/journey/stop-outcomes.js";
import type { Movement } from "../../src/movement/movement.js";
import { PORT, TOWN } from "../support/airports.js";

type Side = Pick<Movement, "evidence" | "probability" | "candidates"> & Partial<Movement>;

const stop = (landing: Side | undefined, takeoff: Side | undefined) =>
  ({
    evidence: "inferred",
    latDeg: 50,
    lonDeg: 10,
    landing: landing as Movement | undefined,
    takeoff: takeoff as Movement | undefined,
  }) satisfies Stop;

const inferred = (probability: number, town: number, port = 0): Side => ({
  evidence: "inferred",
  probability,
  offAirport: false,
  candidates: [
    { airport: TOWN, probability: town },
    { airport: PORT, probability: port },
  ].filter((candidate) => candidate.probability > 0),
});

const total = ({ airports, offAirport, cannotTell, noStop }: StopOutcomes) =>
  airports.reduce((sum, { probability }) => sum + probability, offAirport + cannotTell + noStop);

test("two inferred sides: the surer one that it stopped, and the mean of where", () => {
  const outcomes = stopOutcomes(stop(inferred(0.9, 0.8, 0.1), inferred(0.95, 0.6, 0.4)))!;
  assert.ok(Math.abs(outcomes.noStop - 0.05) < 1e-9);
  assert.equal(outcomes.airports[0]!.airport, TOWN);
  assert.ok(Math.abs(outcomes.airports[0]!.probability - 0.95 * 0.7) < 1e-9);
  assert.ok(Math.abs(outcomes.cannotTell - 0.95 * 0.05) < 1e-9);
});

test("a side that may name a field tells where, also where the other cannot choose", () => {
  const naming: Side = { ...inferred(0.9, 0.97), airport: TOWN };
  const places = placesOfStop(stop(naming, inferred(0.95, 0.48, 0.42)));
  assert.deepEqual(places, [{ airport: TOWN, probability: 0.97 }]);
});

test("a side that was seen settles that it stopped, and where", () => {
  const seen: Side = { ...inferred(0.999, 0.99), evidence: "seen" };
  const outcomes = stopOutcomes(stop(seen, inferred(0.6, 0.1, 0.8)))!;
  assert.ok(outcomes.airports[0]!.airport === TOWN && outcomes.airports[0]!.probability > 0.98);
  assert.ok(outcomes.noStop < 0.01);
});

test("a side without candidates does not dilute the other; a meadow is no airport", () => {
  const silent = inferred(0.9, 0);
  assert.ok(stopOutcomes(stop(inferred(0.9, 1), silent))!.airports[0]!.probability > 0.89);
  const meadow = stopOutcomes(stop({ ...silent, offAirport: true }, undefined))!;
  assert.ok(Math.abs(meadow.offAirport - 0.9) < 1e-9);
  assert.equal(meadow.airports.length, 0);
});

test("an open end is no stop", () => {
  assert.equal(stopOutcomes({ ...stop(undefined, undefined), openEnd: "after" }), undefined);
});

test("whatever the sides say, the shares add up to one and none is negative", () => {
  const side = fc
    .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
    .chain(([probability, town]) =>
      fc
        .double({ min: 0, max: 1 - town, noNaN: true })
        .map((port) => inferred(probability, town, port)),
    );
  fc.assert(
    fc.property(side, fc.option(side, { nil: undefined }), (landing, takeoff) => {
      const outcomes = stopOutcomes(stop(landing, takeoff))!;
      assert.ok(Math.abs(total(outcomes) - 1) < 1e-9);
      const { airports, ...rest } = outcomes;
      for (const each of [
        ...airports.map(({ probability }) => probability),
        ...Object.values(rest),
      ])
        assert.ok(each >= 0 && each <= 1 + 1e-12);
    }),
    { seed: 1944 },
  );
});
