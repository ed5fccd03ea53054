import assert from "node:assert/strict";
import { test } from "node:test";
import {
  constant,
  assert as holds,
  integer,
  oneof,
  property,
  record,
  string,
  uniqueArray,
} from "fast-check";
import { type Address, parseAddress } from "../../src/aircraft/address.js";
import { FLEET_COLUMNS, isMember, membersAt } from "../../src/aircraft/fleet.js";
import { parseFleetCsv } from "../../src/aircraft/fleet-csv.js";
import { builtInFleets } from "../../src/aircraft/fleets/index.js";
import { checkIdentity } from "../../src/aircraft/registration.js";
import { findType } from "../../src/aircraft/types/index.js";
import { writeFleetCsv } from "../../src/aircraft/write-fleet-csv.js";

const HEADER = FLEET_COLUMNS.join(",");

function address(text: string): Address {
  const parsed = parseAddress(text);
  assert.ok(parsed, text);
  return parsed;
}

function kinds(text: string): string[] {
  return parseFleetCsv(text, "list").issues.map(({ kind }) => kind);
}

test("our own shape is read with every column", () => {
  const { fleet, issues } = parseFleetCsv(
    `${HEADER}\n157713,RA-96019,IL96,Special Flight Squadron,RU,government,2019-01-01,2019-12-31,register,"a, b"\n`,
    "list",
  );
  assert.deepEqual(issues, []);
  assert.deepEqual(fleet.entries, [
    {
      address: "157713",
      registration: "RA-96019",
      typeDesignator: "IL96",
      operator: "Special Flight Squadron",
      state: "RU",
      category: "government",
      validFromMs: Date.UTC(2019, 0, 1),
      validToMs: Date.UTC(2020, 0, 1),
      source: "register",
      note: "a, b",
    },
  ]);
});

test("BOM, CRLF, semicolons, tabs, quotes and other column names do not matter", () => {
  const shapes = [
    '\uFEFF"hex";"registration"\r\n"157713";"RA-96019"\r\n',
    "ICAO24,Reg\r\n157713,RA-96019\r\n",
    "hex\tregistration\n157713\tRA-96019",
    "sep=;\r\nhex;registration\r\n157713;RA96019\r\n",
    "registration,hex\n\n RA-96019 , 157713 \n\n",
  ];
  for (const text of shapes) {
    const { fleet, issues } = parseFleetCsv(text, "list");
    assert.deepEqual(issues, [], text);
    assert.equal(fleet.entries.length, 1, text);
    assert.equal(fleet.entries[0]?.address, "157713");
    assert.equal(fleet.entries[0]?.registration, "RA-96019");
  }
});

test("plane-alert-db is read without its jokes", () => {
  const { fleet, issues } = parseFleetCsv(
    "$ICAO,$Registration,$Operator,$Type,$ICAO Type,#CMPG,$Tag 1,$#Tag 2,$#Tag 3,Category,$#Link\n" +
      "157713,RA-96019,Russia Special Flight Detachment,Ilyushin Il-96-300,IL96,Gov,Joke,Rude,Ruder,Jest,https://example.org\n",
    "plane-alert",
  );
  assert.deepEqual(issues, []);
  const [entry] = fleet.entries;
  assert.equal(entry?.category, "government");
  assert.equal(entry?.typeDesignator, "IL96");
  assert.equal(entry?.operator, "Russia Special Flight Detachment");
  assert.doesNotMatch(JSON.stringify(fleet), /joke|rude|jest/i);
});

test("a hex that a spreadsheet turned into a number is named as such", () => {
  const { fleet, issues } = parseFleetCsv("hex,registration\n1.41E+19,RA-96019\n", "list");
  assert.equal(issues[0]?.kind, "hex-as-number");
  assert.match(
    issues[0]?.detail ?? "",
    /spreadsheet damage: the hex was turned into a number; format the column as text and export again/,
  );
  assert.match(issues[0]?.detail ?? "", /157713 taken from RA-96019/);
  assert.equal(issues[0]?.line, 2);
  assert.equal(fleet.entries[0]?.address, "157713");
  assert.deepEqual(kinds('hex,registration\n"1,41E+19",G-ABCD\n'), ["hex-as-number"]);
});

