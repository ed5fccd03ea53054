import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { test } from "node:test";
import { assertFailures, type Ran, run } from "../cli/run.js";
import { served } from "./served.js";

const server = served();

/** Starts the command and does something once it has said where it is. */
async function serving(
  work: (url: string, child: ChildProcess) => Promise<void>,
): Promise<Ran & { readonly stopMs: number }> {
  let stopMs = Number.NaN;
  let worked: Promise<void> | undefined;
  const ran = await run(["serve", "--lake", server.lake, "--port", "0"], {
    onStart: (child) =>
      child.stdout!.once("data", (text: string) => {
        worked = work(text.trim(), child).finally(() => {
          stopMs = performance.now();
          child.kill("SIGTERM");
        });
      }),
  });
  stopMs = performance.now() - stopMs;
  await worked;
  return { ...ran, stopMs };
}

test("serve says where it is, answers, and ends well when it is told to, while answering too", async () => {
  const asked: Promise<unknown>[] = [];
  const { code, stdout, stderr, stopMs } = await serving(async (url) => {
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/$/);
    const lake = await fetch(new URL("/api/lake", url));
    assert.equal(lake.status, 200);
    // Some of these are answered, some wait, some are cut off: none may hold the end up.
    for (let i = 0; i < 8; i++) {
      const path = `/api/country/VE?from=2019-01-2${i % 5}&to=2019-01-25`;
      asked.push(
        fetch(new URL(path, url))
          .then((got) => got.text())
          .catch(() => undefined),
      );
    }
  });
  await Promise.all(asked);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^http:\/\/127\.0\.0\.1:\d+\/\n$/);
  assert.doesNotMatch(stderr, /bug of wheelsdown|\n\s+at /);
  assert.ok(stopMs < 8_000, `it took ${Math.round(stopMs)} ms to end`);
  const tmp = `${server.lake}/tmp`;
  const left = existsSync(tmp) ? readdirSync(tmp) : [];
  // The server of these tests has a folder of its own there.
  assert.ok(left.length <= 1, left.join(", "));
});

test("Ctrl-C ends it with 0 as well", async (context) => {
  if (process.platform === "win32") return context.skip("needs POSIX signals");
  const { code, stderr } = await run(["serve", "--lake", server.lake, "--port", "0"], {
    onStart: (child) => child.stdout!.once("data", () => child.kill("SIGINT")),
  });
  assert.equal(code, 0, stderr);
});

test("what it cannot serve it says before it listens", async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  const { port } = taken.address() as { port: number };
  const lake = ["--lake", server.lake];
  await assertFailures([
    { words: ["serve", "--lake", "nowhere"], code: 66, says: /there is no lake in .*nowhere/ },
    {
      words: ["serve", "--port", String(port), ...lake],
      code: 64,
      says: /port \d+ is not to be had \(EADDRINUSE\): give another with --port/,
    },
    { words: ["serve", "--port", "70000", ...lake], code: 64, says: /from 0 to 65535/ },
    { words: ["serve", "--host", "0.0.0.0", ...lake], code: 64, says: /unknown option '--host'/ },
  ]);
  taken.close();
});
