import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { CalibrationRow } from "../../src/movement/calibration-shape.js";
import { CALIBRATION_TABLE } from "../../src/movement/calibration-table.js";
import {
  LIKELIHOOD_WORDS,
  likelihoodText,
  standingOf,
} from "../../src/report/reliability-words.js";
import { evidenceClassText, FORBIDDEN_WORDS, probabilityText } from "../../src/report/wording.js";

const CLASSES = ["G0", "G1", "G2", "G3", "G4", "G5", "G7", "GAP", "N1", "N2", "T"] as const;
const REPORT = fileURLToPath(new URL("../../../src/report", import.meta.url));

function row(options: {
  readonly eventCount: number;
  readonly low: number;
  readonly high: number;
}) {
  const figures = {
    statementCount: 500,
    eventCount: options.eventCount,
    statedBefore: 0.85,
    statedAfter: 0.88,
    happened: 0.88,
    brierBefore: 0.1,
    brierAfter: 0.1,
  };
  const { low, high } = options;
  const one: CalibrationRow = {
    group: "G4",
    offset: 0,
    slope: 1,
    from: 0.8,
    to: 0.95,
    low,
    high,
    calibrate: figures,
    heldBack: { ...figures, eventCount: 0 },
  };
  return { happened: [one] };
}

const G4 = { probability: 0.88, evidenceClass: "G4" } as const;

test("a word of likelihood is banned unless its range stands right behind it", () => {
  for (const word of LIKELIHOOD_WORDS) {
    assert.match(`Landing ${word.word} at EHAM.`, FORBIDDEN_WORDS);
    assert.match(`Landing ${word.word} (calibrated).`, FORBIDDEN_WORDS);
    assert.doesNotMatch(`Landing ${likelihoodText(word)}.`, FORBIDDEN_WORDS);
  }
  assert.equal(likelihoodText(LIKELIHOOD_WORDS[5]!), "very likely (80-95 %)");
});

test("no source of sentences holds such a word outside the one table of them", () => {
  for (const name of readdirSync(REPORT).map(String)) {
    if (name === "reliability-words.ts") continue;
    const text = readFileSync(join(REPORT, name), "utf8");
    const strings = text.replace(
      /\/\*[\s\S]*?\*\/|\/\/.*$|^export const FORBIDDEN_WORDS[\s\S]*?;$/gm,
      "",
    );
    for (const [found] of strings.matchAll(/"[^"\n]*"|`[^`]*`/g))
      assert.doesNotMatch(found, /\b(likely|unlikely|even chance|no chance|certainty)\b/, name);
  }
});

test("a word is given where enough events stand behind it and the interval lies in its range", () => {
  const good = standingOf(row({ eventCount: 60, low: 0.82, high: 0.93 }), G4);
  assert.equal(good.kind === "calibrated" && good.word?.word, "very likely");
  const few = standingOf(row({ eventCount: 49, low: 0.82, high: 0.93 }), G4);
  assert.equal(few.kind, "not calibrated");
  const wide = standingOf(row({ eventCount: 60, low: 0.78, high: 0.93 }), G4);
  assert.ok(wide.kind === "calibrated" && wide.word === undefined);
});

test("a value outside what the class was fitted on is not calibrated", () => {
  const table = row({ eventCount: 60, low: 0.82, high: 0.93 });
  for (const probability of [0.5, 0.97, Number.NaN])
    assert.equal(standingOf(table, { ...G4, probability }).kind, "not calibrated");
  assert.equal(standingOf(table, { ...G4, evidenceClass: "T" }).kind, "not calibrated");
});

test("every probability is a number with what stands behind it, for every class", () => {
  for (const evidenceClass of CLASSES) {
    for (const probability of [0.03, 0.5, 0.62, 0.88, 0.97, 0.995]) {
      const movement = { class: evidenceClass, candidates: [], basis: "" };
      const text = probabilityText(probability, movement);
      assert.match(text, /not calibrated|calibrated, 95 % interval/);
      assert.doesNotMatch(text, FORBIDDEN_WORDS);
      const doubted = { ...movement, basis: "seen; in doubt: two emitters" };
      assert.match(probabilityText(probability, doubted), /not calibrated/);
    }
    assert.doesNotMatch(evidenceClassText(evidenceClass), FORBIDDEN_WORDS);
  }
  assert.equal(probabilityText(0.83), "0.83 (not calibrated)");
  assert.equal(probabilityText(null), "not stated");
});

test("the table as shipped gives no word that its interval does not bear out", () => {
  for (const each of CALIBRATION_TABLE.happened) {
    if (each.group === "seen") continue;
    const probability = each.calibrate.statedAfter!;
    const standing = standingOf(CALIBRATION_TABLE, {
      probability,
      evidenceClass: each.group,
    });
    if (standing.kind === "not calibrated" || !standing.word) continue;
    assert.ok(standing.low >= standing.word.from && standing.high <= standing.word.to);
  }
});
