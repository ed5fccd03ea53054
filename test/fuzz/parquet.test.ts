import assert from "node:assert/strict";
import { test } from "node:test";
import { sumsOfDamaged } from "./parquet-files.js";

test("damaged Parquet ends nothing but its own reading, keeps nothing of what is refused, and hangs nothing", async (t) => {
  // Among them is one that ends DuckDB 1.5.5 with an access outside its memory.
  const sums = await sumsOfDamaged({ seed: 1, first: 1198, inputCount: 20 });
  assert.equal(sums.read + sums.refused, 20);
  assert.ok(sums.read > 3 && sums.refused > 3);
  assert.ok(sums.slowestMs < 60_000);
  t.diagnostic(JSON.stringify(sums));
});
