import assert from "node:assert/strict";
import { relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { FORBIDDEN_WORDS } from "../src/report/wording.js";
import { shownTexts, sourcesIn } from "./support/shown-words.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Whatever the commands, the server, the reports and the page may say. */
const SOURCES = ["src", "web"].flatMap((folder) => sourcesIn(`${ROOT}${folder}`));

/** The one table of words of likelihood, each printed with its range. */
const TABLES = new Set(["src/report/reliability-words.ts"]);

/** `reach` calls its reckoning of what cannot have been a proof, which it is: bounds and margins, line by line. */
const ALLOWED: Readonly<Record<string, RegExp>> = {
  "src/cli/commands/reach.ts": /(?:--|\ba )proof\b/g,
};

/** Claims and causes that a position does not carry, beside those of the sentences. Source: docs/method.md, "Wording" */
const OVERSTATED =
  /\b(undoubtedly|undeniabl[ey]|obviously|clearly|evidently|without (a )?doubt|beyond doubt|guarantee[ds]?|suspicious(ly)?|mysterious(ly)?|clandestine|illegal(ly)?|illicit|evad(e[sd]?|ing)|dark flight|vanished|disappeared|went dark|hid(ing|den)? from|on board|passengers?|always right|impossible to)\b/i;

function wrongIn(words: RegExp): string[] {
  return SOURCES.flatMap((path) => {
    const name = relative(ROOT, path).replaceAll("\\", "/");
    if (TABLES.has(name)) return [];
    return shownTexts(path)
      .filter(({ text }) => words.test(text.replace(ALLOWED[name] ?? /$^/, "")))
      .map(({ text, line }) => `${name}:${line}: ${text}`);
  });
}

test("nothing the page, the server, the commands or the reports say claims more than positions can show", () => {
  assert.ok(SOURCES.some((path) => path.includes("web/page/screens")));
  assert.ok(SOURCES.some((path) => path.includes("src/server")));
  assert.deepEqual(wrongIn(FORBIDDEN_WORDS), []);
});

test("nothing that is shown overstates, or names a cause or a purpose", () => {
  assert.deepEqual(wrongIn(OVERSTATED), []);
});

test("words are found in strings, templates and between tags, and not in names, types or comments", () => {
  const own = shownTexts(
    fileURLToPath(new URL("../../web/page/parts/header.tsx", import.meta.url)),
  );
  const all = own.map(({ text }) => text).join("\n");
  assert.match(all, /None of this took place/);
  assert.match(all, /Globe/);
  assert.doesNotMatch(all, /The line above every screen|\.\/search-box\.js/);
});
