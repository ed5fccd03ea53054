import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { type Address, parseAddress } from "../../src/aircraft/address.js";
import { HeldMovements } from "../../src/cli/held-movements.js";

const folder = mkdtempSync(join(tmpdir(), "wheelsdown-held-"));
after(() => rmSync(folder, { recursive: true }));

const addressOf = (n: number): Address => parseAddress((n + 1).toString(16).padStart(6, "0"))!;
/** Some hundred kilobytes, different for each aircraft. */
const packedOf = (n: number) => new Uint8Array(100_000 + 1000 * n).fill(n + 1);

test("movements come back as they were held, from memory and from the file", () => {
  const path = join(folder, "held");
  const held = new HeldMovements(path);
  for (let n = 0; n < 40; n++) held.add(addressOf(n), packedOf(n));
  assert.ok(existsSync(path));
  for (let n = 0; n < 40; n++) assert.deepEqual(held.get(addressOf(n)), packedOf(n));
  held.drop(addressOf(3));
  assert.equal(held.get(addressOf(3)), undefined);
  held.close();
  assert.ok(!existsSync(path));
});

test("where nothing can be written only what fits in memory is held, and the rest is found again", () => {
  const held = new HeldMovements(join(folder, "no such folder", "held"));
  for (let n = 0; n < 20; n++) held.add(addressOf(n), packedOf(n));
  assert.deepEqual(held.get(addressOf(0)), packedOf(0));
  assert.equal(held.get(addressOf(19)), undefined);
  held.close();
});

test("movements too large to be held are not, and few need no file", () => {
  const path = join(folder, "few");
  const held = new HeldMovements(path);
  held.add(addressOf(1), new Uint8Array(2_000_000));
  held.add(addressOf(2), packedOf(2));
  assert.equal(held.get(addressOf(1)), undefined);
  assert.deepEqual(held.get(addressOf(2)), packedOf(2));
  assert.ok(!existsSync(path));
  held.close();
});
