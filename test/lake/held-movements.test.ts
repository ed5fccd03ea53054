import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { type Address, parseAddress } from "../../src/aircraft/address.js";
import { HeldMovements } from "../../src/lake/held-movements.js";
import type { WheelsdownError } from "../../src/units/errors.js";

const folder = mkdtempSync(join(tmpdir(), "wheelsdown-held-"));
after(() => rmSync(folder, { recursive: true }));

const addressOf = (n: number): Address => parseAddress((n + 1).toString(16).padStart(6, "0"))!;
/** Some hundred kilobytes, different for each aircraft. */
const readOf = (held: HeldMovements, n: number) => {
  const place = held.placeOf(addressOf(n));
  return place && new Uint8Array(held.read(place));
};
const packedOf = (n: number) => new Uint8Array(100_000 + 1000 * n).fill(n + 1);

test("movements come back as they were held, from memory and from the file", () => {
  const path = join(folder, "held");
  const held = new HeldMovements(path);
  for (let n = 0; n < 40; n++) held.add(addressOf(n), packedOf(n));
  assert.ok(existsSync(path));
  for (let n = 0; n < 40; n++) assert.deepEqual(readOf(held, n), packedOf(n));
  held.drop(addressOf(3));
  assert.equal(readOf(held, 3), undefined);
  held.close();
  assert.ok(!existsSync(path));
});

test("movements larger than what is gathered in memory are held too, and few need no file", () => {
  const path = join(folder, "few");
  const held = new HeldMovements(path);
  held.add(addressOf(2), packedOf(2));
  assert.ok(!existsSync(path));
  const large = new Uint8Array(2_000_000).fill(7);
  held.add(addressOf(1), large);
  held.add(addressOf(3), packedOf(3));
  assert.deepEqual(readOf(held, 1), large);
  assert.deepEqual(readOf(held, 2), packedOf(2));
  assert.deepEqual(readOf(held, 3), packedOf(3));
  held.close();
});

test("where nothing can be written the error says what to do", () => {
  const held = new HeldMovements(join(folder, "no such folder", "held"));
  const fill = () => {
    for (let n = 0; n < 20; n++) held.add(addressOf(n), packedOf(n));
  };
  assert.throws(fill, (error: WheelsdownError) => {
    return error.code === "io-failed" && error.message.includes("run the ingest again");
  });
  held.close();
});
