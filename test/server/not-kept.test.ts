import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openLake } from "../../src/lake/lake.js";
import { type RunningServer, startServer } from "../../src/server/serve.js";
import { runWell, temporaryFolder } from "../cli/run.js";
import { landingTrace, put } from "../cli/trace.js";

const folder = temporaryFolder();
const DAY_AFTER_MS = Date.UTC(2019, 0, 24);
let server: RunningServer;

before(async () => {
  put(folder, "in/a.json", landingTrace({ simulated: true }));
  put(folder, "more/b.json", landingTrace({ simulated: true, dayMs: DAY_AFTER_MS }));
  await runWell(["ingest", "in", "--events-only", "--lake", "lake"], { cwd: folder });
  server = await startServer({ lake: `${folder}/lake`, port: 0, onNote: () => undefined });
});
after(async () => await server.close());

async function get(path: string): Promise<{ status: number; text: string }> {
  const response = await fetch(new URL(path, server.url));
  return { status: response.status, text: await response.text() };
}

test("without positions landings are answered, and what needs positions says what to do", async () => {
  const landings = await get("/api/landings?in=VE");
  assert.equal(landings.status, 200);
  assert.equal((JSON.parse(landings.text) as { total: number }).total, 1);
  assert.match(landings.text, /were read from 1 input and not kept/);
  for (const path of ["/api/area?in=VE", "/api/aircraft/4ca7b3/journeys"]) {
    const { status, text } = await get(path);
    assert.equal(status, 422, path);
    assert.match(text, /"code":"positions-not-kept".*ingest.* without --events-only/, path);
  }
  assert.equal(process.exitCode, undefined, "an answer is not the end of the server");
});

test("with some of the positions the answer says that it is not whole", async () => {
  await runWell(["ingest", "more", "--lake", "lake"], { cwd: folder });
  const { status, text } = await get("/api/area?in=VE");
  assert.equal(status, 200, text);
  const { items, notes } = JSON.parse(text) as { items: unknown[]; notes: string[] };
  assert.equal(items.length, 1);
  assert.match(notes[0]!, /^the answer is not whole: positions of 2019-01-23 were read/);
});

test("an empty lake does not read as an answer", async () => {
  const lake = `${folder}/empty`;
  await (await openLake(lake, { create: true })).close();
  const empty = await startServer({ lake, port: 0, onNote: () => undefined });
  const response = await fetch(new URL("/api/landings", empty.url));
  assert.equal(response.status, 404);
  assert.match(await response.text(), /the lake is empty; ingest files first/);
  const held = (await (await fetch(new URL("/api/lake", empty.url))).json()) as object;
  assert.deepEqual(Object.entries(held).slice(3, 8), [
    ["simulated", false],
    ["aircraftCount", 0],
    ["inputCount", 0],
    ["positionCount", 0],
    ["movementCount", 0],
  ]);
  await empty.close();
});
