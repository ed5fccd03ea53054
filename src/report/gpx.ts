/** GPX 1.1: one track, a segment for each contact, so that no program draws a line where nobody heard anything. */

import type { Contact } from "../track/gap.js";
import { isSimulated, type Track } from "../track/track.js";
import { METRES_PER_FOOT } from "../units/quantity.js";
import { isoSeconds } from "../units/time.js";
import { xmlText } from "./kml.js";
import { rounded } from "./shapes.js";

/**
 * Every point of a track's contacts. `ele` is the pressure altitude in metres, left out where it is unknown.
 *
 * Source: GPX 1.1 schema, topografix.com/GPX/1/1.
 */
export function trackGpx(options: {
  readonly track: Track;
  readonly contacts: readonly Contact[];
  readonly title: string;
}): string {
  const { track, contacts } = options;
  const name = `${isSimulated(track) ? "SIMULATED " : ""}${options.title}`;
  const segments = contacts.map(
    (contact) => `<trkseg>\n${pointsOf(track, contact).join("\n")}\n</trkseg>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="wheelsdown" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>${xmlText(name)}</name><desc>ele is pressure altitude (1013.25 hPa); nothing was heard between segments</desc>
${segments.join("\n")}
</trk></gpx>
`;
}

function pointsOf(track: Track, { start, end }: Contact): string[] {
  const points: string[] = [];
  for (let i = start; i < end; i++) {
    const lat = rounded(track.latDeg[i]!, 6);
    const lon = rounded(track.lonDeg[i]!, 6);
    if (lat === null || lon === null) continue;
    const altitudeM = rounded(track.altitudeFt[i]! * METRES_PER_FOOT, 0);
    const ele = altitudeM === null ? "" : `<ele>${altitudeM}</ele>`;
    const time = `<time>${isoSeconds(track.timeMs[i]!)}</time>`;
    points.push(`<trkpt lat="${lat}" lon="${lon}">${ele}${time}</trkpt>`);
  }
  return points;
}
