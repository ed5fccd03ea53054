import type { Airport } from "./airport.js";

/** When an airport took over or lost the traffic that today's tables show, or no longer show. */
interface AirportHistory {
  /** First day it was in use, "2018-10-29"; left out when before the days of flight tracking. */
  readonly openedOn?: string;
  /** Last day of scheduled service, which the tables no longer show. */
  readonly servedUntil?: string;
}

/**
 * Airports that opened, or handed their traffic to another, since about 2010. A table of today names a runway that was
 * a building site then: flights to Istanbul in 2017 landed at LTBA.
 *
 * Source: general knowledge of the openings and moves as reported at the time; no AIP was read. What is not listed is
 * taken as it is in the tables.
 */
const HISTORY: ReadonlyMap<string, AirportHistory> = new Map(
  Object.entries({
    LTFM: { openedOn: "2018-10-29" },
    LTBA: { servedUntil: "2019-04-06" },
    ZBAD: { openedOn: "2019-09-25" },
    ZUTF: { openedOn: "2021-06-27" },
    OPIS: { openedOn: "2018-05-01" },
    OPRN: { servedUntil: "2018-05-02" },
    OTHH: { openedOn: "2014-04-30" },
    OTBD: { servedUntil: "2014-05-27" },
    SEQM: { openedOn: "2013-02-20" },
    FALE: { openedOn: "2010-05-01" },
    GOBD: { openedOn: "2017-12-07" },
    GOOY: { servedUntil: "2017-12-07" },
    VOGA: { openedOn: "2022-12-11" },
    URRP: { openedOn: "2017-11-27" },
    UWSG: { openedOn: "2019-08-20" },
    FNBJ: { openedOn: "2023-11-10" },
    WICA: { openedOn: "2018-05-24" },
    ZSQD: { openedOn: "2021-08-12" },
  }),
);

/** What an airport was on a day. */
export interface AirportThen {
  /** False on days before it is known to have opened; true also where nothing is known. */
  readonly open: boolean;
  readonly scheduled: boolean;
}

/** How an airport stood at a time, UTC; the tables' word where no change is listed, and for a time that is NaN. */
export function airportAt({ ident, scheduled }: Airport, timeMs: number): AirportThen {
  const history = HISTORY.get(ident);
  if (!history) return { open: true, scheduled };
  const { openedOn, servedUntil } = history;
  const open = openedOn === undefined || !(timeMs < Date.parse(openedOn));
  const served = servedUntil !== undefined && timeMs <= Date.parse(`${servedUntil}T23:59:59Z`);
  return { open, scheduled: open && (scheduled || served) };
}

/** True for an airport whose runways were closed only after it had lost its traffic: they count as they were. */
export function lostItsTraffic({ ident }: Airport): boolean {
  return HISTORY.get(ident)?.servedUntil !== undefined;
}
