import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { type Asking, askForMap } from "../../src/cli/ask-map.js";
import type { DossierManifest } from "../../src/report/dossier-manifest.js";
import type { VerificationJson } from "../../src/report/verification-shape.js";
import { contentOf } from "../lake/temporary-folder.js";
import { assertFailures, jsonLines, run, runWell, temporaryFolder } from "./run.js";
import { landingTrace, put } from "./trace.js";

const folder = temporaryFolder();
const options = { cwd: folder, env: { WHEELSDOWN_CONFIG: join(folder, "config") } };
const MAP = "time=When,lat=Y,lon=X,alt=Height:m,speed=V:kmh,ground=Gnd,hex=Who";
/** `MAP` for a table whose names say more. */
const GUESSED = "time=Time,lat=Lat,lon=Lon,alt=Alt (m),speed=GS km/h,hex=Hex,ground=Ground";

/** The landing of `landingTrace` as a table in metres and km/h. */
function landingTable(hex: string, header: string, time: (ms: number) => string): string {
  const { timestamp, trace } = JSON.parse(landingTrace()) as {
    timestamp: number;
    trace: [number, number, number, number | "ground", number | null][];
  };
  const rows = trace.map(([offsetS, lat, lon, altitude, speedKt]) =>
    [
      time((timestamp + offsetS) * 1000),
      hex,
      lat,
      lon,
      altitude === "ground" ? "" : (altitude * 0.3048).toFixed(2),
      speedKt === null ? "" : (speedKt * 1.852).toFixed(2),
      altitude === "ground" ? 1 : 0,
    ].join(";"),
  );
  return `${header}\n${rows.map((row) => `${row}\n`).join("")}`;
}

const iso = (ms: number) => new Date(ms).toISOString();
const HEADER = "When;Who;Y;X;Height;V;Gnd";
/** As clocks in Caracas showed it, four hours behind UTC. */
const caracas = (ms: number) =>
  iso(ms - 4 * 3_600_000)
    .replace("T", " ")
    .slice(0, 19);

before(() => {
  put(folder, "own.csv", landingTable("4ca7b3", HEADER, iso));
  put(folder, "local.csv.gz", gzipSync(landingTable("4ca7b4", HEADER, caracas)));
  put(folder, "named.csv", landingTable("4ca7b5", "Time;Hex;Lat;Lon;Alt (m);GS km/h;Ground", iso));
  put(folder, "trace_full_4ca7b6.json", landingTrace({ hex: "4ca7b6" }));
});

async function landings(...words: string[]): Promise<string[]> {
  const found = jsonLines(await runWell(["movements", "--json", "--quiet", ...words], options));
  return found
    .filter(({ kind }) => kind === "landing")
    .map(({ hex, time, airport, evidence }) => [hex, time, airport, evidence].join(" "));
}

test("a table gives the landing that the same positions give as a trace", async () => {
  const [trace] = await landings("trace_full_4ca7b6.json");
  const [own] = await landings("own.csv", "--map", MAP);
  assert.equal(own, trace!.replace("4ca7b6", "4ca7b3"));
  const [local] = await landings("local.csv.gz", "--map", MAP, "--tz", "America/Caracas");
  assert.equal(local, trace!.replace("4ca7b6", "4ca7b4"));
});

test("with a mapping other files are read as they are, and a table without its columns is told", async () => {
  const words = ["movements", "--json", "own.csv", "named.csv", "trace_full_4ca7b6.json"];
  const { code, stdout, stderr } = await run([...words, "--map", MAP], options);
  assert.equal(code, 65);
  assert.match(stderr, /named\.csv: a table without the column "When".*that --map names/);
  assert.deepEqual(
    jsonLines(stdout)
      .filter(({ kind }) => kind === "landing")
      .map(({ hex }) => hex),
    ["4ca7b6", "4ca7b3"],
  );
});

test("without a mapping a table is refused with what it looks like, and that reads it", async () => {
  const { code, stderr } = await run(["movements", "named.csv"], options);
  assert.equal(code, 65);
  const guess = /looks like --map '(.*)'; check that, and add it/.exec(stderr)?.[1];
  assert.equal(guess, GUESSED);
  assert.equal((await landings("named.csv", "--map", guess!)).length, 1);
  await assertFailures(
    [
      { words: ["movements", "own.csv"], code: 65, says: /does not look like|with what only you/ },
      {
        words: ["movements", "own.csv", "--map", MAP.replace(":m", "")],
        code: 65,
        says: /"Height" does not say what its altitudes are in; write alt=Height:ft or alt=Height:m/,
      },
      {
        words: ["movements", "local.csv.gz", "--map", MAP],
        code: 65,
        says: /its times name no zone .*give --tz/,
      },
      { words: ["movements", "own.csv", "--map", "lat=Y"], code: 64, says: /which column is time/ },
      { words: ["movements", "own.csv", "--save-map", "x"], code: 64, says: /give that too/ },
      {
        words: ["movements", "own.csv", "--map", MAP, "--save-map", "X Y"],
        code: 64,
        says: /is no name/,
      },
    ],
    options,
  );
});

