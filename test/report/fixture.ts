/** Two hand-made journeys, and the model of a dossier on them. Nothing here was observed. */
import { geoInterpolate } from "d3-geo";
import { type Address, parseAddress } from "../../src/aircraft/address.js";
import { sphereDistanceM } from "../../src/geo/sphere.js";
import type { Journey, Leg, Stop } from "../../src/journey/journey.js";
import type { Candidate, Exhibit, Movement } from "../../src/movement/movement.js";
import type { Airport } from "../../src/place/airport.js";
import type { JourneyModel } from "../../src/report/dossier-model.js";
import { buildJourneyModel } from "../../src/report/journey-model.js";
import type { MovementIdentity } from "../../src/report/shapes.js";
import type { Contact, Gap } from "../../src/track/gap.js";
import type { Track } from "../../src/track/track.js";

const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
const STEP_MS = 30_000;
const HOLE_MS = 5 * MINUTE_MS;
export const SHA = "5f2c9a1e7b3d4860c1f0a9b8e7d6c5b4a3928170f6e5d4c3b2a1908f7e6d5c4b";

export interface FixtureOptions {
  readonly simulated: boolean;
  readonly registration?: string;
  readonly callsign?: string;
  readonly file?: string;
}

export interface Fixture {
  readonly track: Track;
  readonly contacts: readonly Contact[];
  readonly gaps: readonly Gap[];
  readonly journey: Journey;
  readonly identity: MovementIdentity;
  readonly model: JourneyModel;
}

export function airport(
  ident: string,
  name: string,
  country: string,
  place: readonly [latDeg: number, lonDeg: number],
): Airport {
  return {
    ident,
    name,
    kind: "large",
    latDeg: place[0],
    lonDeg: place[1],
    elevationFt: 100,
    country,
    municipality: "",
    iata: "",
    aliases: [],
    scheduled: true,
    military: false,
    runways: [],
  };
}

export const UUWW = airport("UUWW", "Vnukovo International Airport", "RU", [55.5915, 37.2615]);
export const GOBD = airport(
  "GOBD",
  "Blaise Diagne International Airport",
  "SN",
  [14.6711, -17.0669],
);
export const SGAS = airport(
  "SGAS",
  "Silvio Pettirossi International Airport",
  "PY",
  [-25.2399, -57.5191],
);
export const MUHA = airport("MUHA", "José Martí International Airport", "CU", [22.9892, -82.4091]);
const UHMA = airport("UHMA", "Ugolny Airport", "RU", [64.7349, 177.7415]);
const PANC = airport(
  "PANC",
  "Ted Stevens Anchorage International Airport",
  "US",
  [61.1744, -149.9964],
);
const PAKN = airport("PAKN", "King Salmon Airport", "US", [58.6768, -156.6492]);
const PASY = airport("PASY", "Eareckson Air Station", "US", [52.7123, 174.1136]);
const PADK = airport("PADK", "Adak Airport", "US", [51.878, -176.646]);
const PASN = airport("PASN", "St Paul Island Airport", "US", [57.1673, -170.2204]);

export interface FlownLeg {
  readonly from: Airport;
  readonly to: Airport;
  readonly departureMs: number;
  readonly arrivalMs: number;
}

type Row = [timeMs: number, latDeg: number, lonDeg: number, altitudeFt: number, ground: number];

export function fly(leg: FlownLeg): Row[] {
  const at = geoInterpolate([leg.from.lonDeg, leg.from.latDeg], [leg.to.lonDeg, leg.to.latDeg]);
  const rows: Row[] = [];
  const taxiMs = 12 * MINUTE_MS;
  for (let t = leg.departureMs - taxiMs; t <= leg.arrivalMs + taxiMs; t += STEP_MS) {
    const share = (t - leg.departureMs) / (leg.arrivalMs - leg.departureMs);
    const [lon, lat] = at(Math.min(1, Math.max(0, share)));
    const upMin = (t - leg.departureMs) / MINUTE_MS;
    const downMin = (leg.arrivalMs - t) / MINUTE_MS;
    const level = upMin > 240 ? 38_000 : 34_000;
    const altitude = Math.min(level, Math.max(0, upMin) * 1700, Math.max(0, downMin) * 1400);
    const ground = share <= 0 || share >= 1;
    rows.push([t, lat, lon, ground ? Number.NaN : altitude, ground ? 1 : 0]);
  }
  return rows;
}

