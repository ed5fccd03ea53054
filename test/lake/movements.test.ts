import assert from "node:assert/strict";
import { test } from "node:test";
import type { Address } from "../../src/aircraft/address.js";
import { type Lake, openLake } from "../../src/lake/lake.js";
import type { MovementQuery } from "../../src/lake/movement-query.js";
import { type MovementRow, movementFromRow, rowFromMovement } from "../../src/lake/movement-row.js";
import { ROW_GROUP_ROWS } from "../../src/lake/schema.js";
import type { Movement } from "../../src/movement/movement.js";
import type { Airport } from "../../src/place/airport.js";
import { buildTrack, inputOf, movementOf, sourceOf } from "./build-track.js";
import { contentOf, temporaryFolder } from "./temporary-folder.js";

const DAY_MS = 86_400_000;
const JAN_MS = Date.UTC(2019, 0, 1);

async function lakeWith(rows: readonly MovementRow[]): Promise<Lake> {
  const lake = await openLake(temporaryFolder(), { create: true });
  const session = await lake.beginIngest();
  await session.addBatch({ inputs: [inputOf("a")], tracks: [] });
  await session.replaceMovements([...new Set(rows.map(({ address }) => address))], rows);
  await session.close();
  return lake;
}

async function ask(lake: Lake, query: MovementQuery = {}): Promise<MovementRow[]> {
  const rows: MovementRow[] = [];
  for await (const row of lake.movements(query)) rows.push(row);
  return rows;
}

test("a movement comes back as it went in, unknown parts included", async () => {
  const full = movementOf("4ca7b3");
  const bare = movementOf("~4ca7b4", {
    timeMs: JAN_MS + 40 * DAY_MS,
    airport: undefined,
    country: undefined,
    candidates: [],
    latDeg: Number.NaN,
    lonDeg: Number.NaN,
    runway: undefined,
    callsign: "",
    registration: undefined,
    typeDesignator: undefined,
  });
  const lake = await lakeWith([bare, full]);
  assert.deepEqual(await ask(lake), [full, bare]);
  await lake.close();
});

/** Rows of many aircraft over two months; of some only the last thing that tells two apart differs. */
function manyRows(): MovementRow[] {
  return Array.from({ length: 5000 }, (_, n) => {
    const address = (0x400000 + (n % 900)).toString(16);
    const timeMs = JAN_MS + ((n * 7919) % 58) * DAY_MS + (n % 3) * 1000;
    const twin = { timeMs: JAN_MS, timeFromMs: JAN_MS, timeToMs: JAN_MS };
    return movementOf(n % 5 === 0 ? "400001" : address, {
      ...(n % 5 === 0 ? twin : { timeMs }),
      latDeg: n % 7 === 0 ? Number.NaN : 10,
      runway: n % 11 === 0 ? undefined : "",
      callsign: n % 13 === 0 ? "ÅÉ€😀" : "RSD123",
      basis: `basis ${n % 4 === 0 ? "é" : "z"} ${n}`,
    });
  });
}

test("movements replaced at once and in parts end with the same bytes, order of the parts included", async () => {
  const rows = manyRows();
  const addresses = [...new Set(rows.map(({ address }) => address))].sort();
  const contents: unknown[] = [];
  for (const partCount of [1, 2, 7]) {
    const root = temporaryFolder();
    const lake = await openLake(root, { create: true });
    const session = await lake.beginIngest();
    const points = addresses.map((address) =>
      buildTrack(address, [{ timeMs: JAN_MS, latDeg: 1, lonDeg: 2, row: 0 }], [sourceOf("a")]),
    );
    await session.addBatch({ inputs: [inputOf("a")], tracks: points });
    for (let part = 0; part < partCount; part++) {
      const own = addresses.filter((_, index) => index % partCount === part);
      const ofPart = new Set(own);
      const given = rows.filter(({ address }) => ofPart.has(address));
      await session.replaceMovements(own, part % 2 === 0 ? given : given.reverse());
    }
    await session.close();
    assert.equal((await ask(lake)).length, rows.length);
    await lake.close();
    contents.push(contentOf(root));
  }
  assert.deepEqual(contents[1], contents[0]);
  assert.deepEqual(contents[2], contents[0]);
});

