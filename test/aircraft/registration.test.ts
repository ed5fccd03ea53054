import assert from "node:assert/strict";
import { test } from "node:test";
import { array, constantFrom, assert as holds, integer, property, tuple } from "fast-check";
import { type Address, parseAddress } from "../../src/aircraft/address.js";
import {
  addressFromRegistration,
  checkIdentity,
  normalRegistration,
  registrationFromAddress,
  stateOfRegistration,
} from "../../src/aircraft/registration.js";

function address(text: string): Address {
  const parsed = parseAddress(text);
  assert.ok(parsed, text);
  return parsed;
}

// Facts of the FAA register, picked over the whole range.
const US_PAIRS: readonly (readonly [string, string])[] = [
  ["a00001", "N1"],
  ["adf7c7", "N99999"],
  ["a00002", "N1A"],
  ["a00003", "N1AA"],
  ["a0005d", "N1DR"],
  ["a033ce", "N112BV"],
  ["a065ab", "N1245X"],
  ["a0cdf2", "N151AM"],
  ["a10212", "N164RS"],
  ["a1677f", "N19TD"],
  ["a19905", "N20168"],
  ["a1ca5f", "N214WN"],
  ["a20aaf", "N230YJ"],
  ["a25e5d", "N25158"],
  ["a2bccd", "N276AG"],
  ["a31d5e", "N30EA"],
  ["a3698c", "N319PG"],
  ["a3bdf6", "N340GT"],
  ["a4199f", "N363YH"],
  ["a482fe", "N390CC"],
  ["a4d9f5", "N411XS"],
  ["a51175", "N42560"],
  ["a563be", "N4463X"],
  ["a5d0bf", "N474JA"],
  ["a643d0", "N50201"],
  ["a69a42", "N52407"],
  ["a70230", "N5503D"],
  ["a773a2", "N58AU"],
  ["a7e788", "N6081X"],
  ["a84978", "N633GA"],
  ["a8c36c", "N664DM"],
  ["a94817", "N6977U"],
  ["a999cb", "N718AF"],
  ["a9f1e4", "N74TK"],
  ["aa5df7", "N7670X"],
  ["aac69e", "N7938D"],
  ["ab1da3", "N815TL"],
  ["ab7dc7", "N84CW"],
  ["abeb80", "N8672K"],
  ["acad5e", "N916EE"],
  ["ad1517", "N942FD"],
  ["ad8810", "N971HE"],
];

test("N-numbers and addresses agree with the FAA register at known pairs", () => {
  for (const [hex, registration] of US_PAIRS) {
    assert.equal(registrationFromAddress(address(hex)), registration);
    assert.equal(addressFromRegistration(registration), hex);
  }
});

test("the United States rule is one to one over its 915,399 addresses", () => {
  let count = 0;
  const seen = new Set<string>();
  for (let value = 0xa00001; value <= 0xadf7c7; value += 7) {
    const hex = address(value.toString(16));
    const registration = registrationFromAddress(hex) ?? "";
    assert.equal(addressFromRegistration(registration), hex);
    seen.add(registration);
    count++;
  }
  assert.equal(seen.size, count);
  assert.equal(0xadf7c7 - 0xa00001 + 1, 915_399);
  assert.equal(registrationFromAddress(address("adf7c8")), undefined);
  assert.equal(registrationFromAddress(address("a00000")), undefined);
});

test("any well-formed N-number comes back from its address", () => {
  const letter = constantFrom(..."ABCDEFGHJKLMNPQRSTUVWXYZ");
  const shape = tuple(integer({ min: 1, max: 999 }), array(letter, { minLength: 0, maxLength: 2 }));
  holds(
    property(shape, ([digits, letters]) => {
      const registration = `N${digits}${letters.join("")}`;
      const hex = addressFromRegistration(registration);
      assert.ok(hex);
      assert.equal(registrationFromAddress(hex), registration);
    }),
    { seed: 1944 },
  );
});

test("what is no N-number has no address by rule", () => {
  for (const text of ["N0", "N01", "N123456", "N1234AB", "N12345A", "NABC", "N1I", "N1AO", "N"])
    assert.equal(addressFromRegistration(text), undefined, text);
});

test("RA-96019 and 157713 stand for each other", () => {
  assert.equal(addressFromRegistration("RA-96019"), "157713");
  assert.equal(addressFromRegistration("ra96019 "), "157713");
  assert.equal(addressFromRegistration("RF-96019"), "157713");
  assert.equal(registrationFromAddress(address("157713")), "RA-96019");
  assert.equal(registrationFromAddress(address("140000")), "RA-00000");
  assert.equal(registrationFromAddress(address("15869f")), "RA-99999");
  assert.equal(registrationFromAddress(address("1586a0")), undefined);
});

test("CU-T1250 and 0b04e2 stand for each other", () => {
  assert.equal(addressFromRegistration("CU-T1250"), "0b04e2");
  assert.equal(registrationFromAddress(address("0b04e2")), "CU-T1250");
  assert.equal(addressFromRegistration("CU-T9999"), undefined);
});