export type Span = readonly [fromMs: number, toMs: number];

export function trackOf(rows: readonly Row[], address: Address, options: FixtureOptions): Track {
  const n = rows.length;
  const nan = () => new Float32Array(n).fill(Number.NaN);
  const bytes = (value: number) => new Uint8Array(n).fill(value);
  return {
    address,
    length: n,
    timeMs: Float64Array.from(rows, (row) => row[0]),
    latDeg: Float64Array.from(rows, (row) => row[1]),
    lonDeg: Float64Array.from(rows, (row) => row[2]),
    altitudeFt: Float32Array.from(rows, (row) => row[3]),
    geometricAltitudeFt: nan(),
    groundSpeedKt: nan(),
    trackAngleDeg: nan(),
    verticalRateFpm: nan(),
    ground: Uint8Array.from(rows, (row) => row[4]),
    flags: bytes(0),
    positionSource: bytes(1),
    nic: bytes(255),
    nacP: bytes(255),
    sil: bytes(255),
    callsignIndex: new Uint16Array(n).fill(1),
    callsigns: ["", options.callsign ?? "DEMO1"],
    squawk: new Int16Array(n).fill(-1),
    sourceIndex: new Uint16Array(n),
    sourceRow: Uint32Array.from(rows, (_, index) => index),
    sources: [
      {
        inputSha256: SHA,
        file: options.file ?? "trace_full_15abcd.json",
        format: "readsb-trace",
        simulated: options.simulated,
        stated: {},
      },
    ],
  };
}

export function cut(track: Track): { contacts: Contact[]; gaps: Gap[] } {
  const contacts: Contact[] = [];
  let start = 0;
  for (let i = 1; i <= track.length; i++) {
    if (i < track.length && track.timeMs[i]! - track.timeMs[i - 1]! <= HOLE_MS) continue;
    contacts.push({ start, end: i });
    start = i;
  }
  const gaps = contacts.slice(1).map((next, index): Gap => {
    const lastIndex = contacts[index]!.end - 1;
    const nextIndex = next.start;
    const fromMs = track.timeMs[lastIndex]!;
    const toMs = track.timeMs[nextIndex]!;
    const distanceM = sphereDistanceM(
      track.latDeg[lastIndex]!,
      track.lonDeg[lastIndex]!,
      track.latDeg[nextIndex]!,
      track.lonDeg[nextIndex]!,
    );
    const averageSpeedKt = distanceM / 1852 / ((toMs - fromMs) / HOUR_MS);
    return {
      lastIndex,
      nextIndex,
      fromMs,
      toMs,
      durationMs: toMs - fromMs,
      distanceM,
      averageSpeedKt,
    };
  });
  return { contacts, gaps };
}

export function movement(
  part: Partial<Movement> & Pick<Movement, "kind" | "timeMs" | "latDeg" | "lonDeg">,
  options: FixtureOptions,
): Movement {
  const exhibit: Exhibit = {
    inputSha256: SHA,
    file: options.file ?? "trace_full_15abcd.json",
    rowFrom: Math.round(part.timeMs / STEP_MS) % 900,
    rowTo: (Math.round(part.timeMs / STEP_MS) % 900) + 41,
  };
  return {
    address: parseAddress("15abcd")!,
    timeFromMs: part.timeMs - 20_000,
    timeToMs: part.timeMs + 20_000,
    candidates: part.airport ? [{ airport: part.airport, probability: 0.998 }] : [],
    offAirport: false,
    evidence: "seen",
    evidenceClass: "G0",
    probability: 0.9987,
    basis: "Rolled out along the runway and slowed below 40 kt, 24 positions on the ground.",
    callsign: options.callsign ?? "DEMO1",
    simulated: options.simulated,
    exhibits: [exhibit],
    ...part,
  };
}

