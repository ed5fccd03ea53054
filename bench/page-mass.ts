// How long a browser takes to draw a mass of positions: the page's own layer beside a plain line layer of MapLibre, of
// the same positions in one run.
//
//   npm run bench:page-mass [-- --positions 1000000 --rounds 3 --browser /usr/bin/chromium]
//
// Times are of a browser without a graphics card: read the ratios.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { cpus, loadavg } from "node:os";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { BENCH_PAGE } from "./page-mass/bench-page.js";
import { manyPositions } from "./page-mass/many-positions.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FOLDERS: Readonly<Record<string, string>> = {
  dist: join(ROOT, "dist"),
  maplibre: join(ROOT, "node_modules/maplibre-gl/dist"),
};
const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
};
const FLAGS = [
  ...["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
  ...["--ignore-gpu-blocklist", "--enable-precise-memory-info"],
];
/** chosen: a GeoJSON layer of a million positions took 10 s on the slowest machine that was tried */
const WAIT_MS = 180_000;

interface Result {
  readonly way: "mass" | "geojson";
  readonly drawnMs: number;
  /** Longest time in which the page's thread answered nobody: with nothing to do, and until the picture was drawn. */
  readonly idleBlockMs: number;
  readonly longestBlockMs: number;
  /** The same up to where everything was handed over, without the first frame; null where that is not told apart. */
  readonly handedBlockMs: number | null;
  readonly heapMb: number;
  /** Pixels that are not the background's. */
  readonly lit: number;
  readonly repaintMs: number;
  /** Of a trail that moves; null where time is not part of the layer. */
  readonly playMs: number | null;
  readonly error?: string;
}

const { values } = parseArgs({
  options: {
    positions: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "3" },
    browser: { type: "string", default: "/usr/bin/chromium" },
  },
});
const made = manyPositions(Number(values.positions));
const server = createServer(({ url = "/" }, response) => {
  const path = new URL(url, "http://localhost").pathname;
  const [, first = "", ...rest] = normalize(path).split("/");
  const folder = FOLDERS[first];
  const found =
    path === "/positions.bin"
      ? made.bytes
      : path === "/positions.geojson"
        ? made.geoJson
        : folder
          ? readFileSync(join(folder, ...rest))
          : BENCH_PAGE;
  response.writeHead(200, { "content-type": TYPES[extname(path)] ?? typeOf(path) }).end(found);
});

function typeOf(path: string): string {
  return path === "/" ? "text/html; charset=utf-8" : "application/octet-stream";
}

async function measure(way: Result["way"], origin: string): Promise<Result> {
  const browser = await chromium.launch({ executablePath: values.browser, args: FLAGS });
  try {
    const page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
    await page.goto(`${origin}/?way=${way}`);
    for (let waitedMs = 0; waitedMs < WAIT_MS; waitedMs += 250) {
      const result = (await page.evaluate("window.__result")) as Result | undefined;
      if (result?.error !== undefined) throw new Error(result.error);
      if (result) return result;
      await page.waitForTimeout(250);
    }
    throw new Error(`${way} was not drawn in ${WAIT_MS} ms`);
  } finally {
    await browser.close();
  }
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}

await new Promise<void>((resolve) => {
  server.listen(0, "127.0.0.1", resolve);
});
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const loadBefore = loadavg()[0]!;
const results: Result[] = [];
for (let round = 0; round < Number(values.rounds); round++)
  for (const way of ["mass", "geojson"] as const) results.push(await measure(way, origin));
server.close();
console.log(
  `${made.count} positions; ${(made.bytes.length / 1e6).toFixed(1)} MB as bytes, ${(made.geoJson.length / 1e6).toFixed(1)} MB as GeoJSON; ${cpus().length} x ${cpus()[0]?.model ?? "unknown"}, load ${loadBefore.toFixed(1)} before, ${loadavg()[0]!.toFixed(1)} after; medians of ${values.rounds}`,
);
const columns = [
  "drawnMs",
  "idleBlockMs",
  "longestBlockMs",
  "handedBlockMs",
  "repaintMs",
  "playMs",
  "heapMb",
  "lit",
] as const;
for (const column of columns) {
  const of = (way: Result["way"]) =>
    median(results.filter((one) => one.way === way).map((one) => one[column] ?? Number.NaN));
  const [mass, geoJson] = [of("mass"), of("geojson")];
  console.log(
    `${column.padEnd(16)} mass ${mass.toFixed(0).padStart(8)}  geojson ${geoJson.toFixed(0).padStart(8)}  ratio ${(geoJson / mass).toFixed(2).padStart(6)}`,
  );
}
