import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { sphereDistanceM } from "../../src/geo/sphere.js";
import {
  type AreaShape,
  circleRing,
  cornersOf,
  paramsOf,
  ringOf,
  shapeOf,
  wordsOf,
  wordsOfShape,
} from "../../web/page/area/shape.js";
import { isWhole, movedCorner, shapeOfSketch, withPlace } from "../../web/page/area/sketch.js";
import { readView, writeView } from "../../web/page/url.js";

const thousandths = (limit: number) =>
  fc.integer({ min: -limit * 1000, max: limit * 1000 }).map((whole) => whole / 1000);
const place = fc.tuple(thousandths(89), thousandths(179));
const shapes = fc.oneof(
  fc
    .tuple(place, place)
    .filter(([a, b]) => a[0] < b[0] && a[1] !== b[1])
    .map(
      ([a, b]): AreaShape => ({
        kind: "box",
        southDeg: a[0],
        westDeg: a[1],
        northDeg: b[0],
        eastDeg: b[1],
      }),
    ),
  fc
    .array(place, { minLength: 3, maxLength: 100 })
    .map((corners): AreaShape => ({ kind: "polygon", corners })),
  fc
    .tuple(place, fc.integer({ min: 5, max: 2_000 }))
    .map(([centre, km]): AreaShape => ({ kind: "circle", centre, radiusM: km * 1000 })),
);

test("a shape survives the address, as either area", () => {
  fc.assert(
    fc.property(shapes, fc.constantFrom("in" as const, "also" as const), (shape, name) => {
      const params: Record<string, string> = {};
      for (const [key, value] of Object.entries(paramsOf(name, wordsOfShape(shape))))
        if (value !== undefined) params[key] = value;
      const address = writeView({ screen: "area", id: "", params });
      assert.ok(address.length < 4_000, "two of them fit an address");
      const [path = "", query = ""] = address.split("?");
      assert.deepEqual(shapeOf(wordsOf(readView(path, query)!.params, name)), shape);
    }),
    { seed: 1944 },
  );
});

test("a link with near and within is a circle too, names stay names, and nonsense draws nothing", () => {
  assert.deepEqual(shapeOf(wordsOf({ near: "10,20", within: "30km" }, "in")), {
    kind: "circle",
    centre: [10, 20],
    radiusM: 30_000,
  });
  assert.deepEqual(shapeOf({ word: "SVMI", beyond: "30km" }), { kind: "name", word: "SVMI" });
  for (const word of ["", "91,0", "1,1 2,2", "0,5,10,5", "1,2,3", "1,1 2,2 3,200"])
    assert.equal(shapeOf({ word, beyond: "" }), undefined, word);
});

test("a box across 180 degrees is drawn across it and not round the rest of the world", () => {
  const box = shapeOf({ word: "170,-20,-170,-10", beyond: "" })!;
  const ring = ringOf(box)!;
  assert.deepEqual([...new Set(ring.map(([lonDeg]) => lonDeg))], [170, 190]);
  const corners = shapeOf({ word: "-20,170 -20,-170 -10,-170 -10,170", beyond: "" })!;
  assert.deepEqual([...new Set(ringOf(corners)!.map(([lonDeg]) => lonDeg))], [170, 190]);
  assert.equal(wordsOfShape(box).word, "170,-20,-170,-10");
});

test("a circle is as far everywhere, and one over a pole is closed over it", () => {
  for (const [lonDeg, latDeg] of circleRing([10, 179.9], 300_000))
    assert.ok(Math.abs(sphereDistanceM(10, 179.9, latDeg, lonDeg) - 300_000) < 1);
  const polar = circleRing([88, 0], 500_000);
  const lats = polar.map(([, latDeg]) => latDeg);
  assert.equal(Math.max(...lats), 90);
  assert.ok(Math.abs(polar[polar.length - 4]![0] - polar[0]![0]) > 359);
});

test("a sketch becomes a shape when it has places enough, across 180 degrees the way the hand went", () => {
  const start = { area: "in" as const, kind: "box" as const, places: [] };
  const one = withPlace(start, [-20, 170]);
  assert.equal(shapeOfSketch(one), undefined);
  assert.deepEqual(withPlace(one, [-20, 170]), one, "a double click is one place");
  const two = withPlace(one, [-10, 190]);
  assert.ok(isWhole(two));
  assert.equal(wordsOfShape(shapeOfSketch(two)!).word, "170,-20,-170,-10");
  const polygon = { ...two, kind: "polygon" as const };
  assert.equal(shapeOfSketch(polygon), undefined);
  assert.ok(!isWhole(polygon));
});

test("dragging a corner moves it and leaves the opposite one; a box never becomes flat", () => {
  const box = shapeOf({ word: "170,-20,-170,-10", beyond: "" })!;
  cornersOf(box).forEach(([latDeg, lonDeg], at) => {
    const moved = movedCorner(box, at, [latDeg + 1, lonDeg + 1]);
    const before = cornersOf(box)[(at + 2) % 4]!;
    const after = cornersOf(moved).some(
      ([lat, lon]) => lat === before[0] && (lon - before[1]) % 360 === 0,
    );
    assert.ok(after, `corner ${at}`);
    assert.notDeepEqual(moved, box);
  });
  assert.equal(movedCorner(box, 0, [-10, 170]), box);
  const circle: AreaShape = { kind: "circle", centre: [0, 0], radiusM: 10_000 };
  assert.deepEqual(movedCorner(circle, 0, [5, 5]), { ...circle, centre: [5, 5] });
  assert.ok((movedCorner(circle, 1, [0, 1]) as { radiusM: number }).radiusM > 110_000);
  const polygon: AreaShape = {
    kind: "polygon",
    corners: [
      [0, 0],
      [0, 1],
      [1, 1],
    ],
  };
  assert.deepEqual(cornersOf(movedCorner(polygon, 1, [0, 2])), [
    [0, 0],
    [0, 2],
    [1, 1],
  ]);
});
