import type { AirportJson } from "../api/shapes.js";
import type { Airport } from "../place/airport.js";
import type { Reference } from "../reference/reference.js";
import { rounded, textOrNull } from "../report/shapes.js";

/** An airport with what the command line tells besides: how it is found, and which table it is from. */
export interface AirportDocument extends AirportJson {
  readonly kind: Airport["kind"];
  readonly scheduled: boolean;
  readonly aliases: readonly string[];
  /** More than one where several States claim the place. */
  readonly countriesAtPoint: readonly string[];
  readonly tableSha256: string;
}

/** The JSON of an airport: `wheelsdown/airport/1`. */
export function airportJson(airport: Airport, reference: Reference): AirportDocument {
  const { latDeg, lonDeg, country } = airport;
  const { airports, countries } = reference;
  return {
    schema: "wheelsdown/airport/1",
    ident: airport.ident,
    name: airport.name,
    kind: airport.kind,
    country,
    countryName: countries.name(country),
    municipality: textOrNull(airport.municipality),
    iata: textOrNull(airport.iata),
    scheduled: airport.scheduled,
    military: airport.military,
    lat: latDeg,
    lon: lonDeg,
    elevationFt: numberOrNull(airport.elevationFt),
    timeZone: airports.timeZoneOf(airport) ?? null,
    aliases: airport.aliases,
    countriesAtPoint: countries.at(latDeg, lonDeg).map(({ code }) => code),
    runways: airport.runways.map(({ id, lengthM, widthM, surface, closed, ends }) => ({
      id,
      lengthM: numberOrNull(lengthM),
      widthM: numberOrNull(widthM),
      surface,
      closed,
      ends: ends.map((end) => ({
        name: end.name,
        lat: numberOrNull(end.latDeg),
        lon: numberOrNull(end.lonDeg),
        headingDeg: numberOrNull(end.headingDeg),
      })),
    })),
    tableSha256: reference.sha256,
  };
}

/** Decimals beyond which no figure of the table says anything. */
const DECIMALS = 8;

function numberOrNull(value: number): number | null {
  return rounded(value, DECIMALS);
}
