import { HOUR_MS, MINUTE_MS } from "../units/quantity.js";
import {
  AN124,
  CHARTER_A321,
  CHARTER_B752,
  IL76_FIRST,
  IL76_SECOND,
  IL96,
} from "./january-2019-fleet.js";
import type { ApproachPass } from "./plan-leg.js";
import type { SimAircraft } from "./sim-aircraft.js";
import type { LegTime } from "./simulate.js";

/** A leg by idents, before an airport table is at hand. */
export interface LegIdents {
  readonly callsign: string;
  readonly from: string;
  readonly to: string;
  readonly at: LegTime;
  readonly passes?: readonly ApproachPass[];
}

/** An aircraft and its legs, oldest first. */
export interface Programme {
  readonly aircraft: SimAircraft;
  readonly legs: readonly LegIdents[];
}

/** Touchdown of the Il-96 at Havana: Wednesday 23 January 2019, 23:10 local time (UTC-5). */
export const HAVANA_TOUCHDOWN_MS = Date.UTC(2019, 0, 24, 4, 10);

/** Moscow to Havana by way of Senegal and Paraguay in one day, and home unseen until it is over Europe. */
const IL96_LEGS: readonly LegIdents[] = [
  off("SIM96", "UUWW", "EDDF", "2019-01-11T06:20:00Z"),
  off("SIM96", "EDDF", "UUWW", "2019-01-11T16:05:00Z"),
  touch("SIM96", "UUWW", "GOBD", "2019-01-23T08:55:00Z"),
  touch("SIM96", "GOBD", "SGAS", "2019-01-23T18:25:00Z"),
  { callsign: "SIM96", from: "SGAS", to: "MUHA", at: { touchdownMs: HAVANA_TOUCHDOWN_MS } },
  touch("SIM96", "MUHA", "UUWW", "2019-01-29T09:35:00Z"),
];

const AN124_LEGS: readonly LegIdents[] = [
  off("SIM124", "UUWW", "DAAG", "2018-12-08T05:30:00Z"),
  off("SIM124", "DAAG", "GOBD", "2018-12-09T07:10:00Z"),
  // By night: the receiver at Maiquetia is off, the one at Los Roques loses it at about 3,300 ft.
  touch("SIM124", "GOBD", "SVMI", "2018-12-10T06:30:00Z"),
  off("SIM124", "SVMI", "GOBD", "2018-12-14T07:40:00Z"),
  off("SIM124", "GOBD", "DAAG", "2018-12-15T08:00:00Z"),
  off("SIM124", "DAAG", "UUWW", "2018-12-16T09:20:00Z"),
];

const IL76_FIRST_LEGS: readonly LegIdents[] = [
  off("SIM761", "UUWW", "DAAG", "2018-12-08T18:40:00Z"),
  off("SIM761", "DAAG", "GOBD", "2018-12-09T12:15:00Z"),
  // By day: seen on the runway.
  touch("SIM761", "GOBD", "SVMI", "2018-12-10T15:20:00Z"),
  off("SIM761", "SVMI", "GOBD", "2018-12-14T14:30:00Z"),
  off("SIM761", "GOBD", "DAAG", "2018-12-15T12:00:00Z"),
  off("SIM761", "DAAG", "UUWW", "2018-12-16T13:45:00Z"),
];

const IL76_SECOND_LEGS: readonly LegIdents[] = [
  off("SIM762", "UUWW", "DAAG", "2018-12-08T20:10:00Z"),
  off("SIM762", "DAAG", "GOBD", "2018-12-09T09:30:00Z"),
  touch("SIM762", "GOBD", "SVMI", "2018-12-10T09:50:00Z"),
  // Home by way of Trinidad, within sight of Venezuela: a landing near it, not in it.
  off("SIM762", "SVMI", "TTPP", "2018-12-15T13:10:00Z"),
  off("SIM762", "TTPP", "GOBD", "2018-12-15T18:30:00Z"),
  off("SIM762", "GOBD", "DAAG", "2018-12-16T12:00:00Z"),
  off("SIM762", "DAAG", "UUWW", "2018-12-17T08:45:00Z"),
];

const CHARTER_B752_LEGS: readonly LegIdents[] = [
  off("SIM757A", "UUWW", "GCLP", "2019-01-08T05:15:00Z"),
  touch("SIM757A", "GCLP", "MUHA", "2019-01-08T23:20:00Z"),
  off("SIM757B", "MUHA", "GCLP", "2019-01-10T15:40:00Z"),
  off("SIM757B", "GCLP", "UUWW", "2019-01-11T02:50:00Z"),
];

const CHARTER_A321_LEGS: readonly LegIdents[] = [
  ...everyDays("SIM21", "MDSD", "MPTO", "2018-12-12T13:00:00Z"),
  ...everyDays("SIM21", "MDSD", "MPTO", "2018-12-28T13:00:00Z"),
  off("SIM21C", "MDSD", "MPTO", "2019-01-17T12:30:00Z"),
  off("SIM21C", "MPTO", "MUHA", "2019-01-17T17:00:00Z"),
  off("SIM21D", "MUHA", "MDSD", "2019-01-18T16:20:00Z"),
];

/** The state aircraft and the two charters. */
export const STORY_PROGRAMMES: readonly Programme[] = [
  { aircraft: IL96, legs: IL96_LEGS },
  { aircraft: AN124, legs: AN124_LEGS },
  { aircraft: IL76_FIRST, legs: IL76_FIRST_LEGS },
  { aircraft: IL76_SECOND, legs: IL76_SECOND_LEGS },
  { aircraft: CHARTER_B752, legs: CHARTER_B752_LEGS },
  { aircraft: CHARTER_A321, legs: CHARTER_A321_LEGS },
];

function off(callsign: string, from: string, to: string, offBlock: string): LegIdents {
  return { callsign, from, to, at: { offBlockMs: Date.parse(offBlock) } };
}

function touch(callsign: string, from: string, to: string, touchdown: string): LegIdents {
  return { callsign, from, to, at: { touchdownMs: Date.parse(touchdown) } };
}

/** There and back on three days, three days apart. */
function everyDays(callsign: string, from: string, to: string, first: string): LegIdents[] {
  return [0, 3, 6].flatMap((day) => {
    const outMs = Date.parse(first) + day * 24 * HOUR_MS;
    const back = { offBlockMs: outMs + 4 * HOUR_MS + 20 * MINUTE_MS };
    return [
      { callsign, from, to, at: { offBlockMs: outMs } },
      { callsign, from: to, to: from, at: back },
    ];
  });
}
