import { destination } from "../../src/geo/sphere.js";
import type { Airport, Runway, RunwayEnd } from "../../src/place/airport.js";
import { buildAirportTable } from "../../src/place/airport-table.js";

/** A runway of an invented airport: its middle lies `eastM`, `northM` of the airport's reference point. */
interface RunwaySketch {
  readonly names: readonly [string, string];
  readonly headingDeg: number;
  readonly lengthM: number;
  readonly eastM?: number;
  readonly northM?: number;
}

interface AirportSketch extends Pick<Airport, "ident" | "name" | "kind" | "latDeg" | "lonDeg"> {
  readonly elevationFt: number;
  readonly runways: readonly RunwaySketch[];
}

function sketch({ runways, ...rest }: AirportSketch): Airport {
  return {
    ...rest,
    country: "XX",
    municipality: rest.name,
    iata: "",
    aliases: [],
    scheduled: rest.kind === "large",
    military: false,
    runways: runways.map((runway) => layRunway(rest, runway)),
  };
}

function layRunway(
  airport: { readonly latDeg: number; readonly lonDeg: number },
  { names, headingDeg, lengthM, eastM = 0, northM = 0 }: RunwaySketch,
): Runway {
  const aside = destination(airport, 90, eastM);
  const middle = destination(aside, 0, northM);
  const end = (name: string, towardDeg: number): RunwayEnd => ({
    name,
    ...destination(middle, towardDeg + 180, lengthM / 2),
    headingDeg: towardDeg % 360,
  });
  return {
    id: names.join("/"),
    lengthM,
    widthM: 45,
    surface: "hard",
    closed: false,
    ends: [end(names[0], headingDeg), end(names[1], headingDeg + 180)],
  };
}

/** Two parallel runways 1,000 m apart, in the plains: the usual case. */
export const TOWN = sketch({
  ident: "XTWN",
  name: "Town",
  kind: "large",
  latDeg: 50,
  lonDeg: 10,
  elevationFt: 300,
  runways: [
    { names: ["09L", "27R"], headingDeg: 90, lengthM: 3000, northM: 500 },
    { names: ["09R", "27L"], headingDeg: 90, lengthM: 3000, northM: -500 },
  ],
});

/** Another airport 215 km east of Town. */
export const PORT = sketch({
  ident: "XPRT",
  name: "Port",
  kind: "medium",
  latDeg: 50,
  lonDeg: 13,
  elevationFt: 50,
  runways: [{ names: ["18", "36"], headingDeg: 180, lengthM: 2500 }],
});

/** At 8,000 ft: a pressure altitude near 0 is a placeholder here, and 8,000 ft is the ground. */
export const HIGH = sketch({
  ident: "XHGH",
  name: "High",
  kind: "medium",
  latDeg: -16,
  lonDeg: -68,
  elevationFt: 8000,
  runways: [{ names: ["10", "28"], headingDeg: 100, lengthM: 4000 }],
});

/** Its runway crosses 180 degrees of longitude. */
export const ATOLL = sketch({
  ident: "XATL",
  name: "Atoll",
  kind: "medium",
  latDeg: -17,
  lonDeg: 180,
  elevationFt: 20,
  runways: [{ names: ["07", "25"], headingDeg: 70, lengthM: 2400 }],
});

/** A strip of which the table knows nothing but the place. */
export const STRIP = sketch({
  ident: "XSTR",
  name: "Strip",
  kind: "small",
  latDeg: 52,
  lonDeg: 10,
  elevationFt: 1200,
  runways: [],
});

/** The whole invented world. */
export const AIRPORTS = buildAirportTable([TOWN, PORT, HIGH, ATOLL, STRIP], {
  timeZones: (airport) => (airport === HIGH ? "America/La_Paz" : "Europe/Berlin"),
});

/** Where a landing on a runway begins. */
export interface Threshold {
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly headingDeg: number;
  readonly lengthM: number;
}

/** @throws Error when the airport has no runway end of that name */
export function thresholdOf(airport: Airport, name: string): Threshold {
  for (const { ends, lengthM } of airport.runways) {
    const end = ends.find((each) => each.name === name);
    if (end) return { ...end, lengthM };
  }
  throw new Error(`${airport.ident} has no runway ${name}`);
}
