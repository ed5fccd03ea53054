import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  CALIBRATED_MAX,
  CALIBRATED_MIN,
  calibrated,
  calibratedCandidates,
} from "../../src/movement/calibration.js";
import { type CalibrationTable, calibrationGroup } from "../../src/movement/calibration-shape.js";
import { CALIBRATION_TABLE } from "../../src/movement/calibration-table.js";
import { ENGINE_VERSION } from "../../src/movement/engine-version.js";
import type { Candidate, EvidenceClass } from "../../src/movement/movement.js";
import { ATOLL, HIGH, PORT, STRIP, TOWN } from "../support/airports.js";
import { analyse, fly } from "../support/fly.js";

const CLASSES: readonly EvidenceClass[] = ["G0", "G1", "G2", "G3", "G4", "G7", "GAP"];
const UNFITTED: readonly EvidenceClass[] = ["N1", "N2", "T"];
const places = [TOWN, PORT, HIGH, ATOLL, STRIP];

/** Candidates that sum to at most 1, most probable first. */
const candidateLists = fc
  .array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 })
  .map((weights): Candidate[] => {
    const total = weights.reduce((sum, weight) => sum + weight, 0.01);
    return weights
      .sort((a, b) => b - a)
      .map((weight, at) => ({
        airport: places[at % places.length]!,
        probability: weight / total,
      }));
  });

test("calibrated probabilities stay within their bounds and keep their order", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...CLASSES),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (evidenceClass, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map((probability) =>
          calibrated(CALIBRATION_TABLE, { probability, evidenceClass, candidates: [] }),
        );
        assert.ok(low! >= CALIBRATED_MIN && high! <= CALIBRATED_MAX && low! <= high!);
      },
    ),
    { seed: 1944 },
  );
});

test("calibrated candidates keep their order and never sum to more than 1", () => {
  fc.assert(
    fc.property(fc.constantFrom(...CLASSES), candidateLists, (evidenceClass, candidates) => {
      const after = calibratedCandidates(CALIBRATION_TABLE, {
        probability: 0.9,
        evidenceClass,
        candidates,
      });
      assert.deepEqual(
        after.map(({ airport }) => airport),
        candidates.map(({ airport }) => airport),
      );
      let sum = 0;
      after.forEach(({ probability }, at) => {
        assert.ok(probability >= 0 && probability <= (after[at - 1]?.probability ?? 1));
        sum += probability;
      });
      assert.ok(sum <= 1 + 1e-9, String(sum));
    }),
    { seed: 1944 },
  );
});

test("what the table has no row for stays as stated, and an unknown stays unknown", () => {
  const candidates = [{ airport: places[0]!, probability: 0.7 }];
  for (const evidenceClass of UNFITTED) {
    const statement = { probability: 0.9, evidenceClass, candidates };
    assert.equal(calibrationGroup(evidenceClass), undefined);
    assert.equal(calibrated(CALIBRATION_TABLE, statement), 0.9);
    assert.equal(calibratedCandidates(CALIBRATION_TABLE, statement), candidates);
  }
  const unknown = { probability: Number.NaN, evidenceClass: "G4", candidates: [] } as const;
  assert.ok(Number.isNaN(calibrated(CALIBRATION_TABLE, unknown)));
  const empty: CalibrationTable = { ...CALIBRATION_TABLE, happened: [], there: [] };
  assert.equal(calibrated(empty, { ...unknown, probability: 0.85 }), 0.85);
});

test("the engine's movements carry the table's values", () => {
  const pilot = fly()
    .start({ latDeg: 50, lonDeg: 9 }, 20_000)
    .land(TOWN, TOWN.runways[0]!.ends[0]!.name);
  const { movements } = analyse(pilot.taxi(800).stand(10).track());
  const landing = movements.find(({ kind }) => kind === "landing")!;
  assert.equal(landing.evidence, "seen");
  assert.equal(landing.probability, CALIBRATED_MAX);
  assert.ok(landing.candidates[0]!.probability <= CALIBRATED_MAX);
});

test("the table was fitted on this engine, and says on what", () => {
  assert.equal(CALIBRATION_TABLE.engineVersion, ENGINE_VERSION);
  assert.match(CALIBRATION_TABLE.fittedOn, /^\d{4}-\d\d-\d\d$/);
  assert.match(CALIBRATION_TABLE.casesSha256, /^[0-9a-f]{64}$/);
});

test("stronger evidence is never worth less", () => {
  const worth = (["seen", "G2", "G3", "G4"] as const).map(
    (group) =>
      CALIBRATION_TABLE.happened.find((row) => row.group === group)!.calibrate.statedAfter!,
  );
  assert.deepEqual(
    worth,
    [...worth].sort((a, b) => b - a),
  );
});

test("on the tracks held back the errors are within what was asked, and no worse than before", () => {
  for (const score of Object.values(CALIBRATION_TABLE.score)) {
    assert.ok(score.brierAfter <= 0.05 && score.eceAfter <= 0.05);
    assert.ok(score.brierAfter <= score.brierBefore && score.eceAfter <= score.eceBefore);
  }
});

test("the bins of the reliability table hold every statement", () => {
  for (const kind of ["happened", "there", "happened there"] as const) {
    const bins = CALIBRATION_TABLE.reliability[kind];
    const count = bins.reduce((sum, { statementCount }) => sum + statementCount, 0);
    assert.equal(count, CALIBRATION_TABLE.score[kind].statementCount);
    for (const { stated, from } of bins)
      if (stated !== null) assert.ok(stated >= from - 1e-4 && stated <= from + 0.1 + 1e-4);
  }
});
