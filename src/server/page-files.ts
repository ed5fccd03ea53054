import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A file of the page in memory. */
export interface PageFile {
  readonly type: string;
  readonly etag: string;
  readonly plain: Uint8Array;
  readonly br: Uint8Array | undefined;
  readonly gzip: Uint8Array | undefined;
  /** Its name changes with its content. */
  readonly isImmutable: boolean;
}

/** What is served of a page: fixed when the server starts. */
export interface PageFiles {
  /** By the path of the address, "/assets/main-1a2b.js". No path of a request ever reaches the disk. */
  readonly byPath: ReadonlyMap<string, PageFile>;
  readonly index: PageFile | undefined;
}

/** Beside `dist/src` and `dist/program`, two folders up from either. */
const FOLDER = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "page");

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  json: "application/json; charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
  webp: "image/webp",
  ico: "image/x-icon",
  woff2: "font/woff2",
  txt: "text/plain; charset=utf-8",
  webmanifest: "application/manifest+json",
};

/** Reads the page's files, which are a few megabytes. @returns none when the page was not built */
export function pageFiles(folder: string = FOLDER): PageFiles {
  const byPath = new Map<string, PageFile>();
  for (const name of namesIn(folder)) {
    const ending = name.slice(name.lastIndexOf(".") + 1);
    const type = TYPES[ending];
    if (!type) continue;
    const plain = readFileSync(join(folder, name));
    const compressed = (more: string) => {
      const path = join(folder, `${name}.${more}`);
      return statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path) : undefined;
    };
    byPath.set(`/${name.replaceAll("\\", "/")}`, {
      type,
      etag: `"${createHash("sha256").update(plain).digest("hex").slice(0, 32)}"`,
      plain,
      br: compressed("br"),
      gzip: compressed("gz"),
      isImmutable: /^assets[\\/]/.test(name),
    });
  }
  return { byPath, index: byPath.get("/index.html") };
}

function namesIn(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
}

/** Addresses of the page that all show the same file, which reads the address itself. */
export function isPagePath([, first = "", second, ...more]: readonly string[]): boolean {
  if (second === undefined)
    return ["", "map", "search", "area", "method", "dossier"].includes(first);
  const isOne = ["aircraft", "airport", "country", "gap"].includes(first);
  return isOne && second !== "" && more.length === 0;
}

/** What stands at the page's addresses when it was not built. */
export const NO_PAGE_HTML = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>wheelsdown</title>
<h1>wheelsdown</h1>
<p>The page was not built in this copy of the program. The API works: <a href="/api/openapi.json">its description</a>,
<a href="/api/lake">what the lake holds</a>.</p>
</html>
`;
