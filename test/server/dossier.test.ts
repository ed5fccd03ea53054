import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import type { DossierAnswerJson } from "../../src/api/dossier-shapes.js";
import { packetZip } from "../../src/query/dossier-zip.js";
import { MAIN, runWell, temporaryFolder } from "../cli/run.js";
import { served } from "./served.js";

const server = served();
const QUESTION = "in=VE&near=300km&from=2019-01-20&to=2019-01-31";

function queryOf(params: Readonly<Record<string, string>>): string {
  const parts = Object.entries(params).map(
    ([name, text]) => `&${name}=${encodeURIComponent(text)}`,
  );
  return `${QUESTION}${parts.join("")}`;
}

async function answerOf(query: string): Promise<DossierAnswerJson> {
  return (await server.json(`/api/dossier?${query}`)) as unknown as DossierAnswerJson;
}

async function bytesOf(path: string): Promise<Uint8Array> {
  const response = await fetch(new URL(path, server.url));
  assert.equal(response.status, 200, path);
  return new Uint8Array(await response.arrayBuffer());
}

/** Types a command into a shell, in a folder of its own. @returns the folder with what it wrote */
async function typed(command: string): Promise<string> {
  const folder = temporaryFolder();
  const script = join(folder, "wheelsdown");
  writeFileSync(script, `#!/bin/sh\nexec "${process.execPath}" "${MAIN}" "$@"\n`, { mode: 0o755 });
  const env = { ...process.env, PATH: `${folder}:${process.env["PATH"]}` };
  await promisify(execFile)("sh", ["-c", `${command} --out made`], { cwd: folder, env });
  return folder;
}

function filesIn(folder: string): Map<string, Buffer> {
  return new Map(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name))]),
  );
}

