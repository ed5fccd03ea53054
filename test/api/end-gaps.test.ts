import assert from "node:assert/strict";
import { test } from "node:test";
import { parseAddress } from "../../src/aircraft/address.js";
import { endGapsOf } from "../../src/api/end-gaps.js";
import { positionAnswer } from "../../src/api/position-answer.js";
import { TrackBuilder } from "../../src/track/builder.js";
import { FLAG_ALTITUDE_GEOMETRIC } from "../../src/track/track.js";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/units/quantity.js";
import { AIRPORTS, TOWN } from "../support/airports.js";

const ADDRESS = parseAddress("140001")!;
const START_MS = Date.UTC(2019, 0, 23, 12);
const SOURCE = {
  inputSha256: "ab".repeat(32),
  file: "made.json",
  format: "readsb-trace",
  simulated: true,
  stated: {},
};

/** A minute on the ground on each of three days, at the same place but on the last. */
function threeDays() {
  const builder = new TrackBuilder(ADDRESS);
  let row = 0;
  for (const day of [0, 1, 2])
    for (let i = 0; i < 15; i++)
      builder.add(
        {
          timeMs: START_MS + day * DAY_MS + i * 4000,
          latDeg: TOWN.latDeg + (day === 2 ? 3 : 0),
          lonDeg: TOWN.lonDeg,
          onGround: true,
          groundSpeedKt: 0,
          row: row++,
        },
        0,
      );
  return builder.build([SOURCE]);
}

test("silences that reach out of a period have both edges, and those inside or outside are not among them", () => {
  const period = { fromMs: START_MS + DAY_MS - HOUR_MS, toMs: START_MS + DAY_MS + HOUR_MS };
  const [before, after, ...more] = endGapsOf(threeDays(), period);
  assert.deepEqual(more, []);
  assert.equal(before?.from, "2019-01-23T12:00:56Z");
  assert.equal(before?.to, "2019-01-24T12:00:00Z");
  assert.equal(before?.id, `140001-${Date.parse("2019-01-23T12:00:56Z") / 1000}`);
  assert.deepEqual([before?.last.onGround, before?.distanceKm], [true, 0]);
  assert.equal(after?.to, "2019-01-25T12:00:00Z");
  assert.ok(after!.next.lat - after!.last.lat > 2.9);
  const whole = { fromMs: START_MS - HOUR_MS, toMs: START_MS + 3 * DAY_MS };
  assert.deepEqual(endGapsOf(threeDays(), whole), []);
  assert.deepEqual(endGapsOf(threeDays(), { fromMs: undefined, toMs: undefined }), []);
});

test("a position is answered with its row, and both altitudes under their own names", () => {
  const builder = new TrackBuilder(ADDRESS);
  const { latDeg, lonDeg } = TOWN;
  const add = (afterMs: number, more: object) =>
    builder.add(
      {
        timeMs: START_MS + afterMs,
        latDeg,
        lonDeg: lonDeg + afterMs * 1e-7,
        row: afterMs,
        ...more,
      },
      0,
    );
  add(0, { altitudeFt: 5000, geometricAltitudeFt: 5350, nic: 8, onGround: false, squawk: 123 });
  add(4000, { altitudeFt: 5200, flags: FLAG_ALTITUDE_GEOMETRIC, onGround: false });
  add(8000, { onGround: true });
  const track = builder.build([SOURCE]);
  const ask = (atMs: number) =>
    positionAnswer({ track, atMs: START_MS + atMs, withinMs: MINUTE_MS, airports: AIRPORTS });
  const first = ask(1000)!;
  assert.deepEqual(
    [first.altitudeFt, first.geometricAltitudeFt, first.nic, first.sil, first.squawk],
    [5000, 5350, 8, null, "0123"],
  );
  assert.deepEqual([first.file, first.row, first.input], ["made.json", 0, SOURCE.inputSha256]);
  const second = ask(3900)!;
  assert.deepEqual([second.altitudeFt, second.geometricAltitudeFt], [null, 5200]);
  assert.deepEqual([ask(60_000)!.onGround, ask(60_000)!.altitudeFt], [true, null]);
  assert.equal(ask(8000 + MINUTE_MS + 1), undefined);
});
