import assert from "node:assert/strict";
import { test } from "node:test";
import { allOperators, findOperators, operatorOfCallsign } from "../../src/aircraft/operators.js";

test("a callsign prefix leads to whom it is assigned", () => {
  assert.equal(operatorOfCallsign("RSD738  ")?.name, "Special Flight Squadron Rossiya");
  assert.equal(operatorOfCallsign("rsd738")?.kind, "state");
  assert.equal(operatorOfCallsign("SDM6123")?.kind, "airline");
  assert.equal(operatorOfCallsign("CHD4601")?.kind, "military");
  assert.equal(operatorOfCallsign("VCV3506")?.country, "VE");
  assert.equal(operatorOfCallsign("RCH123A")?.country, "US");
});

test("registrations, tactical callsigns and nothing at all have no operator", () => {
  for (const callsign of ["RA96019", "N123AB", "VENUS11", "RSD", "RSDABC", "", "ZZZ123", "AFL"])
    assert.equal(operatorOfCallsign(callsign), undefined, callsign);
});

test("prefixes are three letters, each once, with a country and a name", () => {
  const operators = allOperators();
  assert.ok(operators.length >= 180, `${operators.length}`);
  assert.equal(new Set(operators.map(({ prefix }) => prefix)).size, operators.length);
  for (const { prefix, country, name } of operators) {
    assert.match(prefix, /^[A-Z]{3}$/);
    assert.match(country, /^[A-Z]{2}$/);
    assert.notEqual(name, "");
  }
});

test("operators are found by prefix first, then by words of their names", () => {
  assert.equal(findOperators("rsd")[0]?.prefix, "RSD");
  assert.deepEqual(
    findOperators("flight unit").map(({ prefix }) => prefix),
    ["CHD", "TTF"],
  );
  assert.deepEqual(
    findOperators("rossiya").map(({ prefix }) => prefix),
    ["RSD", "SDM"],
  );
  assert.deepEqual(findOperators("  "), []);
});
