import type { Point } from "../src/track/track.js";
import { writeOpenSkyAnswer, writeVrsList } from "../test/formats/answer-documents.js";
import { writeOwnPositions, writeStatesCsv, writeStatesJson } from "../test/formats/documents.js";
import {
  writeFlightTracer,
  writeFr24Csv,
  writeFr24Playback,
  writeFr24Tracks,
} from "../test/formats/fr24-documents.js";
import {
  writeFlightAwareKml,
  writeFr24Kml,
  writeTar1090Kml,
} from "../test/formats/kml-documents.js";
import { writeFeedLines, writeSnapshot } from "../test/formats/live-documents.js";
import { TABLE_MAP, writeTable } from "../test/formats/table-documents.js";

const START_MS = Date.UTC(2019, 0, 23, 12);

/** A document of one format with so many positions of one aircraft, a second apart. */
export interface TextRecording {
  readonly name: string;
  readonly readerId: string;
  readonly map?: string;
  readonly write: (points: readonly Point[]) => string;
}

const ADDRESS = "4ca7b3";

/** Every reader of text that is no receiver's own: tables, JSON, KML. */
export const TEXT_RECORDINGS: readonly TextRecording[] = [
  {
    name: "OpenSky table, CSV",
    readerId: "opensky-states",
    write: (points) => writeStatesCsv(ADDRESS, points),
  },
  {
    name: "table with a mapping",
    readerId: "table",
    map: TABLE_MAP,
    write: (points) => writeTable(ADDRESS, points),
  },
  {
    name: "table with ISO times",
    readerId: "table",
    map: TABLE_MAP,
    write: (points) =>
      writeTable(ADDRESS, points, { time: (timeMs) => new Date(timeMs).toISOString() }),
  },
  {
    name: "table with local times",
    readerId: "table",
    map: TABLE_MAP.replace("time=When", 'time=When:"DD/MM/YYYY HH:mm:ss"'),
    write: (points) => writeTable(ADDRESS, points, { time: dayFirst }),
  },
  {
    name: "own positions, CSV",
    readerId: "wheelsdown-positions",
    write: (points) => writeOwnPositions(ADDRESS, points),
  },
  { name: "FR24 CSV, web", readerId: "fr24-csv", write: (points) => writeFr24Csv("web", points) },
  { name: "FR24 CSV, API", readerId: "fr24-csv", write: (points) => writeFr24Csv("api", points) },
  {
    name: "flight-tracer, raw",
    readerId: "flight-tracer",
    write: (points) => withFewDetails(writeFlightTracer("raw", ADDRESS, points)),
  },
  {
    name: "flight-tracer, processed",
    readerId: "flight-tracer",
    write: (points) => writeFlightTracer("processed", ADDRESS, points),
  },
  {
    name: "JSON lines",
    readerId: "readsb-lines",
    write: (points) => writeFeedLines(ADDRESS, points),
  },
  {
    name: "aircraft.json",
    readerId: "readsb-snapshot",
    write: (points) => writeSnapshot(ADDRESS, points),
  },
  { name: "VRS list", readerId: "vrs-list", write: (points) => writeVrsList(ADDRESS, points) },
  {
    name: "OpenSky table, JSON",
    readerId: "opensky-states",
    write: (points) => writeStatesJson(ADDRESS, points),
  },
  {
    name: "OpenSky states",
    readerId: "opensky-rest",
    write: (points) => writeOpenSkyAnswer("states", ADDRESS, points),
  },
  {
    name: "FR24 playback",
    readerId: "fr24-json",
    write: (points) => writeFr24Playback(ADDRESS, points),
  },
  { name: "FR24 API, JSON", readerId: "fr24-json", write: writeFr24Tracks },
  { name: "FR24 KML", readerId: "fr24-kml", write: (points) => writeFr24Kml(points) },
  {
    name: "FlightAware KML",
    readerId: "flightaware-kml",
    write: (points) => writeFlightAwareKml(points),
  },
  {
    name: "tar1090 KML",
    readerId: "tar1090-kml",
    write: (points) => writeTar1090Kml(ADDRESS.toUpperCase(), points),
  },
];

/** "23/01/2019 12:00:01" */
function dayFirst(timeMs: number): string {
  const [date = "", time = ""] = new Date(timeMs).toISOString().split("T");
  return `${date.split("-").reverse().join("/")} ${time.slice(0, 8)}`;
}

/** @returns the recording's document, about so many bytes long */
export function textRecording({ write }: TextRecording, byteCount: number): Buffer {
  const sample = write(pointsOf(100));
  return Buffer.from(write(pointsOf(Math.ceil((byteCount * 100) / sample.length))));
}

function pointsOf(count: number): Point[] {
  return Array.from({ length: count }, (_, i) => ({
    timeMs: START_MS + i * 1000,
    latDeg: Number((20 + (i % 40_000) / 1000).toFixed(5)),
    lonDeg: Number((((i % 90_000) * 7) / 10_000 - 80).toFixed(5)),
    altitudeFt: 1000 + (i % 1400) * 25,
    groundSpeedKt: 100 + (i % 400),
    trackAngleDeg: i % 360,
    verticalRateFpm: ((i % 60) - 30) * 64,
    onGround: false,
    callsign: "RSD123",
    squawk: 1234,
    row: i,
  }));
}

/** As in the one real table at hand: every fourth row has details, as rows of readsb traces have their objects. */
function withFewDetails(table: string): string {
  let count = 0;
  return table.replace(/"\{[^"]*"/g, (details) => (count++ % 4 === 0 ? details : ""));
}
