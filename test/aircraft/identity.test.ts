import assert from "node:assert/strict";
import { test } from "node:test";
import { type Address, parseAddress } from "../../src/aircraft/address.js";
import { describeAircraft, type Identity } from "../../src/aircraft/identity.js";

function address(text: string): Address {
  const parsed = parseAddress(text);
  assert.ok(parsed, text);
  return parsed;
}

const IL96 = address("157713");

test("an address alone gives its State and what its rule says, marked as such", () => {
  const known = describeAircraft(IL96, []);
  assert.equal(known.state?.country, "RU");
  assert.equal(known.registration, "RA-96019");
  assert.equal(known.registrationBasis, "rule");
  assert.deepEqual(known.registrations, []);
  assert.deepEqual(known.conflicts, []);
  assert.equal(describeAircraft(address("4ca7b3"), []).registrationBasis, "none");
});

test("sources that agree are gathered under one value", () => {
  const stated: Identity[] = [
    { address: IL96, registration: "RA96019", typeDesignator: "IL96", source: "trace file" },
    { address: IL96, registration: "RA-96019", operator: "Rossiya", source: "database" },
    { address: address("157714"), registration: "RA-96020", source: "database" },
  ];
  const known = describeAircraft(IL96, stated);
  assert.deepEqual(known.registrations, [
    { value: "RA-96019", sources: ["trace file", "database"] },
  ]);
  assert.equal(known.registration, "RA-96019");
  assert.equal(known.registrationBasis, "stated");
  assert.equal(known.typeDesignator, "IL96");
  assert.equal(known.operator, "Rossiya");
  assert.deepEqual(known.conflicts, []);
});

test("sources that differ are a conflict, and nobody is chosen", () => {
  const known = describeAircraft(address("14fa3a"), [
    { address: address("14fa3a"), registration: "RA-64508", source: "list A" },
    { address: address("14fa3a"), registration: "RA-64058", source: "list B" },
  ]);
  assert.equal(known.registration, undefined);
  assert.equal(known.registrationBasis, "conflict");
  assert.equal(known.conflicts.length, 2);
  assert.match(known.conflicts[0] ?? "", /RA-64508 \(list A\); RA-64058 \(list B\)/);
  assert.match(known.conflicts[1] ?? "", /would be 14fbfc.*list A/);
});

test("a change of hands at a known date is no conflict", () => {
  const hex = address("4243a2");
  const day = Date.UTC(2019, 0, 1);
  const known = describeAircraft(hex, [
    { address: hex, operator: "A", source: "register", validToMs: day },
    { address: hex, operator: "B", source: "register", validFromMs: day },
  ]);
  assert.deepEqual(known.conflicts, []);
  assert.equal(known.operator, undefined);
  assert.equal(known.operators.length, 2);
});

test("spellings of one type are no conflict, a foreign registration is", () => {
  const hex = address("14fbfa");
  const known = describeAircraft(hex, [
    { address: hex, typeDesignator: "T204", source: "A" },
    { address: hex, typeDesignator: "t214", source: "B" },
  ]);
  assert.equal(known.typeDesignator, "T204");
  assert.deepEqual(known.conflicts, []);
  const foreign = describeAircraft(hex, [{ address: hex, registration: "D-AIMA", source: "A" }]);
  assert.equal(foreign.registration, "D-AIMA");
  assert.match(foreign.conflicts[0] ?? "", /block of RU.*registration of DE/);
});

test("an address that is not an ICAO one carries no registration", () => {
  const hex = address("~157713");
  const known = describeAircraft(hex, [{ address: hex, registration: "RA-96019", source: "A" }]);
  assert.equal(known.state, undefined);
  assert.match(known.stateless ?? "", /not an ICAO/);
  assert.equal(known.conflicts.length, 1);
});
