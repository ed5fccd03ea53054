import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Address } from "../../src/aircraft/address.js";
import { withAddresses } from "../../src/lake/manifest.js";

test("addresses of two lists are merged: each once, sorted", () => {
  const address = fc.constantFrom("4ca7b3", "~4ca7b3", "000001", "fffffe", "abcdef", "157713");
  fc.assert(
    fc.property(fc.array(address), fc.array(address), (some, more) => {
      const sorted = [...new Set(some)].sort() as Address[];
      const all = [...new Set([...some, ...more])].sort();
      assert.deepEqual(withAddresses(sorted, more as Address[]), all);
    }),
    { seed: 1944 },
  );
});