test("a mapping is kept under a name with its zone, and used by name or as a file", async () => {
  const kept = ["--map", MAP, "--tz", "America/Caracas", "--save-map", "caracas"];
  const first = await landings("local.csv.gz", ...kept);
  assert.deepEqual(await landings("local.csv.gz", "--map", "caracas"), first);
  const file = "config/maps/caracas.json";
  assert.deepEqual(JSON.parse(readFileSync(join(folder, file), "utf8")), {
    schema: "wheelsdown/map/1",
    map: MAP,
    timeZone: "America/Caracas",
  });
  assert.deepEqual(await landings("local.csv.gz", "--map", file), first);
  const utc = await landings("local.csv.gz", "--map", file, "--tz", "UTC");
  assert.notDeepEqual(utc, first);
  put(folder, "broken.json", '{"schema":"wheelsdown/map/1","map":"lat=1"}');
  await assertFailures(
    [
      { words: ["movements", "x", "--map", "caracs"], code: 64, says: /nearest: caracas/ },
      { words: ["movements", "x", "--map", "broken.json"], code: 65, says: /no saved mapping/ },
    ],
    options,
  );
});

test("a mapping stands in the ledger, and the same bytes under another are refused", async () => {
  const ingest = (...words: string[]) =>
    run(["ingest", "own.csv", "--lake", "one", ...words], options);
  assert.equal((await ingest("--map", MAP)).code, 0);
  const content = contentOf(join(folder, "one"));
  const [input] = jsonLines(await runWell(["lake", "inputs", "--json", "--lake", "one"], options));
  assert.equal(input!.format, `table --map ${MAP}`);
  for (const words of [["--map", MAP], []]) {
    const again = await ingest(...words);
    assert.equal(again.code, 0, again.stderr);
    assert.match(again.stderr, /1 was there already/);
  }
  const other = await ingest("--map", MAP.replace(":m", ":ft"));
  assert.equal(other.code, 65);
  assert.match(
    other.stderr,
    /read as table --map .*Height:m,.* and not as table --map .*Height:ft/,
  );
  assert.deepEqual(contentOf(join(folder, "one")), content);
});

test("threads read with the same mapping", async () => {
  for (const threads of ["1", "2"])
    await runWell(
      [
        "ingest",
        "own.csv",
        "trace_full_4ca7b6.json",
        "--map",
        MAP,
        "--lake",
        `t-${threads}`,
      ].concat(["--threads", threads]),
      options,
    );
  assert.deepEqual(contentOf(join(folder, "t-1")), contentOf(join(folder, "t-2")));
});

test("a mapping refuses bytes that the lake has by another reader", async () => {
  const states = "time,icao24,lat,lon,altitude\n1548286867,4ca7b9,23.5,-82,1000\n";
  put(folder, "states.csv", states);
  await runWell(["ingest", "states.csv", "--lake", "two"], options);
  const map = "time=time,lat=lat,lon=lon,alt=altitude:m,hex=icao24";
  const { code, stderr } = await run(
    ["ingest", "states.csv", "--lake", "two", "--map", map],
    options,
  );
  assert.equal(code, 65);
  assert.match(stderr, /read as opensky-states, and not as table --map/);
});

test("a dossier names the mapping its inputs were read with, and verify tells a lake of another", async () => {
  await runWell(["ingest", "own.csv", "--lake", "given", "--map", MAP], options);
  const feet = MAP.replace(":m", ":ft");
  await runWell(["ingest", "own.csv", "--lake", "other", "--map", feet], options);
  await runWell(["dossier", "--in", "SVMI", "--lake", "given", "--out", "packet"], options);
  const text = readFileSync(join(folder, "packet/manifest.json"), "utf8");
  const manifest = JSON.parse(text) as DossierManifest;
  assert.deepEqual(
    manifest.inputs.map(({ file, readAs }) => [file, readAs]),
    [["own.csv", `--map ${MAP}`]],
  );
  await runWell(["verify", "packet", "--lake", "given"], options);
  const ran = await run(["verify", "packet", "--json", "--quiet", "--lake", "other"], options);
  assert.equal(ran.code, 1, ran.stderr);
  const { again } = JSON.parse(ran.stdout) as VerificationJson;
  assert.ok(
    again!.causes.some((cause) => cause.includes(`read with --map ${MAP} then`)),
    again!.causes.join("\n"),
  );
});

/** Somebody who answers, and what was said to them. */
function answering(answer: string, canAsk = true): Asking & { readonly said: string[] } {
  const said: string[] = [];
  return {
    said,
    canAsk,
    say: (line) => said.push(line),
    ask: async (question) => {
      said.push(question);
      return answer;
    },
  };
}

test("on a terminal a table is shown as it would be read, and read so only after a yes", async () => {
  const path = join(folder, "named.csv");
  const yes = answering("y");
  assert.deepEqual(await askForMap([path], {}, yes), { map: GUESSED });
  assert.equal(yes.said.length, 7);
  assert.match(yes.said[1]!, /--map '/);
  assert.match(yes.said[3]!, /^ {2}4ca7b5 at 20\d\d-.*Z: .*ft, \d+ kt/);
  for (const answer of ["n", "", "yellow"])
    assert.deepEqual(await askForMap([path], {}, answering(answer)), {});
});

test("nothing is asked where nobody answers, of a mapping that was given, or what yes cannot answer", async () => {
  const path = join(folder, "named.csv");
  const nobody = answering("y", false);
  assert.deepEqual(await askForMap([path], {}, nobody), {});
  const given = answering("y");
  assert.deepEqual(await askForMap([path], { map: MAP }, given), { map: MAP });
  const open = answering("y");
  const others = ["own.csv", "trace_full_4ca7b6.json", "nowhere"].map((name) => join(folder, name));
  assert.deepEqual(await askForMap([...others, folder, "-"], {}, open), {});
  assert.deepEqual([...nobody.said, ...given.said, ...open.said], []);
});
