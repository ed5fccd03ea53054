// Compact position reporting: a position is sent as where it lies inside a cell of a grid, not which cell. Even and odd
// messages use grids of slightly different size, so that one of each tells the cell; a position known to be near does too.
// Surface messages use cells of a quarter of the size, and so leave four times four choices.

const CPR_STEPS = 131_072;
const LATITUDE_ZONES = 15;
const EVEN_ZONES = 4 * LATITUDE_ZONES;

/** A latitude and longitude as sent: 17 bits each. */
export interface CprPosition {
  readonly isOdd: boolean;
  readonly isSurface: boolean;
  readonly latCpr: number;
  readonly lonCpr: number;
}

export interface DecodedPosition {
  readonly latDeg: number;
  readonly lonDeg: number;
}

/** Latitudes at which the number of longitude zones falls from 59 to 58, from 58 to 57, and so on to 2. */
const ZONE_LATITUDES_DEG = Float64Array.from({ length: 58 }, (_, i) => {
  const zoneCount = 59 - i;
  const a = 1 - Math.cos(Math.PI / (2 * LATITUDE_ZONES));
  const b = 1 - Math.cos((2 * Math.PI) / zoneCount);
  // At 87 degrees the formula is exact only on paper.
  return zoneCount === 2 ? 87 : (Math.acos(Math.sqrt(a / b)) * 180) / Math.PI;
});

/**
 * Number of even longitude zones at a latitude, NL.
 *
 * @returns 59 at the equator to 1 at the poles
 *
 * Source: ICAO Doc 9871, C.2.6; RTCA DO-260B, A.1.7.
 */
export function longitudeZones(latDeg: number): number {
  const size = Math.abs(latDeg);
  let low = 0;
  let high = ZONE_LATITUDES_DEG.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ZONE_LATITUDES_DEG[middle]! <= size) low = middle + 1;
    else high = middle;
  }
  // By the standard's words, 87 degrees itself still has two zones.
  return size === 87 ? 2 : 59 - low;
}

/**
 * Position of the newer of an even and an odd message, airborne.
 *
 * @returns undefined when the two lie in different bands of longitude zones, or outside the poles: they belong to no common
 *   place, and a later pair decides
 *
 * Source: ICAO Doc 9871, C.2.6; RTCA DO-260B, A.1.7.
 */
export function globalPosition(
  even: CprPosition,
  odd: CprPosition,
  newest: "even" | "odd",
): DecodedPosition | undefined {
  const latitudes = pairLatitudesDeg(even, odd, 360);
  const evenLatDeg = southern(latitudes.even);
  const oddLatDeg = southern(latitudes.odd);
  if (Math.abs(evenLatDeg) > 90 || Math.abs(oddLatDeg) > 90) return undefined;
  const zones = longitudeZones(evenLatDeg);
  if (zones !== longitudeZones(oddLatDeg)) return undefined;
  const lonDeg = pairLongitudeDeg(even, odd, { newest, zones, circleDeg: 360 });
  return { latDeg: newest === "even" ? evenLatDeg : oddLatDeg, lonDeg: wrapped(lonDeg) };
}

/**
 * Position of the newer of an even and an odd surface message: of the places that fit, the one nearest to where the
 * aircraft, or else the receiver, is known to be.
 *
 * @param reference within 45 degrees of the aircraft
 * @returns undefined as `globalPosition`
 *
 * Source: ICAO Doc 9871, C.2.6; RTCA DO-260B, A.1.7.
 */
export function globalSurfacePosition(
  even: CprPosition,
  odd: CprPosition,
  { newest, reference }: { readonly newest: "even" | "odd"; readonly reference: DecodedPosition },
): DecodedPosition | undefined {
  const latitudes = pairLatitudesDeg(even, odd, 90);
  const nearer = (latDeg: number) => (reference.latDeg < latDeg - 45 ? latDeg - 90 : latDeg);
  const evenLatDeg = nearer(latitudes.even);
  const oddLatDeg = nearer(latitudes.odd);
  if (Math.abs(evenLatDeg) > 90 || Math.abs(oddLatDeg) > 90) return undefined;
  const zones = longitudeZones(evenLatDeg);
  if (zones !== longitudeZones(oddLatDeg)) return undefined;
  const lonDeg = pairLongitudeDeg(even, odd, { newest, zones, circleDeg: 90 });
  const quarters = Math.round((reference.lonDeg - lonDeg) / 90);
  return {
    latDeg: newest === "even" ? evenLatDeg : oddLatDeg,
    lonDeg: wrapped(lonDeg + quarters * 90),
  };
}

/**
 * Position of one message, of an aircraft known to be within half a cell of `reference`: 180 nautical miles in the air, 45 on
 * the ground.
 *
 * @returns undefined when it comes out beyond a pole
 *
 * Source: ICAO Doc 9871, C.2.6; RTCA DO-260B, A.1.7.5 and A.1.7.
 */
export function localPosition(
  sent: CprPosition,
  reference: DecodedPosition,
): DecodedPosition | undefined {
  const circleDeg = sent.isSurface ? 90 : 360;
  const odd = sent.isOdd ? 1 : 0;
  const latDeg = nearestDeg(sent.latCpr, circleDeg / (EVEN_ZONES - odd), reference.latDeg);
  if (Math.abs(latDeg) > 90) return undefined;
  const zones = Math.max(longitudeZones(latDeg) - odd, 1);
  return { latDeg, lonDeg: wrapped(nearestDeg(sent.lonCpr, circleDeg / zones, reference.lonDeg)) };
}

function pairLatitudesDeg(
  even: CprPosition,
  odd: CprPosition,
  circleDeg: number,
): { readonly even: number; readonly odd: number } {
  const oddZones = EVEN_ZONES - 1;
  const cell = Math.floor((oddZones * even.latCpr - EVEN_ZONES * odd.latCpr) / CPR_STEPS + 0.5);
  return {
    even: (circleDeg / EVEN_ZONES) * (modulo(cell, EVEN_ZONES) + even.latCpr / CPR_STEPS),
    odd: (circleDeg / oddZones) * (modulo(cell, oddZones) + odd.latCpr / CPR_STEPS),
  };
}

/** Latitudes of the south come out as 270 to 360. */
function southern(latDeg: number): number {
  return latDeg >= 270 ? latDeg - 360 : latDeg;
}

function pairLongitudeDeg(
  even: CprPosition,
  odd: CprPosition,
  {
    newest,
    zones,
    circleDeg,
  }: { readonly newest: "even" | "odd"; readonly zones: number; readonly circleDeg: number },
): number {
  const count = Math.max(newest === "even" ? zones : zones - 1, 1);
  const cell = Math.floor((even.lonCpr * (zones - 1) - odd.lonCpr * zones) / CPR_STEPS + 0.5);
  const steps = newest === "even" ? even.lonCpr : odd.lonCpr;
  return (circleDeg / count) * (modulo(cell, count) + steps / CPR_STEPS);
}

/** The place nearest to `referenceDeg` that lies `steps` into a cell. */
function nearestDeg(steps: number, cellDeg: number, referenceDeg: number): number {
  const inCell = steps / CPR_STEPS;
  const cell = Math.floor(0.5 + referenceDeg / cellDeg - inCell);
  return cellDeg * (cell + inCell);
}

function modulo(value: number, size: number): number {
  return value - size * Math.floor(value / size);
}

/** -180 (inclusive) to 180. */
function wrapped(lonDeg: number): number {
  return modulo(lonDeg + 180, 360) - 180;
}
