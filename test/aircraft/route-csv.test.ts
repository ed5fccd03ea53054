import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { ISSUES_KEPT, parseRouteCsv } from "../../src/aircraft/route-csv.js";
import { readRoutes } from "../../src/cli/read-routes.js";
import { WheelsdownError } from "../../src/units/errors.js";

const LIST = fileURLToPath(
  new URL("../../../../shared/data/callsign-routes/routes_all.csv.gz", import.meta.url),
);
const required = process.env.WHEELSDOWN_REQUIRE_SHARED === "1";
const skip = !existsSync(LIST) && !required ? "needs ../shared/data, which is not here" : false;
const source = { file: "routes.csv", sha256: "a".repeat(64) };
const read = (text: string) => parseRouteCsv(text, source);

test("columns are found by name in any case and order, under either name", () => {
  for (const text of [
    "Callsign,Code,Number,AirlineCode,AirportCodes\nBAW123,BAW,123,BAW,EGLL-OTHH\n",
    "callsign,route\nBAW123,EGLL-OTHH",
    "\uFEFFROUTE , CALLSIGN\r\n\r\negll-othh, baw123 \r\n",
    '"Callsign","AirportCodes"\n"BAW123","EGLL-OTHH"\n',
  ]) {
    const { table, rowCount, counts } = read(text);
    assert.deepEqual(table.routeOf(" baw123"), ["EGLL", "OTHH"], text);
    assert.deepEqual({ rowCount, counts }, { rowCount: 1, counts: {} }, text);
    assert.equal(table.callsignCount, 1);
    assert.equal(table.sha256, source.sha256);
  }
});

test("vias stay in the order flown, and an unknown callsign has no route", () => {
  const { table } = read("callsign,route\nAAE124,VHHH-UACC-EBLG\n");
  assert.deepEqual(table.routeOf("AAE124"), ["VHHH", "UACC", "EBLG"]);
  assert.equal(table.routeOf("AAE125"), undefined);
  assert.equal(table.routeOf(""), undefined);
});

test("rows that cannot be read are counted and left out, and of two for a callsign the first counts", () => {
  const bad = ["?,EGLL-KJFK", "AFR1,PARIS", "AFR2,LFPG", "AFR3", "BAW1,KJFK-EGLL", ",", ",,"];
  const { table, rowCount, counts, issues } = read(
    `callsign,route\nBAW1,EGLL-KJFK\n${bad.join("\n")}\n`,
  );
  assert.equal(rowCount, 8);
  assert.deepEqual(counts, { "callsign-invalid": 3, "route-invalid": 3, duplicate: 1 });
  assert.equal(issues.length, ISSUES_KEPT);
  assert.deepEqual(issues[0], {
    kind: "callsign-invalid",
    row: 3,
    detail: '"?" is no callsign',
  });
  assert.deepEqual(table.routeOf("BAW1"), ["EGLL", "KJFK"]);
  assert.equal(table.callsignCount, 1);
});

test("what is no list of routes is an error that says what a list needs", () => {
  for (const text of ["", "\n\n", "hex,type\n4ca7b3,A320\n", "callsign,from,to\n", 'a,"b\n'])
    assert.throws(
      () => read(text),
      (error) => error instanceof WheelsdownError && error.code === "input-invalid",
      JSON.stringify(text),
    );
});

function says(text: string, reason: RegExp): void {
  assert.throws(
    () => read(`callsign,route\n${text}`),
    (error) => error instanceof WheelsdownError && reason.test(error.message),
  );
}

test("a list of which no row can be used is an error with the first reason, and a giant route is one such row", () => {
  says("", /no row of it can be used$/);
  says("SIM96,VKO-HAV\n", /row 2: "VKO-HAV" is no route/);
  says(`SIM96,${Array(2_000_000).fill("MUHA").join("-")}\n`, /row 2: "MUHA-MUHA[-MUHA]{0,100}"/);
});

test("a public list of over half a million callsigns is read, packed as it is", {
  skip,
}, async () => {
  const { table, rowCount, counts } = await readRoutes(LIST);
  assert.equal(rowCount, 618_583);
  assert.equal(table.callsignCount, 618_570);
  assert.deepEqual(counts, { "route-invalid": 13 });
  assert.match(table.sha256, /^[0-9a-f]{64}$/);
});
