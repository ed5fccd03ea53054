import type { Airport, AirportTable } from "../src/place/airport.js";
import { seedOf } from "../src/sim/random.js";
import { GROUND_YES, type Track } from "../src/track/track.js";
import { METRES_PER_NM } from "../src/units/quantity.js";
import { keepPoints } from "./thin.js";

const AROUND_M = 15 * METRES_PER_NM;
const HIDDEN_BELOW_FT = 3_000;
/** Higher than this over the sea, no field hides anything. */
const LOOKED_AT_MAX_FT = 18_000;
const FIELDS_LOOKED_AT = 12;

/** Which half of the fields lies behind hills. */
export type Lot = 0 | 1;

/**
 * A country in which every second field lies behind hills, drawn by lot: whatever is nearest to such a field, within
 * 15 NM, is not heard below 3,000 ft above it. Every aircraft is thinned alike, knowing nothing of where it went.
 */
export function hideFields(track: Track, airports: AirportTable, lot: Lot): Track {
  const { altitudeFt, ground, latDeg, lonDeg } = track;
  return keepPoints(track, (i) => {
    if (altitudeFt[i]! > LOOKED_AT_MAX_FT) return true;
    const field = nearestField(airports, latDeg[i]!, lonDeg[i]!);
    if (!field || !isHidden(field, lot)) return true;
    const heightFt = altitudeFt[i]! - (Number.isFinite(field.elevationFt) ? field.elevationFt : 0);
    return ground[i] !== GROUND_YES && heightFt >= HIDDEN_BELOW_FT;
  });
}

export function isHidden({ ident }: Airport, lot: Lot): boolean {
  return seedOf(`hidden ${ident}`) % 2 === lot;
}

function nearestField(airports: AirportTable, latDeg: number, lonDeg: number): Airport | undefined {
  const options = { radiusM: AROUND_M, limit: FIELDS_LOOKED_AT, accept: isField };
  return airports.near({ latDeg, lonDeg }, options)[0];
}

function isField({ kind, runways }: Airport): boolean {
  return kind === "large" || kind === "medium" || (kind === "small" && runways.length > 0);
}