function unpacked(zip: Uint8Array): Map<string, Buffer> {
  const files = Object.entries(unzipSync(zip)).map(([name, bytes]): [string, Buffer] => [
    name.replace(/^dossier\//, ""),
    Buffer.from(bytes),
  ]);
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}

test("the command that the answer names writes every file that the archive holds, byte for byte", async () => {
  const { events } = await answerOf(QUESTION);
  const [first, other] = events;
  const journey = events.find(({ kind }) => kind === "journey");
  assert.match(first!.id, /^[0-9a-f]{6}-20190123T\d{6}Z$/);
  const questions = [
    queryOf({}),
    "hex=140001,4ca7b3",
    "near=SVMI&within=100km&state=RU&callsign=RSD*&to=2019-01-31T12:00Z",
    "fleet=ru-government&in=-73,1,-60,12&type=IL96",
    queryOf({
      title: `It's <b>"Caracas"</b> $(touch hacked) \`touch hacked\`; touch hacked #`,
      note: "First.\n\nSecond: 'quoted', \\n and — Кириллица.",
      "leave-out": first!.id,
    }),
    queryOf({
      caption: [
        `${other!.id}=It's <b>"seen"</b> $(touch hacked) by 2; \\n Кириллица = ok`,
        `${journey!.id}==1+1`,
      ].join("\n"),
      note: "With captions.",
    }),
  ];
  for (const query of questions) {
    const { command, files } = await answerOf(query);
    const zip = await bytesOf(`/api/dossier.zip?${query}`);
    const folder = await typed(command);
    const made = filesIn(join(folder, "made"));
    assert.deepEqual(unpacked(zip), made, command);
    assert.deepEqual(readdirSync(folder).sort(), ["made", "wheelsdown"], "nothing else was run");
    const page = await server.get(`/api/dossier.html?${query}`);
    assert.equal(page.text, made.get("dossier.html")!.toString());
    assert.equal(files.at(-1)?.file, "manifest.json");
    for (const { file, byteCount, sha256 } of files) {
      const bytes = made.get(file)!;
      assert.equal(bytes.byteLength, byteCount, file);
      assert.equal(createHash("sha256").update(bytes).digest("hex"), sha256, file);
    }
    assert.equal(files.length, made.size);
  }
});

test("the same question gives the same archive, also from another server, and verify takes what is unpacked", async () => {
  const query = queryOf({ note: "A note." });
  const zip = await bytesOf(`/api/dossier.zip?${query}`);
  // Two others push it off the shelf.
  for (const title of ["one", "two"]) await answerOf(queryOf({ title }));
  assert.deepEqual(await bytesOf(`/api/dossier.zip?${query}`), zip);
  const folder = temporaryFolder();
  mkdirSync(join(folder, "dossier"));
  for (const [name, bytes] of unpacked(zip)) writeFileSync(join(folder, "dossier", name), bytes);
  const said = await runWell(["verify", "dossier", "--lake", server.lake], { cwd: folder });
  assert.match(said, /\nWHOLE: files, the answer to its question as the manifest says\n$/);
});

test("an archive does not depend on the time zone, and keeps the order of the packet", () => {
  const files = new Map([
    ["b.txt", "bb"],
    ["a.txt", "a"],
    ["manifest.json", "{}"],
  ]);
  const zip = packetZip(files);
  assert.deepEqual(
    Object.keys(unzipSync(zip)),
    [...files.keys()].map((name) => `dossier/${name}`),
  );
  const before = process.env["TZ"];
  for (const zone of ["Pacific/Kiritimati", "America/Caracas", "UTC"]) {
    process.env["TZ"] = zone;
    assert.deepEqual(packetZip(files), zip, zone);
  }
  if (before === undefined) delete process.env["TZ"];
  else process.env["TZ"] = before;
});

test("the page comes under its own policy, without an origin, and in no frame but this server's", async () => {
  const { headers, text } = await server.get(`/api/dossier.html?${QUESTION}`);
  const policy = headers.get("content-security-policy")!;
  const [, own = ""] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(text) ?? [];
  assert.equal(
    policy,
    `${own.replaceAll("&#39;", "'")}; frame-ancestors 'self'; sandbox allow-scripts`,
  );
  assert.doesNotMatch(policy, /unsafe-eval|allow-same-origin|script-src[^;]*unsafe/);
  assert.equal(headers.get("cross-origin-opener-policy"), null);
  const { headers: others } = await server.get(`/api/dossier?${QUESTION}`);
  assert.match(others.get("content-security-policy")!, /frame-ancestors 'none'/);
  const zip = await fetch(new URL(`/api/dossier.zip?${QUESTION}`, server.url), { method: "HEAD" });
  assert.equal(zip.headers.get("content-disposition"), 'attachment; filename="dossier.zip"');
  assert.equal(zip.headers.get("content-type"), "application/zip");
});

/** Asks for the page as a browser does. `fetch` would set these headers itself. */
async function askAs(dest: string, site: string): Promise<number | undefined> {
  const headers = {
    "sec-fetch-site": site,
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": dest,
  };
  return await new Promise((resolve, reject) => {
    const url = new URL(`/api/dossier.html?${QUESTION}`, server.url);
    get(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on("error", reject);
  });
}

test("another site's page may link to a dossier, and not frame it", async () => {
  assert.equal(await askAs("document", "cross-site"), 200);
  assert.equal(await askAs("iframe", "cross-site"), 403);
  assert.equal(await askAs("object", "same-site"), 403);
  assert.equal(await askAs("iframe", "same-origin"), 200);
});

test("what is left out is said wherever the dossier is looked at, and counted", async () => {
  const whole = await answerOf(QUESTION);
  const landing = whole.events.find(({ hex }) => hex === "4ca7b3")!;
  const query = queryOf({ "leave-out": landing.id });
  const answer = await answerOf(query);
  assert.equal(answer.landingCount, whole.landingCount - 1);
  assert.deepEqual(answer.leftOut, { landings: 1, possible: 0, journeys: 1, stillTold: 0 });
  assert.match(answer.lead, / Left out by the author: 1 landing and 1 journey\.$/);
  assert.equal(answer.events.find(({ id }) => id === landing.id)?.isLeftOut, true);
  assert.equal(answer.events.length, whole.events.length, "what is left out can be put back");
  const files = unpacked(await bytesOf(`/api/dossier.zip?${query}`));
  const text = (name: string) => files.get(name)?.toString() ?? "";
  assert.ok(!files.has("track-4ca7b3.kml"));
  assert.ok(!text("landings.csv").includes("4ca7b3"));
  assert.match(text("dossier.html"), /Left out by the author: 1 landing and 1 journey\./);
  assert.match(text("dossier.html"), new RegExp(`What the author left out, [^<]*${landing.id}`));
  assert.match(text("landings.kml"), /\(left out by the author: 1 landing and 1 journey\)<\/name>/);
  assert.equal(JSON.parse(text("map.geojson")).leftOut, "1 landing and 1 journey");
  const manifest = JSON.parse(text("manifest.json"));
  assert.deepEqual(manifest.question["leave-out"], [landing.id]);
  assert.deepEqual(manifest.leftOut, { landings: 1, possible: 0, journeys: 1, stillTold: 0 });
});

test("the order, the spelling and the repetition of ids change nothing", async () => {
  const { events } = await answerOf(QUESTION);
  const [one, two] = events.map(({ id }) => id);
  const plain = await bytesOf(`/api/dossier.zip?${queryOf({ "leave-out": [one, two].join() })}`);
  const dashed = two!.replace(/(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, "$1-$2-$3:$4:$5");
  assert.notEqual(dashed, two);
  const other = [dashed.toUpperCase(), one, one].join();
  assert.deepEqual(await bytesOf(`/api/dossier.zip?${queryOf({ "leave-out": other })}`), plain);
});

test("hostile words stay words, and what is too long or unknown is refused with the cure", async () => {
  const title = "</title><script>alert(1)</script>";
  const note = '<img src=x onerror="alert(1)">\n</script><!--';
  const { text } = await server.get(`/api/dossier.html?${queryOf({ title, note })}`);
  assert.doesNotMatch(text, /<script>alert|<img src=x/);
  assert.match(text, /&lt;\/title>&lt;script>alert\(1\)&lt;\/script>|&lt;\/title&gt;/);
  assert.match(text, /These are the author(?:'|&#39;)s own words/);
  const [{ id } = assert.fail()] = (await answerOf(QUESTION)).events;
  const refused: [Readonly<Record<string, string>>, number, RegExp][] = [
    [{ note: "x".repeat(10_000) }, 414, /longer than 8000 characters/],
    [{ note: "x".repeat(2_001) }, 400, /parameter "note": .*at most 2,000 characters/],
    [{ title: "x".repeat(201) }, 400, /parameter "title": .*at most 200 characters/],
    [{ title: "two\nlines" }, 400, /parameter "title": holds a control character/],
    [{ note: "bell \u0007" }, 400, /parameter "note": holds a control character/],
    [{ note: "c1 \u0085" }, 400, /"note" holds a control character/],
    [
      { "leave-out": "4ca7b3-20190123T000000Z" },
      400,
      /"leave-out" .* names no landing and no jour/,
    ],
    [{ "leave-out": "../../etc" }, 400, /parameter "leave-out": is not as it should be/],
    [{ "leave-out": "moon" }, 400, /"leave-out" "moon" is no id: write address and time/],
    [{ caption: "moon" }, 400, /"caption" "moon" names no event: write the id/],
    [{ caption: "4ca7b3-20190123T000000Z=x" }, 400, /"caption" 4ca7b3-\S+ names no landing and no/],
    [{ caption: `${id}=` }, 400, /"caption" \S+ has no words: write them/],
    [{ caption: `${id}=${"x".repeat(301)}` }, 400, /has 301 characters, at most 300 fit/],
    [{ caption: `${id}=a\n${id}=b` }, 400, /"caption" is given twice for /],
    [{ caption: `${id}=bell \u0007` }, 400, /parameter "caption": holds a control character/],
    [{ caption: `${id}=c1 \u0085` }, 400, /"caption" \S+ holds a control character/],
    [{ caption: `${id}=turned \u202e` }, 400, /turns the direction of text/],
    [{ note: "turned \u2066" }, 400, /"note" holds a character that turns the direction of text/],
    [{ lake: "/etc" }, 400, /parameter "lake": is not known/],
    [{ out: "/tmp" }, 400, /parameter "out": is not known/],
  ];
  for (const [params, status, says] of refused) {
    const got = await server.get(`/api/dossier.zip?${queryOf(params)}`);
    assert.equal(got.status, status, JSON.stringify(params).slice(0, 80));
    assert.match(JSON.parse(got.text).detail, says);
  }
  assert.equal(existsSync("/tmp/manifest.json"), false);
});

test("captions stand beside their events as text, in every file that has these as rows", async () => {
  const { events } = await answerOf(QUESTION);
  const landing = events.find(({ hex }) => hex === "4ca7b3")!;
  const journey = events.find(({ id }) => id === landing.journey)!;
  const words = '<script>alert(1)</script> & "words"';
  const caption = `${landing.id}=${words}\n\n${journey.id}=@SUM(1) of the way`;
  const answer = await answerOf(queryOf({ caption }));
  assert.equal(answer.events.find(({ id }) => id === landing.id)?.caption, words);
  assert.equal(answer.events.filter((each) => each.caption !== null).length, 2);
  assert.doesNotMatch(answer.lead, /alert|SUM/);
  const files = unpacked(await bytesOf(`/api/dossier.zip?${queryOf({ caption })}`));
  const text = (name: string) => files.get(name)?.toString() ?? "";
  const page = text("dossier.html");
  assert.doesNotMatch(page, /<script>alert/);
  // Beside the landing in the table of landings, and where its journey is told.
  assert.equal(
    page.match(/not measured<\/b> <bdi>&lt;script>alert\(1\)|<bdi>&lt;script&gt;alert/g)?.length,
    2,
  );
  assert.match(page, /Author(?:'|&#39;)s words, not measured<\/b> <bdi>@SUM\(1\) of the way</);
  assert.match(page, /Whether the author(?:'|&#39;)s captions hold/);
  assert.match(text("landings.csv"), /,authorCaption\r\n/);
  assert.match(text("landings.csv"), /"<script>alert\(1\)<\/script> & ""words"""\r\n/);
  assert.match(text("journeys.csv"), /,authorCaption,authorCaptionOfJourney\r\n/);
  assert.match(text("journeys.csv"), /,'@SUM\(1\) of the way\r\n/);
  const inKml = /Author&apos;s words, not measured: &amp;lt;script&amp;gt;alert/;
  assert.match(text("landings.kml"), inKml);
  assert.match(text("track-4ca7b3.kml"), inKml);
  assert.match(text("track-4ca7b3.kml"), /not measured: @SUM\(1\) of the way/);
  const map = JSON.parse(text("map.geojson"));
  assert.deepEqual(map.authorCaptions, [
    { id: landing.id, text: words },
    { id: journey.id, text: "@SUM(1) of the way" },
  ]);
  const marked = map.features.filter(
    (each: { properties: { authorCaption?: string } }) => each.properties.authorCaption,
  );
  assert.equal(marked.length, 1);
  assert.equal(marked[0].properties.authorCaption, words);
  assert.deepEqual(JSON.parse(text("dossier.json")).captions, map.authorCaptions);
  const { question } = JSON.parse(text("manifest.json"));
  assert.deepEqual(question.caption, [
    `${landing.id}=${words}`,
    `${journey.id}=@SUM(1) of the way`,
  ]);
});

test("a caption goes with what is left out, and the answer says so", async () => {
  const { events } = await answerOf(QUESTION);
  const landing = events.find(({ hex }) => hex === "4ca7b3")!;
  const caption = `${landing.id}=Gone.`;
  const plain = queryOf({ "leave-out": landing.id });
  const both = queryOf({ "leave-out": landing.id, caption });
  const answer = await answerOf(both);
  assert.match(
    answer.notes.join(),
    new RegExp(`1 caption not told, because what it belongs to is left out: ${landing.id}`),
  );
  assert.doesNotMatch(answer.command, /caption/);
  assert.deepEqual(
    await bytesOf(`/api/dossier.zip?${both}`),
    await bytesOf(`/api/dossier.zip?${plain}`),
  );
});

test("nothing that answers is a dossier too, and so is one of which all was left out", async () => {
  const none = await answerOf("in=NZ");
  assert.match(none.lead, /^No landing in New Zealand was found in this data\./);
  assert.match(none.notes.join(), /nothing in the lake answers this question/);
  const { events } = await answerOf(QUESTION);
  const ids = events.flatMap(({ kind, id }) => (kind === "landing" ? [id] : []));
  const all = await answerOf(queryOf({ "leave-out": ids.join() }));
  assert.equal(all.landingCount, 0);
  assert.match(
    all.lead,
    /^None of the landings found in this data in or within 300 km of Venezuela is told here\. Left out by the author: \d landings and \d journeys\.$/,
  );
});

test("dossiers that nobody waits for any more are not made", async () => {
  const gone = new AbortController();
  const asked = Array.from({ length: 24 }, (_, i) =>
    fetch(new URL(`/api/dossier.zip?${queryOf({ title: `never ${i}` })}`, server.url), {
      signal: gone.signal,
    }).catch(() => undefined),
  );
  await setTimeout(100);
  gone.abort();
  await Promise.all(asked);
  const startMs = performance.now();
  await server.json("/api/landings?in=VE");
  // Each takes half a second to make.
  assert.ok(performance.now() - startMs < 5_000);
});
