import { STOP_MAX_MS } from "../journey/build.js";
import { SEEN_HOLE_MAX_MS } from "../movement/ground-edges.js";
import { HOLE_MAX_MS } from "../track/contacts.js";
import { formatDuration } from "../units/time.js";
import type { DossierModel } from "./dossier-model.js";

/** How the findings came about, in words for a reader who is no pilot. */
export const METHOD_TEXT: DossierModel["method"] = [
  {
    heading: "From files to positions",
    text: "Each input was read whole and hashed. Rows that cannot be a position of an aircraft were counted and left out. Repeated, impossible and doubtful positions were set aside, not deleted; none was moved and none was invented.",
  },
  {
    heading: "Seen and inferred",
    text: "A landing is called seen when the aircraft reported or showed itself on the ground close in time to its last position in the air. Every other landing is inferred: from a descent towards a runway that was lost, from a climb that began where nobody had heard a landing, or from a silence too long to have been flown through. Seen and inferred are told apart in every table and figure.",
  },
  {
    heading: "When an airport is named",
    text: "An airport is named when the positions point to it and not to its neighbours. Otherwise the candidates are listed, or the place is called not known.",
  },
  {
    heading: "Silence",
    text: "A stretch in which nobody heard the aircraft is a gap. It is drawn dashed along the shortest path, which is not a route, and its altitude is not drawn at all. A gap says nothing about why the aircraft was not heard.",
  },
  {
    heading: "Probabilities",
    text: "Numbers between 0 and 1 say how often statements of the same kind were right on tracks with known answers, where enough of those were at hand; they then carry an interval. All others are marked as not calibrated and must not be read as frequencies. The tracks were few, most of them of airliners in Europe, and they say nothing of movements that nobody claimed.",
  },
  {
    heading: "Distances and times",
    text: "Distances are geodesic on the WGS-84 ellipsoid; distances to a coast or border come from generalised outlines and carry their uncertainty. Times are UTC; local times use the time zone of the airport on that date.",
  },
];

/** The figures that decide what is called what. */
export const METHOD_PARAMETERS: DossierModel["parameters"] = [
  { name: "A gap is longer than", value: formatDuration(HOLE_MAX_MS), source: "docs/method.md" },
  {
    name: "Seen: ground and air no further apart than",
    value: formatDuration(SEEN_HOLE_MAX_MS),
    source: "docs/method.md",
  },
  {
    name: "An airport is named from a probability of",
    value: "0.9, and 5 times the next candidate's",
    source: "docs/method.md",
  },
  {
    name: "Impossible speed between two positions",
    value: "over 750 kt plus 10 NM of error",
    source: "docs/method.md",
  },
  {
    name: "A stop ends a journey when longer than",
    value: formatDuration(STOP_MAX_MS),
    source: "chosen; --max-stop changes it",
  },
];

/** What no dossier of this kind shows, whatever is in it. */
export const NEVER_SHOWN: readonly string[] = [
  "Who or what was aboard, who ordered or paid for the flights, and why they took place.",
  "That any of these flights were connected with each other or with anybody's plans: the same fleet, place or week is no connection.",
  "Landings that no receiver could hear. A landing missing here is not evidence that none took place.",
  "Why an aircraft was not heard: distance from receivers, terrain, filtering by a site and a silent transponder look the same in this data.",
  "Who operated an aircraft on the day. Registration, type and operator are what the named sources state.",
];
