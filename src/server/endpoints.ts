/** Every address of the API: what it takes, how it answers, in which formats. Its documentation is made from this. */

import * as v from "valibot";
import type { AnswerName } from "./answer-schemas.js";
import { aircraftAnswer, journeysAnswer, movementsAnswer } from "./answers/aircraft.js";
import { areaAnswer } from "./answers/area.js";
import { dossierAnswer } from "./answers/dossier.js";
import { gapAnswerOf } from "./answers/gap.js";
import { lakeAnswer, methodAnswer, searchAnswer } from "./answers/lake.js";
import { arrivalsAnswer, landingsAnswer } from "./answers/landings.js";
import {
  airportAnswer,
  countryAnswer,
  countryLandingsAnswer,
  coverageAnswer,
} from "./answers/places.js";
import { positionsAnswer } from "./answers/positions.js";
import { positionAnswerOf, trackAnswer } from "./answers/track.js";
import type { Answer, Asking, Format } from "./asking.js";
import * as parameters from "./parameters.js";

/** Questions about one aircraft are answered soon: they do not wait behind those about many. */
export type QueueName = "aircraft" | "places";

/** One address of the API, without the ending that names a format. */
export interface Endpoint {
  /** "/api/aircraft/{hex}/track" */
  readonly path: string;
  readonly summary: string;
  readonly query: parameters.QuerySchema;
  readonly formats: readonly Format[];
  /** Among which questions to the lake it waits for its turn; "none" waits for nobody. */
  readonly queue: "none" | QueueName;
  /** Shape of the JSON. */
  readonly answer: AnswerName;
  readonly ask: (asking: Asking) => Promise<Answer>;
}

const { PERIOD, PLACE, AIRCRAFT, LIST, NEAR_ONLY, SEARCH, COVERAGE } = parameters;
const { TRACK, MOMENT, JOURNEY, AREA, DOSSIER, POSITIONS, VERSIONED } = parameters;
const JSON_ONLY = ["json"] as const;
const MOVEMENT_FORMATS = ["json", "csv", "geojson", "kml"] as const;
const TRACK_FORMATS = ["json", "csv", "geojson", "kml", "czml", "gpx"] as const;

function endpoint(
  path: string,
  summary: string,
  rest: {
    readonly takes?: v.ObjectEntries;
    readonly formats?: readonly Format[];
    readonly isLight?: boolean;
    readonly answer: AnswerName;
    readonly ask: (asking: Asking) => Promise<Answer>;
  },
): Endpoint {
  const { takes = {}, formats = JSON_ONLY, isLight = false, answer, ask } = rest;
  const isOfOne = path.includes("{hex}") || path.includes("{id}");
  const queue = isLight ? "none" : isOfOne ? "aircraft" : "places";
  return { path, summary, query: v.strictObject(takes), formats, queue, answer, ask };
}

