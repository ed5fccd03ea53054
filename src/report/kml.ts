/**
 * KML for Google Earth and QGIS: one gx:Track per contact, gaps as lines of their own that say they were not
 * observed, stops as placemarks. A document made from simulated input says so in its name.
 */

import type { Contact, Gap } from "../track/gap.js";
import { isSimulated, type Track } from "../track/track.js";
import { METRES_PER_FOOT } from "../units/quantity.js";
import { isoSeconds } from "../units/time.js";
import type { JourneyJson, StopJson } from "./journey-shape.js";
import { greatCircleLine, splitAtAntimeridian } from "./lines.js";
import { type GapJson, gapJson, type MovementJson, rounded } from "./shapes.js";
import {
  aircraftText,
  basisSentence,
  gapLabel,
  gapSentence,
  kindText,
  movementSentence,
  openEndSentence,
  placeText,
  probabilityText,
  SHORTEST_PATH_NOTE,
  stopCandidatesText,
} from "./wording.js";

const SIMULATED_MARK = "SIMULATED";

/** KML colours are aabbggrr; KML has no dashes, so a gap is told by colour, width and name. */
const STYLES = [
  '<Style id="contact"><LineStyle><color>ffb8620b</color><width>3</width></LineStyle></Style>',
  '<Style id="gap"><LineStyle><color>99005ba8</color><width>1.5</width></LineStyle></Style>',
  '<Style id="seen"><IconStyle><color>ff3d7119</color></IconStyle></Style>',
  '<Style id="inferred"><IconStyle><color>ff005095</color></IconStyle></Style>',
  '<Style id="open"><IconStyle><color>ff817066</color></IconStyle></Style>',
].join("");

/** A track with its contacts and gaps, and the journeys found in it. */
export interface KmlInput {
  readonly track: Track;
  readonly contacts: readonly Contact[];
  readonly gaps: readonly Gap[];
  readonly journeys: readonly JourneyJson[];
  /** What the document is called, without the mark of simulation. */
  readonly title: string;
}

/** Everything known of one track. Altitudes are pressure altitudes turned into metres; unknown ones lie on the ground. */
export function trackKml(input: KmlInput): string {
  const { track, contacts, gaps } = input;
  const simulated = isSimulated(track) || input.journeys.some((journey) => journey.simulated);
  const mark = simulated ? `${SIMULATED_MARK} ` : "";
  return kmlDocument(`${mark}${input.title}`, [
    folder(
      "Contacts (received positions)",
      contacts.flatMap((contact) => contactPlacemarks(track, contact, mark)),
    ),
    folder(
      `Gaps (not observed: ${SHORTEST_PATH_NOTE})`,
      gaps.flatMap((gap) => gapPlacemark(gapJson(gap, track), mark)),
    ),
    ...input.journeys.map((journey) =>
      folder(
        `Stops of ${aircraftText(journey)}`,
        journey.stops.flatMap((stop) => stopPlacemark(stop, mark)),
      ),
    ),
  ]);
}

/** One placemark per movement that has a position. */
export function movementsKml(movements: readonly MovementJson[], title: string): string {
  const simulated = movements.some((movement) => movement.simulated);
  const placemarks = movements.flatMap((movement) => {
    if (movement.lat === null || movement.lon === null) return [];
    const mark = movement.simulated ? `${SIMULATED_MARK} ` : "";
    const name = `${mark}${kindText(movement.kind)} ${aircraftText(movement)} ${movement.airport ?? "airport not named"}`;
    return [
      pointPlacemark({
        name,
        description: `${movementSentence(movement)} ${basisSentence(movement.basis)} Probability ${probabilityText(movement.probability, movement)}.`,
        style: movement.evidence,
        lat: movement.lat,
        lon: movement.lon,
        time: `<TimeSpan><begin>${movement.timeFrom}</begin><end>${movement.timeTo}</end></TimeSpan>`,
      }),
    ];
  });
  return kmlDocument(`${simulated ? `${SIMULATED_MARK} ` : ""}${title}`, [
    folder("Movements", placemarks),
  ]);
}

/** @returns `text` safe in XML content and attributes; characters XML 1.0 cannot hold become U+FFFD */
export function xmlText(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex -- XML 1.0 section 2.2 has no place for these characters.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      .replaceAll("'", "&apos;")
  );
}

/**
 * Cuts a contact into runs of known and unknown altitude: KML has no "unknown", and 0 m would put an aircraft
 * underground or at sea level. Runs without altitude are drawn on the ground below.
 */
function contactPlacemarks(track: Track, contact: Contact, mark: string): string[] {
  const placemarks: string[] = [];
  let start = contact.start;
  for (let i = contact.start + 1; i <= contact.end; i++) {
    const known = Number.isFinite(track.altitudeFt[i - 1]!);
    if (i < contact.end && Number.isFinite(track.altitudeFt[i]!) === known) continue;
    placemarks.push(trackPlacemark({ track, start, end: i, known, mark }));
    start = i;
  }
  return placemarks;
}

