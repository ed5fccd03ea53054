import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { openLake } from "../../src/lake/lake.js";
import { inputOf } from "./build-track.js";
import { runIngest } from "./ingest-run.js";
import { contentOf, temporaryFolder } from "./temporary-folder.js";

const RUN = fileURLToPath(new URL("ingest-run.js", import.meta.url));

/** What every run must end with, however often it was stopped on its way. */
async function undisturbed(): Promise<{ content: Record<string, string>; steps: string[] }> {
  const root = join(temporaryFolder(), "lake");
  const steps: string[] = [];
  await runIngest(root, (step) => steps.push(step));
  return { content: contentOf(root), steps };
}

/** The state a reader sees: it must always be one that some number of whole changes led to. */
async function readable(root: string): Promise<string> {
  const lake = await openLake(root);
  const { generation, pointCount, movementCount, inputCount } = await lake.status();
  assert.deepEqual(await lake.verify(), []);
  for (const address of await lake.addresses()) assert.ok(await lake.track(address));
  let count = 0;
  for await (const _ of lake.movements()) count++;
  assert.equal(count, movementCount);
  await lake.close();
  return `${generation}: ${inputCount} inputs, ${pointCount} points, ${movementCount} movements`;
}

const STATES = [
  "0: 0 inputs, 0 points, 0 movements",
  "1: 2 inputs, 8 points, 0 movements",
  "2: 2 inputs, 8 points, 4 movements",
  "3: 3 inputs, 12 points, 4 movements",
  "4: 3 inputs, 12 points, 4 movements",
];

test("a second run over the same inputs changes no byte", async () => {
  const root = join(temporaryFolder(), "lake");
  await runIngest(root);
  const before = contentOf(root);
  await runIngest(root);
  assert.deepEqual(contentOf(root), before);
  assert.deepEqual(before, (await undisturbed()).content);
  assert.equal(await readable(root), STATES.at(-1));
});

test("killed before a step of any kind and run again, it ends with the same bytes", async () => {
  const { content, steps } = await undisturbed();
  assert.ok(steps.length > 25, `${steps.length} steps`);
  const root = join(temporaryFolder(), "lake");
  // Every fourth one, as each costs a process; the next test but one stops at all of them.
  for (let step = 0; step < steps.length; step += 4) {
    rmSync(root, { recursive: true, force: true });
    await (await openLake(root, { create: true })).close();
    const run = spawnSync(process.execPath, [RUN, root, String(step)], { encoding: "utf8" });
    assert.equal(run.signal, "SIGKILL", `${steps[step]}: ${run.stderr}`);
    assert.ok(STATES.includes(await readable(root)), steps[step]!);
    await runIngest(root);
    assert.deepEqual(contentOf(root), content, `killed before: ${steps[step]}`);
  }
});

test("killed at any moment, many times in a row, it still ends with the same bytes", async () => {
  const { content } = await undisturbed();
  const root = join(temporaryFolder(), "lake");
  for (const waitMs of [60, 110, 140, 170, 190, 210, 230, 250, 270]) {
    const child = spawn(process.execPath, [RUN, root], { stdio: "ignore" });
    const ended = new Promise((resolve) => child.on("exit", resolve));
    await sleep(waitMs);
    child.kill("SIGKILL");
    await ended;
    if (existsSync(join(root, "lake.json"))) assert.ok(STATES.includes(await readable(root)));
  }
  await runIngest(root);
  assert.deepEqual(contentOf(root), content);
});

test("failing at any step leaves the old state, says so, and the next run ends with the same bytes", async () => {
  const { content, steps } = await undisturbed();
  const root = join(temporaryFolder(), "lake");
  for (let failing = 0; failing < steps.length; failing++) {
    rmSync(root, { recursive: true, force: true });
    let step = 0;
    const run = runIngest(root, () => {
      if (step++ === failing) throw new Error("ENOSPC: no space left on device");
    });
    await assert.rejects(run, { code: "io-failed", message: /no space left.*as it was before/ });
    assert.ok(STATES.includes(await readable(root)), steps[failing]!);
    await runIngest(root);
    assert.deepEqual(contentOf(root), content, `failed at: ${steps[failing]}`);
  }
});

test("after a failed change the same session can try it again", async () => {
  const lake = await openLake(join(temporaryFolder(), "lake"), { create: true });
  let failures = 1;
  const session = await lake.beginIngest({
    onStep(step) {
      if (step.startsWith("swap") && failures-- > 0) throw new Error("EIO: i/o error");
    },
  });
  const batch = { inputs: [inputOf("a")], tracks: [] };
  await assert.rejects(session.addBatch(batch), { code: "io-failed" });
  assert.ok(!session.hasInput("a".repeat(64)));
  await session.addBatch(batch);
  assert.ok(session.hasInput("a".repeat(64)));
  await session.close();
  assert.equal((await lake.inputs()).length, 1);
  await lake.close();
});

test("a full disk leaves the old state readable, and more room lets the ingest end", (context) => {
  const root = join(temporaryFolder(), "disk");
  mkdirSync(root);
  const mount = (size: string) =>
    spawnSync("mount", ["-t", "tmpfs", "-o", size, "tmpfs", root]).status === 0;
  if (process.platform !== "linux" || !mount("size=24k")) {
    context.skip("needs the right to mount a small disk");
    return;
  }
  try {
    return fillDisk(join(root, "lake"), () => mount("size=4m,remount")).finally(() =>
      spawnSync("umount", [root]),
    );
  } catch (error) {
    spawnSync("umount", [root]);
    throw error;
  }
});

async function fillDisk(root: string, makeRoom: () => boolean): Promise<void> {
  await assert.rejects(runIngest(root), { code: "io-failed" });
  assert.ok(STATES.includes(await readable(root)));
  assert.ok(makeRoom());
  await runIngest(root);
  assert.deepEqual(contentOf(root), (await undisturbed()).content);
}

test("what a killed run still owes is known to the next one", async () => {
  const { steps } = await undisturbed();
  const root = join(temporaryFolder(), "lake");
  await (await openLake(root, { create: true })).close();
  const afterFirst = steps.indexOf("committed");
  spawnSync(process.execPath, [RUN, root, String(afterFirst)]);
  const lake = await openLake(root);
  assert.equal((await lake.status()).awaitingMovementCount, 2);
  const session = await lake.beginIngest();
  assert.deepEqual(session.awaitingMovements(), ["4ca7b3", "~00000a"]);
  assert.ok(session.hasInput("a".repeat(64)));
  assert.ok(!session.hasInput("c".repeat(64)));
  await session.close();
  await lake.close();
});

test("inputs the lake has are passed over with their points", async () => {
  const root = join(temporaryFolder(), "lake");
  await runIngest(root);
  const before = contentOf(root);
  const lake = await openLake(root);
  const session = await lake.beginIngest();
  await session.addBatch({ inputs: [inputOf("a"), inputOf("a", { file: "again" })], tracks: [] });
  await session.close();
  await lake.close();
  assert.deepEqual(contentOf(root), before);
});
