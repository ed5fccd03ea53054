import { operatorOfCallsign } from "../aircraft/operators.js";
import { isMilitaryAddress } from "../aircraft/state-blocks.js";
import { findType, type Performance } from "../aircraft/types/index.js";
import type { Track } from "../track/track.js";
import { HOUR_MS } from "../units/quantity.js";
import type { AircraftTraits } from "./scene.js";

/** At field level an aeroplane slower than this rolls; chosen below the stall of light aircraft with head wind. */
const AEROPLANE_GROUND_KT = 35;
/** A helicopter may hover at any speed, a glider may stand still in the wind: only no motion at all counts. */
const STANDING_KT = 3;
const GLIDER_GROUND_KT = 15;
/** No jet in the type table stays up longer without refuelling; taken when the type is unknown. */
const LONGEST_ENDURANCE_MS = 18 * HOUR_MS;

/** Between a propeller aircraft and a jet; it only splits a silence into estimates. chosen: docs/method.md */
export const UNKNOWN_CRUISE_KT = 300;

/** @returns the latest type designator any source of the track states, undefined when none does */
export function statedType(track: Track): string | undefined {
  return track.sources.findLast((source) => source.stated.typeDesignator)?.stated.typeDesignator;
}

/** True when a callsign of the track has the prefix of a passenger or cargo airline. */
function fliesForAirline(track: Track): boolean {
  return track.callsigns.some((callsign) => {
    const kind = operatorOfCallsign(callsign)?.kind;
    return kind === "airline" || kind === "cargo";
  });
}

/** What is known of the aircraft behind a track, for reading it: from its stated type, with care when unknown. */
export function traitsOf(track: Track): AircraftTraits {
  const type = findType(statedType(track) ?? "");
  const military =
    track.sources.some((source) => source.stated.military) ||
    isMilitaryAddress(track.address) !== undefined;
  const airline = fliesForAirline(track);
  if (!type) {
    return {
      kind: "aeroplane",
      groundSpeedMaxKt: AEROPLANE_GROUND_KT,
      cruiseKt: Number.NaN,
      enduranceMs: LONGEST_ENDURANCE_MS,
      runwayNeedM: 0,
      military,
      airline,
    };
  }
  const { cruiseKt, runwayNeedM, enduranceMs }: Performance = type.performance;
  if (type.engineClass === "helicopter") {
    return {
      kind: "helicopter",
      groundSpeedMaxKt: STANDING_KT,
      cruiseKt,
      enduranceMs: LONGEST_ENDURANCE_MS,
      runwayNeedM: 0,
      military,
      airline: false,
    };
  }
  const glider = type.engineClass === "glider";
  return {
    kind: glider ? "glider" : "aeroplane",
    groundSpeedMaxKt: glider ? GLIDER_GROUND_KT : AEROPLANE_GROUND_KT,
    cruiseKt,
    enduranceMs,
    runwayNeedM,
    military,
    airline,
  };
}
