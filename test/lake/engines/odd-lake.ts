import type { Address } from "../../../src/aircraft/address.js";
import { openLake } from "../../../src/lake/lake.js";
import type { IngestBatch } from "../../../src/lake/records.js";
import { ROW_GROUP_ROWS } from "../../../src/lake/schema.js";
import { FLAG_ALTITUDE_GEOMETRIC, type PositionSource } from "../../../src/track/track.js";
import { type BuiltPoint, buildTrack, inputOf, movementOf, sourceOf } from "../build-track.js";

const DAY_MS = Date.UTC(2020, 1, 29);
const ODD_TEXT = 'a "quoted" it\'s\nof two lines,\twith Ñandú, 機 and ✈';

/** A point with everything, near the end of what each column holds. */
const FULL: BuiltPoint = {
  timeMs: DAY_MS + 1,
  latDeg: -90,
  lonDeg: 179.999999,
  altitudeFt: -1_275,
  geometricAltitudeFt: 126_700,
  groundSpeedKt: 3_276.7,
  trackAngleDeg: 359.9,
  verticalRateFpm: -32_640,
  onGround: true,
  flags: FLAG_ALTITUDE_GEOMETRIC,
  positionSource: "mlat" as PositionSource,
  nic: 11,
  nacP: 0,
  sil: 3,
  callsign: "ÑA'1\"",
  squawk: 0o7777,
  row: 2_147_483_647,
};

/** More points than a row group holds, some with nothing but a place, then another address with odd values. */
function oddBatch(): IngestBatch {
  const many = Array.from({ length: ROW_GROUP_ROWS + 5_000 }, (_, row): BuiltPoint => {
    const point = { timeMs: DAY_MS + row * 500 + (row % 7), latDeg: row / 2_000, lonDeg: -67, row };
    return row % 3 === 0 ? point : { ...point, altitudeFt: row % 40_000, callsign: `T${row % 50}` };
  });
  const bare = { timeMs: DAY_MS + 86_399_999, latDeg: 90, lonDeg: -180, row: 0 };
  return {
    inputs: [
      inputOf("a", { byteCount: Number.MAX_SAFE_INTEGER, file: ODD_TEXT }),
      inputOf("b", { complete: false, issues: [], licence: "", rowCount: 0, keptCount: 0 }),
    ],
    tracks: [
      buildTrack("4ca7b3", many, [sourceOf("a", { file: ODD_TEXT })]),
      buildTrack(
        "~ffffff",
        [FULL, bare],
        [sourceOf("b", { stated: { description: ODD_TEXT, military: true } })],
      ),
    ],
  };
}

/**
 * Makes a lake of values at the ends of what columns hold, with two row groups in the day's file.
 *
 * @param eventsOnly leaves it as a run that keeps no positions is in its middle
 */
export async function makeOddLake(root: string, eventsOnly = false): Promise<void> {
  const lake = await openLake(root, { create: true });
  const session = await lake.beginIngest({ eventsOnly });
  await session.addBatch(oddBatch());
  if (!eventsOnly) {
    await session.replaceMovements(
      ["4ca7b3" as Address, "~ffffff" as Address],
      [
        movementOf("4ca7b3", { timeMs: DAY_MS + 1, latDeg: 1 / 3, lonDeg: -180, probability: 1 }),
        movementOf("~ffffff", {
          timeMs: DAY_MS + 2,
          airport: undefined,
          country: undefined,
          candidates: [],
          offAirport: true,
          latDeg: -0,
          lonDeg: 5e-324,
          runway: undefined,
          basis: ODD_TEXT,
          callsign: "",
          registration: undefined,
          typeDesignator: undefined,
        }),
      ],
    );
  }
  await session.close();
  if (!eventsOnly) await lake.compact({ layout: "area" });
  await lake.close();
}
