import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { served } from "../server/served.js";
import { launchBrowser, skip, until } from "./browser.js";

const WAIT_MS = 60_000;
const QUESTION = "in=VE&near=300km";

const server = served();
let browser: Browser;

before(async () => {
  if (skip === false) browser = await launchBrowser();
});
after(async () => {
  if (skip === false) await browser.close();
});

const MADE = `document.querySelector(".preview")?.getAttribute("aria-busy") === "false" && document.querySelector("iframe")`;

async function withPage(
  options: { readonly scheme?: "dark" | "light"; readonly width?: number },
  look: (page: Page, wrong: string[]) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({
    colorScheme: options.scheme ?? "light",
    viewport: { width: options.width ?? 1024, height: 768 },
  });
  const wrong: string[] = [];
  context.on("console", (message) => {
    if (message.type() === "error") wrong.push(message.text());
  });
  context.on("weberror", (error) => wrong.push(error.error().message));
  context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(server.url) && !url.startsWith("blob:")) wrong.push(`asked for ${url}`);
  });
  try {
    await look(await context.newPage(), wrong);
    assert.deepEqual(wrong, []);
  } finally {
    await context.close();
  }
}

function urlOf(path: string): string {
  return new URL(path, server.url).href;
}

/** The text of the dossier in the frame, once its own script has run. */
async function previewOf(page: Page): Promise<string> {
  await until(page, MADE);
  const frame = page.frameLocator("iframe");
  await frame.locator("html.scripted main").waitFor({ timeout: WAIT_MS });
  return (await frame.locator("main").textContent()) ?? "";
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

for (const scheme of ["light", "dark"] as const)
  test(`the screen of a dossier in ${scheme} asks no other server, logs no error and keeps axe's rules`, {
    skip,
  }, async () => {
    await withPage({ scheme }, async (page) => {
      await page.goto(urlOf(`/dossier?${QUESTION}&note=A+note`));
      assert.match(await previewOf(page), /SIMULATED/);
      assert.match((await page.textContent(".simulated")) ?? "", /SIMULATED/);
      await page.evaluate(AXE);
      const broken = await page.evaluate(`axe.run(document, { iframes: false })
        .then(({ violations }) => violations.filter(({ impact }) => impact !== "minor")
        .map(({ id, nodes }) => id + ": " + nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(" | ")))`);
      assert.deepEqual(broken, []);
    });
  });

test("from landings to their dossier: what is left out and noted stands in the address, the preview and the command", {
  skip,
}, async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf(`/search?${QUESTION}&gfx=lite`));
    await until(page, `document.querySelector("a.button[href^='/dossier']")`);
    await page.click("a.button[href^='/dossier']");
    await until(page, `location.pathname === "/dossier"`);
    assert.match(await previewOf(page), /4 landings in or within 300 km of Venezuela/);
    assert.match(
      (await page.textContent(".asked")) ?? "",
      /^Which aircraft landed in or within 300 km of Venezuela\?$/,
    );
    const steps = await page.evaluate("history.length");
    await page.locator(".events input").first().uncheck();
    await until(
      page,
      `/Left out: 1 landing/.test(document.querySelector("#told").parentElement.textContent)`,
    );
    const gone = await page.evaluate(`new URLSearchParams(location.search).get("leave-out")`);
    assert.match(String(gone), /^[0-9a-f]{6}-20190123T\d{6}Z$/);
    await page.fill("textarea", "Checked.\n\nTwice & <again>.");
    await page.fill("input[name=title]", "Who landed");
    await until(page, `/Who landed/.test(document.querySelector(".command")?.textContent)`);
    const preview = await previewOf(page);
    assert.match(preview, /Left out by the author: 1 landing/);
    assert.match(preview, /Who landed/);
    assert.match(preview, /Twice & <again>\./);
    const command = (await page.textContent(".command")) ?? "";
    assert.match(
      command,
      new RegExp(
        `--title 'Who landed' --note 'Checked\\.\\n\\nTwice & <again>\\.' --leave-out ${gone} --lake `,
      ),
    );
    assert.equal(await page.evaluate("history.length"), steps, "no trail in the history");
    await page.reload();
    assert.match(await previewOf(page), /Twice & <again>\./);
    assert.equal(await page.inputValue("textarea"), "Checked.\n\nTwice & <again>.");
    await page.click("text=Put everything back");
    await until(page, `!location.search.includes("leave-out")`);
    await page.goBack();
    await until(page, `location.pathname === "/search"`);
  });
});

