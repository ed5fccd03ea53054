/** KML of landings, take-offs and other movements: one placemark each, seen and inferred ones in folders of their own. */

import { type Captions, captionOfLanding, captionSentence } from "./captions.js";
import { markOf, movementSentences, SIMULATED_SENTENCE } from "./export-words.js";
import { folder, kmlDocument, placemark, point } from "./kml-parts.js";
import { type Pieces, wholeText } from "./pieces.js";
import type { MovementJson } from "./shapes.js";
import { aircraftText, candidatesText, kindText } from "./wording.js";
import { htmlParagraphs } from "./xml-text.js";

export type { TrackExport as KmlInput } from "./track-export.js";
export { trackKml } from "./track-kml.js";

/**
 * One placemark for each movement that has a position, shown for the time in which it must have happened.
 *
 * @param title what the document is called, without the mark of simulation
 * @param captions what the author of a dossier says of them; stands last in what is said of each
 */
export function movementsKml(
  movements: readonly MovementJson[],
  title: string,
  captions: Captions = new Map(),
): string {
  const simulated = movements.some((movement) => movement.simulated);
  const of = (evidence: MovementJson["evidence"]) =>
    movements
      .filter((one) => one.evidence === evidence)
      .flatMap((one) => movementPlacemark(one, captions));
  return wholeText(
    kmlDocument(
      `${markOf(simulated)}${title}`,
      [
        ...folder("Seen", of("seen")),
        ...folder("Inferred (nobody received the event itself)", of("inferred")),
      ],
      htmlParagraphs([
        ...(simulated ? [SIMULATED_SENTENCE] : []),
        "A placemark is the position nearest to the event, or the last one before a silence. Its time is the interval in which it happened, UTC.",
      ]),
    ),
  );
}

function movementPlacemark(movement: MovementJson, captions: Captions): Pieces[] {
  const { lat, lon, airport, candidates, offAirport, evidence } = movement;
  if (lat === null || lon === null) return [];
  const caption = captionOfLanding(captions, movement);
  const where =
    airport ??
    (offAirport ? "off any airport" : (candidatesText(candidates) ?? "airport not named"));
  return [
    placemark({
      name: `${markOf(movement.simulated)}${kindText(movement.kind)} ${aircraftText(movement)}, ${where}, ${evidence}`,
      descriptionHtml: htmlParagraphs([
        ...movementSentences(movement),
        ...(caption === undefined ? [] : [captionSentence(caption)]),
      ]),
      span: { from: movement.timeFrom, to: movement.timeTo },
      style: evidence,
      geometry: [point(lon, lat)],
    }),
  ];
}
