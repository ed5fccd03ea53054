import assert from "node:assert/strict";
import { test } from "node:test";
import { firstDifference } from "../../src/cli/first-difference.js";

function between(dossier: string | Buffer, again: string | Buffer) {
  return firstDifference(Buffer.from(dossier), Buffer.from(again));
}

test("equal bytes have no first difference", () => {
  assert.equal(between("", ""), null);
  assert.equal(between("a\nb\n", "a\nb\n"), null);
});

test("the first line that parts is shown from both, counted from 1", () => {
  assert.deepEqual(between("a\nbcd\ne\n", "a\nbXd\nf\n"), {
    ...{ line: 2, column: 2 },
    ...{ dossier: "bcd", again: "bXd" },
  });
  assert.deepEqual(between("\na", "b"), { line: 1, column: 1, dossier: "", again: "b" });
  assert.deepEqual(between("a\n\nb", "a\n\nc"), { line: 3, column: 1, dossier: "b", again: "c" });
});

test("a text that ends there is shown as ended", () => {
  assert.deepEqual(between("", "a"), { line: 1, column: 1, dossier: null, again: "a" });
  assert.deepEqual(between("a\nb\n", "a\n"), { line: 2, column: 1, dossier: "b", again: null });
});

test("of a line that holds a whole page only the surroundings are shown", () => {
  const page = "x".repeat(100_000);
  const found = between(`${page}1${page}`, `${page}2${page}`);
  assert.equal(found?.column, 100_001);
  assert.equal(found.dossier, `${"x".repeat(30)}1${"x".repeat(49)}`);
});

test("bytes that are no text differ too", () => {
  const found = between(Buffer.from([65, 0xff]), Buffer.from([65, 0xfe]));
  assert.deepEqual([found?.line, found?.column], [1, 2]);
  assert.notEqual(found?.dossier, found?.again);
});
