import { loadGeoid } from "../reference/geoid.js";
import type { AltitudeMode } from "../report/heights.js";
import type { TrackExport } from "../report/track-export.js";

/** Files that hold lines of positions. */
export type TrackFormat = "geojson" | "trips" | "kml" | "czml" | "gpx";

/** Formats that draw heights: an altitude mode means something to them. */
export const HIGH_FORMATS: readonly string[] = ["trips", "kml", "czml", "gpx"];

/** An aircraft without what its heights are drawn with. */
export type PlainExport = Omit<TrackExport, "altitudeMode" | "geoidHeightM">;

/**
 * Aircraft as a document of the format asked for; its writer, and the geoid where heights are drawn, are loaded only then.
 *
 * @param of.title names the document
 */
export async function trackDocument(
  format: TrackFormat,
  inputs: readonly PlainExport[],
  of: { readonly title: string; readonly altitudeMode?: AltitudeMode | undefined },
): Promise<string> {
  const { altitudeMode, title } = of;
  if (format === "geojson") {
    const { tracksGeoJson } = await import("../report/geojson.js");
    return tracksGeoJson(inputs);
  }
  const geoidHeightM =
    altitudeMode === "pressure" && format !== "czml" ? undefined : await loadGeoid();
  const all = inputs.map((input) => ({ ...input, altitudeMode, geoidHeightM }));
  switch (format) {
    case "trips":
      return (await import("../report/trips-geojson.js")).tracksTripsGeoJson(all);
    case "kml":
      return (await import("../report/track-kml.js")).tracksKml(all, title);
    case "czml":
      return (await import("../report/czml.js")).tracksCzml(all, title);
    case "gpx":
      return (await import("../report/gpx.js")).tracksGpx(all, title);
  }
}
