import assert from "node:assert/strict";
import { chmodSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { contentOf } from "../lake/temporary-folder.js";
import { assertFailures, run, runWell, temporaryFolder } from "./run.js";
import { landingTrace, put } from "./trace.js";

const CHROMIUM = process.env["WHEELSDOWN_CHROMIUM"] ?? "/usr/bin/chromium";
const skip = existsSync(CHROMIUM) ? false : `no browser at ${CHROMIUM}`;
const posix = process.platform === "win32" ? "needs programs that are scripts" : false;
const folder = temporaryFolder();
/** A place for profiles of its own, to see that they are gone. */
const temporary = temporaryFolder();
const ASK = ["dossier", "--in", "SVMI", "--out"];

function optionsWith(env: Record<string, string>) {
  return { cwd: folder, env: { WHEELSDOWN_CHROMIUM: "", TMPDIR: temporary, ...env } };
}

before(async () => {
  put(folder, "traces/trace_full_4ca7b3.json", landingTrace());
  await runWell(["ingest", "traces"], { cwd: folder });
});

test("a dossier is printed to a tagged A4 PDF with its fonts, and is otherwise the same bytes", {
  skip,
}, async () => {
  await runWell([...ASK, "plain"], optionsWith({}));
  await runWell([...ASK, "printed", "--pdf"], optionsWith({ WHEELSDOWN_CHROMIUM: CHROMIUM }));
  const { "dossier.pdf": hash, ...others } = contentOf(join(folder, "printed"));
  assert.ok(hash);
  assert.deepEqual(others, contentOf(join(folder, "plain")));
  const pdf = readFileSync(join(folder, "printed/dossier.pdf"), "latin1");
  const pages = pdf.match(/\/Type\s*\/Page\b(?!s)/g) ?? [];
  assert.ok(pages.length > 0, "it has pages");
  assert.match(pdf, /\/MarkInfo\s*<<[^>]*\/Marked true/);
  assert.match(pdf, /\/StructTreeRoot\b/);
  assert.match(pdf, /\/FontFile[23]?\b/);
  assert.match(pdf, /\/Lang\s*\(en/);
  // It travels, and says nothing of the machine it was made on.
  assert.match(pdf, /\/Creator \(wheelsdown \d/);
  assert.ok(!pdf.includes("file://"));
  // 210 by 297 mm in points of 1/72 inch; a browser may round to its own pixels.
  const boxes = [...pdf.matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)];
  assert.equal(boxes.length, pages.length);
  for (const [, width, height] of boxes) {
    assert.ok(Math.abs(Number(width) - 595.28) < 1, `${width} pt wide`);
    assert.ok(Math.abs(Number(height) - 841.89) < 1, `${height} pt high`);
  }
  assert.deepEqual(readdirSync(temporary), [], "the browser's folder is gone");
  await runWell(["verify", "printed"], optionsWith({}));
  // One that is written without a print keeps no older one.
  await runWell([...ASK, "printed"], optionsWith({}));
  assert.ok(!existsSync(join(folder, "printed/dossier.pdf")));
});

test("a browser is found under a usual name on the search path", {
  skip: skip || posix,
}, async () => {
  const script = `#!/bin/sh\nPATH=/usr/bin:/bin exec ${CHROMIUM} "$@"\n`;
  put(folder, "bin/google-chrome", script);
  chmodSync(join(folder, "bin/google-chrome"), 0o755);
  const ran = await run([...ASK, "found", "--pdf"], optionsWith({ PATH: join(folder, "bin") }));
  assert.equal(ran.code, 0, ran.stderr);
  assert.match(ran.stderr, /printing with .*bin\/google-chrome/);
  assert.ok(existsSync(join(folder, "found/dossier.pdf")));
});

test("without a browser the dossier is there, and the error says what to install", async () => {
  const options = optionsWith({ PATH: join(folder, "no-programs") });
  const says =
    /the dossier in bare is whole, without a PDF: .* install chromium .*--chromium PATH or WHEELSDOWN_CHROMIUM/;
  const usual = ["/snap/bin/chromium", "/Applications/Chromium.app"].some(existsSync);
  if (!usual) await assertFailures([{ words: [...ASK, "bare", "--pdf"], code: 69, says }], options);
  await assertFailures(
    [
      {
        words: [...ASK, "named", "--pdf", "--chromium", "./none"],
        code: 69,
        says: /named is whole, without a PDF: --chromium names .\/none, which is no program/,
      },
      { words: [...ASK, "no", "--chromium", "x"], code: 64, says: /--chromium goes with --pdf/ },
    ],
    options,
  );
  assert.ok(!existsSync(join(folder, "no")));
  await runWell(["verify", "named"], options);
});

test("a browser that fails or leaves half a PDF ends with 74, and leaves the dossier whole", {
  skip: posix,
}, async () => {
  const half =
    '#!/bin/sh\nfor w; do case $w in --print-to-pdf=*) echo "%PDF-1.4" > "${w#*=}";; esac; done\n';
  put(folder, "half", half);
  put(folder, "fails", "#!/bin/sh\necho 'no display here' >&2\nexit 3\n");
  for (const name of ["half", "fails"]) chmodSync(join(folder, name), 0o755);
  await assertFailures(
    [
      {
        words: [...ASK, "out-half", "--pdf", "--chromium", "./half"],
        code: 74,
        says: /out-half is whole, without a PDF: .\/half ended with 0 and left no whole PDF/,
      },
      {
        words: [...ASK, "out-fails", "--pdf", "--chromium", "./fails"],
        code: 74,
        says: /.\/fails ended with 3 and left no whole PDF; it said: no display here/,
      },
    ],
    optionsWith({}),
  );
  assert.deepEqual(
    readdirSync(join(folder, "out-half")).filter((name) => /pdf/.test(name)),
    [],
  );
  assert.deepEqual(readdirSync(temporary), []);
  await runWell(["verify", "out-fails"], optionsWith({}));
});
