import assert from "node:assert/strict";
import { test } from "node:test";
import { openLake } from "../../src/lake/lake.js";
import type { MovementRow } from "../../src/lake/movement-row.js";
import type { Movement } from "../../src/movement/movement.js";

import { askForArrivals, type Direction } from "../../src/query/ask-arrivals.js";
import { HOUR_MS } from "../../src/units/quantity.js";
import { inputOf, movementOf } from "../lake/build-track.js";
import { temporaryFolder } from "../lake/temporary-folder.js";
import { AIRPORTS, PORT, TOWN } from "../support/airports.js";

const NOON_MS = Date.UTC(2019, 0, 23, 12);

/** Something seen at an airport, so many hours after noon. */
function seen(hex: string, kind: Movement["kind"], airport: typeof TOWN, hours: number) {
  const { ident, latDeg, lonDeg, country } = airport;
  return movementOf(hex, {
    ...{ kind, country, latDeg, lonDeg, timeMs: NOON_MS + hours * HOUR_MS },
    airport: ident,
    candidates: [{ airport: ident, probability: 0.97 }],
  });
}

/** Hours between each arrival at noon, or departure, and its other end; by address. */
async function otherEnds(rows: readonly MovementRow[], direction: Direction) {
  const lake = await openLake(temporaryFolder(), { create: true });
  const session = await lake.beginIngest();
  await session.addBatch({ inputs: [inputOf("a")], tracks: [] });
  await session.replaceMovements([...new Set(rows.map(({ address }) => address))], rows);
  await session.close();
  const period = { fromMs: NOON_MS - HOUR_MS, toMs: NOON_MS + HOUR_MS };
  const weigher = {
    weigh: async (movements: readonly Movement[]) => movements,
    source: () => ({ kind: "off" }) as const,
  };
  const question = { aircraft: {}, ...period };
  const asked = { airport: TOWN, direction, question };
  const { named } = await askForArrivals(lake, asked, { airports: AIRPORTS, weigher });
  await lake.close();
  return Object.fromEntries(
    named.map(({ movement, other }) => [
      movement.address,
      other && (other.timeMs - NOON_MS) / HOUR_MS,
    ]),
  );
}

test("where an arrival came from is the take-off just before it, however long ago", async () => {
  const rows = [
    seen("400001", "takeoff", PORT, -3),
    seen("400001", "landing", TOWN, 0),
    // Days without a position: the only thing known before is far off.
    seen("400002", "takeoff", PORT, -75),
    seen("400002", "landing", TOWN, 0),
    seen("400003", "landing", TOWN, 0),
    seen("400003", "takeoff", TOWN, 2),
    // It landed elsewhere since: whence it took off then is not known.
    seen("400004", "takeoff", PORT, -40),
    seen("400004", "landing", PORT, -26),
    seen("400004", "landing", TOWN, 0),
    seen("400005", "takeoff", PORT, -23),
    seen("400005", "go-around", PORT, -1),
    seen("400005", "landing", TOWN, 0),
  ];
  assert.deepEqual(await otherEnds(rows, "arrival"), {
    "400001": -3,
    "400002": -75,
    "400003": undefined,
    "400004": undefined,
    "400005": -23,
  });
});

test("where a departure went is the landing just after it, however late", async () => {
  const rows = [
    seen("400001", "takeoff", TOWN, 0),
    seen("400001", "landing", PORT, 2),
    seen("400002", "takeoff", TOWN, 0),
    seen("400002", "landing", PORT, 900),
    seen("400003", "landing", PORT, -2),
    seen("400003", "takeoff", TOWN, 0),
    seen("400004", "takeoff", TOWN, 0),
    seen("400004", "takeoff", PORT, 30),
    seen("400004", "landing", PORT, 31),
  ];
  assert.deepEqual(await otherEnds(rows, "departure"), {
    "400001": 2,
    "400002": 900,
    "400003": undefined,
    "400004": undefined,
  });
});

test("an interval that reaches into the hours around hides nothing that lies between", async () => {
  // Known only to lie in a gap of days, and best placed at its beginning; a later take-off lies before the hours looked at.
  const long = { timeFromMs: NOON_MS - 90 * HOUR_MS, timeToMs: NOON_MS - HOUR_MS };
  const rows = [
    { ...seen("400001", "takeoff", PORT, -89), ...long },
    seen("400001", "landing", TOWN, -60),
    seen("400001", "takeoff", TOWN, -50),
    seen("400001", "landing", TOWN, 0),
  ];
  assert.deepEqual(await otherEnds(rows, "arrival"), { "400001": -50 });
});