export function seen(
  kind: "landing" | "takeoff",
  at: Airport,
  timeMs: number,
  options: FixtureOptions,
) {
  const runway = kind === "landing" ? "06" : "24";
  const place = { latDeg: at.latDeg, lonDeg: at.lonDeg, airport: at, runway };
  return movement({ kind, timeMs, ...place }, options);
}

export function stopAt(at: Airport, timeZone: string, part: Partial<Stop>): Stop {
  return { airport: at, evidence: "seen", latDeg: at.latDeg, lonDeg: at.lonDeg, timeZone, ...part };
}

function legBetween(from: Stop, to: Stop, track: { track: Track; gaps: readonly Gap[] }): Leg {
  const departureMs = from.takeoff?.timeMs ?? Number.NaN;
  const arrivalMs = to.landing?.timeMs ?? Number.NaN;
  const gaps = track.gaps.filter((gap) => gap.toMs > departureMs && gap.fromMs < arrivalMs);
  const inside = gaps.map(
    (gap) => Math.min(gap.toMs, arrivalMs) - Math.max(gap.fromMs, departureMs),
  );
  const unseenMs = inside.reduce((sum, one) => sum + one, 0);
  return {
    from,
    to,
    departureMs,
    arrivalMs,
    distanceM:
      from.airport && to.airport
        ? sphereDistanceM(from.latDeg, from.lonDeg, to.latDeg, to.lonDeg)
        : Number.NaN,
    gaps,
    largestGapMs: Math.max(0, ...gaps.map((gap) => gap.durationMs)),
    seenShare: 1 - unseenMs / (arrivalMs - departureMs),
  };
}

export function finish(
  parts: { track: Track; stops: Stop[] } & { toMs: number; fromMs: number },
  options: FixtureOptions,
): Fixture {
  const { track, stops } = parts;
  const { contacts, gaps } = cut(track);
  const journey: Journey = {
    address: track.address,
    stops,
    legs: stops.slice(1).map((to, index) => legBetween(stops[index]!, to, { track, gaps })),
    fromMs: parts.fromMs,
    toMs: parts.toMs,
    simulated: options.simulated,
  };
  const identity = { registration: options.registration ?? "XX-DEMO", typeDesignator: "IL96" };
  const model = buildJourneyModel({ journey, track, contacts, gaps, identity });
  return { track, contacts, gaps, journey, identity, model };
}

