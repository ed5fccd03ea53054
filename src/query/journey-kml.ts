import type { Captions } from "../report/captions.js";
import type { HeightOptions } from "../report/heights.js";
import { journeyJson } from "../report/journey-shape.js";
import type { TrackExport } from "../report/track-export.js";
import { trackKml } from "../report/track-kml.js";
import type { FoundJourneys } from "./find-journeys.js";

/**
 * An aircraft's journeys as writers of map files take them.
 *
 * @param mark stands behind its name
 */
export function exportOf(
  { analysis, journeys, identity }: FoundJourneys,
  mark = "",
  heights: HeightOptions = {},
): TrackExport {
  const { contacts, gaps, clean } = analysis;
  return {
    ...heights,
    track: clean.track,
    contacts,
    gaps,
    journeys: journeys.map((journey) => journeyJson(journey, identity)),
    title: [identity.registration ?? clean.track.address, mark].join(" ").trim(),
  };
}

/**
 * The KML of one aircraft's journeys.
 *
 * @param mark stands behind its name
 * @param rest heights: without a geoid these are pressure altitudes; captions of its stops and journeys
 */
export function kmlOf(
  found: FoundJourneys,
  mark = "",
  { captions, ...heights }: HeightOptions & { readonly captions?: Captions } = {},
): string {
  return trackKml(exportOf(found, mark, heights), captions);
}

/** @returns what a file of journeys is called: the aircraft, where it is one */
export function titleOfAll(inputs: readonly TrackExport[]): string {
  const [first, ...others] = inputs;
  if (!first) return "Journeys: none";
  return others.length === 0 ? first.title : "Journeys";
}
