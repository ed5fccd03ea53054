import assert from "node:assert/strict";
import { test } from "node:test";
import { assert as holds, integer, property } from "fast-check";
import { type Address, parseAddress } from "../../src/aircraft/address.js";
import {
  isMilitaryAddress,
  statelessReason,
  stateOfAddress,
} from "../../src/aircraft/state-blocks.js";
import {
  MILITARY_RANGES,
  STATE_BLOCKS,
  TERRITORY_BLOCKS,
} from "../../src/aircraft/state-blocks-table.js";

function address(text: string): Address {
  const parsed = parseAddress(text);
  assert.ok(parsed, text);
  return parsed;
}

test("addresses lie in the blocks of their States", () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ["157713", "RU"],
    ["100000", "RU"],
    ["1fffff", "RU"],
    ["200000", undefined],
    ["0d8032", "VE"],
    ["0b04e2", "CU"],
    ["4ca7b3", "IE"],
    ["a00001", "US"],
    ["ae4af6", "US"],
    ["4d2450", "MT"],
    ["501c10", "HR"],
    ["683405", "KZ"],
    ["899012", "TW"],
    ["789abc", "HK"],
    ["780123", "CN"],
    ["4243a2", "BM"],
    ["424750", "KY"],
    ["43eb10", "GG"],
    ["43e710", "IM"],
    ["400f01", "GB"],
    ["000001", undefined],
    ["f00001", undefined],
  ];
  for (const [hex, country] of cases)
    assert.equal(stateOfAddress(address(hex))?.country, country, hex);
});

test("an address that is not an ICAO one has no State and is never military", () => {
  assert.equal(stateOfAddress(address("~157713")), undefined);
  assert.equal(isMilitaryAddress(address("~ae0001")), undefined);
  assert.match(statelessReason(address("~157713")) ?? "", /not an ICAO address/);
  assert.match(statelessReason(address("f00001")) ?? "", /ICAO/);
  assert.match(statelessReason(address("200000")) ?? "", /no block/);
  assert.equal(statelessReason(address("157713")), undefined);
});

test("there are 194 blocks, none overlaps another", () => {
  assert.equal(STATE_BLOCKS.length, 194);
  assert.equal(new Set(STATE_BLOCKS.map(({ country }) => country)).size, 194);
  for (let i = 1; i < STATE_BLOCKS.length; i++)
    assert.ok(STATE_BLOCKS[i]!.start > STATE_BLOCKS[i - 1]!.end, STATE_BLOCKS[i]!.country);
});

test("every block starts at a multiple of its size", () => {
  // Annex 10 defines blocks by leading bits; Colombia and Qatar were given neighbouring blocks later.
  for (const { country, start, end } of STATE_BLOCKS)
    assert.equal(start % Math.min(end - start + 1, 0x1000), 0, country);
});

test("territories and military ranges lie inside one State's block", () => {
  for (const range of MILITARY_RANGES) {
    const home = STATE_BLOCKS.find(({ start, end }) => range.start >= start && range.end <= end);
    assert.equal(home?.country, range.country, range.start.toString(16));
    assert.ok(range.military / range.known > 0.8);
  }
  for (const range of TERRITORY_BLOCKS)
    assert.ok(STATE_BLOCKS.some(({ start, end }) => range.start >= start && range.end <= end));
});

test("addresses above the last N-number are military, those below are not", () => {
  assert.equal(isMilitaryAddress(address("adf7c7")), undefined);
  assert.equal(isMilitaryAddress(address("adf7c8"))?.country, "US");
  assert.equal(isMilitaryAddress(address("ae0000"))?.country, "US");
  assert.equal(isMilitaryAddress(address("43c100"))?.country, "GB");
  assert.match(isMilitaryAddress(address("ae0000"))?.source ?? "", /N99999/);
});

test("ranges that hold civil aircraft are not called military", () => {
  for (const hex of ["e40100", "444100", "400010", "157713"])
    assert.equal(isMilitaryAddress(address(hex)), undefined, hex);
});

test("every address has a State or a reason why not", () => {
  holds(
    property(integer({ min: 1, max: 0xfffffe }), (value) => {
      const hex = address(value.toString(16).padStart(6, "0"));
      assert.notEqual(stateOfAddress(hex) === undefined, statelessReason(hex) === undefined);
    }),
    { seed: 1944 },
  );
});
