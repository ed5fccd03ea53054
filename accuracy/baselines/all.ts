import type { AirportTable } from "../../src/place/airport.js";
import type { Method } from "../case.js";
import { adsbtrackClasses } from "./adsbtrack.js";
import { nearestToEnds, silentNearest, straightDescent } from "./nearest.js";
import { openSkyRule } from "./opensky.js";
import { readsbLegs } from "./readsb-legs.js";

/** The rules of the field, each from its description in docs/method.md, none from anybody's code. */
export function baselines(airports: AirportTable): Method[] {
  return [
    nearestToEnds(airports),
    silentNearest(airports, { radiusNm: 10, heightFt: 5_000 }),
    silentNearest(airports, { radiusNm: 40, heightFt: 15_000 }),
    straightDescent(airports),
    openSkyRule(airports),
    readsbLegs(),
    adsbtrackClasses(airports),
  ];
}