test("movements come in order of time, over months and equal times", async () => {
  const rows = [70, 3, 3, 400, 31].map((day, index) =>
    movementOf(`4ca7b${index}`, { timeMs: JAN_MS + day * DAY_MS }),
  );
  const lake = await lakeWith(rows);
  const found = await ask(lake);
  assert.deepEqual(
    found.map(({ address }) => address),
    ["4ca7b1", "4ca7b2", "4ca7b4", "4ca7b0", "4ca7b3"],
  );
  await lake.close();
});

test("a period finds movements whose interval overlaps it, not only their best estimate", async () => {
  const long = movementOf("4ca7b3", {
    timeFromMs: JAN_MS,
    timeMs: JAN_MS + 20 * DAY_MS,
    timeToMs: JAN_MS + 45 * DAY_MS,
  });
  const lake = await lakeWith([long]);
  const count = async (fromMs?: number, toMs?: number) =>
    (await ask(lake, { fromMs, toMs })).length;
  assert.equal(await count(JAN_MS + 40 * DAY_MS), 1);
  assert.equal(await count(undefined, JAN_MS + DAY_MS), 1);
  assert.equal(await count(long.timeToMs, long.timeToMs), 1);
  assert.equal(await count(long.timeToMs + 1), 0);
  assert.equal(await count(undefined, JAN_MS - 1), 0);
  assert.equal(await count(JAN_MS + 10 * DAY_MS, JAN_MS + 11 * DAY_MS), 1);
  assert.equal(await count(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY), 1);
  assert.equal(await count(long.timeToMs + 0.5), 0);
  await assert.rejects(count(Number.NaN), RangeError);
  await lake.close();
});

function at(address: string, latDeg: number, lonDeg: number): MovementRow {
  return movementOf(address, { latDeg, lonDeg });
}

test("a box may cross the antimeridian, and its edges belong to it", async () => {
  const lake = await lakeWith([
    at("00000a", -17, 179.9),
    at("00000b", -17, -179.9),
    at("00000c", -17, 0),
    at("00000d", 60, 179.9),
    at("00000e", Number.NaN, Number.NaN),
  ]);
  const inBox = async (southDeg: number, westDeg: number, northDeg: number, eastDeg: number) => {
    const rows = await ask(lake, { boundingBox: { southDeg, westDeg, northDeg, eastDeg } });
    return rows.map(({ address }) => address.at(-1)).join("");
  };
  assert.equal(await inBox(-20, 179, -10, -179), "ab");
  assert.equal(await inBox(-20, -179, -10, 179), "c");
  assert.equal(await inBox(-17, 179.9, -17, 180), "a");
  assert.equal(await inBox(-90, -180, 90, 180), "abcd");
  await assert.rejects(inBox(10, 0, -10, 1), RangeError);
  await lake.close();
});

test("kinds, addresses, countries narrow the choice; gap stops come only when asked for", async () => {
  const lake = await lakeWith([
    movementOf("00000a"),
    movementOf("00000b", { kind: "takeoff", country: "CU" }),
    movementOf("~00000a", { kind: "go-around", country: undefined }),
    movementOf("00000c", { evidenceClass: "GAP", evidence: "inferred" }),
  ]);
  const found = async (query: MovementQuery) =>
    (await ask(lake, query)).map(({ address }) => address).join(" ");
  assert.equal(await found({ kinds: ["takeoff", "go-around"] }), "00000b ~00000a");
  assert.equal(await found({ addresses: ["~00000a" as Address] }), "~00000a");
  assert.equal(await found({ addresses: [] }), "");
  assert.equal(await found({ countries: ["CU", "x' OR true --"] }), "00000b");
  assert.equal(await found({ includeGapStops: true, countries: ["VE"] }), "00000a 00000c");
  await lake.close();
});

