import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { findBrowser } from "../../src/io/find-browser.js";
import { printPage } from "../../src/io/print-page.js";
import { temporaryFolder } from "../lake/temporary-folder.js";

const skip = process.platform === "win32" ? "needs programs that are scripts" : false;
const folder = temporaryFolder();

function putProgram(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
}

function find(environment: Record<string, string>, named?: string) {
  return findBrowser({ named, environment, platform: "linux" });
}

test("a browser that hangs is ended with all it started, and nothing of it stays", {
  skip,
}, async () => {
  const note = join(folder, "pid");
  const browser = putProgram(
    "hangs",
    `sleep 1000 &\necho $! > '${note.replaceAll("'", "'\\''")}'\nwait`,
  );
  const pdf = join(folder, "late.pdf");
  const print = { browser, page: join(folder, "page.html"), pdf };
  const late = printPage({ ...print, signal: new AbortController().signal, limitMs: 1000 });
  await assert.rejects(late, {
    code: "io-failed",
    message: /hangs took longer than 1 s and left no/,
  });
  const pid = Number(readFileSync(note, "utf8"));
  assert.ok(pid > 0 && (await isGone(pid)), "its child is ended too");
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 300);
  await assert.rejects(printPage({ ...print, signal: stop.signal }), { code: "interrupted" });
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.includes(".pdf")),
    [],
  );
});

/** An ended process stays for a moment until its parent has heard of it. */
async function isGone(pid: number): Promise<boolean> {
  for (let i = 0; i < 50; i++) {
    try {
      const stat = process.platform === "linux" ? readFileSync(`/proc/${pid}/stat`, "utf8") : "";
      if (/\) Z /.test(stat)) return true;
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

test("the browser named comes first, then the variable's, then a usual name", {
  skip,
}, async () => {
  const usual = putProgram("bin/chromium", "");
  const mine = putProgram("mine", "");
  const PATH = [join(folder, "none"), join(folder, "bin")].join(delimiter);
  assert.equal(await find({ PATH }), usual);
  assert.equal(await find({ PATH, WHEELSDOWN_CHROMIUM: mine }), mine);
  assert.equal(await find({ PATH, WHEELSDOWN_CHROMIUM: "/none" }, mine), mine);
  assert.equal(await find({ PATH, WHEELSDOWN_CHROMIUM: "" }, "chromium"), usual);
});

test("what is named and cannot be run is an error, and no other is taken for it", {
  skip,
}, async () => {
  const PATH = join(folder, "bin");
  writeFileSync(join(folder, "text"), "");
  const missing = { code: "program-missing" };
  for (const named of [join(folder, "text"), folder, "/none", "no-such-name"])
    await assert.rejects(find({ PATH }, named), missing);
  const message = /^WHEELSDOWN_CHROMIUM names \/none, which is no program/;
  await assert.rejects(find({ PATH, WHEELSDOWN_CHROMIUM: "/none" }), { ...missing, message });
});
