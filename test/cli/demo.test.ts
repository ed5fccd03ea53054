import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { parse } from "csv-parse/sync";
import { contentOf } from "../lake/temporary-folder.js";
import { assertFailures, jsonLines, type Ran, run, runWell, temporaryFolder } from "./run.js";
import { put } from "./trace.js";

const folder = temporaryFolder();
const options = { cwd: folder };
const demo = join(folder, "demo");
const lake = join(demo, "lake");
const fleet = join(demo, "demo-fleet.csv");
const PERIOD = ["--from", "2018-12-01", "--to", "2019-01-31"];
const CARACAS = ["--in", "VE", "--near", "300km", "--fleet", fleet, ...PERIOD, "--lake", lake];
let ran: Ran;

before(async () => {
  ran = await run(["demo", "--out", demo]);
});

interface LandingJson {
  readonly relation: string;
  readonly movement: Record<string, string | boolean | null>;
}

interface WeighedJson {
  readonly movement: {
    readonly hex: string;
    readonly time: string;
    readonly evidence: string;
    readonly probability: number;
    readonly basis: string;
    readonly coverage: { readonly measurement: string } | null;
  };
}

function packet(name: string): string {
  return readFileSync(join(folder, name), "utf8");
}

async function landings(...words: string[]): Promise<LandingJson[]> {
  const text = await runWell(["landings", "--json", "--quiet", "--lake", lake, ...words], options);
  return jsonLines(text) as unknown as LandingJson[];
}

test("the demo answers its two questions, marks all of it as simulated and leaves a dossier", () => {
  assert.equal(ran.code, 0, ran.stderr);
  assert.match(ran.stdout, /^SIMULATED: none of this happened$/m);
  assert.match(ran.stdout, /^~2018-12-10 .* RA-00124 SIMULATED +A124 +SVMI /m);
  assert.match(ran.stdout, /^Venezuela \(country VE\): 3 landings in it, 1 within 300 km of it/m);
  assert.match(ran.stdout, /UUWW Vnukovo[\s\S]*GOBD Blaise[\s\S]*SGAS Silvio[\s\S]*MUHA/);
  const page = join(demo, "dossier-havana", "dossier.html");
  const last = ran.stdout.trimEnd().split("\n").at(-1);
  assert.equal(last, `Open the dossier in a browser: ${pathToFileURL(page).href}`);
  assert.ok(statSync(page).size > 100_000);
  assert.match(readFileSync(join(demo, "SIMULATED.txt"), "utf8"), /None of it happened/);
  for (const line of ran.stderr.split("\n")) assert.ok(!line.startsWith("warning"), line);
});

test("the commands that the demo prints give the same answers", async () => {
  const [, command, answer] = /\n\$ wheelsdown (landings .*)\n\n([\s\S]*?)\n\n== /.exec(
    ran.stdout,
  )!;
  const words = spawnSync("bash", ["-c", `printf '%s\\0' ${command}`], { encoding: "utf8" });
  if (words.status === 0)
    assert.equal((await runWell(words.stdout.split("\0").slice(0, -1))).trimEnd(), answer);
});

test("the demo writes over an earlier demo and over nothing else", async () => {
  put(folder, "mine/notes.txt", "a week of work");
  put(folder, "plain.txt", "a file");
  const says = /mine is not empty and is no earlier demo; give another folder with --out/;
  await assertFailures(
    [
      { words: ["demo", "--out", "mine"], code: 64, says },
      { words: ["demo", "--out", lake], code: 64, says: /lake is not empty and is no earlier/ },
      { words: ["demo", "--out", "plain.txt"], code: 64, says: /into plain.txt: it is a file/ },
    ],
    options,
  );
  assert.deepEqual(readdirSync(join(folder, "mine")), ["notes.txt"]);
});