test("other States have no rule", () => {
  assert.equal(addressFromRegistration("G-ABCD"), undefined);
  assert.equal(registrationFromAddress(address("4ca7b3")), undefined);
  assert.equal(registrationFromAddress(address("~a00001")), undefined);
});

test("registrations are brought to their painted form", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["RA96019", "RA-96019"],
    ["  ra-96019 ", "RA-96019"],
    ["RA 96019", "RA-96019"],
    ["RA–96019", "RA-96019"],
    ["cut1250", "CU-T1250"],
    ["vpbjg", "VP-BJG"],
    ["DAIMA", "D-AIMA"],
    ["4XECA", "4X-ECA"],
    ["n123ab", "N123AB"],
    ["JA8089", "JA8089"],
    ["UK-85741", "UK85741"],
    ["YV3016", "YV3016"],
    ["N48-001", "N48-001"],
    ["ZJ215", "ZJ215"],
    ["CG773", "CG773"],
    ["", ""],
  ];
  for (const [text, expected] of cases) assert.equal(normalRegistration(text), expected);
});

test("bringing a registration to its form twice changes nothing more", () => {
  const marks = constantFrom(..."ABCDGIJKNORTUVY0123489- ");
  holds(
    property(array(marks, { maxLength: 9 }), (parts) => {
      const once = normalRegistration(parts.join(""));
      assert.equal(normalRegistration(once), once);
    }),
    { seed: 1944 },
  );
});

test("a registration names its State or territory", () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ["RA-96019", "RU"],
    ["RF-76521", "RU"],
    ["YV3016", "VE"],
    ["CU-T1250", "CU"],
    ["VP-BJG", "BM"],
    ["VQ-TAB", "TC"],
    ["VP-CXX", "KY"],
    ["M-ABCD", "IM"],
    ["2-ABCD", "GG"],
    ["B-HNK", "HK"],
    ["B-MAX", "MO"],
    ["B-18901", "TW"],
    ["B-2447", "CN"],
    ["P4-BBJ", "AW"],
    ["SU-YAH", "PS"],
    ["SU-GBA", "EG"],
    ["A4O-AA", "OM"],
    ["9XR-WA", "RW"],
    ["4X-ECA", "IL"],
    ["EP-MNV", "IR"],
    ["N123AB", "US"],
    ["C-FABC", "CA"],
    ["C-080", undefined],
    ["B-536", undefined],
    ["EP-861", undefined],
    ["ST-03", undefined],
    ["91-0077", undefined],
    ["XX188", undefined],
    ["N-972", undefined],
    ["", undefined],
  ];
  for (const [registration, country] of cases)
    assert.equal(stateOfRegistration(registration)?.country, country, registration);
});

test("a table that agrees with the rule is confirmed", () => {
  const check = checkIdentity(address("157713"), "RA-96019");
  assert.equal(check.verdict, "agrees");
  assert.match(check.sentence, /RA-96019 and 157713 agree/);
  assert.equal(checkIdentity(address("a00001"), "N1").verdict, "agrees");
  assert.equal(checkIdentity(address("157713"), "RF-96019").verdict, "agrees");
});

test("a table that disagrees with the rule is reported, with both sides named", () => {
  const check = checkIdentity(address("14fa3a"), "RA-64508");
  assert.equal(check.verdict, "mismatch");
  assert.match(check.sentence, /RA-64508 would be 14fbfc, and 14fa3a would be RA-64058/);
  assert.match(check.sentence, /exceptions/);
  assert.equal(checkIdentity(address("ae0001"), "N1").verdict, "mismatch");
});

test("an address of one State under a registration of another is a state mismatch", () => {
  const check = checkIdentity(address("4ca7b3"), "RA-96019");
  assert.equal(check.verdict, "state-mismatch");
  assert.match(check.sentence, /block of IE.*registration of RU/);
});

test("territories share the block of the State that answers for them", () => {
  assert.equal(checkIdentity(address("4243a2"), "VP-BJG").verdict, "no-rule");
  assert.equal(checkIdentity(address("400f01"), "VP-BJG").verdict, "no-rule");
  assert.equal(checkIdentity(address("484111"), "P4-BBJ").verdict, "no-rule");
  assert.equal(checkIdentity(address("789001"), "B-HNK").verdict, "no-rule");
  assert.equal(checkIdentity(address("780001"), "B-HNK").verdict, "no-rule");
});

test("serials and addresses that are not ICAO ones can be neither confirmed nor denied", () => {
  assert.equal(checkIdentity(address("ae1234"), "91-0077").verdict, "no-rule");
  assert.equal(checkIdentity(address("~157713"), "RA-96019").verdict, "no-rule");
  assert.equal(checkIdentity(address("157713"), "RA-1234G").verdict, "no-rule");
});
