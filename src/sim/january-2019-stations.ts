import type { Station } from "./receivers.js";

/** Usual station: on a roof, hears to the horizon, and the apron it stands beside. */
const USUAL = { antennaHeightFt: 60, rangeNm: 210, floorFt: 0, surfaceRangeNm: 4, lossShare: 0.06 };
/** Hears aircraft overhead and passing, none on the ground. */
const OVERHEAD = { ...USUAL, surfaceRangeNm: 0 };

/** The receiver at the airport of Caracas runs by day only. */
export const MAIQUETIA_HOURS_UTC: readonly [number, number] = [11, 23];

/**
 * Receivers of the demo. Nobody listens on the oceans, in most of Africa, or within 200 NM of Havana in the week that
 * matters: the station north of Cuba falls silent on 21 January 2019.
 */
export const JANUARY_2019_STATIONS: readonly Station[] = [
  { ...USUAL, name: "Moscow", latDeg: 55.6, lonDeg: 37.27, lossShare: 0.03 },
  { ...OVERHEAD, name: "Minsk", latDeg: 53.9, lonDeg: 27.6 },
  { ...OVERHEAD, name: "Warsaw", latDeg: 52.2, lonDeg: 21.0 },
  { ...OVERHEAD, name: "Stockholm", latDeg: 59.4, lonDeg: 18.0 },
  { ...OVERHEAD, name: "Bergen", latDeg: 60.4, lonDeg: 5.3 },
  { ...USUAL, name: "Frankfurt", latDeg: 50.03, lonDeg: 8.56, lossShare: 0.03 },
  { ...USUAL, name: "Paris", latDeg: 49.0, lonDeg: 2.56, lossShare: 0.03 },
  { ...USUAL, name: "Madrid", latDeg: 40.48, lonDeg: -3.57, lossShare: 0.03 },
  { ...USUAL, name: "Lisbon", latDeg: 38.78, lonDeg: -9.13 },
  { ...USUAL, name: "Gran Canaria", latDeg: 27.94, lonDeg: -15.39 },
  {
    ...OVERHEAD,
    name: "Algiers",
    latDeg: 36.74,
    lonDeg: 3.07,
    rangeNm: 150,
    floorFt: 1200,
    lossShare: 0.2,
  },
  // The hill at Dakar hides the new airport: aircraft vanish at about 2,500 ft.
  {
    ...OVERHEAD,
    name: "Dakar",
    latDeg: 14.72,
    lonDeg: -17.45,
    rangeNm: 170,
    floorFt: 2500,
    lossShare: 0.15,
  },
  { ...USUAL, name: "Asuncion", latDeg: -25.27, lonDeg: -57.55, rangeNm: 190, lossShare: 0.05 },
  { ...USUAL, name: "Bogota", latDeg: 4.7, lonDeg: -74.14 },
  { ...OVERHEAD, name: "Cartagena", latDeg: 10.4, lonDeg: -75.5, rangeNm: 180 },
  { ...USUAL, name: "Panama", latDeg: 9.07, lonDeg: -79.39 },
  { ...USUAL, name: "Curacao", latDeg: 12.19, lonDeg: -68.95 },
  { ...USUAL, name: "Aruba", latDeg: 12.5, lonDeg: -70.01 },
  { ...USUAL, name: "Trinidad", latDeg: 10.6, lonDeg: -61.35 },
  { ...USUAL, name: "Barbados", latDeg: 13.08, lonDeg: -59.5 },
  { ...USUAL, name: "Santo Domingo", latDeg: 18.43, lonDeg: -69.67 },
  { ...USUAL, name: "Kingston", latDeg: 17.94, lonDeg: -76.79, rangeNm: 215 },
  // Off the coast of Venezuela: sees approaches to Maiquetia down to about 3,300 ft.
  { ...OVERHEAD, name: "Los Roques", latDeg: 11.95, lonDeg: -66.67, rangeNm: 120, lossShare: 0.2 },
  {
    ...USUAL,
    name: "Maiquetia (weak)",
    latDeg: 10.606,
    lonDeg: -66.995,
    antennaHeightFt: 40,
    rangeNm: 50,
    surfaceRangeNm: 2.5,
    lossShare: 0.35,
    hoursUtc: MAIQUETIA_HOURS_UTC,
  },
  {
    ...OVERHEAD,
    name: "Maracaibo",
    latDeg: 10.65,
    lonDeg: -71.65,
    rangeNm: 80,
    floorFt: 900,
    lossShare: 0.25,
  },
  {
    ...OVERHEAD,
    name: "Nassau",
    latDeg: 25.05,
    lonDeg: -77.4,
    rangeNm: 150,
    upToMs: Date.UTC(2019, 0, 21),
  },
];
