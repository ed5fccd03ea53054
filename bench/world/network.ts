import { sphereDistanceM } from "../../src/geo/sphere.js";
import type { Airport } from "../../src/place/airport.js";
import { between, type RandomSource } from "../../src/sim/random.js";
import { type ReceiverNetwork, receiverNetwork, type Station } from "../../src/sim/receivers.js";
import { METRES_PER_NM } from "../../src/units/quantity.js";

/** Where aircraft fly to, and who listens. */
export interface WorldPlaces {
  /** Fields airliners use, busy ones many times. */
  readonly larger: readonly Airport[];
  /** Fields light aircraft use. */
  readonly smaller: readonly Airport[];
  readonly network: ReceiverNetwork;
}

/** Chosen: more stations would only make the simulation slower; oceans and empty regions stay silent. */
const STATION_COUNT_MAX = 450;
/** Chosen: many receivers in Europe and North America, few elsewhere, as on every network's map. */
const DENSE_SHARE = 0.9;
const SPARSE_SHARE = 0.35;
const SURFACE_SHARE = 0.7;
/** Chosen: three of four airliners' stands lie where somebody hears the ground, so that one point in twenty is there. */
const HUB_ODDS = 3;

/**
 * Chooses airports with usable runways, and stations at some of them.
 *
 * @throws RangeError when there is no large or medium airport with a runway
 */
export function worldPlaces(airports: readonly Airport[], random: RandomSource): WorldPlaces {
  const usable = airports.filter(
    ({ runways, elevationFt }) =>
      Number.isFinite(elevationFt) && runways.some((runway) => !runway.closed),
  );
  const larger = usable.filter(
    ({ kind, scheduled }) => kind === "large" || (kind === "medium" && scheduled),
  );
  if (larger.length === 0) throw new RangeError("no large airport in the table");
  const smaller = usable.filter(({ kind }) => kind === "small" || kind === "medium");
  const wanted = larger.filter(
    (airport) => random() < (isDense(airport) ? DENSE_SHARE : SPARSE_SHARE),
  );
  const every = Math.max(1, Math.ceil(wanted.length / STATION_COUNT_MAX));
  const stations = wanted.filter((_, at) => at % every === 0).map((at) => stationAt(at, random));
  const hubs = larger.filter(({ ident }) => {
    const station = stations.find(({ name }) => name === ident);
    return station !== undefined && station.surfaceRangeNm > 0;
  });
  const often = Math.ceil((HUB_ODDS * larger.length) / Math.max(1, hubs.length));
  return {
    larger: [...larger, ...Array.from({ length: often }, () => hubs).flat()],
    smaller: smaller.length > 0 ? smaller : larger,
    network: receiverNetwork(stations),
  };
}

function isDense({ latDeg, lonDeg }: Airport): boolean {
  const europe = latDeg > 35 && latDeg < 65 && lonDeg > -12 && lonDeg < 30;
  return europe || (latDeg > 25 && latDeg < 52 && lonDeg > -128 && lonDeg < -65);
}

function stationAt({ ident, latDeg, lonDeg }: Airport, random: RandomSource): Station {
  return {
    name: ident,
    ...{ latDeg, lonDeg },
    antennaHeightFt: between(random, 20, 90),
    rangeNm: between(random, 130, 230),
    floorFt: 0,
    surfaceRangeNm: random() < SURFACE_SHARE ? between(random, 1.5, 5) : 0,
    lossShare: between(random, 0.02, 0.3),
  };
}

/** @returns some other airport so far away; the nearest to that of fifty looked at when none is */
export function airportAtDistance(
  from: Airport,
  airports: readonly Airport[],
  want: { readonly legNm: readonly [number, number]; readonly random: RandomSource },
): Airport | undefined {
  const [leastNm, mostNm] = want.legNm;
  let best: Airport | undefined;
  let bestMissNm = Number.POSITIVE_INFINITY;
  // Light aircraft need a near field: those are rare among draws over the world, so more are looked at.
  const draws = mostNm < 400 ? 4000 : 50;
  for (let i = 0; i < draws && bestMissNm > 0; i++) {
    const airport = airports[Math.floor(want.random() * airports.length)]!;
    if (airport.ident === from.ident) continue;
    // A cheap look before the sine and cosine.
    if (mostNm < 400 && Math.abs(airport.latDeg - from.latDeg) > mostNm / 60) continue;
    const distanceNm =
      sphereDistanceM(from.latDeg, from.lonDeg, airport.latDeg, airport.lonDeg) / METRES_PER_NM;
    const missNm = Math.max(0, leastNm - distanceNm, distanceNm - mostNm);
    if (missNm < bestMissNm) [best, bestMissNm] = [airport, missNm];
  }
  return bestMissNm < mostNm ? best : undefined;
}
