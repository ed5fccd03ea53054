import { type CountryTable, isOnLandOf } from "./country.js";

/** How far a point is from a country's land, and how well that is known. */
export interface CountryDistance {
  /** Metres to the nearest land, 0 on it. */
  readonly distanceM: number;
  /** The true distance is within this many metres of `distanceM`. */
  readonly uncertaintyM: number;
  /** What the nearest edge is; "inside" on land. */
  readonly boundary: "coast" | "land-border" | "inside";
}

/** OpenStreetMap borders are simplified to about 1 km. */
const INSIDE_UNCERTAINTY_M = 1_000;

/**
 * Geodesic distance from a point to a country's land, islands included, across 180 degrees.
 *
 * On land is what OpenStreetMap's claim and Natural Earth's coast agree on. Inside the territorial sea an
 * island too small for the map may be nearer than any drawn coast, so there the uncertainty is the whole distance.
 *
 * @param code ISO 3166-1 alpha-2
 * @returns NaN distance when the country has no polygon or a coordinate is NaN
 *
 * Source of the lines: Natural Earth 1:10 million; of the figure: Karney's geodesics on WGS-84.
 */
export function distanceToCountryM(
  countries: CountryTable,
  code: string,
  latDeg: number,
  lonDeg: number,
): CountryDistance {
  const outline = countries.outline(code);
  const isClaimed = countries.at(latDeg, lonDeg).some((country) => country.code === code);
  if (isClaimed && isOnLandOf(outline, latDeg, lonDeg))
    return { distanceM: 0, uncertaintyM: INSIDE_UNCERTAINTY_M, boundary: "inside" };
  const nearest = outline?.nearest(latDeg, lonDeg);
  if (!nearest) return { distanceM: Number.NaN, uncertaintyM: Number.NaN, boundary: "coast" };
  const uncertaintyM = isClaimed
    ? Math.max(nearest.uncertaintyM, nearest.distanceM)
    : nearest.uncertaintyM;
  return {
    distanceM: nearest.distanceM,
    uncertaintyM,
    boundary: nearest.edge === "land-border" ? "land-border" : "coast",
  };
}
