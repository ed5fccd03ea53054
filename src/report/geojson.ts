/**
 * GeoJSON as RFC 7946 has it: longitude first, lines cut at the antimeridian. Received positions and gaps are
 * separate features, and every feature says how it is known and whether it was simulated.
 */
import type { Feature, FeatureCollection, GeoJsonProperties, Geometry, Position } from "geojson";
import type { Contact, Gap } from "../track/gap.js";
import { isSimulated, type Track } from "../track/track.js";
import { isoSeconds } from "../units/time.js";
import type { JourneyModel } from "./dossier-model.js";
import { exhibitsOf } from "./export-words.js";
import { greatCircleLine, type LonLat, splitAtAntimeridian } from "./lines.js";
import { type GapJson, gapJson, type MovementJson, rounded } from "./shapes.js";
import { linePoints } from "./track-export.js";
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
 * @param leftOut what a person left out of the answer, in words; a member of the collection (RFC 7946, 6.1)
 */
export function journeysGeoJson(models: readonly JourneyModel[], leftOut?: string): string {
  const features = models.flatMap((model) => [
    ...model.contacts.flatMap((contact) =>
      contactFeature(
        contact.points.map(([, lat, lon]): LonLat => [lon, lat]),
        {
          kind: "contact",
          hex: model.journey.hex,
          evidence: "seen",
          from: isoSeconds(contact.fromMs),
          to: isoSeconds(contact.toMs),
          simulated: model.journey.simulated,
        },
      ),
    ),
    ...model.gaps.flatMap(gapFeature),
    ...stopFeatures(model),
  ]);
  return collection(
    features,
    models.some((model) => model.journey.simulated),
    leftOut,
  );
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
  return collection(
    inputs.flatMap(trackFeatures),
    inputs.some(({ track }) => isSimulated(track)),
  );
}

function trackFeatures({ track, contacts, gaps }: GeoJsonTrack): Feature[] {
  const simulated = isSimulated(track);
  const features = contacts.flatMap((contact) => {
    const points = linePoints(track, contact);
    const [first, last] = [points[0], points.at(-1)];
    return contactFeature(
      points.map(({ lonDeg, latDeg }): LonLat => [lonDeg, latDeg]),
      {
        kind: "contact",
        hex: track.address,
        evidence: "seen",
        from: first ? isoSeconds(first.timeMs) : null,
        to: last ? isoSeconds(last.timeMs) : null,
        points: points.length,
        exhibits: exhibitsOf(track, contact.start, contact.end),
        simulated,
      },
    );
  });
  return [...features, ...gaps.flatMap((gap) => gapFeature(gapJson(gap, track)))];
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

function stopFeatures(model: JourneyModel): Feature[] {
  return model.journey.stops.flatMap((stop) => {
    if (stop.lat === null || stop.lon === null) return [];
    const { landing, takeoff, lat, lon, ...rest } = stop;
    const properties = {
      kind: stop.openEnd ? "open end" : "stop",
      ...rest,
      // No number: an open end is no stop.
      ...(stop.openEnd && { number: null, note: openEndSentence(stop) }),
      class: (landing ?? takeoff)?.class ?? null,
      probability: (landing ?? takeoff)?.probability ?? null,
      basis: (landing ?? takeoff)?.basis ?? null,
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

function collection(features: Feature[], simulated: boolean, leftOut?: string): string {
  const all: FeatureCollection & { simulated: boolean; leftOut?: string } = {
    type: "FeatureCollection",
    simulated,
    ...(leftOut !== undefined && { leftOut }),
    features,
  };
  return `${JSON.stringify(all)}\n`;
}