test("every filter narrows the answer to what it names", async () => {
  const state = await landings("--state", "RU");
  assert.ok(state.length > 20);
  for (const { movement } of state) assert.match(String(movement["hex"]), /^1[0-4]/);
  const type = await landings("--type", "il76");
  assert.deepEqual([...new Set(type.map(({ movement }) => movement["type"]))], ["IL76"]);
  const callsign = await landings("--callsign", "sim9*");
  assert.ok(callsign.length > 0);
  for (const { movement } of callsign) assert.match(String(movement["callsign"]), /^SIM9/);
  const hex = await landings("--hex", "1403C0,1402F9");
  const registrations = new Set(hex.map(({ movement }) => movement["registration"]));
  assert.deepEqual(registrations, new Set(["RA-00960", "RA-00761"]));
  assert.deepEqual(await landings("--aircraft", "ra00960", "--aircraft", "RA-00761"), hex);
  assert.ok((await landings("--military", "--type", "IL76")).length > 0);
  assert.deepEqual(await landings("--operator", "Aeroflot", "--state", "RU"), []);
  const both = await landings("--state", "RU", "--type", "IL76", "--in", "VE");
  assert.deepEqual(
    both.map(({ movement }) => movement["airport"]),
    ["SVMI", "SVMI"],
  );
  const day = await landings("--from", "2018-12-10", "--to", "2018-12-10", "--type", "IL76");
  assert.ok(day.length > 0);
  for (const { movement } of day) assert.match(String(movement["time"]), /^2018-12-10T/);
});

test("a place may be a country, an airport, a point or a drawn area", async () => {
  const drawn = {
    type: "Polygon",
    coordinates: [
      [
        [-67.2, 10.4],
        [-66.8, 10.4],
        [-66.8, 10.8],
        [-67.2, 10.8],
        [-67.2, 10.4],
      ],
    ],
  };
  put(folder, "area.geojson", JSON.stringify(drawn));
  const where = [
    ["--in", "SVMI"],
    ["--in", "10.6,-67", "--near", "10km"],
    ["--near", "SVMI", "--within", "20nm"],
    ["--in", "area.geojson"],
  ];
  const answers = await Promise.all(where.map((words) => landings("--state", "RU", ...words)));
  for (const answer of answers) {
    assert.ok(answer.length >= 3);
    assert.deepEqual(
      answer.map(({ movement }) => movement),
      answers[0]!.map(({ movement }) => movement),
    );
  }
});

test("an unknown name is told with the nearest ones, a wrong place or time with what to write", async () => {
  put(folder, "broken.geojson", '{"type": "Poly');
  put(folder, "point.geojson", '{"type":"Point","coordinates":[1,2]}');
  put(folder, "no-fleet.csv", "a,b\n1,2\n");
  mkdirSync(join(folder, "dir.geojson"));
  const ask = (code: number, says: RegExp, ...words: string[]) => {
    return { words: ["landings", "--lake", lake, ...words], code, says };
  };
  await assertFailures(
    [
      ask(64, /unknown area Venezuelaa; did you mean VE Venezuela/, "--in", "Venezuelaa"),
      ask(64, /no State "rusia" .*nearest: RU \(Russia\)/, "--state", "rusia"),
      ask(64, /no State "XX".*ISO code, such as RU/, "--state", "XX"),
      ask(64, /no operator "Aeroflto"; nearest: AFL \(Aeroflot\)/, "--operator", "Aeroflto"),
      ask(64, /no operator with prefix xqz.*--callsign "XQZ\*"/, "--operator", "xqz"),
      ask(66, /cannot read the fleet file none.csv: no such file/, "--fleet", "none.csv"),
      ask(65, /no-fleet.csv: .*first line has no column "hex"/, "--fleet", "no-fleet.csv"),
      ask(64, /--hex zz is no address: six hex digits/, "--hex", "zz"),
      ask(
        64,
        /--to 2019-01-01 is before --from 2019-02-01/,
        "--from",
        "2019-02-01",
        "--to",
        "2019-01-01",
      ),
      ask(64, /--from "31.1.2019" is no date: write 2019-01-23/, "--from", "31.1.2019"),
      ask(64, /--to "2019-02-30" is no date/, "--to", "2019-02-30"),
      ask(64, /--near 300km needs --in PLACE; or write --near PLACE/, "--near", "300km"),
      ask(64, /--near "300parsec" is no distance/, "--in", "VE", "--near", "300parsec"),
      ask(64, /distance abc: write a number and a unit/, "--near", "MUHA", "--within", "abc"),
      ask(66, /cannot read the area file none.geojson: no such file/, "--in", "none.geojson"),
      ask(65, /broken.geojson: is no JSON/, "--in", "broken.geojson"),
      ask(65, /point.geojson: holds no polygon, only Point/, "--in", "point.geojson"),
      ask(65, /dir.geojson: it is a folder/, "--in", "dir.geojson"),
    ],
    options,
  );
  const typo = await run(["landings", "--lake", lake, "--type", "IL97"], options);
  assert.equal(typo.code, 0);
  assert.match(typo.stderr, /^warning: no type "IL97".*nearest: IL96/);
  assert.match(typo.stdout, /^0 landings\n/);
});