function trackPlacemark(run: {
  track: Track;
  start: number;
  end: number;
  known: boolean;
  mark: string;
}): string {
  const { track, start, end, known } = run;
  const whens: string[] = [];
  const coords: string[] = [];
  for (let i = start; i < end; i++) {
    const lat = rounded(track.latDeg[i]!, 5);
    const lon = rounded(track.lonDeg[i]!, 5);
    if (lat === null || lon === null) continue;
    const altitudeM = known ? (rounded(track.altitudeFt[i]! * METRES_PER_FOOT, 0) ?? 0) : 0;
    whens.push(`<when>${isoSeconds(track.timeMs[i]!)}</when>`);
    coords.push(`<gx:coord>${lon} ${lat} ${altitudeM}</gx:coord>`);
  }
  const mode = known ? "absolute" : "clampToGround";
  const from = isoSeconds(track.timeMs[start]!);
  const name = `${run.mark}${track.address} received from ${from}${known ? "" : " (altitude unknown)"}`;
  return `<Placemark><name>${xmlText(name)}</name><styleUrl>#contact</styleUrl><gx:Track><altitudeMode>${mode}</altitudeMode>${whens.join("")}${coords.join("")}</gx:Track></Placemark>`;
}

function gapPlacemark(gap: GapJson, mark: string): string[] {
  const { last, next } = gap;
  if (last.lat === null || last.lon === null || next.lat === null || next.lon === null) return [];
  const parts = splitAtAntimeridian(greatCircleLine([last.lon, last.lat], [next.lon, next.lat]));
  const lines = parts.map(
    (part) =>
      `<LineString><tessellate>1</tessellate><coordinates>${part
        .map(([lon, lat]) => `${rounded(lon, 5)},${rounded(lat, 5)}`)
        .join(" ")}</coordinates></LineString>`,
  );
  if (lines.length === 0) return [];
  const name = `${mark}Not observed: ${gapLabel(gap.durationS)}, ${SHORTEST_PATH_NOTE}`;
  return [
    `<Placemark><name>${xmlText(name)}</name><description>${xmlText(gapSentence(gap))}</description><TimeSpan><begin>${gap.from}</begin><end>${gap.to}</end></TimeSpan><styleUrl>#gap</styleUrl><MultiGeometry>${lines.join("")}</MultiGeometry></Placemark>`,
  ];
}

function stopPlacemark(stop: StopJson, mark: string): string[] {
  if (stop.lat === null || stop.lon === null) return [];
  if (stop.openEnd) return [openEndPlacemark(stop, mark)];
  const candidates = stopCandidatesText(stop);
  const place = stop.airport ? placeText(stop) : `not named${candidates ? `, ${candidates}` : ""}`;
  const movements = [stop.landing, stop.takeoff].filter((one) => one !== null);
  const begin = stop.landing?.timeFrom ?? stop.takeoff?.timeFrom;
  const end = stop.takeoff?.timeTo ?? stop.landing?.timeTo;
  return [
    pointPlacemark({
      name: `${mark}${stop.number} ${place} (${stop.evidence})`,
      description: movements
        .map((one) => `${movementSentence(one)} ${basisSentence(one.basis)}`)
        .join(" "),
      style: stop.evidence,
      lat: stop.lat,
      lon: stop.lon,
      time: begin ? `<TimeSpan><begin>${begin}</begin><end>${end}</end></TimeSpan>` : "",
    }),
  ];
}

function openEndPlacemark(stop: StopJson, mark: string): string {
  return pointPlacemark({
    name: `${mark}? ${stop.openEnd === "before" ? "first" : "last"} heard in the air`,
    description: openEndSentence(stop),
    style: "open",
    lat: stop.lat ?? 0,
    lon: stop.lon ?? 0,
    time: "",
  });
}

function pointPlacemark(at: {
  name: string;
  description: string;
  style: "seen" | "inferred" | "open";
  lat: number;
  lon: number;
  time: string;
}): string {
  return `<Placemark><name>${xmlText(at.name)}</name><description>${xmlText(at.description)}</description>${at.time}<styleUrl>#${at.style}</styleUrl><Point><coordinates>${at.lon},${at.lat}</coordinates></Point></Placemark>`;
}

function folder(name: string, placemarks: readonly string[]): string {
  return `<Folder><name>${xmlText(name)}</name>${placemarks.join("\n")}</Folder>`;
}

function kmlDocument(name: string, folders: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document><name>${xmlText(name)}</name>${STYLES}
${folders.join("\n")}
</Document></kml>
`;
}