/** Moscow, Dakar, Asunción, Havana; the last landing lies inside a gap of nine hours. */
export function atlanticFixture(options: FixtureOptions): Fixture {
  const T = Date.UTC(2019, 0, 21, 17, 4);
  const h = (hours: number) => T + hours * HOUR_MS;
  const legs: FlownLeg[] = [
    { from: UUWW, to: GOBD, departureMs: h(0), arrivalMs: h(8.2) },
    { from: GOBD, to: SGAS, departureMs: h(10.1), arrivalMs: h(18.4) },
    { from: SGAS, to: MUHA, departureMs: h(44.3), arrivalMs: h(52.6) },
  ];
  const heard: Span[] = [
    [h(-0.2), h(2.9)],
    [h(6.3), h(8.35)],
    [h(9.95), h(11.2)],
    [h(14.6), h(18.55)],
    [h(44.15), h(46.4)],
  ];
  const rows = legs.flatMap(fly).filter(([t]) => heard.some(([from, to]) => t >= from && t <= to));
  const hereAgainMs = h(55.4);
  for (let i = 0; i < 20; i++) {
    rows.push([hereAgainMs + i * STEP_MS, MUHA.latDeg, MUHA.lonDeg, Number.NaN, 1]);
  }
  const track = trackOf(rows, parseAddress("15abcd")!, options);
  const last = movement(
    {
      kind: "landing",
      timeMs: h(52.6),
      timeFromMs: h(46.4),
      timeToMs: hereAgainMs,
      latDeg: MUHA.latDeg,
      lonDeg: MUHA.lonDeg,
      airport: MUHA,
      evidence: "inferred",
      evidenceClass: "G7",
      probability: 0.9712,
      basis: "Next received standing on the ground at Havana; the landing lies in the gap before.",
    },
    options,
  );
  const stops: Stop[] = [
    stopAt(UUWW, "Europe/Moscow", { takeoff: seen("takeoff", UUWW, h(0), options) }),
    stopAt(GOBD, "Africa/Dakar", {
      landing: seen("landing", GOBD, h(8.2), options),
      takeoff: seen("takeoff", GOBD, h(10.1), options),
    }),
    stopAt(SGAS, "America/Asuncion", {
      landing: seen("landing", SGAS, h(18.4), options),
      takeoff: seen("takeoff", SGAS, h(44.3), options),
    }),
    stopAt(MUHA, "America/Havana", { landing: last, evidence: "inferred" }),
  ];
  return finish({ track, stops, fromMs: h(-0.2), toMs: hereAgainMs + 19 * STEP_MS }, options);
}

/** Across 180°, with one stop that cannot be named, and back to where it began. */
export function antimeridianFixture(options: FixtureOptions): Fixture {
  const T = Date.UTC(2024, 1, 28, 20, 40);
  const h = (hours: number) => T + hours * HOUR_MS;
  const legs: FlownLeg[] = [
    { from: UHMA, to: PANC, departureMs: h(0), arrivalMs: h(2.6) },
    { from: PANC, to: PADK, departureMs: h(5), arrivalMs: h(7.3) },
    { from: PASN, to: UHMA, departureMs: h(9.4), arrivalMs: h(11.1) },
  ];
  const heard: Span[] = [
    [h(-0.2), h(2.8)],
    [h(4.9), h(5.9)],
    [h(10.1), h(11.3)],
  ];
  const rows = legs.flatMap(fly).filter(([t]) => heard.some(([from, to]) => t >= from && t <= to));
  const track = trackOf(rows, parseAddress("15abcd")!, options);
  const { gaps } = cut(track);
  const hidden = gaps.find((gap) => gap.fromMs >= h(5.8))!;
  const candidates: Candidate[] = [
    { airport: PADK, probability: 0.44 },
    { airport: PASN, probability: 0.31 },
    { airport: PAKN, probability: 0.12 },
    { airport: PASY, probability: 0.05 },
  ];
  const somewhere = {
    latDeg: track.latDeg[hidden.lastIndex]!,
    lonDeg: track.lonDeg[hidden.lastIndex]!,
  };
  const inside = movement(
    {
      kind: "landing",
      timeMs: (hidden.fromMs + hidden.toMs) / 2,
      timeFromMs: hidden.fromMs,
      timeToMs: hidden.toMs,
      ...somewhere,
      candidates,
      evidence: "inferred",
      evidenceClass: "GAP",
      probability: 0.63,
      basis: "The mean speed across the gap is under half of cruise.",
    },
    options,
  );
  const stops: Stop[] = [
    stopAt(UHMA, "Asia/Anadyr", { takeoff: seen("takeoff", UHMA, h(0), options) }),
    stopAt(PANC, "America/Anchorage", {
      landing: seen("landing", PANC, h(2.6), options),
      takeoff: seen("takeoff", PANC, h(5), options),
    }),
    { evidence: "inferred", ...somewhere, landing: inside },
    stopAt(UHMA, "Asia/Anadyr", { landing: seen("landing", UHMA, h(11.1), options) }),
  ];
  return finish({ track, stops, fromMs: h(-0.2), toMs: h(11.3) }, options);
}
