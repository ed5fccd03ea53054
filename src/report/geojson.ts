/**
 * GeoJSON as RFC 7946 has it: longitude first, lines cut at the antimeridian. Received positions and gaps are
 * separate features, and every feature says how it is known and whether it was simulated.
 */
import type { Feature, FeatureCollection, GeoJsonProperties, Geometry, Position } from "geojson";
import type { Contact, Gap } from "../track/gap.js";
import { isSimulated, type Track } from "../track/track.js";
import { isoSeconds } from "../units/time.js";
import { type CaptionModel, type Captions, captionOfLanding, captionsById } from "./captions.js";
import type { JourneyModel } from "./dossier-model.js";
import { exhibitsOf } from "./export-words.js";
import { greatCircleLine, type LonLat, splitAtAntimeridian } from "./lines.js";
import { joined, jsonPieces, type Pieces, slicesOf, wholeText } from "./pieces.js";
import { type GapJson, gapJson, type MovementJson, rounded } from "./shapes.js";
import { linePoints, lineSpan } from "./track-export.js";
import { openEndSentence, SHORTEST_PATH_NOTE } from "./wording.js";

/** One point per movement that has a position; its properties are the movement's JSON. */
export function movementsGeoJson(movements: readonly MovementJson[]): string {
  return collection(
    movements.flatMap((movement) => {
      const { lat, lon, ...rest } = movement;
      return lat === null || lon === null ? [] : [pointFeature([lon, lat], rest)];
    }),
    movements.some((movement) => movement.simulated),
  );
}

/**
 * Contacts, gaps and stops of journeys.
 *
 * @param author what a person left out and says of it: members of the collection (RFC 7946, 6.1); a caption of a landing
 *   also stands with its stop
 */
export function journeysGeoJson(
  models: readonly JourneyModel[],
  author: AuthorMembers = {},
): string {
  return wholeText(journeysGeoJsonPieces(models, author));
}

/** What the author of a dossier did and says. */
export interface AuthorMembers {
  /** What was left out of the answer, in words. */
  readonly leftOut?: string | undefined;
  /** The author's own words, measured by nobody. */
  readonly captions?: readonly CaptionModel[] | undefined;
}

/** The same, piece by piece: a feature each. */
export function journeysGeoJsonPieces(
  models: readonly JourneyModel[],
  author: AuthorMembers = {},
): Generator<string> {
  const captions = captionsById(author.captions);
  function* features(): Generator<Pieces> {
    for (const model of models)
      for (const feature of journeyFeatures(model, captions)) yield featureText(feature);
  }
  const simulated = models.some((model) => model.journey.simulated);
  return collectionPieces(features(), simulated, author);
}

function* journeyFeatures(model: JourneyModel, captions: Captions): Generator<Feature> {
  const { hex, simulated } = model.journey;
  for (const contact of model.contacts)
    yield* contactFeature(
      contact.points.map(([, lat, lon]): LonLat => [lon, lat]),
      {
        kind: "contact",
        hex,
        evidence: "seen",
        from: isoSeconds(contact.fromMs),
        to: isoSeconds(contact.toMs),
        simulated,
      },
    );
  for (const gap of model.gaps) yield* gapFeature(gap);
  yield* stopFeatures(model, captions);
}

/** What lines of a track are made of. */
export interface GeoJsonTrack {
  readonly track: Track;
  readonly contacts: readonly Contact[];
  readonly gaps: readonly Gap[];
}

/** Every received point of a track, one line per contact, and its gaps. */
export function trackGeoJson(input: GeoJsonTrack): string {
  return tracksGeoJson([input]);
}

/** The same of any number of aircraft. */
export function tracksGeoJson(inputs: readonly GeoJsonTrack[]): string {
  return wholeText(tracksGeoJsonPieces(inputs));
}

/** The same, piece by piece. */
export function tracksGeoJsonPieces(inputs: readonly GeoJsonTrack[]): Generator<string> {
  const simulated = inputs.some(({ track }) => isSimulated(track));
  return collectionPieces(trackFeatures(inputs), simulated);
}

function* trackFeatures(inputs: readonly GeoJsonTrack[]): Generator<Pieces> {
  for (const { track, contacts, gaps } of inputs) {
    for (const contact of contacts) yield* trackContact(track, contact);
    for (const gap of gaps) yield* gapFeature(gapJson(gap, track)).map(featureText);
  }
}

