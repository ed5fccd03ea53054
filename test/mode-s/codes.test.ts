import assert from "node:assert/strict";
import { test } from "node:test";
import {
  altitudeFtFromCode,
  altitudeFtFromShortCode,
  callsignFromCodes,
  squawkFromCode,
} from "../../src/mode-s/codes.js";

/** The 100-foot code of an altitude, by the standard's own rules: the reverse of what is tested. */
function gillhamCode(altitudeFt: number): number {
  const hundreds = Math.round(altitudeFt / 100) + 13;
  const fives = Math.floor((hundreds - 1) / 5);
  const rest = ((hundreds - 1) % 5) + 1;
  const step = fives % 2 === 1 ? 6 - rest : rest;
  const c = [0b001, 0b011, 0b010, 0b110, 0b100][step - 1]!;
  const gray = fives ^ (fives >> 1);
  // D2 D4 A1 A2 A4 B1 B2 B4, then C1 C2 C4.
  const [d2, d4, a1, a2, a4, b1, b2, b4] = Array.from(
    { length: 8 },
    (_, i) => (gray >> (7 - i)) & 1,
  );
  const [c1, c2, c4] = [(c >> 2) & 1, (c >> 1) & 1, c & 1];
  const bits = [c1, a1, c2, a2, c4, a4, 0, b1, 0, b2, d2, b4, d4];
  return Number.parseInt(bits.join(""), 2);
}

test("every 100-foot code from -1,200 to 62,700 ft gives its altitude", () => {
  for (let altitudeFt = -1200; altitudeFt <= 62_700; altitudeFt += 100)
    assert.equal(altitudeFtFromCode(gillhamCode(altitudeFt)), altitudeFt);
});

test("a 100-foot code without C pulses, or with more than a code has, is no altitude", () => {
  // 0b0000000100000: B1 alone; C1 and C4 together stand for nothing.
  for (const code of [0b0000000100000, 0b1000100100000, 0b1010100100000])
    assert.ok(Number.isNaN(altitudeFtFromCode(code)));
});

test("a 25-foot code counts from -1,000 ft", () => {
  assert.equal(altitudeFtFromCode(0b0000000010000), -1000);
  assert.equal(altitudeFtFromCode(0b1111110111111), 50_175);
  assert.equal(altitudeFtFromShortCode(0b111111111111), 50_175);
  assert.equal(altitudeFtFromShortCode(0xc38), 38_000);
});

test("an altitude of zeros or in metres is unknown", () => {
  assert.ok(Number.isNaN(altitudeFtFromCode(0)));
  assert.ok(Number.isNaN(altitudeFtFromCode(0b0000001010000)));
});

test("a squawk is read pulse by pulse", () => {
  // C1 A1 C2 A2 C4 A4 0 B1 D1 B2 D2 B4 D4.
  assert.equal(squawkFromCode(0b0101010000000), 7000);
  assert.equal(squawkFromCode(0b0101010101010), 7700);
  assert.equal(squawkFromCode(0b1010100000000), 70);
  assert.equal(squawkFromCode(0b0000000010101), 7);
  assert.equal(squawkFromCode(0b1111110111111), 7777);
});

const from = (codes: readonly number[]) => callsignFromCodes((place) => codes[place]!);

test("a callsign of letters that cannot be sent is none, and one of zeros is empty", () => {
  assert.equal(from([18, 19, 4, 49, 50, 51, 32, 32]), "RSD123");
  assert.equal(from([18, 19, 4, 49, 50, 51, 32, 27]), undefined);
  assert.equal(from([0, 0, 0, 0, 0, 0, 0, 0]), "");
  assert.equal(from([32, 32, 32, 32, 32, 32, 32, 32]), "");
});
