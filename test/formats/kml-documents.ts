import type { Point } from "../../src/track/track.js";
import { METRES_PER_FOOT } from "../../src/units/quantity.js";

const START = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"';

/** A Flightradar24 KML that says these points. */
export function writeFr24Kml(
  points: readonly Point[],
  { extra = [], description = "" }: { extra?: readonly string[]; description?: string } = {},
): string {
  const placemarks = points.map(fr24Placemark);
  placemarks.splice(Math.floor(placemarks.length / 2), 0, ...extra);
  return `${START}><Document><name>XX1/${points[0]?.callsign ?? ""}</name>
<description><![CDATA[${description}]]></description>
<Folder><name>Route</name>
${placemarks.join("\n")}
</Folder><Folder><name>Trail</name><Placemark><MultiGeometry><LineString><coordinates>1,2,0 1,3,0</coordinates></LineString></MultiGeometry></Placemark></Folder></Document></kml>`;
}

/** One position of it. */
export function fr24Placemark(point: Point): string {
  const { latDeg, lonDeg, altitudeFt = 0, groundSpeedKt = 0, trackAngleDeg = 0 } = point;
  return `<Placemark><name>x</name><description><![CDATA[<div><div><span><b>Altitude:</b></span> <span>${altitudeFt.toLocaleString("en-US", { maximumFractionDigits: 0 })} ft</span></div>
<div><span><b>Speed:</b></span> <span>${groundSpeedKt} kt</span></div>
<div><span><b>Heading:</b></span> <span>${trackAngleDeg}&deg;</span></div></div>]]></description><TimeStamp><when>${isoOf(point.timeMs)}</when></TimeStamp><Point><coordinates>${lonDeg},${latDeg},${metresOf(altitudeFt)}</coordinates></Point></Placemark>`;
}

/** A FlightAware KML that says these points. */
export function writeFlightAwareKml(
  points: readonly Point[],
  { when = [], coord = [] }: { when?: readonly string[]; coord?: readonly string[] } = {},
): string {
  const half = Math.floor(points.length / 2);
  const whens = points.map(({ timeMs }) => `<when>${isoOf(timeMs)}</when>`);
  whens.splice(half, 0, ...when);
  const coords = points.map(
    ({ latDeg, lonDeg, altitudeFt = 0 }) =>
      `<gx:coord>${lonDeg} ${latDeg} ${metresOf(altitudeFt)}</gx:coord>`,
  );
  coords.splice(half, 0, ...coord);
  return `${START} xmlns:gx="x"><Document><name>FlightAware ✈</name><Placemark><name>${points[0]?.callsign ?? ""}</name>
<gx:Track>${whens.join("\n")}
${coords.join("\n")}
</gx:Track></Placemark><ScreenOverlay><name>FlightAware</name><Icon><href>${"picture/".repeat(60)}</href></Icon></ScreenOverlay></Document></kml>`;
}

/** A KML of tar1090 that says these points of one aircraft, a placemark for each stretch in the air and on the ground. */
export function writeTar1090Kml(
  name: string,
  points: readonly Point[],
  { when = [], coord = [] }: { when?: readonly string[]; coord?: readonly string[] } = {},
): string {
  const stretches: Point[][] = [];
  for (const point of points) {
    const last = stretches.at(-1);
    if (last && last[0]!.onGround === point.onGround) last.push(point);
    else stretches.push([point]);
  }
  const placemarks = stretches.map((stretch, index) => {
    const onGround = stretch[0]!.onGround === true;
    const whens = stretch.map(({ timeMs }) => `<when >${isoOf(timeMs, 23)}</when>`);
    const coords = stretch.map(
      ({ latDeg, lonDeg, altitudeFt = 0 }) =>
        `<gx:coord >${lonDeg} ${latDeg} ${onGround ? 0 : metresOf(altitudeFt)}</gx:coord>`,
    );
    if (index === 0) {
      const half = Math.floor(stretch.length / 2);
      whens.splice(half, 0, ...when);
      coords.splice(half, 0, ...coord);
    }
    const mode = onGround ? "" : "<altitudeMode >absolute</altitudeMode>\n";
    return `<Placemark ><name >${name}</name>
<Style ><LineStyle ><color >ff1c1ae3</color></LineStyle></Style>
<gx:Track >${mode}<extrude >${onGround ? 0 : 1}</extrude>
${whens.join("\n")}
${coords.join("\n")}
</gx:Track></Placemark>`;
  });
  return `${START} xmlns:gx="x"><Folder ><Folder ><name >${name} track</name>
${placemarks.join("\n")}
</Folder></Folder></kml>`;
}

function metresOf(feet: number): number {
  return Number((feet * METRES_PER_FOOT).toFixed(6));
}

function isoOf(timeMs: number, letters = 19): string {
  const date = new Date(timeMs);
  return Number.isNaN(date.getTime()) ? "x" : `${date.toISOString().slice(0, letters)}+00:00`;
}
