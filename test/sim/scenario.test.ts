import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { sphereDistanceM } from "../../src/geo/sphere.js";
import { STATE_AIRCRAFT, STATE_OPERATOR } from "../../src/sim/january-2019-fleet.js";
import { STORY_PROGRAMMES } from "../../src/sim/january-2019-state-legs.js";
import { JANUARY_2019_STATIONS } from "../../src/sim/january-2019-stations.js";
import { EVERYDAY_ROTATIONS, rotationAircraft } from "../../src/sim/january-2019-traffic.js";
import { radioHorizonNm } from "../../src/sim/receivers.js";
import {
  buildJanuary2019,
  demoFleetCsv,
  scenarioIdents,
} from "../../src/sim/scenario-january-2019.js";
import type { TrueMovement } from "../../src/sim/simulate.js";
import { WheelsdownError } from "../../src/units/errors.js";
import { DAY_MS, METRES_PER_NM } from "../../src/units/quantity.js";
import { localTime } from "../../src/units/time.js";
import { testAirport, testAirports } from "./airports.js";

const AIRPORTS = testAirports();
const scenario = buildJanuary2019(AIRPORTS);
const files = [...scenario.files()];

type Row = [number, number, number, number | "ground", number, number | null, number, ...unknown[]];
interface Trace {
  readonly icao: string;
  readonly r: string;
  readonly t: string;
  readonly desc: string;
  readonly simulated: boolean;
  readonly version: string;
  readonly timestamp: number;
  readonly trace: readonly Row[];
}
const traces = files.map((file) => ({ ...file, trace: JSON.parse(file.text) as Trace }));

function movementsOf(hex: string): TrueMovement[] {
  return scenario.truth.filter((movement) => movement.address === hex);
}

function landing(hex: string, ident: string): TrueMovement {
  const found = movementsOf(hex).find(
    (movement) => movement.kind === "landing" && movement.airport.ident === ident,
  );
  assert.ok(found, `${hex} lands at ${ident}`);
  return found;
}

test("every file says that it was simulated", () => {
  for (const { trace } of traces) {
    assert.equal(trace.simulated, true);
    assert.equal(trace.version, "wheelsdown simulator");
    assert.match(trace.desc, /^SIMULATED /);
  }
  assert.match(scenario.title, /SIMULATED/);
});

test("the scenario keeps to its size", () => {
  const rowCount = traces.reduce((sum, { trace }) => sum + trace.trace.length, 0);
  assert.ok(files.length <= 900, `${files.length} files`);
  assert.ok(rowCount <= 450_000 && rowCount > 150_000, `${rowCount} rows`);
  assert.equal(new Set(files.map((file) => file.path)).size, files.length);
});

test("path, address and day of every file agree with its rows", () => {
  for (const { path, trace } of traces) {
    const dayMs = trace.timestamp * 1000;
    assert.equal(dayMs % DAY_MS, 0);
    const day = new Date(dayMs).toISOString().slice(0, 10).replaceAll("-", "/");
    const wanted = `${day}/traces/${trace.icao.slice(-2)}/trace_full_${trace.icao}.json`;
    assert.equal(path, wanted);
    assert.ok(trace.trace.length > 0);
    let lastS = -1;
    for (const [offsetS] of trace.trace) {
      assert.ok(offsetS >= 0 && offsetS < 86_400);
      assert.ok(offsetS > lastS, `${path}: ${offsetS} after ${lastS}`);
      lastS = offsetS;
    }
    assert.ok(dayMs >= scenario.periodFromMs && dayMs < scenario.periodToMs);
  }
});

test("rows have readsb's fourteen columns, rounded as ADS-B sends them", () => {
  for (const { path, trace } of traces) {
    trace.trace.forEach((row, i) => {
      assert.equal(row.length, 14);
      const [, lat, lon, altitude, speedKt, direction] = row;
      const rate = row[7] as number | null;
      const geometric = row[10] as number | null;
      assert.ok(Math.abs(lat) <= 90 && Math.abs(lon) <= 180);
      assert.ok(speedKt >= 0 && speedKt < 620, `${path}: ${speedKt} kt`);
      assert.ok(direction === null || (direction >= 0 && direction < 360));
      if (altitude === "ground") {
        assert.equal(rate, null);
        assert.equal(geometric, null);
        assert.ok(speedKt < 185);
      } else {
        assert.equal(Math.abs(altitude % 25), 0);
        assert.equal(Math.abs(geometric! % 25), 0);
        assert.equal(Math.abs(rate! % 64), 0);
        assert.ok(Math.abs(rate!) <= 3600);
      }
      assert.equal(row[8] !== null, i % 4 === 0);
      assert.equal(row[9], "adsb_icao");
    });
  }
});

test("callsigns are padded to eight and begin with SIM", () => {
  for (const { trace } of traces) {
    const detail = trace.trace[0]![8] as { flight: string; squawk: string };
    assert.match(detail.flight, /^SIM[0-9A-Z]+ *$/);
    assert.equal(detail.flight.length, 8);
    assert.match(detail.squawk, /^[1-6][0-7]{3}$/);
  }
});

