import { journeyJson } from "../report/journey-shape.js";
import { movementsKml, trackKml } from "../report/kml.js";
import type { FoundJourneys } from "./find-journeys.js";

/**
 * The KML of one aircraft's track with its journeys.
 *
 * @param mark stands behind its name
 */
export function kmlOf({ analysis, journeys, identity }: FoundJourneys, mark = ""): string {
  const { contacts, gaps, clean } = analysis;
  return trackKml({
    track: clean.track,
    contacts,
    gaps,
    journeys: journeys.map((journey) => journeyJson(journey, identity)),
    title: [identity.registration ?? clean.track.address, mark].join(" ").trim(),
  });
}

/** @returns one KML document of any number of aircraft, each in a folder of its own */
export function kmlOfAll(found: readonly FoundJourneys[]): string {
  const [first, ...others] = found;
  if (!first) return movementsKml([], "Journeys: none");
  if (others.length === 0) return kmlOf(first);
  const simulated = found.some(({ track }) => track.sources.some((source) => source.simulated));
  const documents = found.map((one) => cutDocument(kmlOf(one)));
  const folders = documents.map(({ name, content }) => `<Folder>${name}${content}</Folder>`);
  const { head, styles } = documents[0]!;
  const name = `<name>${simulated ? "SIMULATED " : ""}Journeys</name>`;
  return `${head}${name}${styles}\n${folders.join("\n")}\n</Document></kml>\n`;
}

const NAME_END = "</name>";
const STYLE_END = "</Style>";

/** A document of `trackKml` in its parts: up to its name, the name, the styles that all share, what it holds. */
function cutDocument(kml: string): { head: string; name: string; styles: string; content: string } {
  const nameStart = kml.indexOf("<name>");
  const nameEnd = kml.indexOf(NAME_END) + NAME_END.length;
  const stylesEnd = kml.lastIndexOf(STYLE_END) + STYLE_END.length;
  return {
    head: kml.slice(0, nameStart),
    name: kml.slice(nameStart, nameEnd),
    styles: kml.slice(nameEnd, stylesEnd),
    content: kml.slice(stylesEnd, kml.lastIndexOf("</Document>")),
  };
}