/** In the order of the documentation. No two fit the same path. */
export const ENDPOINTS: readonly Endpoint[] = [
  endpoint("/api/lake", "What the lake holds, and how complete that is", {
    isLight: true,
    answer: "lake",
    ask: lakeAnswer,
  }),
  endpoint("/api/search", "What a word may mean: aircraft, airport, country or fleet", {
    takes: SEARCH,
    isLight: true,
    answer: "search",
    ask: searchAnswer,
  }),
  endpoint("/api/landings", "Landings by aircraft, place and time", {
    takes: { ...PLACE, ...AIRCRAFT, ...PERIOD, ...LIST },
    formats: MOVEMENT_FORMATS,
    answer: "landings",
    ask: landingsAnswer,
  }),
  endpoint("/api/aircraft/{hex}", "Who it is said to be, when it was heard, where it was", {
    answer: "aircraft",
    ask: aircraftAnswer,
  }),
  endpoint("/api/aircraft/{hex}/journeys", "Its stops and legs", {
    takes: { ...PERIOD, ...JOURNEY, ...LIST },
    formats: TRACK_FORMATS,
    answer: "journeys",
    ask: journeysAnswer,
  }),
  endpoint("/api/aircraft/{hex}/movements", "Its landings and take-offs of every kind", {
    takes: { ...PERIOD, ...LIST },
    formats: MOVEMENT_FORMATS,
    answer: "movements",
    ask: movementsAnswer,
  }),
  endpoint("/api/aircraft/{hex}/track", "Its positions: thinned as JSON, whole as files", {
    takes: { ...PERIOD, ...TRACK },
    formats: TRACK_FORMATS,
    answer: "track",
    ask: trackAnswer,
  }),
  endpoint("/api/aircraft/{hex}/position", "One position, with all that came with it and its row", {
    takes: MOMENT,
    answer: "position",
    ask: positionAnswerOf,
  }),
  endpoint("/api/gap/{id}", "What could have happened while nobody heard it", {
    formats: ["json", "geojson"],
    answer: "gap",
    ask: gapAnswerOf,
  }),
  endpoint("/api/airport/{ident}", "Where it is, its runways and its time zone", {
    isLight: true,
    answer: "airport",
    ask: airportAnswer,
  }),
  endpoint("/api/airport/{ident}/arrivals", "Who landed there, and from where", {
    takes: { ...AIRCRAFT, ...PERIOD, ...LIST },
    formats: MOVEMENT_FORMATS,
    answer: "arrivals",
    ask: (asking) => arrivalsAnswer(asking, "arrival"),
  }),
  endpoint("/api/airport/{ident}/departures", "Who took off there, and to where", {
    takes: { ...AIRCRAFT, ...PERIOD, ...LIST },
    formats: MOVEMENT_FORMATS,
    answer: "arrivals",
    ask: (asking) => arrivalsAnswer(asking, "departure"),
  }),
  endpoint("/api/coverage", "What receivers hear at a place, and so what silence means", {
    takes: { ...COVERAGE, ...PERIOD },
    answer: "coverage",
    ask: coverageAnswer,
  }),
  endpoint(
    "/api/country/{code}",
    "Landings, possible landings, overflights and what nothing places, never added up",
    {
      takes: PERIOD,
      answer: "country",
      ask: countryAnswer,
    },
  ),
  endpoint("/api/country/{code}/landings", "Landings in a country, or near it", {
    takes: { ...AIRCRAFT, ...PERIOD, ...NEAR_ONLY, ...LIST },
    formats: MOVEMENT_FORMATS,
    answer: "landings",
    ask: countryLandingsAnswer,
  }),
  endpoint("/api/area", "Who was heard in an area, or in two", {
    takes: { ...PLACE, ...AREA, ...AIRCRAFT, ...PERIOD, ...LIST },
    formats: ["json", "jsonl", "csv", "geojson"],
    answer: "area",
    ask: areaAnswer,
  }),
  endpoint("/api/dossier", "The packet of a question: what it tells, its files and their hashes", {
    takes: { ...PLACE, ...AIRCRAFT, ...PERIOD, ...DOSSIER },
    formats: ["json", "html", "zip"],
    answer: "dossier",
    ask: dossierAnswer,
  }),
  endpoint("/api/positions", "Everything heard in an area and a period: who, and as bytes where", {
    takes: { ...PLACE, ...PERIOD, ...POSITIONS },
    formats: ["json", "bin"],
    answer: "positions",
    ask: positionsAnswer,
  }),
  endpoint("/api/method", "What the probabilities rest on", {
    isLight: true,
    answer: "method",
    ask: methodAnswer,
  }),
  endpoint("/api/basemap/world", "Outlines of the map, TopoJSON", {
    takes: VERSIONED,
    isLight: true,
    answer: "world",
    ask: async () => ({ kind: "kept", key: "world" }),
  }),
  endpoint("/api/basemap/airports", "Large and medium airports as columns", {
    takes: VERSIONED,
    isLight: true,
    answer: "airports",
    ask: async () => ({ kind: "kept", key: "airports" }),
  }),
];