test("nothing is heard beyond the horizon of every receiver", () => {
  for (const { path, trace } of traces) {
    for (const row of trace.trace.filter((_, i) => i % 7 === 0)) {
      const [, lat, lon] = row;
      const heightFt = row[3] === "ground" ? 0 : (row[10] as number);
      const near = JANUARY_2019_STATIONS.some((station) => {
        const distanceM = sphereDistanceM(station.latDeg, station.lonDeg, lat, lon);
        return (
          distanceM / METRES_PER_NM < radioHorizonNm(heightFt + 13, station.antennaHeightFt) + 0.1
        );
      });
      assert.ok(near, `${path}: ${lat} ${lon} at ${heightFt} ft`);
    }
  }
});

test("the same table gives the same bytes", () => {
  const again = buildJanuary2019(testAirports());
  const wanted = files.values();
  for (const file of again.files()) assert.deepEqual(file, wanted.next().value);
  assert.ok(wanted.next().done);
  assert.deepEqual(again.truth, scenario.truth);
});

test("the Il-96 flies Moscow, Senegal, Paraguay, Havana within one day", () => {
  const hero = movementsOf(scenario.heroAddress).filter(
    (movement) =>
      movement.timeMs > Date.UTC(2019, 0, 22) && movement.timeMs < Date.UTC(2019, 0, 25),
  );
  assert.deepEqual(
    hero.map(
      ({ kind, airport, heard }) => `${kind} ${airport.ident} ${heard ? "heard" : "unheard"}`,
    ),
    [
      "takeoff UUWW heard",
      "landing GOBD unheard",
      "takeoff GOBD unheard",
      "landing SGAS heard",
      "takeoff SGAS heard",
      "landing MUHA unheard",
    ],
  );
});

test("it reaches Havana late on Wednesday, local time, which is Thursday in UTC", () => {
  const havana = landing(scenario.heroAddress, "MUHA");
  assert.equal(new Date(havana.timeMs).toISOString(), "2019-01-24T04:10:00.000Z");
  const zone = AIRPORTS.timeZoneOf(testAirport("MUHA"));
  assert.match(localTime(havana.timeMs, zone) ?? "", /^Wed 23 Jan 2019 23:10/);
});

test("it is lost in cruise short of Cuba and heard again only over Europe on 29 January", () => {
  const rows = traces
    .filter(({ trace }) => trace.icao === scenario.heroAddress)
    .flatMap(({ trace }) =>
      trace.trace.map((row) => ({ row, timeMs: (trace.timestamp + row[0]) * 1000 })),
    );
  const touchdownMs = landing(scenario.heroAddress, "MUHA").timeMs;
  const lost = rows.findLast(({ timeMs }) => timeMs < touchdownMs)!;
  const back = rows.find(({ timeMs }) => timeMs > touchdownMs)!;
  const havana = testAirport("MUHA");
  const distanceNm = (row: Row) =>
    sphereDistanceM(row[1], row[2], havana.latDeg, havana.lonDeg) / METRES_PER_NM;
  assert.ok(Number(lost.row[3]) > 30_000);
  assert.ok(distanceNm(lost.row) > 150 && distanceNm(lost.row) < 400);
  assert.equal(new Date(back.timeMs).toISOString().slice(0, 10), "2019-01-29");
  assert.ok(Number(back.row[3]) > 30_000 && back.row[2] > -30);
  assert.ok(
    movementsOf(scenario.heroAddress).some(
      ({ kind, airport, heard, timeMs }) =>
        kind === "landing" && airport.ident === "UUWW" && heard && timeMs > touchdownMs,
    ),
  );
});

test("the approach to Dakar is lost between 2,000 and 3,500 ft", () => {
  const { timeMs } = landing(scenario.heroAddress, "GOBD");
  const before = traces
    .filter(({ trace }) => trace.icao === scenario.heroAddress)
    .flatMap(({ trace }) =>
      trace.trace.map((row) => ({ row, at: (trace.timestamp + row[0]) * 1000 })),
    )
    .filter(({ at }) => at < timeMs);
  const altitudeFt = Number(before.pop()!.row[3]);
  assert.ok(altitudeFt > 2000 && altitudeFt < 3500, `${altitudeFt} ft`);
});

test("of the transports to Caracas on 10 December one is seen on the runway and two are lost", () => {
  const heard = ["14007c", "1402f9", "1402fa"].map((hex) => {
    const movement = landing(hex, "SVMI");
    assert.equal(new Date(movement.timeMs).toISOString().slice(0, 10), "2018-12-10");
    return movement.heard;
  });
  assert.deepEqual(heard, [false, true, false]);
  assert.equal(landing("1402fa", "TTPP").heard, true);
});

test("two charters land at Havana in January and airliners go on from there to Caracas", () => {
  for (const hex of ["1402f5", "0c4f21"]) assert.equal(landing(hex, "MUHA").heard, false);
  const toCaracas = movementsOf("0b0f20").filter(
    ({ kind, airport }) => kind === "landing" && airport.ident === "SVMI",
  );
  assert.ok(toCaracas.length > 20 && toCaracas.some((movement) => movement.heard));
});