test("a fleet's broken address costs that line, and is told with the cure", async () => {
  put(folder, "fleet.csv", "hex,registration\n1.41E+19,RA-00761\n1403c0,RA-00960\n");
  const words = ["landings", "--json", "--quiet", "--lake", lake, "--fleet", "fleet.csv"];
  const { code, stdout, stderr } = await run(words, options);
  assert.equal(code, 0);
  assert.match(stderr, /^warning: fleet.csv, line 2: "1.41E\+19": spreadsheet damage.*as text/);
  const found = jsonLines(stdout) as unknown as LandingJson[];
  const aircraft = new Set(found.map(({ movement }) => movement["registration"]));
  assert.deepEqual(aircraft, new Set(["RA-00960", "RA-00761"]), "by its registration");
});

test("a fleet can be added under a name, and one that broke since hides no other", async () => {
  const added = { ...options, env: { WHEELSDOWN_CONFIG: join(folder, "config") } };
  await runWell(["fleet", "add", fleet, "--name", "demo"], added);
  assert.match(await runWell(["fleet", "list"], added), /^demo +4 /m);
  assert.equal(jsonLines(await runWell(["fleet", "show", "demo", "--json"], added)).length, 4);
  put(folder, "config/fleets/torn.csv", "x");
  const list = await run(["fleet", "list", "--json"], added);
  assert.equal(list.code, 0);
  assert.match(list.stderr, /^warning: an added fleet is left out: .*torn.csv/);
  assert.deepEqual(
    jsonLines(list.stdout).map(({ name }) => name),
    ["ru-government", "demo"],
  );
  const says = /"ru-government" is built in; choose another --name/;
  const words = ["fleet", "add", fleet, "--name", "ru-government"];
  await assertFailures([{ words, code: 64, says }], added);
});

test("journeys come as text, JSON, CSV, GeoJSON and one whole KML", async () => {
  const words = [
    "journeys",
    "--quiet",
    "--lake",
    lake,
    "--aircraft",
    "RA-00960,RA-00761",
    "--from",
    "2018-12-01",
  ];
  const [text, json, csv, geojson, kml] = await Promise.all(
    [[], ["--json"], ["--csv"], ["--geojson"], ["--kml"]].map((format) =>
      runWell([...words, ...format], options),
    ),
  );
  const journeys = jsonLines(json!);
  assert.ok(journeys.length > 2);
  for (const { schema } of journeys) assert.equal(schema, "wheelsdown/journey/1");
  assert.equal(text!.match(/^RA-00.*SIMULATED/gm)?.length, journeys.length);
  // A time and its clock stay on one line each.
  assert.match(text!, /Fri 11 Jan 2019 21:40 \(UTC\+3\)/);
  const rows = parse(csv!, { columns: true }) as Record<string, string>[];
  assert.deepEqual(new Set(rows.map(({ hex }) => hex)), new Set(["1403c0", "1402f9"]));
  assert.equal((JSON.parse(geojson!) as { type: string }).type, "FeatureCollection");
  assert.equal(kml!.match(/<\?xml/g)?.length, 1);
  assert.equal(kml!.match(/<Document>/g)?.length, 1);
  assert.equal(kml!.match(/<Folder>/g)?.length, kml!.match(/<\/Folder>/g)?.length);
  for (const name of ["RA-00761", "RA-00960"])
    assert.ok(kml!.includes(`\n<Folder><name>SIMULATED ${name}</name>`), name);
});

