import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  ALTITUDE_GROUND,
  ALTITUDE_UNKNOWN,
  type PositionsBlock,
} from "../../src/api/positions-code.js";
import {
  buildMass,
  type Mass,
  mercatorX,
  mercatorY,
  RESTART,
  VERTEX_GROUND,
  VERTEX_UNKNOWN,
} from "../../web/page/map/mass/mass.js";
import { headsAt, nearest, piecesIn } from "../../web/page/map/mass/mass-search.js";

interface Point {
  readonly atS: number;
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly altitude?: number;
}

function blockOf(hex: string, runs: readonly (readonly Point[])[]): PositionsBlock {
  const points = runs.flat();
  return {
    kind: "aircraft",
    hex,
    registration: "",
    type: "",
    simulated: true,
    heardCount: points.length,
    runLengths: Uint32Array.from(runs, ({ length }) => length),
    timeMs: Uint32Array.from(points, ({ atS }) => atS * 1000),
    latE6: Int32Array.from(points, ({ latDeg }) => Math.round(latDeg * 1e6)),
    lonE6: Int32Array.from(points, ({ lonDeg }) => Math.round(lonDeg * 1e6)),
    altitude: Int16Array.from(points, ({ altitude = 3000 }) => altitude),
  };
}

/** A straight way, one position every 10 s. */
function way(startS: number, count: number, latDeg: number, lonDeg = 0): Point[] {
  return Array.from({ length: count }, (_, i) => {
    return { atS: startS + i * 10, latDeg, lonDeg: lonDeg + i * 0.01 };
  });
}

/** Vertices of each line of a level, in order of the pieces. */
function linesOf({ levels }: Mass, level: number): number[][] {
  const lines: number[][] = [[]];
  for (const index of levels[level]!.indices) {
    if (index === RESTART) lines.push([]);
    else lines.at(-1)!.push(index);
  }
  assert.deepEqual(lines.pop(), [], "each ends with a restart");
  return lines;
}

test("no level of detail loses the end of a line or a change of ground, and none draws over a gap", () => {
  const run = fc
    .array(
      fc.record({
        stepS: fc.integer({ min: 1, max: 900 }),
        isGround: fc.oneof(fc.constant(false), fc.constant(false), fc.boolean()),
      }),
      { minLength: 1, maxLength: 120 },
    )
    .map((steps) => {
      let atS = 0;
      return steps.map(({ stepS, isGround }, i): Point => {
        atS += stepS;
        return {
          atS,
          latDeg: 10,
          lonDeg: i / 100,
          altitude: isGround ? ALTITUDE_GROUND : 3000,
        };
      });
    });
  fc.assert(
    fc.property(fc.array(fc.array(run, { maxLength: 4 }), { maxLength: 4 }), (all) => {
      const mass = buildMass(all.map((runs, i) => blockOf(`4ca00${i}`, runs)));
      let start = 0;
      const lone: number[] = [];
      for (const level of [0, 1, 2]) {
        const next = new Map<number, number[]>();
        for (const line of linesOf(mass, level)) next.set(line[0]!, line);
        start = 0;
        for (const points of all.flat()) {
          const end = start + points.length - 1;
          if (points.length === 1 && level === 0) lone.push(start);
          // From piece to piece along the run: each begins where the one before ended.
          const seen = new Set<number>([start]);
          let at = start;
          while (at < end) {
            const line = next.get(at);
            assert.ok(line, `a piece begins at ${at}`);
            for (const vertex of line) seen.add(vertex);
            assert.ok(line.at(-1)! > at && line.at(-1)! <= end, "within its run");
            at = line.at(-1)!;
          }
          const isGround = (i: number) => points[i]!.altitude === ALTITUDE_GROUND;
          for (let i = 1; i < points.length; i++)
            if (isGround(i) !== isGround(i - 1))
              assert.ok(seen.has(start + i) && seen.has(start + i - 1), `ground at ${i}`);
          if (level === 0) assert.equal(seen.size, points.length, "the finest has everything");
          start = end + 1;
        }
      }
      assert.deepEqual([...mass.lone], lone);
      assert.equal(mass.vertices.length, 4 * start);
    }),
    { seed: 16, numRuns: 150 },
  );
});

test("coarser levels have fewer vertices, and leave out only what would not show", () => {
  // A circle of half a degree in ten minutes, again and again, while it climbs.
  const points = Array.from({ length: 3000 }, (_, i): Point => {
    const turnRad = (i / 60) * 2 * Math.PI;
    const [latDeg, lonDeg] = [50 + Math.sin(turnRad) / 4, 8 + Math.cos(turnRad) / 4];
    return { atS: i * 10, latDeg, lonDeg, altitude: i };
  });
  const mass = buildMass([blockOf("4ca001", [points])]);
  const [fine, middle, coarse] = mass.levels.map(({ indices }) => indices.length);
  assert.ok(middle! < fine! * 0.8 && coarse! < middle! / 2, `${fine} ${middle} ${coarse}`);
  const { vertices } = mass;
  for (const [level, { tolerance }] of mass.levels.entries())
    for (const line of linesOf(mass, level))
      for (let k = 1; k < line.length; k++)
        for (let i = line[k - 1]! + 1; i < line[k]!; i++) {
          const [ax, ay] = [vertices[4 * line[k - 1]!]!, vertices[4 * line[k - 1]! + 1]!];
          const [bx, by] = [vertices[4 * line[k]!]!, vertices[4 * line[k]! + 1]!];
          const [x, y] = [vertices[4 * i]!, vertices[4 * i + 1]!];
          const twice = Math.abs((bx - ax) * (y - ay) - (by - ay) * (x - ax));
          const awayFrom = twice / Math.max(1e-12, Math.hypot(bx - ax, by - ay));
          assert.ok(awayFrom <= tolerance * 1.001, `level ${level}, vertex ${i}: ${awayFrom}`);
        }
  const straight = buildMass([blockOf("4ca001", [way(0, 2000, 0)])]);
  assert.ok(straight.levels[2]!.indices.length < straight.levels[0]!.indices.length / 30);
});

