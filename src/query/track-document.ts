import { loadGeoid } from "../reference/geoid.js";
import type { AltitudeMode } from "../report/heights.js";
import { gathered, type Pieces } from "../report/pieces.js";
import type { TrackExport } from "../report/track-export.js";

/** Files that hold lines of positions. */
export type TrackFormat = "geojson" | "trips" | "kml" | "czml" | "gpx";

/** Formats that draw heights: an altitude mode means something to them. */
export const HIGH_FORMATS: readonly string[] = ["trips", "kml", "czml", "gpx"];

/** An aircraft without what its heights are drawn with. */
export type PlainExport = Omit<TrackExport, "altitudeMode" | "geoidHeightM">;

/**
 * Aircraft as a document of the format asked for, piece by piece; its writer, and the geoid where heights are drawn, are
 * loaded only then.
 *
 * @param of.title names the document
 */
export async function trackDocument(
  format: TrackFormat,
  inputs: readonly PlainExport[],
  of: { readonly title: string; readonly altitudeMode?: AltitudeMode | undefined },
): Promise<Pieces> {
  const { altitudeMode, title } = of;
  if (format === "geojson") {
    const { tracksGeoJsonPieces } = await import("../report/geojson.js");
    return gathered(tracksGeoJsonPieces(inputs));
  }
  const geoidHeightM =
    altitudeMode === "pressure" && format !== "czml" ? undefined : await loadGeoid();
  const all = inputs.map((input) => ({ ...input, altitudeMode, geoidHeightM }));
  switch (format) {
    case "trips":
      return [(await import("../report/trips-geojson.js")).tracksTripsGeoJson(all)];
    case "kml":
      return gathered((await import("../report/track-kml.js")).tracksKmlPieces(all, title));
    case "czml":
      return gathered((await import("../report/czml.js")).tracksCzmlPieces(all, title));
    case "gpx":
      return gathered((await import("../report/gpx.js")).tracksGpxPieces(all, title));
  }
}
