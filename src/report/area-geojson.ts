/** GeoJSON of visits to an area, written aircraft by aircraft: one line of received positions for each visit. */

import type { Feature } from "geojson";
import type { Visit } from "../journey/visits.js";
import type { Track } from "../track/track.js";
import type { AreaJson } from "./area-shape.js";
import { contactFeature } from "./geojson.js";
import type { LonLat } from "./lines.js";
import { rounded } from "./shapes.js";

/** The parts of one FeatureCollection, in the order in which they are written. */
export const areaGeoJson = {
  head(): string {
    return '{"type":"FeatureCollection","features":[\n';
  },
  /** Lines of an aircraft's visits; properties are added by `features`. */
  featuresOf(track: Track, visits: readonly Visit[]): LonLat[][] {
    return visits.map(({ start, end }) => {
      const line: LonLat[] = [];
      for (let i = start; i < end; i++) {
        const lon = rounded(track.lonDeg[i]!, 5);
        const lat = rounded(track.latDeg[i]!, 5);
        if (lon !== null && lat !== null) line.push([lon, lat]);
      }
      return line;
    });
  },
  /** @param isFollowing true when features of another aircraft stand before */
  features(area: AreaJson, lines: readonly (readonly LonLat[])[], isFollowing: boolean): string {
    const { visits, schema: _schema, also: _also, ...aircraft } = area;
    const features = visits.flatMap((visit, index): Feature[] =>
      contactFeature(lines[index] ?? [], { kind: "visit", ...aircraft, ...visit }),
    );
    const text = features.map((feature) => JSON.stringify(feature)).join(",\n");
    return text === "" ? "" : `${isFollowing ? ",\n" : ""}${text}`;
  },
  tail(simulated: boolean): string {
    return `\n],"simulated":${simulated}}\n`;
  },
};