test("captions are written beside events, stand in the address and in the dossier, and can all be taken away", {
  skip,
}, async () => {
  await withPage({}, async (page, wrong) => {
    await page.goto(urlOf(`/dossier?hex=140001`));
    await previewOf(page);
    const steps = await page.evaluate("history.length");
    const journey = page.getByLabel(/^Caption: \S+, journey /).first();
    const landing = page.getByLabel(/^Caption: \S+, landing /).first();
    // Landings of journeys can be spoken of, and left out only with them.
    assert.equal(
      await page
        .locator("fieldset", { hasText: "Told with them" })
        .locator("[type=checkbox]")
        .count(),
      0,
    );
    await journey.fill("First <b>journey</b> = told");
    await landing.fill("Seen by a neighbour.");
    await until(page, `/caption/.test(document.querySelector(".command")?.textContent)`);
    const preview = await previewOf(page);
    assert.match(preview, /Author's words, not measured First <b>journey<\/b> = told/);
    assert.match(preview, /Author's words, not measured Seen by a neighbour\./);
    const caption = String(
      await page.evaluate(`new URLSearchParams(location.search).get("caption")`),
    );
    assert.match(
      caption,
      /^journey-140001-\d{8}T\d{6}Z=First <b>journey<\/b> = told\n140001-\d{8}T\d{6}Z=Seen by a neighbour\.$/,
    );
    const command = (await page.textContent(".command")) ?? "";
    assert.match(
      command,
      / --caption '140001-\S+=Seen by a neighbour\.' --caption 'journey-140001-/,
    );
    assert.equal(await page.evaluate("history.length"), steps, "no trail in the history");
    await page.reload();
    await previewOf(page);
    assert.equal(await landing.inputValue(), "Seen by a neighbour.");
    await page.click("text=Take all captions away");
    await until(page, `!location.search.includes("caption")`);
    assert.equal(await landing.inputValue(), "");
    await page.goto(urlOf(`/dossier?hex=140001&caption=4ca7b3-20180101T000000Z%3Dx`));
    await until(page, `document.querySelector("[role=alert]")`);
    assert.match(
      (await page.textContent("[role=alert]")) ?? "",
      /"caption" 4ca7b3-\S+ names no landing/,
    );
    // The refusal itself, which browsers log.
    assert.match(wrong.splice(0).join(), /^[^,]*400[^,]*$/);
    await page.click("text=Take all captions away");
    await previewOf(page);
  });
});

test("an opened dossier has no origin, and its own script runs there", { skip }, async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf(`/dossier?hex=140001`));
    await previewOf(page);
    const [tab] = await Promise.all([
      page.context().waitForEvent("page"),
      page.click("#take ~ p a.primary"),
    ]);
    await tab.waitForLoadState();
    assert.match(tab.url(), /\/api\/dossier\.html\?hex=140001$/);
    assert.equal(await tab.evaluate("self.origin"), "null");
    assert.equal(await tab.evaluate("self.opener"), null);
    assert.equal(
      await tab.evaluate("document.documentElement.classList.contains('scripted')"),
      true,
    );
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.click("text=Download all files (ZIP)"),
    ]);
    assert.equal(download.suggestedFilename(), "dossier.zip");
    const direct = await fetch(new URL("/api/dossier.zip?hex=140001", server.url));
    assert.deepEqual(readFileSync(await download.path()), Buffer.from(await direct.arrayBuffer()));
  });
});

test("without a question it leads to one, and ids that name nothing can be put back", {
  skip,
}, async () => {
  await withPage({}, async (page, wrong) => {
    await page.goto(urlOf("/dossier"));
    await until(
      page,
      `document.querySelector("h1")?.textContent === "A dossier answers a question"`,
    );
    await page.goto(urlOf(`/dossier?${QUESTION}&leave-out=4ca7b3-20180101T000000Z`));
    await until(page, `document.querySelector("[role=alert]")`);
    assert.match((await page.textContent("[role=alert]")) ?? "", /names no landing and no journey/);
    // The refusal itself, which browsers log.
    assert.equal(wrong.length, 1);
    assert.match(wrong.pop() ?? "", /400/);
    await page.click("text=Put everything back");
    assert.match(await previewOf(page), /4 landings/);
    assert.equal(await page.isVisible("[role=alert]"), false);
  });
});

test("on a small screen nothing is wider than the screen", { skip }, async () => {
  await withPage({ width: 390 }, async (page) => {
    await page.goto(urlOf(`/dossier?${QUESTION}`));
    await previewOf(page);
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 390);
    assert.equal(
      await page.evaluate(
        `[...document.querySelectorAll("main, .panel, .preview")].filter((each) => each.scrollWidth > each.clientWidth).length`,
      ),
      0,
    );
  });
});
