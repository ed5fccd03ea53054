import assert from "node:assert/strict";
import { test } from "node:test";
import { CoverageBuilder } from "../../src/coverage/builder.js";
import { cellAt } from "../../src/coverage/cell.js";
import { CoverageIndex } from "../../src/coverage/coverage-index.js";
import { partsFromJson, partsToJson } from "../../src/coverage/coverage-json.js";
import { heardTotalMs } from "../../src/coverage/heard-grid.js";
import { type CoverageParts, mergeParts, NO_PARTS } from "../../src/coverage/parts.js";
import { columnsOf, partsOfColumns } from "../../src/coverage/stored-parts.js";
import { buildAirportTable } from "../../src/place/airport-table.js";
import type { CleanTrack } from "../../src/track/clean.js";
import { WheelsdownError } from "../../src/units/errors.js";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/units/quantity.js";
import { testAirport } from "../sim/airports.js";
import { heardTrack, type Moment, shuttle } from "./fly.js";

const [SVMI, TTPP, TNCC] = [testAirport("SVMI"), testAirport("TTPP"), testAirport("TNCC")];
const AIRPORTS = buildAirportTable([SVMI, TTPP, TNCC]);
const FIRST_MS = Date.UTC(2019, 0, 7, 14);

/** Hears in some minutes and not in others. */
function patchy(share: number): (moment: Moment) => boolean {
  return ({ timeMs }) => Math.floor(timeMs / (7 * MINUTE_MS)) % 10 < share * 10;
}

const TRACKS: readonly CleanTrack[] = [
  [SVMI, TTPP, 0.9],
  [TTPP, TNCC, 0.5],
  [TNCC, SVMI, 0.7],
].map(([home, away, share], index) =>
  heardTrack(
    shuttle(home as typeof SVMI, away as typeof SVMI, {
      firstMs: FIRST_MS + index * HOUR_MS,
      count: 4,
      apartMs: DAY_MS,
    }),
    { address: `0d800${index}`, hears: patchy(share as number) },
  ),
);

function partsOf(...tracks: readonly CleanTrack[]): CoverageParts {
  const builder = new CoverageBuilder();
  for (const track of tracks) builder.add(track, AIRPORTS);
  return builder.parts();
}

const [A, B, C] = TRACKS.map((track) => partsOf(track)) as [
  CoverageParts,
  CoverageParts,
  CoverageParts,
];
const WHOLE = partsToJson(partsOf(...TRACKS));

test("parts add up in any order and any grouping to what one builder measures", () => {
  for (const sum of [
    mergeParts([A, B, C]),
    mergeParts([C, A, B]),
    mergeParts([mergeParts([A, B]), C]),
    mergeParts([A, mergeParts([C, B]), NO_PARTS]),
    partsOf(...[...TRACKS].reverse()),
  ])
    assert.equal(partsToJson(sum), WHOLE);
});

test("what is stored and read again is the same", () => {
  const parts = partsFromJson(WHOLE);
  assert.deepEqual(parts, partsOf(...TRACKS));
  assert.equal(partsToJson(parts), WHOLE);
  assert.equal(partsToJson(partsFromJson(partsToJson(NO_PARTS))), partsToJson(NO_PARTS));
});

test("what is not coverage is refused", () => {
  const broken = [
    "",
    "[]",
    WHOLE.replace('"version":2', '"version":1'),
    WHOLE.replace('"trial":[', '"trial":[0,'),
    WHOLE.replace('"airport":[', '"airport":[77,').replace('"airport":[77,0,', '"airport":[77,'),
  ];
  for (const text of broken)
    assert.throws(
      () => partsFromJson(text),
      (error: unknown) => error instanceof WheelsdownError && error.code === "input-invalid",
      text.slice(0, 60),
    );
});

test("adding goes on after parts were taken", () => {
  const builder = new CoverageBuilder();
  builder.add(TRACKS[0]!, AIRPORTS);
  assert.equal(partsToJson(builder.parts()), partsToJson(A));
  builder.add(TRACKS[1]!, AIRPORTS);
  builder.add(TRACKS[2]!, AIRPORTS);
  assert.equal(partsToJson(builder.parts()), WHOLE);
});

test("an aircraft counts once in a cell, layer and hour, however often it is heard there", () => {
  for (const row of partsOf(TRACKS[0]!).rows) {
    assert.ok(row.passes <= 2000, "one aircraft, and at most the unheard rest of one passage");
    assert.ok(row.heardPasses === 0 || row.heardPasses === 1000);
    assert.ok(heardTotalMs(row) <= HOUR_MS);
  }
});