test("replacing an aircraft's movements drops its old ones in every month and no other's", async () => {
  const lake = await lakeWith([
    movementOf("00000a", { timeMs: JAN_MS }),
    movementOf("00000a", { timeMs: JAN_MS + 40 * DAY_MS }),
    movementOf("00000b", { timeMs: JAN_MS }),
  ]);
  const session = await lake.beginIngest();
  const newer = movementOf("00000a", { timeMs: JAN_MS + 80 * DAY_MS });
  await session.replaceMovements([newer.address], [newer]);
  await session.close();
  assert.deepEqual(
    (await ask(lake)).map(({ address, timeMs }) => [address, (timeMs - JAN_MS) / DAY_MS]),
    [
      ["00000b", 0],
      ["00000a", 80],
    ],
  );
  assert.equal((await lake.status()).movementCount, 2);
  // February lost its only movement, and with it its folder.
  assert.ok(!("movements/month=2019-02" in contentOf(lake.root)));
  await lake.close();
});

/** All but the list of files, which also counts the changes. */
function filesOf(lake: Lake): Record<string, string> {
  const { "manifest.json": _, ...files } = contentOf(lake.root);
  return files;
}

test("the same movements give the same bytes, in whatever order and portions they come", async () => {
  const rows = Array.from({ length: 20 }, (_, index) =>
    movementOf(`0000${10 + (index % 5)}`, {
      timeMs: JAN_MS + (index % 3) * 20 * DAY_MS,
      basis: `case ${index}`,
    }),
  );
  const one = await lakeWith(rows);
  const other = await openLake(temporaryFolder(), { create: true });
  const session = await other.beginIngest();
  await session.addBatch({ inputs: [inputOf("a")], tracks: [] });
  for (const address of ["000014", "000010", "000013", "000012", "000011"] as Address[])
    await session.replaceMovements(
      [address],
      rows.filter((row) => row.address === address).toReversed(),
    );
  await session.close();
  assert.deepEqual(filesOf(one), filesOf(other));
  await one.close();
  await other.close();
});

test("movements of another aircraft, or simulated ones in an observed lake, are refused", async () => {
  const lake = await lakeWith([]);
  const session = await lake.beginIngest();
  await assert.rejects(session.replaceMovements([], [movementOf("00000a")]), RangeError);
  await assert.rejects(
    session.replaceMovements(["00000a" as Address], [movementOf("00000a", { simulated: true })]),
    { code: "input-invalid", message: /a\.json.*simulated/ },
  );
  await session.close();
  await lake.close();
});

test("a month of more than one row group is streamed in order of time, whatever narrows the choice", async () => {
  const count = ROW_GROUP_ROWS + 1000;
  const some = ["4ca7b3", "4ca7b4", "4ca7b5"] as Address[];
  const rows = Array.from({ length: count }, (_, i) =>
    movementOf(some[i % 3]!, { timeMs: JAN_MS + ((i * 7919) % count) * 10 }),
  );
  const lake = await lakeWith(rows);
  const timesOf = async (query: MovementQuery) =>
    (await ask(lake, query)).map(({ timeMs }) => timeMs);
  const narrowed: readonly (readonly [MovementQuery, number])[] = [
    [{}, count],
    [{ addresses: some.slice(0, 2) }, Math.ceil((count * 2) / 3)],
    [{ kinds: ["landing"], fromMs: JAN_MS }, count],
  ];
  for (const [query, wanted] of narrowed) {
    const times = await timesOf(query);
    assert.ok(Math.abs(times.length - wanted) <= 1, `${times.length} of ${wanted}`);
    assert.deepEqual(
      times,
      [...times].sort((a, b) => a - b),
    );
  }
  assert.deepEqual(await lake.moved({ addresses: [...some, "4ca7b6" as Address] }), some);
  await lake.close();
});

