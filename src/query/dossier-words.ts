/** A dossier's question in the parts that its sentences are made of. */

import { basename, extname } from "node:path";
import type { Area } from "../place/area.js";
import type { PlaceShape } from "../report/dossier-model.js";
import type { AskedFor } from "../report/question-text.js";
import { WheelsdownError } from "../units/errors.js";
import { isoSeconds } from "../units/time.js";
import type { FoundJourneys } from "./find-journeys.js";
import type { Question, QuestionOptions } from "./question.js";

/**
 * The period of a question; where it is open, that of the data.
 *
 * @param days that the data covers, in order
 * @throws WheelsdownError "input-missing" when it is open and there are none
 */
export function periodOf(
  { fromMs, toMs }: Question,
  days: readonly string[],
): { from: string; to: string } {
  const from = fromMs === undefined ? days[0] : isoSeconds(fromMs);
  const to = toMs === undefined ? days.at(-1) : isoSeconds(toMs);
  if (from === undefined || to === undefined)
    throw new WheelsdownError(
      "input-missing",
      "the lake holds no positions, so there is no period to tell of: ingest files that have some, or give --from and --to",
    );
  return { from, to };
}

/** The question in the parts a sentence is made of. */
export function askedFor(
  options: QuestionOptions,
  question: Question,
  found: readonly FoundJourneys[],
): AskedFor {
  const { place, fromMs, toMs } = question;
  const narrowed = [
    options.fleet &&
      `of fleet ${options.fleet.map((one) => basename(one, extname(one))).join(", ")}`,
    options.state && `registered to addresses of ${options.state}`,
    options.operator && `of operator ${options.operator}`,
    options.type && `of type ${options.type}`,
    options.callsign && `with callsign ${options.callsign}`,
  ];
  const named = [...(options.aircraft ?? []), ...(options.hex ?? [])].flatMap((text) =>
    text.split(",").map((one) => nameOf(one.trim(), found)),
  );
  return {
    ...(named.length > 0 && { named: [...new Set(named)] }),
    narrowed: narrowed.flatMap((words) => (words ? [words] : [])),
    military: options.military ?? false,
    place: place && {
      name: place.area.label.replace(/ \(.*/, ""),
      nearKm: Math.round(place.nearM / 1000),
      isPoint: place.area.kind === "airport" || place.area.kind === "point",
    },
    fromMs,
    toMs,
  };
}

/** "RA-00960 (1403c0)" for either of the two, when the lake knows both. */
function nameOf(word: string, found: readonly FoundJourneys[]): string {
  for (const { track, identity } of found) {
    const { registration } = identity;
    const same = [track.address, registration].some(
      (one) => one?.toLowerCase() === word.toLowerCase(),
    );
    if (same && registration) return `${registration} (${track.address})`;
  }
  return word;
}

/** The outline of a place, as the overview map draws it. */
export function shapeOf(area: Area): PlaceShape {
  switch (area.kind) {
    case "country":
      return { kind: "country", name: area.name };
    case "airport":
      return { kind: "point", lat: area.airport.latDeg, lon: area.airport.lonDeg };
    case "point":
      return { kind: "point", lat: area.latDeg, lon: area.lonDeg };
    case "polygon":
      return {
        kind: "polygon",
        rings: area.polygons.flatMap(([outer]) =>
          outer ? [outer.positions.map(([lon, lat]): [number, number] => [lon, lat])] : [],
        ),
      };
  }
}
