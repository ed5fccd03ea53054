import assert from "node:assert/strict";
import type { Airport, AirportTable, Runway, RunwayEnd } from "../../src/place/airport.js";
import { METRES_PER_FOOT } from "../../src/units/quantity.js";

/** Position, elevation (ft) and country; then runways: both ends with their thresholds. Facts, to about 10 m. */
const PLACES: Readonly<Record<string, string>> = {
  UUWW: "55.5915 37.2615 685 RU; 01 55.5866 37.2576 19 55.6118 37.2769",
  EDDF: "50.0267 8.5584 364 DE; 07R 50.0275 8.5342 25L 50.0401 8.5865",
  GOBD: "14.6709 -17.0728 290 SN; 01 14.6552 -17.0727 19 14.6868 -17.0730",
  SGAS: "-25.2402 -57.5192 292 PY; 02 -25.2546 -57.5227 20 -25.2251 -57.5155",
  MUHA: "22.9892 -82.4091 210 CU; 06 22.9786 -82.4249 24 22.9997 -82.3932",
  DAAG: "36.6939 3.2145 82 DZ; 05 36.6939 3.2202 23 36.7129 3.2514",
  SVMI: "10.6022 -66.9912 234 VE; 09 10.5987 -66.9977 27 10.6052 -66.9711; 10 10.6038 -67.0128 28 10.6048 -66.9808",
  TTPP: "10.5953 -61.3376 58 TT; 10 10.5953 -61.3519 28 10.5954 -61.3226",
  GCLP: "27.9319 -15.3866 78 ES; 03L 27.9189 -15.3923 21R 27.9449 -15.3808",
  MDSD: "18.4297 -69.6689 59 DO; 17 18.4440 -69.6742 35 18.4154 -69.6637",
  MPTO: "9.0714 -79.3835 135 PA; 03L 9.0728 -79.3873 21R 9.0936 -79.3748",
  SVMC: "10.5575 -71.7293 239 VE; 03L 10.5459 -71.7341 21R 10.5709 -71.7235",
  TNCC: "12.1889 -68.9598 29 CW; 11 12.1921 -68.9751 29 12.1856 -68.9445",
  SKBO: "4.7016 -74.1469 8361 CO; 14L 4.7134 -74.1521 32R 4.6927 -74.1247",
  MKJP: "17.9357 -76.7875 10 JM; 12 17.9403 -76.7995 30 17.9311 -76.7757",
  TNCA: "12.5011 -70.0143 60 AW; 11 12.5044 -70.0275 29 12.4984 -70.0030",
  TBPB: "13.0747 -59.4910 169 BB; 09 13.0709 -59.5075 27 13.0783 -59.4774",
  LEMD: "40.4934 -3.5722 1998 ES; 14R 40.4849 -3.5760 32L 40.4557 -3.5464; 18R 40.5318 -3.5749 36L 40.4926 -3.5746",
  LPPT: "38.7813 -9.1359 374 PT; 02 38.7657 -9.1443 20 38.7973 -9.1274",
  LFPG: "49.0090 2.5541 392 FR; 09R 49.0206 2.5131 27L 49.0237 2.5703",
};

/** Time zones the tests need. */
const ZONES: Readonly<Record<string, string>> = {
  MUHA: "America/Havana",
  SGAS: "America/Asuncion",
};

function endOf(name: string, lat: string | undefined, lon: string | undefined): RunwayEnd {
  return { name, latDeg: Number(lat), lonDeg: Number(lon), headingDeg: Number.NaN };
}

function runwayOf(ident: string, text: string, index: number): Runway {
  const [le = "", leLat, leLon, he = "", heLat, heLon] = text.trim().split(" ");
  return {
    id: `${ident}-${index}`,
    lengthM: 11_000 * METRES_PER_FOOT,
    widthM: 45,
    surface: "hard",
    closed: false,
    ends: [endOf(le, leLat, leLon), endOf(he, heLat, heLon)],
  };
}

/** One airport of the tests, from real coordinates. */
export function testAirport(ident: string): Airport {
  const [place = "", ...runways] = (PLACES[ident] ?? "").split(";");
  const [lat, lon, elevation, country = ""] = place.split(" ");
  if (!country) throw new Error(`no such test airport: ${ident}`);
  return {
    ident,
    name: ident,
    kind: "large",
    latDeg: Number(lat),
    lonDeg: Number(lon),
    elevationFt: Number(elevation),
    country,
    municipality: "",
    iata: "",
    aliases: [],
    scheduled: true,
    military: false,
    runways: runways.map((text, index) => runwayOf(ident, text, index)),
  };
}

/** A table of airports as the simulator needs it: by ident only. */
export function testAirports(airports?: readonly Airport[]): AirportTable {
  const all = airports ?? Object.keys(PLACES).map(testAirport);
  return {
    airports: all,
    find: (code) => all.find((airport) => airport.ident === code.toUpperCase()),
    near: () => [],
    inCircle: () => [],
    airportAt: () => assert.fail("not asked here"),
    outlineAt: () => assert.fail("not asked here"),
    letGo: () => {},
    nearLarger: () => [],
    ahead: () => assert.fail("not asked here"),
    highestNear: () => assert.fail("not asked here"),
    timeZoneOf: (airport) => ZONES[airport.ident],
  };
}