test("what a question is about leaves out only what was heard at an airport far away", async () => {
  const far = { latDeg: -33, lonDeg: 18 };
  const boxes = [{ southDeg: 10, westDeg: -67, northDeg: 11, eastDeg: -66 }];
  const about = { boxes, concerns: () => true };
  const kept = [
    movementOf("4ca7b0", { latDeg: 10.6, lonDeg: -66.9 }),
    movementOf("4ca7b1", { ...far, evidence: "inferred", evidenceClass: "G5" }),
    movementOf("4ca7b2", { ...far, airport: undefined, country: undefined }),
    movementOf("4ca7b3", { latDeg: Number.NaN, lonDeg: Number.NaN }),
    // Heard 60 km off: an airport of the box may still be meant.
    movementOf("4ca7b4", { latDeg: 11.5, lonDeg: -66.5 }),
  ];
  const left = [
    movementOf("4ca7b5", far),
    movementOf("4ca7b6", { ...far, evidence: "inferred", evidenceClass: "G2" }),
  ];
  const lake = await lakeWith([...left, ...kept]);
  const found = (await ask(lake, { about })).map(({ address }) => address);
  assert.deepEqual(found.sort(), kept.map(({ address }) => address).sort());
  assert.equal((await ask(lake, { about: { ...about, boxes: [] } })).length, 3);
  // Of those only what may have been at an airport of the place is given, or at none that is named.
  const elsewhere = (await ask(lake, { about: { boxes, concerns: () => false } })).map(
    ({ address }) => address,
  );
  assert.deepEqual(elsewhere, ["4ca7b2"]);
  await lake.close();
});

test("a stream of movements may be left early, and asked inside of", async () => {
  const rows = Array.from({ length: 5000 }, (_, index) =>
    movementOf("00000a", { timeMs: JAN_MS + index * 1000 }),
  );
  const lake = await lakeWith(rows);
  let count = 0;
  for await (const row of lake.movements()) {
    assert.equal(row.timeMs, JAN_MS + count * 1000);
    if (count++ % 1000 === 0) assert.equal((await lake.status()).movementCount, 5000);
    if (count === 3000) break;
  }
  assert.equal((await ask(lake)).length, 5000);
  await lake.close();
});

const AIRPORT: Airport = {
  ident: "SVMI",
  name: "Simon Bolivar",
  kind: "large",
  latDeg: 10.6,
  lonDeg: -67,
  elevationFt: 234,
  country: "VE",
  municipality: "Caracas",
  iata: "CCS",
  aliases: [],
  scheduled: true,
  military: false,
  runways: [],
};

test("rows hold airports by ident and get them back from the table in use", () => {
  const { registration: _r, typeDesignator: _t, country: _c, ...rest } = movementOf("00000a");
  const movement: Movement = {
    ...rest,
    airport: AIRPORT,
    candidates: [{ airport: AIRPORT, probability: 0.97 }],
  };
  const row = rowFromMovement(movement, { registration: "RA-96016" });
  assert.equal(row.airport, "SVMI");
  assert.equal(row.country, "VE");
  assert.equal(row.registration, "RA-96016");
  assert.deepEqual(
    movementFromRow(row, () => AIRPORT),
    movement,
  );
  assert.throws(() => movementFromRow(row, () => undefined), {
    code: "unknown-name",
    message: /SVMI/,
  });
});

test("a movement nobody may name an airport for has a country when all candidates share it", () => {
  const { registration: _r, typeDesignator: _t, country: _c, ...rest } = movementOf("00000a");
  const abroad = { ...AIRPORT, ident: "TNCC", country: "CW" };
  const near = { ...AIRPORT, ident: "SVZM" };
  const between = (first: Airport, second: Airport, offAirport = false) =>
    rowFromMovement({
      ...rest,
      offAirport,
      airport: undefined,
      candidates: [first, second].map((airport) => ({ airport, probability: 0.4 })),
    }).country;
  assert.equal(between(AIRPORT, near), "VE");
  assert.equal(between(AIRPORT, abroad), undefined);
  assert.equal(between(AIRPORT, near, true), undefined);
});
