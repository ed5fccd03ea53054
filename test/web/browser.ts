/** A real browser for tests of the page over a real server. */

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before } from "node:test";
import { type Browser, chromium, type Page } from "playwright-core";
import { PAGE, startFakeServer } from "./fake-server.js";

const CHROMIUM = process.env["WHEELSDOWN_CHROMIUM"] ?? "/usr/bin/chromium";
/** Why browser tests cannot run here; false when they can. */
export const skip = !existsSync(CHROMIUM)
  ? `no browser at ${CHROMIUM}`
  : existsSync(`${PAGE}index.html`)
    ? false
    : "the page was not built";
const FLAGS = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
  // No name but the server's own address leads anywhere.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];
/** chosen: without a graphics card a map takes up to 40 s */
const WAIT_MS = 60_000;

/** Asks again and again: what waits inside the page needs `eval`, which its policy forbids. */
export async function until(page: Page, expression: string): Promise<void> {
  const endMs = Date.now() + WAIT_MS;
  while (Date.now() < endMs) {
    if (await page.evaluate(expression)) return;
    await page.waitForTimeout(100);
  }
  assert.fail(`never true: ${expression}`);
}

/** @returns a browser that reaches no other machine */
export async function launchBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** How a page is opened. */
export interface PageOptions {
  readonly scheme?: "dark" | "light";
  readonly width?: number;
  /** Errors in the log that belong to what is tested. */
  readonly expected?: RegExp;
}

/** One browser for the tests of a file; every page must ask its own server alone and log no error. */
export function browserOf(
  origin: () => string,
): (options: PageOptions, look: (page: Page) => Promise<void>) => Promise<void> {
  let browser: Browser;
  before(async () => {
    if (skip === false) browser = await launchBrowser();
  });
  after(async () => {
    if (skip === false) await browser.close();
  });
  return async ({ scheme = "light", width = 960, expected }, look) => {
    const context = await browser.newContext({
      colorScheme: scheme,
      viewport: { width, height: 700 },
    });
    const page = await context.newPage();
    const wrong: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" && !expected?.test(message.text())) wrong.push(message.text());
    });
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(origin()) && !url.startsWith("blob:")) wrong.push(`asked for ${url}`);
    });
    try {
      await look(page);
      assert.deepEqual(wrong, []);
    } finally {
      await context.close();
    }
  };
}

/** In a page: the screen has its answer. */
export const ANSWERED = `document.querySelector("h1") && !document.querySelector(".waiting")`;
/** In a page: the map is drawn. */
export const MAP_READY = `document.querySelector(".canvas")?.dataset.ready === "yes"`;

/** The page over a server of fixed answers, both for as long as the tests of a file run. */
export function pageOfFixedAnswers() {
  let server: Awaited<ReturnType<typeof startFakeServer>>;
  before(async () => {
    if (skip === false) server = await startFakeServer();
  });
  after(async () => {
    if (skip === false) await server.stop();
  });
  const withPage = browserOf(() => server.origin);
  return { withPage, urlOf: (path: string) => `${server.origin}${path}` };
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** @returns rules of axe that a screen breaks, minor ones aside */
export async function brokenRules(page: Page): Promise<unknown> {
  await page.evaluate(AXE);
  return page.evaluate(`axe.run(document).then(({ violations }) => violations
    .filter(({ impact }) => impact !== "minor")
    .map(({ id, nodes }) => id + ": " + nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(" | ")))`);
}
