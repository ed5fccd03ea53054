import assert from "node:assert/strict";
import { before, test } from "node:test";
import fc from "fast-check";
import { boxHolds, fewBoxes, grownBox, unionOfBoxes } from "../../src/geo/box.js";
import { areaTest } from "../../src/journey/area-test.js";
import { placePoint } from "../../src/journey/where.js";
import { parseArea } from "../../src/place/area.js";
import { loadReference, type Reference } from "../../src/reference/reference.js";

let reference: Reference;
before(async () => {
  reference = await loadReference({});
});

/** Places with their neighbourhood: across 180 degrees, at a pole, with islands, round another country. */
const CASES: readonly { word: string; nearM: number; around: readonly [number, number, number] }[] =
  [
    { word: "VE", nearM: 0, around: [8, -66, 8] },
    { word: "VE", nearM: 300_000, around: [8, -66, 10] },
    { word: "FJ", nearM: 0, around: [-17.5, 180, 4] },
    { word: "FJ", nearM: 60_000, around: [-17.5, 180, 5] },
    { word: "RU", nearM: 20_000, around: [66, 180, 12] },
    { word: "LS", nearM: 0, around: [-29.5, 28.3, 2] },
    { word: "NL", nearM: 10_000, around: [52.5, 5, 3] },
    { word: "SVMI", nearM: 0, around: [10.6, -67, 0.2] },
    { word: "SVMI", nearM: 30_000, around: [10.6, -67, 0.6] },
    { word: "89.9,10", nearM: 50_000, around: [89.5, 0, 180] },
    { word: "-17,179.95", nearM: 40_000, around: [-17, 180, 1] },
    {
      word: '{"type":"Polygon","coordinates":[[[179,-10],[-179,-10],[-179,-8],[180,-9],[179,-8],[179,-10]]]}',
      nearM: 0,
      around: [-9, 180, 2],
    },
    {
      word: '{"type":"Polygon","coordinates":[[[179,-10],[-179,-10],[-179,-8],[180,-9],[179,-8],[179,-10]]]}',
      nearM: 25_000,
      around: [-9, 180, 2],
    },
  ];

test("cells and boxes never change what is in a place", () => {
  for (const { word, nearM, around } of CASES) {
    const [latDeg, lonDeg, reachDeg] = around;
    const question = { area: parseArea(word, reference), nearM };
    const prepared = areaTest(question);
    let insideCount = 0;
    const unit = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(unit, unit, (northward, eastward) => {
        const lat = Math.max(-90, Math.min(90, latDeg + northward * Math.min(reachDeg, 12)));
        const lon = ((((lonDeg + eastward * reachDeg + 180) % 360) + 360) % 360) - 180;
        const point = { latDeg: lat, lonDeg: lon };
        const exact = placePoint(point, question).relation !== "elsewhere";
        assert.equal(prepared.holds(lat, lon), exact, `${word} ${nearM} at ${lat}, ${lon}`);
        if (!exact) return;
        insideCount++;
        assert.ok(
          prepared.boxes.some((box) => boxHolds(box, lat, lon)),
          `${word} ${nearM}: no box holds ${lat}, ${lon}`,
        );
      }),
      { seed: 2019, numRuns: 1_500 },
    );
    assert.ok(insideCount > 20, `${word} ${nearM}: only ${insideCount} points inside`);
    assert.ok(prepared.boxes.length <= 6);
    assert.equal(prepared.holds(Number.NaN, 0), false);
  }
});

const anyBox = fc
  .tuple(
    fc.double({ min: -90, max: 90, noNaN: true }),
    fc.double({ min: -90, max: 90, noNaN: true }),
    fc.double({ min: -180, max: 180, noNaN: true }),
    fc.double({ min: -180, max: 180, noNaN: true }),
  )
  .map(([a, b, westDeg, eastDeg]) => {
    return { southDeg: Math.min(a, b), northDeg: Math.max(a, b), westDeg, eastDeg };
  });

test("a union, few boxes and a grown box hold all corners of what they are made from", () => {
  fc.assert(
    fc.property(fc.array(anyBox, { minLength: 1, maxLength: 80 }), (boxes) => {
      const few = fewBoxes(boxes, 4);
      const whole = boxes.reduce(unionOfBoxes);
      assert.ok(few.length <= Math.max(4, 0));
      for (const box of boxes) {
        const grown = grownBox(box, 1_000);
        for (const lat of [box.southDeg, box.northDeg]) {
          for (const lon of [box.westDeg, box.eastDeg]) {
            assert.ok(boxHolds(grown, lat, lon), `grown ${JSON.stringify({ box, grown })}`);
            const slack = grownBox(whole, 1);
            assert.ok(boxHolds(slack, lat, lon), `whole ${JSON.stringify({ box, whole })}`);
            assert.ok(few.some((one) => boxHolds(grownBox(one, 1), lat, lon)));
          }
        }
      }
    }),
    { seed: 1944, numRuns: 200 },
  );
});
