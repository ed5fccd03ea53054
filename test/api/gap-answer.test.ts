import assert from "node:assert/strict";
import { test } from "node:test";
import { parseAddress } from "../../src/aircraft/address.js";
import { gapAnswer } from "../../src/api/gap-answer.js";
import { reachAircraft } from "../../src/journey/reach-bounds.js";
import { TrackBuilder } from "../../src/track/builder.js";
import { findContacts, findGaps } from "../../src/track/contacts.js";
import { DAY_MS, HOUR_MS } from "../../src/units/quantity.js";
import { AIRPORTS } from "../support/airports.js";

const ADDRESS = parseAddress("140001")!;
const START_MS = Date.UTC(2019, 0, 23);

/** Two minutes over Caracas, a silence, two minutes not far away. */
function answerFor(silenceMs: number) {
  const builder = new TrackBuilder(ADDRESS);
  for (let i = 0; i < 60; i++) {
    const after = i >= 30;
    const timeMs = START_MS + i * 4000 + (after ? silenceMs : 0);
    const lonDeg = -67 + i * 0.005;
    builder.add({ timeMs, latDeg: 10, lonDeg, altitudeFt: 34_000, onGround: false, row: i }, 0);
  }
  const track = builder.build([
    {
      inputSha256: "ab".repeat(32),
      file: "made.json",
      format: "readsb-trace",
      simulated: true,
      stated: {},
    },
  ]);
  const [gap] = findGaps(track, findContacts(track));
  const aircraft = reachAircraft({ address: ADDRESS, typeDesignator: "IL96" });
  const othersHeard = { atLast: 0, atNext: 0 };
  return gapAnswer({
    track,
    gap: gap!,
    aircraft,
    airports: AIRPORTS,
    movements: [],
    othersHeard,
  });
}

test("a silence of months allows anywhere, and says so in place of a list", () => {
  const answer = answerFor(60 * DAY_MS);
  assert.equal(answer.anywhere, true);
  assert.match(answer.sentence, /Anywhere was in reach: at \d+ kt the time was enough/);
  assert.doesNotMatch(answer.sentence, /larger airports? lies?/);
});

test("a silence of hours has its airports, and is not anywhere", () => {
  const answer = answerFor(3 * HOUR_MS);
  assert.equal(answer.anywhere, false);
  assert.doesNotMatch(answer.sentence, /Anywhere/);
});