test("coverage weighs in on what nobody saw, says from what, and can be left out", async () => {
  const ask = ["landings", "--lake", lake, "--json", "--state", "RU"];
  const weighed = await run(ask, options);
  const source =
    /coverage weighed in .*from 296,753 positions of 42 aircraft on 53 days, 2018-12-08 to 2019-01-29 \(sha256 ([0-9a-f]{64})\)/;
  const [, measurement] = source.exec(weighed.stderr)!;
  // Measured again it is the same, byte by byte.
  rmSync(join(lake, "coverage.bin"));
  assert.deepEqual((await run(ask, options)).stdout, weighed.stdout);
  const plain = await run([...ask, "--no-coverage"], options);
  assert.match(plain.stderr, /coverage does not weigh in .*: --no-coverage was given/);
  const [withIt, without] = [weighed, plain].map(({ stdout }) =>
    (jsonLines(stdout) as unknown as WeighedJson[]).map(({ movement }) => movement),
  );
  assert.equal(withIt!.length, without!.length);
  let count = 0;
  withIt!.forEach((one, at) => {
    const other = without![at]!;
    assert.equal(other.coverage, null);
    if (one.evidence === "seen") assert.deepEqual(one, other);
    if (!one.coverage) return;
    count++;
    assert.equal(one.coverage.measurement, measurement);
    assert.equal(one.probability, other.probability);
    assert.ok(one.basis.startsWith(other.basis));
    assert.match(
      one.basis,
      /then would have been seen.* with probability 0\.\d\d.*(and none was|says little)/,
    );
  });
  assert.ok(count > 5, `${count} weighed`);

  // A journey's stop says what the list of landings says.
  const hero = ["--hex", "1403c0", "--lake", lake, "--json"];
  const stops = jsonLines(await runWell(["journeys", ...hero], options)) as unknown as {
    stops: { landing: WeighedJson["movement"] | null }[];
  }[];
  const landed = stops.flatMap(({ stops: all }) => all.flatMap(({ landing }) => landing ?? []));
  const listed = withIt!.filter(({ hex }) => hex === "1403c0");
  const coverageOf = (all: WeighedJson["movement"][]) =>
    new Map(all.map(({ time, coverage }) => [time, coverage]));
  for (const [time, coverage] of coverageOf(landed))
    assert.deepEqual(coverage, coverageOf(listed).get(time), time);

  await runWell(["dossier", ...CARACAS, "--out", "weighed"], options);
  assert.match(packet("weighed/dossier.json"), /"heading": "What silence says of the place"/);
  assert.ok(packet("weighed/dossier.html").includes(measurement!));
  const rows = parse(packet("weighed/landings.csv"), { columns: true }) as Record<string, string>[];
  assert.ok(rows.some(({ coverage }) => /^SVMI 0\.\d+; sha256:[0-9a-f]{64}$/.test(coverage ?? "")));
  await runWell(["dossier", ...CARACAS, "--no-coverage", "--out", "plain"], options);
  assert.match(packet("plain/manifest.json"), /"command": ".* --no-coverage --lake /);
  assert.ok(!packet("plain/dossier.html").includes(measurement!));
});

test("the same files say the same as the lake they were read into", async () => {
  const all = await run(["movements", join(demo, "traces"), "--json"], options);
  const [, measurement] = /coverage weighed in .*sha256 ([0-9a-f]{64})/.exec(all.stderr)!;
  const found = jsonLines(all.stdout) as unknown as WeighedJson["movement"][];
  const weighed = found.filter(({ hex, coverage }) => hex === "1403c0" && coverage);
  assert.ok(weighed.length > 0);
  const stops = jsonLines(
    await runWell(["journeys", "--hex", "1403c0", "--lake", lake, "--json"], options),
  ) as unknown as { stops: { landing: WeighedJson["movement"] | null }[] }[];
  for (const { landing } of stops.flatMap((journey) => journey.stops)) {
    if (!landing?.coverage) continue;
    assert.equal(landing.coverage.measurement, measurement);
    const same = weighed.find(({ time }) => time === landing.time);
    assert.deepEqual(landing.coverage, same?.coverage);
  }
  const plain = await run(["movements", join(demo, "traces"), "--json", "--no-coverage"], options);
  assert.ok(!plain.stdout.includes('"measurement"'));
});

test("a dossier is the same bytes on any clock, in any language and from any folder, and its manifest is true", async () => {
  const words = ["dossier", ...CARACAS, "--title", "Transports"];
  await runWell([...words, "--out", "first"], options);
  const elsewhere = temporaryFolder();
  const env = { TZ: "Asia/Tokyo", LANG: "de_DE.UTF-8", LC_ALL: "de_DE.UTF-8" };
  await runWell([...words, "--out", "second"], { cwd: elsewhere, env });
  const first = contentOf(join(folder, "first"));
  assert.deepEqual(contentOf(join(elsewhere, "second")), first);
  const manifest = JSON.parse(readFileSync(join(folder, "first/manifest.json"), "utf8")) as {
    simulated: boolean;
    files: { file: string; byteCount: number; sha256: string }[];
    inputs: { file: string; sha256: string }[];
  };
  assert.equal(manifest.simulated, true);
  const listed = Object.fromEntries(manifest.files.map(({ file, sha256 }) => [file, sha256]));
  const { "manifest.json": _, ...others } = first;
  assert.deepEqual(listed, others);
  for (const name of [
    "dossier.html",
    "dossier.json",
    "landings.csv",
    "journeys.csv",
    "map.geojson",
    "landings.kml",
  ])
    assert.ok(listed[name], name);
  assert.ok(Object.keys(listed).some((name) => /^track-[0-9a-f]{6}\.kml$/.test(name)));
  for (const { file, sha256 } of manifest.inputs) {
    const bytes = readFileSync(file);
    assert.equal(createHash("sha256").update(bytes).digest("hex"), sha256, file);
  }
});

test("a dossier replaces an earlier one whole, and is written over nothing else", async () => {
  put(folder, "busy/notes.txt", "a week of work");
  put(folder, "plain.txt", "a file");
  const ask = ["dossier", "--lake", lake, "--hex", "1403c0", "--out"];
  await assertFailures(
    [
      { words: [...ask, "busy"], code: 64, says: /busy is not empty and holds no dossier/ },
      { words: [...ask, lake], code: 64, says: /is not empty and holds no dossier/ },
      { words: [...ask, "plain.txt"], code: 64, says: /into plain.txt: it is a file/ },
      { words: [...ask, "plain.txt/in"], code: 64, says: /cannot write into plain.txt\/in/ },
    ],
    options,
  );
  await runWell(["dossier", ...CARACAS, "--out", "again"], options);
  put(folder, "again/mine.txt", "kept");
  await runWell([...ask, "again"], options);
  const names = readdirSync(join(folder, "again"));
  assert.deepEqual(
    names.filter((name) => name.startsWith("track-")),
    ["track-1403c0.kml"],
  );
  assert.ok(names.includes("mine.txt"));
});

test("a full disk ends a dossier and the demo with 74, and an earlier dossier stays whole", async (context) => {
  const disk = join(folder, "disk");
  mkdirSync(disk);
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=1800k", "tmpfs", disk]);
  if (process.platform !== "linux" || mounted.status !== 0)
    return context.skip("needs the right to mount a small disk");
  try {
    const out = join(disk, "packet");
    const ask = ["dossier", "--lake", lake, "--out", out, "--hex", "1403c0", ...PERIOD];
    await runWell(ask, options);
    const content = contentOf(out);
    const full = /cannot write .*dossier.*: the disk is full; make room and run this again/;
    await assertFailures([{ words: [...ask, "--title", "Other"], code: 74, says: full }], options);
    assert.deepEqual(contentOf(out), content);
    const words = ["demo", "--quiet", "--out", join(disk, "demo")];
    await assertFailures([{ words, code: 74, says: /the disk is full; make room/ }], options);
  } finally {
    spawnSync("umount", ["-l", disk]);
  }
});
