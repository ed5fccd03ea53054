// Every screen of the page over a real server, with simulated data and with real ones.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { type RunningServer, startServer } from "../../src/server/serve.js";
import { runWell, temporaryFolder } from "../cli/run.js";
import { brokenRules, browserOf, MAP_READY, skip as noBrowser, until } from "./browser.js";

// Real traces beside the repository; they may not be copied into it.
const TRACES = join(fileURLToPath(new URL("../../../", import.meta.url)), "../shared/data/readsb");
const REQUIRED = process.env["WHEELSDOWN_REQUIRE_SHARED"] === "1";
const noTraces =
  existsSync(TRACES) || REQUIRED ? false : "needs ../shared/data/readsb, which is not here";

/** What a lake gives to look at. */
interface Subjects {
  readonly hex: string;
  readonly other: string;
  readonly airport: string;
  readonly country: string;
  readonly gap: string;
  /** A day with positions. */
  readonly day: string;
}

/** The screens that have a map are waited for until it is drawn. */
const SCREENS: readonly (readonly [
  name: string,
  hasMap: boolean,
  path: (of: Subjects) => string,
])[] = [
  ["the start", false, () => "/"],
  ["an aircraft", true, ({ hex }) => `/aircraft/${hex}?gfx=lite`],
  ["an aircraft, others heard", true, ({ hex }) => `/aircraft/${hex}?gfx=lite&layers=traffic`],
  ["an aircraft nobody heard", true, ({ day }) => `/aircraft/150000?from=${day}&to=${day}`],
  ["two on the globe", true, ({ hex, other }) => `/map?ac=${hex},${other}&proj=globe&gfx=lite`],
  ["a gap", true, ({ gap }) => `/gap/${gap}?gfx=lite`],
  ["an airport", true, ({ airport }) => `/airport/${airport}?gfx=lite`],
  ["a country", true, ({ country, day }) => `/country/${country}?from=${day}&to=${day}&gfx=lite`],
  ["landings", true, ({ country }) => `/search?in=${country}&gfx=lite`],
  ["an area", true, ({ country, day }) => `/area?in=${country}&from=${day}&to=${day}&gfx=lite`],
  ["a dossier", false, ({ hex }) => `/dossier?hex=${hex}`],
  ["data and method", false, () => "/method"],
];

const READY = `document.querySelector("h1") && !document.querySelector(".waiting")`;
const MADE = `document.querySelector(".preview")?.getAttribute("aria-busy") === "false"`;

interface Items {
  readonly items: readonly {
    readonly movement: {
      readonly hex: string;
      readonly airport: string | null;
      readonly country: string;
      readonly time: string;
    };
  }[];
}

async function subjectsOf(origin: string): Promise<Subjects> {
  const ask = async <T>(path: string) => (await (await fetch(origin + path)).json()) as T;
  const { items } = await ask<Items>("/api/landings?limit=200");
  const named = items.map(({ movement }) => movement).filter(({ airport }) => airport !== null);
  for (const { hex, airport, country, time } of named) {
    const track = await ask<{ gaps: readonly { id: string }[] }>(`/api/aircraft/${hex}/track`);
    const other = named.find((one) => one.hex !== hex)?.hex ?? hex;
    const gap = track.gaps[0]?.id;
    if (gap) return { hex, other, airport: airport!, country, gap, day: time.slice(0, 10) };
  }
  throw new Error("no aircraft of this lake landed and was silent");
}

function screensOf(
  what: "simulated" | "real",
  { ingest, unless }: { ingest(folder: string): Promise<string>; unless: string | false },
): void {
  const skip = noBrowser || unless;
  describe(`every screen with ${what} data`, { skip }, () => {
    let server: RunningServer;
    let subjects: Subjects;
    const folder = temporaryFolder();
    const origin = () => server.url.replace(/\/$/, "");
    const withPage = browserOf(() => origin());
    before(async () => {
      const lake = await ingest(folder);
      server = await startServer({ lake, port: 0, onNote: () => undefined });
      subjects = await subjectsOf(origin());
    });
    after(() => server.close());
    for (const [name, hasMap, path] of SCREENS) {
      test(`${name}: no error, no other server, axe's rules in both themes`, async () => {
        await withPage({}, async (page) => {
          await page.goto(origin() + path(subjects));
          await until(page, READY);
          if (hasMap) await until(page, MAP_READY);
          if (name === "a dossier") await until(page, MADE);
          assert.equal(await page.locator("[role=alert]").count(), 0);
          const text = (await page.textContent("body")) ?? "";
          assert.doesNotMatch(text, /There is no such page|undefined|NaN/);
          assert.equal(/SIMULATED/.test(text), what === "simulated", "the mark of simulated data");
          assert.deepEqual(await brokenRules(page), []);
          await page.emulateMedia({ colorScheme: "dark" });
          await until(page, `document.documentElement.dataset.theme === "dark"`);
          assert.deepEqual(await brokenRules(page), []);
        });
      });
    }
  });
}

screensOf("simulated", {
  unless: false,
  async ingest(folder) {
    await runWell(["demo", "--out", "demo"], { cwd: folder });
    return join(folder, "demo", "lake");
  },
});

screensOf("real", {
  unless: noTraces,
  async ingest(folder) {
    assert.ok(existsSync(TRACES), `WHEELSDOWN_REQUIRE_SHARED=1, but ${TRACES} is not here`);
    await runWell(["ingest", TRACES, "--lake", "lake", "--quiet"], { cwd: folder });
    return join(folder, "lake");
  },
});
