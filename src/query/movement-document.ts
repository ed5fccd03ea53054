import type { MovementJson } from "../report/shapes.js";

/**
 * Movements as a document of the format asked for; its writer is loaded only then.
 *
 * @param title names a document of KML
 * @returns the text; nothing when none of these formats is asked for
 */
export async function movementDocument(
  { csv, geojson, kml }: Readonly<Partial<Record<"csv" | "geojson" | "kml", boolean | undefined>>>,
  movements: readonly MovementJson[],
  title: string,
): Promise<string> {
  if (csv) return (await import("../report/csv.js")).movementsCsv(movements);
  if (geojson) return (await import("../report/geojson.js")).movementsGeoJson(movements);
  if (kml) return (await import("../report/kml.js")).movementsKml(movements, title);
  return "";
}
