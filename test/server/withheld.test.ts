import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type RunningServer, startServer } from "../../src/server/serve.js";
import { runWell, temporaryFolder } from "../cli/run.js";
import { landingTrace, put } from "../cli/trace.js";

const folder = temporaryFolder();
const HOUR_MS = 3_600_000;
const TOUCHDOWN_MS = 43_860_000;
const OWNED = { hex: "a12454", registration: "N173AB", dbFlags: 8 };
const LATE = { hex: "3c6444", registration: "D-AAAA" };
const HIDDEN = /N173AB|a12454|D-AAAA/;

const servers: RunningServer[] = [];
let usual: RunningServer;
let open: RunningServer;

before(async () => {
  const dayMs = Date.now() - 3 * HOUR_MS - TOUCHDOWN_MS;
  const all = [{}, OWNED, { dayMs }, { ...LATE, dayMs }];
  for (const [index, one] of all.entries()) put(folder, `in/${index}.json`, landingTrace(one));
  await runWell(["ingest", "in", "--lake", "lake"], { cwd: folder });
  const options = { lake: `${folder}/lake`, port: 0, onNote: () => undefined };
  usual = await startServer(options);
  open = await startServer({ ...options, includePrivate: true, includeRecent: true });
  servers.push(usual, open);
});
after(async () => {
  for (const server of servers) await server.close();
});

interface Got {
  readonly status: number;
  readonly text: string;
}

async function get(path: string, server = usual): Promise<Got> {
  const response = await fetch(new URL(path, server.url));
  return { status: response.status, text: await response.text() };
}

async function json(path: string, server = usual): Promise<Record<string, unknown>> {
  const { status, text } = await get(path, server);
  assert.equal(status, 200, `${path}: ${text}`);
  return JSON.parse(text) as Record<string, unknown>;
}

const PRIVATE = /1 aircraft marked private by a source \(LADD or PIA\) was withheld/;
const RECENT = /positions and movements after \S+ are younger than 24 h and were withheld/;

test("answers about places hold no private aircraft and nothing of the last day, and say so", async () => {
  const day = "from=2019-01-20&to=2019-01-26";
  for (const path of [
    "/api/landings?in=VE",
    "/api/airport/SVMI/arrivals",
    "/api/country/VE/landings",
    `/api/country/VE?${day}`,
    `/api/area?in=VE&${day}`,
    `/api/area.jsonl?in=VE&${day}`,
    `/api/positions?in=VE&${day}`,
  ]) {
    const { status, text } = await get(path);
    assert.equal(status, 200, text);
    assert.doesNotMatch(text, HIDDEN, path);
    assert.match(text, PRIVATE, path);
    if (!path.includes(day)) assert.match(text, RECENT, path);
    assert.match((await get(path, open)).text, /N173AB/, path);
    assert.doesNotMatch((await get(path, open)).text, /withheld/, path);
  }
  for (const path of [
    "/api/landings.csv?in=VE",
    "/api/area.geojson?in=VE",
    "/api/positions.bin?in=VE&from=2019-01-20&to=2019-01-26",
  ])
    assert.doesNotMatch((await get(path)).text, HIDDEN, path);
});

test("no parameter lifts it; naming an aircraft does, for what is older than a day", async () => {
  for (const name of ["include-private", "includePrivate", "include-recent"])
    assert.equal((await get(`/api/landings?in=VE&${name}=1`)).status, 400);
  assert.match((await get("/api/landings?in=VE&hex=a12454")).text, /N173AB/);
  const one = await json("/api/aircraft/a12454");
  assert.equal((one["days"] as unknown[]).length, 1);
  assert.match((await get("/api/aircraft/a12454/journeys")).text, /a12454/);
  const track = await json("/api/aircraft/4ca7b3/track");
  const times = track["time"] as number[];
  assert.ok(times.every((timeS) => timeS * 1000 <= Date.now() - 24 * HOUR_MS));
  const known = await json("/api/aircraft/4ca7b3");
  assert.match(String(known["lastHeard"]), /^2019-01-23T12:/);
  assert.equal((known["days"] as unknown[]).length, 1);
  assert.match(String(known["notes"]), RECENT);
  const late = await json("/api/aircraft/3c6444");
  assert.deepEqual([late["firstHeard"], late["lastHeard"], late["days"]], [null, null, []]);
  assert.match(String(late["notes"]), RECENT);
  for (const path of [
    "/api/aircraft/3c6444/track.csv",
    `/api/aircraft/3c6444/position?at=${new Date(Date.now() - 3 * HOUR_MS).toISOString()}`,
  ]) {
    const { status, text } = await get(path);
    assert.equal(status, 404, path);
    assert.match(text, RECENT, path);
  }
  const from = new Date(Date.now() - 20 * HOUR_MS).toISOString();
  const refused = await get(`/api/landings?in=VE&from=${from}`);
  assert.equal(refused.status, 422);
  assert.match(
    refused.text,
    /"code":"withheld".*started with --include-recent, wheelsdown serve shows/,
  );
});

test("a search finds a private aircraft by its whole name only, and tells nothing of the last day", async () => {
  for (const q of ["a124", "a1245", "N173", "N173A", "A320"])
    assert.doesNotMatch((await get(`/api/search?q=${q}`)).text, /N173AB/, q);
  for (const q of ["a12454", "A12454", "N173AB", "n173ab"])
    assert.match((await get(`/api/search?q=${q}`)).text, /"title":"N173AB"/, q);
  assert.match((await get("/api/search?q=N173", open)).text, /N173AB/);
  const today = new Date().toISOString().slice(0, 10);
  const year = today.slice(0, 4);
  for (const q of ["D-AA", "4ca7"]) {
    const { text } = await get(`/api/search?q=${q}`);
    assert.match(text, /"inLake":true/);
    assert.doesNotMatch(text, new RegExp(`${year}-`), "no day of the last ones");
  }
});

test("what the lake holds tells what is withheld, or what the server was told to show", async () => {
  const { withheld, showing, aircraftCount } = await json("/api/lake");
  assert.equal(aircraftCount, 3, "how much a lake holds is of no aircraft");
  assert.match(String(withheld), /1 aircraft of this lake is marked private .* withheld/);
  assert.match(String(withheld), /started with --include-private, wheelsdown serve shows them/);
  assert.match(String(withheld), /younger than 24 h, now those after \S+, are withheld/);
  assert.deepEqual(showing, []);
  const shown = await json("/api/lake", open);
  assert.match(String(shown["withheld"]), /shown all the same: --include-private was given/);
  assert.deepEqual(shown["showing"], ["--include-private", "--include-recent"]);
});

test("a dossier is refused when it reaches into the last day, and is the command's otherwise", async () => {
  const question = "hex=4ca7b3&from=2019-01-20&to=2019-01-26";
  const refused = await get(`/api/dossier?${question}`);
  assert.equal(refused.status, 422);
  assert.match(refused.text, /a dossier is never cut silently/);
  assert.equal((await get(`/api/dossier?${question}`, open)).status, 200);
  const place = "hex=a12454&from=2019-01-20&to=2019-01-26";
  const made = await json(`/api/dossier?${place}`);
  const again = await json(`/api/dossier?${place}`);
  assert.deepEqual(again, made);
  assert.match(String(made["command"]), /--hex a12454/);
  assert.match(String((await json(`/api/dossier?${place}`, open))["command"]), /--include-private/);
});