function* trackContact(track: Track, contact: Contact): Generator<Pieces> {
  const span = lineSpan(track, contact);
  if (!span) return;
  const properties = {
    kind: "contact",
    hex: track.address,
    evidence: "seen",
    from: isoSeconds(span.firstMs),
    to: isoSeconds(span.lastMs),
    points: span.count,
    exhibits: exhibitsOf(track, contact.start, contact.end),
    simulated: isSimulated(track),
  };
  const lineOf = (stretch: Contact) =>
    linePoints(track, stretch).map(({ lonDeg, latDeg }): LonLat => [lonDeg, latDeg]);
  // Only a line that is not cut is known to be one before all of it is there.
  if (span.count === 1 || span.crossesAntimeridian)
    yield* contactFeature(lineOf(contact), properties).map(featureText);
  else yield linePieces(properties, slicesOf(contact), (stretch) => lineOf(stretch).map(position));
}

function* linePieces(
  properties: GeoJsonProperties,
  stretches: Iterable<Contact>,
  positionsOf: (stretch: Contact) => Position[],
): Generator<string> {
  function* slices(): Generator<Position[]> {
    for (const stretch of stretches) yield positionsOf(stretch);
  }
  yield* jsonPieces(
    (place) => ({
      type: "Feature",
      properties,
      geometry: { type: "LineString", coordinates: place },
    }),
    [slices()],
  );
}

/** A line of received positions, cut at the antimeridian; a point when there is only one, nothing when none. */
export function contactFeature(line: readonly LonLat[], properties: GeoJsonProperties): Feature[] {
  const first = line[0];
  if (!first) return [];
  const geometry = lineGeometry(line);
  return [geometry ? { type: "Feature", properties, geometry } : pointFeature(first, properties)];
}

function gapFeature(gap: GapJson): Feature[] {
  const { last, next } = gap;
  if (last.lat === null || last.lon === null || next.lat === null || next.lon === null) return [];
  const geometry = lineGeometry(greatCircleLine([last.lon, last.lat], [next.lon, next.lat]));
  if (!geometry) return [];
  const properties = {
    kind: "gap",
    hex: gap.hex,
    evidence: "not observed",
    note: SHORTEST_PATH_NOTE,
    from: gap.from,
    to: gap.to,
    durationS: gap.durationS,
    distanceKm: gap.distanceKm,
    averageSpeedKt: gap.averageSpeedKt,
    simulated: gap.simulated,
    // The names that map programs following simplestyle read; the dashes are for those that know them.
    stroke: "#a85b00",
    "stroke-dasharray": "7 5",
  };
  return [{ type: "Feature", properties, geometry }];
}

function stopFeatures(model: JourneyModel, captions: Captions): Feature[] {
  return model.journey.stops.flatMap((stop) => {
    if (stop.lat === null || stop.lon === null) return [];
    const { landing, takeoff, lat, lon, ...rest } = stop;
    const authorCaption = landing ? captionOfLanding(captions, landing) : undefined;
    const properties = {
      kind: stop.openEnd ? "open end" : "stop",
      ...rest,
      // No number: an open end is no stop.
      ...(stop.openEnd && { number: null, note: openEndSentence(stop) }),
      class: (landing ?? takeoff)?.class ?? null,
      probability: (landing ?? takeoff)?.probability ?? null,
      basis: (landing ?? takeoff)?.basis ?? null,
      ...(authorCaption !== undefined && { authorCaption }),
    };
    return [pointFeature([lon, lat], properties)];
  });
}

function pointFeature(at: LonLat, properties: GeoJsonProperties): Feature {
  return { type: "Feature", properties, geometry: { type: "Point", coordinates: [...at] } };
}

function lineGeometry(line: readonly LonLat[]): Geometry | undefined {
  const parts = splitAtAntimeridian(line).map((part) => part.map(position));
  if (parts.length === 0) return undefined;
  return parts.length === 1
    ? { type: "LineString", coordinates: parts[0]! }
    : { type: "MultiLineString", coordinates: parts };
}

function position(at: LonLat): Position {
  return [rounded(at[0], 6) ?? 0, rounded(at[1], 6) ?? 0];
}

function collection(features: Iterable<Feature>, simulated: boolean): string {
  return wholeText(collectionPieces(Array.from(features, featureText), simulated));
}

function featureText(feature: Feature): Pieces {
  return [JSON.stringify(feature)];
}

function* collectionPieces(
  features: Iterable<Pieces>,
  simulated: boolean,
  { leftOut, captions }: AuthorMembers = {},
): Generator<string> {
  const all: FeatureCollection & Readonly<Record<string, unknown>> = {
    type: "FeatureCollection",
    simulated,
    ...(leftOut !== undefined && { leftOut }),
    ...(captions !== undefined && { authorCaptions: captions }),
    features: [],
  };
  const ending = "]}";
  yield JSON.stringify(all).slice(0, -ending.length);
  yield* joined(features, ",");
  yield `${ending}\n`;
}