test("days are counted as they are in the track, over midnight too", () => {
  const { days } = partsOf(...TRACKS);
  const points = TRACKS.reduce((sum, { track }) => sum + track.length, 0);
  assert.equal(
    days.reduce((sum, { pointCount }) => sum + pointCount, 0),
    points,
  );
  assert.deepEqual(
    days.map(({ day }) => day),
    [...days.map(({ day }) => day)].sort((a, b) => a - b),
  );
  assert.ok(days.every(({ aircraftCount }) => aircraftCount >= 1 && aircraftCount <= 3));
});

test("one simulated track marks the whole", () => {
  const flights = shuttle(SVMI, TTPP, { firstMs: FIRST_MS, count: 1, apartMs: DAY_MS });
  const marked = heardTrack(flights, {
    address: "0d8009",
    hears: () => true,
    source: { simulated: true },
  });
  assert.equal(A.simulated, false);
  assert.equal(mergeParts([A, partsOf(marked)]).simulated, true);
});

function farFromDateLine({ lonDeg }: Moment): boolean {
  return Math.abs(lonDeg) < 178;
}

function farFromPole({ latDeg }: Moment): boolean {
  return latDeg < 89;
}

test("a hole across the antimeridian lies on the short way", () => {
  const west = { ...SVMI, ident: "WEST", latDeg: -17, lonDeg: 172, elevationFt: 0 };
  const east = { ...SVMI, ident: "EAST", latDeg: -17, lonDeg: -172, elevationFt: 0 };
  const airports = buildAirportTable([west, east]);
  const builder = new CoverageBuilder();
  const flights = shuttle(west, east, { firstMs: FIRST_MS, count: 2, apartMs: DAY_MS });
  builder.add(heardTrack(flights, { address: "c80001", hears: farFromDateLine }), airports);
  const { rows } = builder.parts();
  const unheard = rows.filter(({ unheardMs, band }) => unheardMs > 0 && band === 5);
  assert.ok(unheard.some(({ cell }) => cell === cellAt(-17.05, 179.8)));
  assert.ok(rows.every(({ cell }) => cell > 0 && !(cell === cellAt(-17, 0))));
});

test("a flight over the pole is placed in the cells around it", () => {
  const near = { ...SVMI, ident: "NEAR", latDeg: 84, lonDeg: 10, elevationFt: 0 };
  const far = { ...SVMI, ident: "FAR", latDeg: 84, lonDeg: -170, elevationFt: 0 };
  const builder = new CoverageBuilder();
  const flights = shuttle(near, far, { firstMs: FIRST_MS, count: 2, apartMs: DAY_MS });
  builder.add(
    heardTrack(flights, { address: "c80001", hears: farFromPole }),
    buildAirportTable([near, far]),
  );
  const polar = builder.parts().rows.filter(({ cell }) => cell >= cellAt(89.6, -179));
  assert.ok(polar.length > 0);
  assert.ok(polar.every((row) => row.unheardMs > 0 && heardTotalMs(row) === 0));
});

test("parts in columns say the same, by place and as a whole, also before 1970 and beyond 32 bits", () => {
  const measured = partsOf(...TRACKS);
  const [first, ...others] = measured.rows;
  const rows = [
    { ...first!, hour: -5, unheardMs: 2 ** 33, heardPasses: 0 },
    ...others.map((row) => ({ ...row, heardMs: [1, 2, 3] as const })),
  ];
  for (const parts of [measured, { ...measured, rows }, NO_PARTS]) {
    const { rows: _rows, passages: _passages, ...head } = parts;
    const stored = partsOfColumns(head, columnsOf(parts));
    assert.equal(partsToJson(stored), partsToJson(parts));
    const [asListed, asStored] = [new CoverageIndex(parts), new CoverageIndex(stored)];
    for (const cell of [...parts.rows.map((row) => row.cell), 0, 1e6])
      assert.deepEqual(asStored.rowsOf(cell), asListed.rowsOf(cell));
    for (const ident of ["SVMI", "TTPP", "TNCC", "EHAM"])
      assert.deepEqual(asStored.passagesOf(ident), asListed.passagesOf(ident));
    const span = [FIRST_MS - 3 * DAY_MS, FIRST_MS + 9 * DAY_MS] as const;
    assert.deepEqual(asStored.hoursIn(...span), asListed.hoursIn(...span));
  }
});
