import { DAY_MS } from "../units/quantity.js";

const RAD = Math.PI / 180;
/** Source: ICAO standard atmosphere (Doc 7488). */
const STANDARD_HPA = 1013.25;
/** Chosen: pressure altitude follows QNH fully below the first and not at all above the second, where flight levels are flown. */
const QNH_FULL_BELOW_FT = 10_000;
const QNH_NONE_ABOVE_FT = 18_000;

/** A place and an instant: what the weather depends on. */
export interface PlaceTime {
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly timeMs: number;
}

/**
 * Sea-level pressure: waves that drift east, weak in the tropics and strong in the north.
 *
 * @returns hPa, about 1009 to 1018 in the tropics and 995 to 1035 at 55 degrees
 *
 * Chosen: so that readings near the ground are off by tens to hundreds of feet, as in real traces.
 */
export function qnhHpa({ latDeg, lonDeg, timeMs }: PlaceTime): number {
  const dayNumber = timeMs / DAY_MS;
  const swingHpa = 3 + 14 * Math.sin(Math.min(60, Math.abs(latDeg)) * 1.5 * RAD) ** 2;
  const wave =
    0.6 * Math.sin(lonDeg * 3 * RAD + dayNumber * 0.9 + latDeg * 0.07) +
    0.4 * Math.sin(lonDeg * 7 * RAD - dayNumber * 0.37 + latDeg * 0.11);
  return STANDARD_HPA + 1.5 + swingHpa * wave;
}

/**
 * What must be added to an altitude to get the pressure altitude there.
 *
 * @returns feet, positive when pressure is low
 *
 * Source: ICAO standard atmosphere (Doc 7488), troposphere: 145,366 ft x (1 - (p / 1013.25)^0.190263).
 */
export function pressureOffsetFt(pressureHpa: number): number {
  return 145_366.45 * (1 - (pressureHpa / STANDARD_HPA) ** 0.190263);
}

/**
 * @param altitudeFt above mean sea level when low, flight level when high, as crews fly them
 * @returns pressure altitude as a transponder sends it, feet, not yet rounded
 */
export function pressureAltitudeFt(altitudeFt: number, offsetFt: number): number {
  const share = (QNH_NONE_ABOVE_FT - altitudeFt) / (QNH_NONE_ABOVE_FT - QNH_FULL_BELOW_FT);
  return altitudeFt + offsetFt * Math.max(0, Math.min(1, share));
}

/**
 * Geometric altitude for a pressure altitude: warm air is thicker, so tropical aircraft are higher than their flight level.
 *
 * @returns feet above mean sea level; the geoid is left out, so surface and ellipsoid agree here (chosen)
 */
export function geometricAltitudeFt(pressureFt: number, offsetFt: number, latDeg: number): number {
  // About +12 K in the tropics (4.5 %) and -6 K in a northern winter (-2 %), as seen in real traces.
  const warmth = 0.065 * Math.cos(latDeg * RAD) ** 2 - 0.02;
  return pressureFt - offsetFt + Math.max(0, pressureFt - 10_000) * warmth;
}

/**
 * Wind along a direction, slow to change with place and day: westerlies aloft outside the tropics, weak easterlies inside.
 *
 * @param trackDeg direction of movement over ground, degrees
 * @returns knots, positive from behind, never beyond 95
 */
export function tailwindKt(place: PlaceTime, altitudeFt: number, trackDeg: number): number {
  const day = Math.floor(place.timeMs / DAY_MS);
  const aloft = Math.min(1, Math.max(0.12, altitudeFt / 35_000));
  const wobble = Math.sin(place.lonDeg * 4 * RAD + day * 1.7) * 18;
  const eastwardKt =
    (-12 + 65 * Math.sin(Math.min(90, Math.abs(place.latDeg) * 2) * RAD) ** 2 + wobble) * aloft;
  const northwardKt = 15 * Math.sin(place.latDeg * 5 * RAD + day * 0.9) * aloft;
  return eastwardKt * Math.sin(trackDeg * RAD) + northwardKt * Math.cos(trackDeg * RAD);
}

/**
 * True airspeed for an indicated airspeed.
 *
 * @param indicatedKt knots; compressibility is ignored, which is right to a few knots below FL250
 *
 * Source: density ratio of the standard atmosphere, (1 - 6.8756e-6 h)^4.2561.
 */
export function trueAirspeedKt(indicatedKt: number, altitudeFt: number): number {
  return indicatedKt / Math.sqrt((1 - 6.8756e-6 * altitudeFt) ** 4.2561);
}