test("no landing at Havana is heard by anyone", () => {
  const atHavana = scenario.truth.filter(({ airport }) => airport.ident === "MUHA");
  assert.ok(atHavana.length > 100);
  assert.ok(atHavana.every((movement) => !movement.heard));
});

test("there is a go-around, a touch-and-go, and truth sorted by time", () => {
  const kinds = new Set(scenario.truth.map((movement) => movement.kind));
  assert.deepEqual([...kinds].sort(), ["go-around", "landing", "takeoff", "touch-and-go"]);
  scenario.truth.forEach((movement, i) => {
    if (i > 0) assert.ok(movement.timeMs >= scenario.truth[i - 1]!.timeMs);
    if (movement.heard) assert.ok(Math.abs(movement.lastHeardMs - movement.timeMs) < 150_000);
    if (Number.isFinite(movement.lastHeardMs)) assert.ok(movement.lastHeardMs <= movement.timeMs);
    if (Number.isFinite(movement.nextHeardMs)) assert.ok(movement.nextHeardMs > movement.timeMs);
  });
});

/** Address blocks of the States whose registrations the demo uses. Source: ICAO Annex 10, Vol. III, table 9-1. */
const STATE_BLOCKS: Readonly<Record<string, readonly [number, number]>> = {
  "RA-": [0x100000, 0x1fffff],
  "CU-": [0x0b0000, 0x0b0fff],
  "YV-": [0x0d8000, 0x0dffff],
  "HK-": [0x0ac000, 0x0acfff],
  "HP-": [0x0c2000, 0x0c2fff],
  "HI-": [0x0c4000, 0x0c4fff],
  "9Y-": [0x0c6000, 0x0c6fff],
  "EC-": [0x340000, 0x37ffff],
  "CS-": [0x490000, 0x497fff],
  "D-S": [0x3c0000, 0x3fffff],
  "F-S": [0x380000, 0x3bffff],
  "6V-": [0x070000, 0x070fff],
  "7T-": [0x0a0000, 0x0a7fff],
  "ZP-": [0xe88000, 0xe88fff],
};
const ALL_AIRCRAFT = [
  ...STORY_PROGRAMMES.map((programme) => programme.aircraft),
  ...EVERYDAY_ROTATIONS.map(rotationAircraft),
];

test("invented aircraft are unique, inside their State's block, and Russian ones follow the rule", () => {
  assert.equal(new Set(ALL_AIRCRAFT.map((one) => one.address)).size, ALL_AIRCRAFT.length);
  assert.equal(new Set(ALL_AIRCRAFT.map((one) => one.registration)).size, ALL_AIRCRAFT.length);
  for (const { address, registration } of ALL_AIRCRAFT) {
    const value = Number.parseInt(address, 16);
    const [from, to] = STATE_BLOCKS[registration.slice(0, 3)]!;
    assert.ok(value >= from && value <= to, `${address} for ${registration}`);
    const russian = /^RA-(00\d{3})$/.exec(registration);
    if (russian) assert.equal(value, 0x140000 + Number(russian[1]));
    else assert.match(registration, /SIM/);
  }
});

test("the fleet file lists the simulated state aircraft and says what they are", () => {
  const [header, ...rows] = demoFleetCsv().trimEnd().split("\n");
  assert.equal(
    header,
    "hex,registration,type,operator,state,category,valid_from,valid_to,source,note",
  );
  assert.equal(rows.length, STATE_AIRCRAFT.length);
  for (const row of rows) {
    assert.equal(row.split(",").length, 10);
    assert.ok(row.includes(STATE_OPERATOR) && /,SIMULATED[^,]*$/.test(row));
  }
  assert.ok(rows.some((row) => row.startsWith(scenario.heroAddress)));
});

test("a table without the airports is refused by name", () => {
  const few = testAirports([testAirport("UUWW")]);
  assert.throws(
    () => buildJanuary2019(few),
    (error: unknown) =>
      error instanceof WheelsdownError &&
      error.code === "unknown-name" &&
      error.message.includes("MUHA"),
  );
  assert.ok(scenarioIdents().includes("SGAS"));
});

const SHARED = fileURLToPath(new URL("../../../../shared/data/", import.meta.url));

test("no public aircraft list holds an invented address or registration", (context) => {
  const lists = ["aircraft/tar1090-db.csv.gz", "aircraft/ru-aircraft-db.csv.gz"];
  if (!lists.every((list) => existsSync(SHARED + list))) {
    assert.notEqual(process.env["WHEELSDOWN_REQUIRE_SHARED"], "1", `no lists in ${SHARED}`);
    context.skip("public aircraft lists are not here (../shared)");
    return;
  }
  const texts = lists.map((list) => gunzipSync(readFileSync(SHARED + list)).toString("utf8"));
  texts.push(readFileSync(`${SHARED}watchlists/ru-government-facts.csv`, "utf8"));
  for (const text of texts) {
    const lower = text.toLowerCase();
    for (const { address, registration } of ALL_AIRCRAFT) {
      assert.ok(!lower.includes(`\n${address},`), address);
      assert.ok(!lower.includes(`,${registration.toLowerCase()},`), registration);
    }
  }
});
