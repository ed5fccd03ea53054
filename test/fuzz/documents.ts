import { ASKED_READERS, NAMED_READERS, READERS } from "../../src/formats/detect.js";
import type { Reader } from "../../src/formats/reader.js";
import type { RandomSource } from "../../src/sim/random.js";
import type { Point } from "../../src/track/track.js";
import { writeOpenSkyAnswer, writeVrsList } from "../formats/answer-documents.js";
import {
  writeOwnPositions,
  writeStatesCsv,
  writeStatesJson,
  writeTrace,
} from "../formats/documents.js";
import {
  writeFlightTracer,
  writeFr24Csv,
  writeFr24Playback,
  writeFr24Tracks,
} from "../formats/fr24-documents.js";
import { type Heard, writeHeatmap } from "../formats/heatmap-documents.js";
import { writeFlightAwareKml, writeFr24Kml, writeTar1090Kml } from "../formats/kml-documents.js";
import { writeFeedLines, writeSnapshot } from "../formats/live-documents.js";
import { randomTrace } from "../formats/random-trace.js";
import {
  CAPTURE_START_MS,
  writeAvr,
  writeBeast,
  writeSbs,
  writeTimedHex,
} from "../formats/raw-documents.js";
import { writeTable } from "../formats/table-documents.js";
import { framesOf, surfaceFrame, type TimedFrame } from "../support/mode-s-frames.js";

/** Every reader there is. */
export const FUZZED: readonly Reader[] = [...READERS, ...NAMED_READERS, ...ASKED_READERS];

type Document = string | Uint8Array;
type MakeDocument = (random: RandomSource) => Document;

/**
 * Small valid documents for each reader, by its id: what a fuzzer changes. A reader that is not here is fed those of all
 * others.
 */
const DOCUMENTS: Readonly<Record<string, readonly MakeDocument[]>> = {
  "readsb-trace": [
    (random) => randomTrace(random, 6),
    (random) => writeTrace(addressOf(random), pointsOf(random)),
  ],
  "opensky-states": [
    (random) => writeStatesCsv(addressOf(random), pointsOf(random)),
    (random) => writeStatesJson(addressOf(random), pointsOf(random)),
  ],
  "wheelsdown-positions": [(random) => writeOwnPositions(addressOf(random), pointsOf(random))],
  table: [
    (random) => writeTable(addressOf(random), pointsOf(random)),
    (random) => writeTable(addressOf(random), pointsOf(random), { delimiter: ";", commas: true }),
    (random) =>
      writeTable(addressOf(random), pointsOf(random), {
        time: (timeMs) => new Date(timeMs).toISOString(),
      }),
  ],
  "readsb-heatmap": [(random) => writeHeatmap(slicesOf(random))],
  beast: [(random) => writeBeast(capture(random))],
  avr: [(random) => writeAvr(capture(random))],
  "timed-hex": [(random) => writeTimedHex(capture(random))],
  sbs: [
    (random) =>
      writeSbs(addressOf(random), pointsOf(random)) + writeSbs(addressOf(random), pointsOf(random)),
  ],
  "readsb-snapshot": [
    (random) => writeSnapshot(addressOf(random), pointsOf(random)),
    (random) => writeSnapshot(addressOf(random), pointsOf(random), { form: "v2" }),
  ],
  "readsb-lines": [(random) => writeFeedLines(addressOf(random), pointsOf(random))],
  "fr24-csv": (["web", "web-old", "api"] as const).map(
    (form) => (random) => writeFr24Csv(form, pointsOf(random)),
  ),
  "fr24-kml": [(random) => writeFr24Kml(pointsOf(random))],
  "flightaware-kml": [(random) => writeFlightAwareKml(pointsOf(random))],
  "tar1090-kml": [
    (random) => writeTar1090Kml(addressOf(random).toUpperCase(), pointsOf(random)),
    (random) => writeTar1090Kml("RA-96019", pointsOf(random)),
  ],
  "opensky-rest": (["states", "tracks"] as const).map(
    (form) => (random) => writeOpenSkyAnswer(form, addressOf(random), pointsOf(random)),
  ),
  "vrs-list": [(random) => writeVrsList(addressOf(random), pointsOf(random))],
  "fr24-json": [
    (random) => writeFr24Playback(addressOf(random), pointsOf(random)),
    (random) => writeFr24Tracks(pointsOf(random)),
  ],
  "flight-tracer": (["raw", "processed"] as const).map(
    (form) => (random) => writeFlightTracer(form, addressOf(random), pointsOf(random)),
  ),
};

/** @returns whether a reader has documents of its own */
export function hasDocuments(readerId: string): boolean {
  return DOCUMENTS[readerId] !== undefined;
}

/** @returns a valid document for the reader, or one of any format where it has none of its own */
export function documentFor(readerId: string, random: RandomSource): Uint8Array {
  const makers = DOCUMENTS[readerId] ?? Object.values(DOCUMENTS).flat();
  const document = makers[Math.floor(random() * makers.length)]!(random);
  return typeof document === "string" ? new TextEncoder().encode(document) : document;
}

function addressOf(random: RandomSource): string {
  const hex = Math.floor(random() * 0xfffffe + 1)
    .toString(16)
    .padStart(6, "0");
  return random() < 0.1 ? `~${hex}` : hex;
}

/** A few points in a row, anywhere on the globe. */
function pointsOf(random: RandomSource): Point[] {
  const latDeg = random() * 178 - 89;
  const lonDeg = random() * 359 - 180;
  const stepMs = random() < 0.5 ? 500 : 20_000;
  return Array.from({ length: 1 + Math.floor(random() * 5) }, (_, i) => ({
    timeMs: CAPTURE_START_MS + 60_000 + i * stepMs,
    latDeg: Math.min(89.9, latDeg + i / 2000),
    lonDeg: lonDeg + i / 2000,
    altitudeFt: Math.round(random() * 1600) * 25,
    groundSpeedKt: Math.round(random() * 500),
    trackAngleDeg: Math.floor(random() * 360),
    verticalRateFpm: Math.round(random() * 60 - 30) * 64,
    onGround: random() < 0.2,
    callsign: "RSD123",
    squawk: 1234,
    row: i,
  }));
}

/** Slices of two aircraft, each position after a slice's identities. */
function slicesOf(random: RandomSource): Heard[][] {
  const hexes = [1, 2].map(() => Math.floor(random() * 0x1ff_ffff));
  return pointsOf(random).map(({ latDeg, lonDeg, altitudeFt = 0, groundSpeedKt = 0 }) => [
    ...hexes.map((hex) => ({ hex, callsign: "RSD123", squawk: 1234 })),
    ...hexes.map((hex, i) => ({
      hex,
      lat: latDeg - i,
      lon: lonDeg,
      alt: Math.round(altitudeFt / 25),
      gs: groundSpeedKt * 10,
    })),
  ]);
}

/** Two aircraft in the air and one on the ground, as one receiver hears them. */
function capture(random: RandomSource): TimedFrame[] {
  const frames = [
    ...framesOf(addressOf(random), pointsOf(random)),
    ...framesOf(addressOf(random), pointsOf(random)),
  ];
  const address = addressOf(random);
  for (const [i, point] of pointsOf(random).entries())
    frames.push({
      timeMs: point.timeMs + 50,
      bytes: surfaceFrame(address, point, { isOdd: i % 2 === 1, movement: 20 }),
    });
  return frames.sort((a, b) => a.timeMs - b.timeMs);
}