test("a hex of the wrong length or kind is reported and the row kept by registration", () => {
  const { fleet, issues } = parseFleetCsv(
    "hex,registration\n4006,G-ABCD\n1577134,G-ABCE\nXYZ123,G-ABCF\n~157713,G-ABCG\n000000,G-ABCH\n12345,\n",
    "list",
  );
  assert.deepEqual(
    issues.map(({ kind }) => kind),
    Array(6).fill("hex-invalid"),
  );
  assert.match(issues[0]?.detail ?? "", /4 digits, an address has 6.*leading zeros.*G-ABCD only/);
  assert.match(issues[3]?.detail ?? "", /not an ICAO address/);
  assert.match(issues[5]?.detail ?? "", /row left out/);
  assert.equal(fleet.entries.length, 5);
  assert.equal(fleet.entries[0]?.address, undefined);
});

test("a registration without hex gets its address by rule, or is matched by registration", () => {
  const { fleet, issues } = parseFleetCsv("registration\nRA-82035\nN1\nG-ABCD\n", "list");
  assert.deepEqual(
    issues.map(({ kind }) => kind),
    ["hex-by-rule", "hex-by-rule", "hex-missing"],
  );
  assert.deepEqual(
    fleet.entries.map((entry) => entry.address),
    ["154073", "a00001", undefined],
  );
  assert.ok(isMember(fleet, { registration: "gabcd" }));
  assert.ok(isMember(fleet, { address: address("400f01"), registration: "G-ABCD" }));
  assert.equal(isMember(fleet, { address: address("400f01") }), undefined);
});

test("a hex that contradicts its registration is kept as stated and reported", () => {
  const { fleet, issues } = parseFleetCsv("hex,registration\n14FA3A,RA-64508\n", "list");
  assert.deepEqual(
    issues.map(({ kind }) => kind),
    ["identity-mismatch"],
  );
  assert.equal(fleet.entries[0]?.address, "14fa3a");
  assert.equal(fleet.entries[0]?.registration, "RA-64508");
});

test("bad dates are taken as unknown and reported", () => {
  const header = "hex,valid_from,valid_to\n";
  assert.deepEqual(kinds(`${header}157713,before 2015,2019-02-30\n`), [
    "date-invalid",
    "date-invalid",
  ]);
  assert.deepEqual(kinds(`${header}157713,2020-01-01,2019-01-01\n`), ["dates-reversed"]);
  const { fleet } = parseFleetCsv(`${header}157713,2015,2016-02\n`, "list");
  assert.equal(fleet.entries[0]?.validFromMs, Date.UTC(2015, 0, 1));
  assert.equal(fleet.entries[0]?.validToMs, Date.UTC(2016, 2, 1));
});

test("duplicates are dropped, changes of hands are not", () => {
  const header = "hex,registration,operator,valid_from,valid_to\n";
  const twice = `${header}157713,RA-96019,A,,\n157713,RA-96019,B,,\n`;
  assert.deepEqual(kinds(twice), ["duplicate"]);
  assert.equal(parseFleetCsv(twice, "list").fleet.entries[0]?.operator, "A");
  const sold = `${header}4243a2,VP-BJG,A,,2018-12-31\n4243a2,VP-BJG,B,2019-01-01,\n`;
  assert.deepEqual(kinds(sold), []);
  assert.equal(parseFleetCsv(sold, "list").fleet.entries.length, 2);
  const renamed = parseFleetCsv(`${header}4243a2,VP-BJG,A,,\n4243a2,VQ-BXX,A,,\n`, "list");
  assert.equal(renamed.fleet.entries.length, 2);
  assert.match(renamed.issues[0]?.detail ?? "", /both kept/);
});

test("empty rows and unknown columns are reported, short rows are read", () => {
  assert.deepEqual(kinds("hex,registration,colour\n,,\n157713\n"), ["column-unknown", "row-empty"]);
});

test("a file that is no watchlist is refused with what to do", () => {
  for (const text of ["", "\n", "a,b\n1,2\n", '"hex\n1'])
    assert.throws(() => parseFleetCsv(text, "list.csv"), {
      name: "WheelsdownError",
      code: "input-invalid",
      message: /list\.csv/,
    });
  assert.throws(() => parseFleetCsv("a,b\n", "list.csv"), /needs a header such as hex,/);
});

