import { journeyJson } from "../report/journey-shape.js";
import { trackKml } from "../report/kml.js";
import type { FoundJourneys } from "./find-journeys.js";

/** @returns the KML of one aircraft's track with its journeys */
export function kmlOf({ analysis, journeys, identity }: FoundJourneys): string {
  const { contacts, gaps, clean } = analysis;
  return trackKml({
    track: clean.track,
    contacts,
    gaps,
    journeys: journeys.map((journey) => journeyJson(journey, identity)),
    title: identity.registration ?? clean.track.address,
  });
}
