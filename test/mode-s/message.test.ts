import assert from "node:assert/strict";
import { test } from "node:test";
import { groundSpeedKtOfMovement } from "../../src/mode-s/extended-squitter.js";
import { isOtherAddress, type ModeSMessage, readMessage } from "../../src/mode-s/message.js";
import { nicOf } from "../../src/mode-s/quality.js";
import { readVelocity } from "../../src/mode-s/velocity.js";
import { identityFrame, setParity, squitter, surfaceFrame } from "../support/mode-s-frames.js";

function message(bytes: Uint8Array): ModeSMessage {
  const read = readMessage(bytes);
  assert.ok(typeof read === "object", String(read));
  return read;
}

/** An extended squitter of format 18 with a control field. */
function df18(control: number, write: Parameters<typeof squitter>[1]): Uint8Array {
  const bytes = squitter("~4ca7b3", write);
  bytes[0] = (18 << 3) | control;
  setParity(bytes);
  return bytes;
}

test("a message that was damaged anywhere is none", () => {
  const whole = surfaceFrame("4ca7b3", { latDeg: 52, lonDeg: 4 }, { isOdd: false });
  for (let bit = 0; bit < whole.length * 8; bit++) {
    const damaged = whole.slice();
    damaged[bit >> 3]! ^= 0x80 >> (bit & 7);
    const read = readMessage(damaged);
    // A change of the format may make it a reply, whose address proves itself elsewhere.
    if (typeof read === "object") assert.equal(read.proof, "by-address");
  }
});

test("a message of a length that its format does not have is none", () => {
  assert.equal(readMessage(new Uint8Array(6)), "length-wrong");
  assert.equal(readMessage(Uint8Array.from({ length: 7 }, () => 0x8d)), "length-wrong");
  assert.equal(readMessage(new Uint8Array(14)), "length-wrong");
});

test("an identity reply gives the squawk under the address that lies over its parity", () => {
  const { addressValue, squawk, proof } = message(identityFrame("4ca7b3", 1234));
  assert.deepEqual([addressValue.toString(16), squawk, proof], ["4ca7b3", 1234, "by-address"]);
});

const airborne = (isOther: boolean) => (set: (f: number, c: number, v: number) => void) => {
  set(1, 5, 11);
  set(8, 1, isOther ? 1 : 0);
};

test("addresses of TIS-B and ADS-R are told apart by control field and flag", () => {
  const cases = [
    [0, false, "adsb_icao_nt", false],
    [1, false, "adsb_other", true],
    [2, false, "tisb_icao", false],
    [2, true, "tisb_trackfile", true],
    [5, false, "tisb_other", true],
    [6, false, "adsr_icao", false],
    [6, true, "adsr_other", true],
  ] as const;
  for (const [control, flag, kind, isOther] of cases) {
    const { addressKind } = message(df18(control, airborne(flag)));
    assert.equal(addressKind, kind);
    assert.equal(isOtherAddress(addressKind), isOther);
  }
  for (const control of [3, 4, 7])
    assert.equal(readMessage(df18(control, airborne(false))), "format-unknown");
});

test("a surface message is on the ground and gives the middle of its speed's step", () => {
  const frame = surfaceFrame("4ca7b3", { latDeg: 52, lonDeg: 4 }, { isOdd: true, movement: 39 });
  const { isOnGround, extended } = message(frame);
  assert.equal(isOnGround, true);
  assert.ok(extended?.kind === "surface-position");
  assert.equal(extended.groundSpeedKt, 15.5);
});

test("speeds on the ground rise without gaps from standing still to 175 kt", () => {
  assert.ok(Number.isNaN(groundSpeedKtOfMovement(0)));
  assert.equal(groundSpeedKtOfMovement(1), 0);
  assert.equal(groundSpeedKtOfMovement(124), 175);
  for (let movement = 2; movement <= 124; movement++)
    assert.ok(groundSpeedKtOfMovement(movement) > groundSpeedKtOfMovement(movement - 1));
  // Edges of the ranges: 1, 2, 15, 70 and 100 kt lie between these codes.
  for (const [code, kt] of [
    [8, 1],
    [12, 2],
    [38, 15],
    [93, 70],
    [108, 100],
  ] as const)
    assert.ok(groundSpeedKtOfMovement(code) < kt && groundSpeedKtOfMovement(code + 1) > kt);
  for (const unused of [125, 126, 127]) assert.ok(Number.isNaN(groundSpeedKtOfMovement(unused)));
});

test("velocity over ground: direction, speed and rate as their bits say", () => {
  // Its values are 159.20 kt, 182.88 degrees and -832 ft/min.
  const velocity = readVelocity(Buffer.from("8D485020994409940838175B284F", "hex"))!;
  assert.equal(velocity.groundSpeedKt.toFixed(2), "159.20");
  assert.equal(velocity.trackAngleDeg.toFixed(2), "182.88");
  assert.equal(velocity.verticalRateFpm, -832);
  assert.equal(velocity.isRateGeometric, true);
  assert.equal(velocity.geometricDifferenceFt, 550);
});

test("velocity through air gives a heading and an airspeed, and no speed over ground", () => {
  // Its values are 243.98 degrees, 375 kt true and -2,304 ft/min.
  const velocity = readVelocity(Buffer.from("8DA05F219B06B6AF189400CBC33F", "hex"))!;
  assert.equal(velocity.headingDeg.toFixed(2), "243.98");
  assert.deepEqual([velocity.airspeedKt, velocity.isTrueAirspeed], [375, true]);
  assert.equal(velocity.verticalRateFpm, -2304);
  assert.ok(Number.isNaN(velocity.groundSpeedKt) && Number.isNaN(velocity.trackAngleDeg));
});

test("an integrity whose supplements were not heard is the lower one", () => {
  const unheard = { a: undefined, b: false, c: undefined, adsbVersion: Number.NaN };
  assert.equal(nicOf(11, unheard), 8);
  assert.equal(nicOf(11, { a: true, b: true, c: undefined, adsbVersion: 2 }), 9);
  assert.equal(nicOf(11, { a: true, b: false, c: undefined, adsbVersion: 2 }), 8);
  assert.equal(nicOf(11, { a: true, b: false, c: undefined, adsbVersion: 1 }), 9);
  assert.equal(nicOf(8, unheard), 0);
  assert.deepEqual(
    [9, 10, 12, 13, 14, 15, 16, 17, 18].map((typeCode) => nicOf(typeCode, unheard)),
    [11, 10, 7, 6, 5, 4, 1, 1, 0],
  );
});