test("membership respects dates, and unknown dates are open", () => {
  const { fleet } = parseFleetCsv(
    "hex,valid_from,valid_to\n157713,2019-01-10,2019-01-20\n157714,,2019-01-20\n157715,,\n",
    "list",
  );
  const at = (text: string) => membersAt(fleet, Date.parse(text)).map((entry) => entry.address);
  assert.deepEqual(at("2019-01-09T23:59:59.999Z"), ["157714", "157715"]);
  assert.deepEqual(at("2019-01-10T00:00:00Z"), ["157713", "157714", "157715"]);
  assert.deepEqual(at("2019-01-20T23:59:59.999Z"), ["157713", "157714", "157715"]);
  assert.deepEqual(at("2019-01-21T00:00:00Z"), ["157715"]);
  assert.equal(membersAt(fleet, Number.NaN).length, 3);
  const query = { address: address("157713"), timeMs: Date.UTC(2018, 0, 1) };
  assert.equal(isMember(fleet, query), undefined);
  assert.ok(isMember(fleet, { address: address("157713") }));
  assert.equal(isMember(fleet, {}), undefined);
});

test("the address decides where both sides have one", () => {
  const { fleet } = parseFleetCsv("hex,registration\n157713,RA-96019\n", "list");
  assert.ok(isMember(fleet, { address: address("157713"), registration: "RA-00001" }));
  assert.equal(
    isMember(fleet, { address: address("157714"), registration: "RA-96019" }),
    undefined,
  );
  assert.ok(isMember(fleet, { registration: "RA96019" }));
});

test("any fleet comes back from its CSV as it was", () => {
  const text = string({ unit: "grapheme", maxLength: 12 }).map((value) => value.trim());
  const dayMs = integer({ min: 10_000, max: 20_000 }).map((day) => day * 86_400_000);
  const entry = record({
    value: integer({ min: 0x100000, max: 0x1fffff }),
    operator: text,
    note: text,
    fromMs: oneof(constant(Number.NaN), dayMs),
    days: integer({ min: 1, max: 1000 }),
  });
  holds(
    property(uniqueArray(entry, { selector: ({ value }) => value }), (drawn) => {
      const entries = drawn.map(({ value, operator, note, fromMs, days }) => ({
        address: address(value.toString(16)),
        operator,
        state: "RU",
        category: "",
        validFromMs: fromMs,
        validToMs: fromMs + days * 86_400_000,
        source: "",
        note,
      }));
      const csv = writeFleetCsv({ name: "list", title: "list", entries });
      const { fleet, issues } = parseFleetCsv(csv, "list");
      assert.deepEqual(fleet.entries, entries);
      assert.deepEqual(issues, []);
    }),
    { seed: 1944 },
  );
});

test("the built-in list of Russian state aircraft is sound", () => {
  const fleet = builtInFleets().find(({ name }) => name === "ru-government");
  assert.ok(fleet);
  assert.ok(fleet.entries.length >= 45 && fleet.entries.length <= 70);
  assert.equal(new Set(fleet.entries.map((entry) => entry.address)).size, fleet.entries.length);
  for (const entry of fleet.entries) {
    assert.ok(entry.address && entry.registration);
    assert.equal(checkIdentity(entry.address, entry.registration).verdict, "agrees");
    assert.ok(findType(entry.typeDesignator ?? ""), entry.registration);
    assert.match(entry.source, /;/, `${entry.registration} needs two sources`);
    assert.match(entry.note, /retirement is not recorded/);
  }
  const known = { "157713": "RA-96019", "1551e0": "RA-86496", "154073": "RA-82035" };
  for (const [hex, registration] of Object.entries(known))
    assert.equal(isMember(fleet, { address: address(hex) })?.registration, registration);
  assert.match(isMember(fleet, { registration: "RA-86496" })?.note ?? "", /uncertain/);
  const early = { address: address("157717"), timeMs: Date.UTC(2016, 0, 1) };
  assert.equal(isMember(fleet, early), undefined);
});

test("the built-in list survives being written and read", () => {
  for (const fleet of builtInFleets()) {
    const back = parseFleetCsv(writeFleetCsv(fleet), fleet.name);
    assert.deepEqual(back.issues, []);
    assert.deepEqual(back.fleet.entries, fleet.entries);
  }
});