test("a line across 180 degrees goes on, and is found on either side and in every copy of the world", () => {
  const points = [178, 179.5, -179, -177.5].map((lonDeg, i) => {
    return { atS: i * 60, latDeg: 60, lonDeg };
  });
  const mass = buildMass([blockOf("140001", [points])]);
  const xs = [0, 1, 2, 3].map((i) => mass.vertices[4 * i]! + mass.origin[0]);
  for (const [i, lonDeg] of [178, 179.5, 181, 182.5].entries())
    assert.ok(Math.abs(xs[i]! - mercatorX(lonDeg)) < 1e-7, String(xs[i]));
  const y = mercatorY(60);
  for (const lonDeg of [-178, 182, 542, -538, 179])
    assert.equal(
      nearest(mass, { x: mercatorX(lonDeg), y, radius: 1e-4 }, undefined)?.aircraft,
      0,
      String(lonDeg),
    );
  assert.equal(nearest(mass, { x: mercatorX(0), y, radius: 1e-4 }, undefined), undefined);
});

test("near the first position vertices are exact to a hand's breadth", () => {
  const points = [10.123456, 10.123457, 10.223457].map((lonDeg, i) => {
    return { atS: i, latDeg: 50.654321, lonDeg };
  });
  const { vertices, origin } = buildMass([blockOf("140001", [points])]);
  for (const [i, { lonDeg }] of points.entries()) {
    const metres = (origin[0] + vertices[4 * i]! - mercatorX(lonDeg)) * 40_075_017;
    assert.ok(Math.abs(metres) < 0.1, `${metres} m`);
  }
});

test("a moment has the aircraft that are heard then, where they are, and none inside a gap", () => {
  const mass = buildMass([
    blockOf("4ca001", [way(0, 200, 50), way(5000, 10, 51)]),
    blockOf("4ca002", [way(1000, 500, 52, 20)]),
  ]);
  const at = (timeS: number) => {
    const heads = headsAt(mass, timeS);
    return Array.from({ length: heads.length / 4 }, (_, i) => {
      return (heads[4 * i]! + mass.origin[0] - 0.5) * 360;
    }).sort((a, b) => a - b);
  };
  const [first, second] = at(1505);
  assert.ok(Math.abs(first! - 1.505) < 1e-4 && Math.abs(second! - 20.505) < 1e-4);
  assert.equal(at(3000).length, 1, "in the gap of one only the other is there");
  assert.equal(at(5050).length, 2);
  assert.equal(at(9000).length, 0);
});

test("a window takes the pieces that reach into it, and pointing finds only what is drawn", () => {
  const mass = buildMass([
    blockOf("4ca001", [way(0, 1000, 50)]),
    blockOf("4ca002", [way(6000, 1000, 50)]),
  ]);
  for (const [fromS, toS] of [
    [0, 0],
    [100, 1300],
    [8000, 8100],
    [9990, 20_000],
  ] as const) {
    const { start, end } = piecesIn(mass, { fromS, toS });
    for (let piece = 0; piece < mass.pieces.count; piece++) {
      const reaches = mass.pieces.endS[piece]! >= fromS && mass.pieces.startS[piece]! <= toS;
      if (reaches) assert.ok(piece >= start && piece < end, `${piece} of ${fromS} to ${toS}`);
    }
  }
  const place = { x: mercatorX(2.003), y: mercatorY(50), radius: 1e-5 };
  const early = nearest(mass, place, { fromS: 1900, toS: 2100 });
  assert.deepEqual([early?.aircraft, early?.timeS, early?.altitudeFt], [0, 2000, 30_000]);
  assert.equal(nearest(mass, place, { fromS: 7900, toS: 8100 })?.aircraft, 1);
  assert.equal(nearest(mass, place, { fromS: 4000, toS: 4100 }), undefined);
});

test("altitudes have marks for ground and unknown, omitted aircraft are not there, nothing is nothing", () => {
  const points = [ALTITUDE_GROUND, ALTITUDE_UNKNOWN, -20, 3500].map((altitude, i) => {
    return { atS: i, latDeg: 0, lonDeg: 0, altitude };
  });
  const block = blockOf("4ca001", [points]);
  const { vertices } = buildMass([block]);
  assert.deepEqual(
    [3, 7, 11, 15].map((at) => vertices[at]),
    [VERTEX_GROUND, VERTEX_UNKNOWN, 0, 35_000],
  );
  const none = buildMass([block], ["4ca001"]);
  assert.deepEqual([none.aircraft.length, none.vertices.length, none.pieces.count], [0, 0, 0]);
  assert.equal(headsAt(none, 1).length, 0);
  assert.equal(nearest(none, { x: 0.5, y: 0.5, radius: 1 }, undefined), undefined);
});
