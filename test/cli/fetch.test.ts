import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { archiveOf, dayMembers, hexOf, publish } from "../fetch/archive.js";
import { breakOff, Site } from "../fetch/site.js";
import { assertFailures, jsonLines, type Ran, run, runWell, temporaryFolder } from "./run.js";
import { put } from "./trace.js";

const FOLDER = temporaryFolder();
const DAY = "2025-10-01";
/** No proxy stands between the tests and this machine. */
const ENV = { HTTP_PROXY: "", HTTPS_PROXY: "", http_proxy: "", https_proxy: "" };
const site = await Site.start();
const members = new Map(dayMembers({ paddingBytes: 60_000 }));
const archive = archiveOf(members);

async function fetchDays(words: readonly string[], options: object = {}): Promise<Ran> {
  const base = ["--base", site.base, "--pause", "0"];
  return await run(["fetch", "adsblol", ...words, ...base], { env: ENV, ...options });
}

/** Every file below a folder, hidden ones too, with its hash. */
function tree(root: string): Record<string, string> {
  const names = readdirSync(root, { recursive: true }).map(String).sort();
  return Object.fromEntries(
    names
      .filter((name) => statSync(join(root, name)).isFile())
      .map((name) => [
        name,
        createHash("sha256")
          .update(readFileSync(join(root, name)))
          .digest("hex"),
      ]),
  );
}

test("a day is fetched in parts, and the bytes of the archive are kept", async () => {
  site.reset();
  publish(site, archive, { partBytes: 5 << 20 });
  const out = join(FOLDER, "parts");
  const hexes = [hexOf(0), hexOf(200), "a00000", "a000ff"];
  const ran = await fetchDays([DAY, "--hex", hexes.join(","), "--out", out]);
  assert.equal(ran.code, 0, ran.stderr);
  assert.match(ran.stdout, /2025-10-01 +prod +4 +2 +\d+ +complete, 256 traces in it/);
  assert.match(ran.stdout, /not in the archive: a00000, a000ff/);
  assert.match(ran.stdout, /does not mean that the aircraft did not fly/);
  assert.match(ran.stderr, /Open Database License/);
  const root = join(out, "adsblol");
  assert.deepEqual(Object.keys(tree(out)), [
    "adsblol/2025/10/01/provenance.json",
    `adsblol/2025/10/01/traces/00/trace_full_${hexOf(0)}.json`,
    `adsblol/2025/10/01/traces/c8/trace_full_${hexOf(200)}.json`,
    "adsblol/LICENCE.txt",
  ]);
  const kept = readFileSync(join(root, `2025/10/01/traces/c8/trace_full_${hexOf(200)}.json`));
  assert.deepEqual(kept, members.get(`./traces/c8/trace_full_${hexOf(200)}.json`));
  const record = JSON.parse(readFileSync(join(root, "2025/10/01/provenance.json"), "utf8"));
  assert.equal(record.licence, "ODbL-1.0");
  assert.equal(record.parts.length, Math.ceil(archive.length / (5 << 20)));
  assert.equal(
    record.parts[0].sha256,
    createHash("sha256")
      .update(archive.subarray(0, 5 << 20))
      .digest("hex"),
  );
  assert.match(site.askings[0]?.headers["user-agent"] ?? "", /^wheelsdown\/\d/);

  site.reset();
  const again = await fetchDays([DAY, "--hex", hexOf(0), "--out", out, "--json"]);
  assert.equal(again.code, 0, again.stderr);
  assert.deepEqual(site.askings, [], "a day that is here is not asked for again");
  assert.equal(jsonLines(again.stdout)[0]?.["state"], "complete");

  const lake = join(FOLDER, "lake");
  const ingested = await run(["ingest", out, "--lake", lake]);
  assert.equal(ingested.code, 0, ingested.stderr);
  assert.match(ingested.stderr, /2 inputs added/);
});

test("a run that is killed again and again ends with the bytes of one that was not", async () => {
  for (const hasRanges of [true, false]) {
    const hexes = Array.from({ length: 60 }, (_, i) => hexOf(i * 4)).join(",");
    site.files.clear();
    publish(site, archive, { partBytes: 6 << 20 });
    site.reset({ hasRanges });
    const calm = join(FOLDER, `calm-${hasRanges}`);
    assert.equal((await fetchDays([DAY, "--hex", hexes, "--out", calm])).code, 0);
    const calmBytes = site.sentBytes;

    const killed = join(FOLDER, `killed-${hasRanges}`);
    let receivedBytes = 0;
    for (const limitBytes of [1, 5, 6, 7, 100].map((mb) => mb << 20)) {
      let end: (() => void) | undefined;
      site.reset({ hasRanges, onSent: (sent) => sent >= limitBytes && end?.() });
      const ran = await fetchDays([DAY, "--hex", hexes, "--out", killed], {
        onStart: (child: { kill(signal: string): void }) => {
          end = () => child.kill("SIGKILL");
        },
      });
      receivedBytes += site.sentBytes;
      if (limitBytes < 100 << 20) assert.equal(ran.signal, "SIGKILL");
      else assert.equal(ran.code, 0, ran.stderr);
      if (hasRanges && limitBytes === 100 << 20)
        assert.ok(
          site.askings.some(({ headers }) => headers.range),
          "it went on in the middle",
        );
    }
    assert.deepEqual(tree(killed), tree(calm));
    if (hasRanges) assert.ok(receivedBytes < calmBytes * 3);
  }
});

test("Ctrl-C stops between two traces, and the next run goes on", async () => {
  site.files.clear();
  publish(site, archive, { partBytes: 6 << 20 });
  let stop: (() => void) | undefined;
  site.reset({ onSent: (sent) => sent >= 2 << 20 && stop?.() });
  const words = [DAY, "--hex", hexOf(3), "--out", join(FOLDER, "stopped")];
  const stopped = await fetchDays(words, {
    onStart: (child: { kill(signal: string): void }) => {
      stop = () => child.kill("SIGINT");
    },
  });
  assert.equal(stopped.code, 130, stopped.stderr);
  assert.match(stopped.stderr, /what was complete is kept/);
  site.reset();
  assert.equal((await fetchDays(words)).code, 0);
  assert.ok(site.askings.some(({ headers }) => headers.range));
});

test("of a fleet those are fetched who were in it on the day", async () => {
  site.files.clear();
  site.reset();
  publish(site, archiveOf(dayMembers()), { day: DAY });
  const fleet = put(
    FOLDER,
    "few.csv",
    `hex,registration,valid_from,valid_to\n${hexOf(1)},,,2024-12-31\n,RA-00005,2025-10-01,\n,ZZ-1,,\n${hexOf(9)},,,\n`,
  );
  const out = join(FOLDER, "fleet");
  const ran = await fetchDays([`2025-09-30..${DAY}`, "--fleet", fleet, "--out", out, "--json"]);
  assert.equal(ran.code, 66, ran.stderr);
  assert.match(ran.stderr, /1 aircraft of it has no known address/);
  const [before, day] = jsonLines(ran.stdout);
  assert.equal(before?.["state"], "missing");
  assert.deepEqual(day?.["asked"], [hexOf(5), hexOf(9)], "RA-00005 stands for 140005");
  const old = put(FOLDER, "old.csv", `hex,valid_to\n${hexOf(1)},2024-12-31\n`);
  site.reset();
  const nobody = await fetchDays([DAY, "--fleet", old, "--out", out]);
  assert.equal(nobody.code, 0, nobody.stderr);
  assert.match(nobody.stdout, /nothing asked: no member of the fleet on that day/);
  assert.deepEqual(site.askings, []);
});

test("days that are missing, cut or not archives are told, and the others are fetched", async () => {
  site.files.clear();
  const small = archiveOf(dayMembers({ folderCount: 122 }));
  publish(site, archiveOf(dayMembers()), { day: "2025-10-01" });
  publish(site, small, { day: "2025-10-03", replica: "staging" });
  publish(site, small.subarray(0, small.length - 20_000), { day: "2025-10-04" });
  publish(site, Buffer.from("<html>please log in"), { day: "2025-10-05" });
  publish(site, Buffer.from("no tar at all ".repeat(100)), { day: "2025-10-06" });
  publish(site, Buffer.from("log in"), {
    day: "2025-10-07",
    headers: { "content-type": "text/html" },
  });
  site.reset();
  const out = join(FOLDER, "mixed");
  const words = ["2025-10-01..2025-10-07", "--hex", `${hexOf(1)},a000f0`, "--out", out];
  const ran = await fetchDays([...words, "--json"]);
  assert.equal(ran.code, 74, ran.stderr);
  const days = jsonLines(ran.stdout);
  assert.deepEqual(
    days.map(({ day, state }) => `${day} ${state}`),
    [
      "2025-10-01 complete",
      "2025-10-02 missing",
      "2025-10-03 partial",
      "2025-10-04 partial",
      "2025-10-05 unfinished",
      "2025-10-06 unfinished",
      "2025-10-07 unfinished",
    ],
  );
  assert.deepEqual(days[0]?.["absent"], ["a000f0"]);
  assert.deepEqual(days[2]?.["faults"], ["122 of 256 folders of traces"]);
  assert.deepEqual(days[2]?.["absent"], []);
  assert.deepEqual(
    days[2]?.["unknown"],
    ["a000f0"],
    "nothing is told of an archive that is not whole",
  );
  assert.match(String(days[3]?.["faults"]), /breaks off/);
  assert.match(String(days[4]?.["reason"]), /web page/);
  assert.match(String(days[5]?.["reason"]), /no tar archive/);
  assert.match(String(days[6]?.["reason"]), /web page/);
  const text = await fetchDays(["2025-10-01..2025-10-03", ...words.slice(1)]);
  assert.equal(text.code, 65, text.stderr);
  assert.match(text.stdout, /2025-10-02 .*missing: the archive has no such day/);
  assert.match(text.stdout, /2025-10-03: cannot be told/);
  assert.equal((await fetchDays(["2025-10-02", ...words.slice(1)])).code, 66);
});

test("more aircraft of a day that is here are fetched beside those before", async () => {
  site.files.clear();
  site.reset();
  publish(site, archiveOf(dayMembers()), { day: DAY });
  const [one, two, both] = ["one", "two", "both"].map((name) => join(FOLDER, name));
  await fetchDays([DAY, "--hex", hexOf(3), "--out", one!]);
  const more = await fetchDays([DAY, "--hex", hexOf(9), "--out", one!]);
  assert.equal(more.code, 0, more.stderr);
  await fetchDays([DAY, "--hex", `${hexOf(9)},${hexOf(3)}`, "--out", both!]);
  assert.deepEqual(tree(one!), tree(both!));
  const all = await fetchDays([DAY, "--all", "--out", two!]);
  assert.match(all.stdout, / all +256 /);
  assert.equal(Object.keys(tree(two!)).length, 258);
  rmSync(join(one!, "adsblol/2025/10/01/traces/03"), { recursive: true });
  await fetchDays([DAY, "--hex", hexOf(3), "--out", one!]);
  assert.deepEqual(tree(one!), tree(both!), "a file that is gone is fetched again");
});

test("a limit of bytes ends the run, and the next one goes on", async () => {
  site.files.clear();
  site.reset();
  publish(site, archive, { partBytes: 6 << 20 });
  const out = join(FOLDER, "limited");
  const words = ["2025-10-01..2025-10-02", "--hex", hexOf(255), "--out", out];
  const first = await fetchDays([...words, "--max-bytes", "9MB"]);
  assert.equal(first.code, 74);
  assert.match(first.stdout, /2025-10-01: more than 9000000 bytes/);
  assert.match(first.stdout, /2025-10-02: not begun: --max-bytes is used up/);
  const second = await fetchDays([...words, "--max-bytes", "9MB"]);
  assert.equal(second.code, 66, second.stderr);
  assert.ok(existsSync(join(out, `adsblol/2025/10/01/traces/ff/trace_full_${hexOf(255)}.json`)));
});

function pathOf(i: number): string {
  return `/history/2025/10/01/0${i}/${hexOf(i)}.json`;
}

test("a site with one file for each aircraft and day is asked file by file", async () => {
  site.files.clear();
  const traces = new Map(dayMembers({ folderCount: 9 }));
  const trace = (i: number) => traces.get(`./traces/0${i}/trace_full_${hexOf(i)}.json`)!;
  site.put(pathOf(0), trace(0), { "content-encoding": "gzip", "content-type": "application/json" });
  site.put(pathOf(1), trace(1));
  site.put(pathOf(2), trace(1));
  site.put(pathOf(3), trace(3).subarray(0, 200));
  site.reset({
    disturb: ({ path: asked, count }, response) =>
      asked === pathOf(1) && count === 1 && breakOff(response, trace(1).subarray(0, 50), 999),
  });
  const out = join(FOLDER, "site");
  const template = `${site.base}/history/{yyyy}/{mm}/{dd}/{hex2}/{hex}.json`;
  const words = ["fetch", "url", template, DAY, "--pause", "0", "--out", out];
  const hexes = [0, 1, 2, 3, 4].map(hexOf).join(",");
  const ran = await run([...words, "--hex", hexes, "--json"], { env: ENV });
  assert.equal(ran.code, 65, ran.stderr);
  assert.match(ran.stderr, /yours to know/);
  const [day] = jsonLines(ran.stdout);
  assert.equal(day?.["kept"], 2);
  assert.deepEqual(day?.["absent"], [hexOf(4)]);
  assert.deepEqual(day?.["unknown"], [hexOf(2), hexOf(3)]);
  assert.match(String(day?.["faults"]), /a trace of "140001"[^]*a damaged gzip/);
  const host = new URL(site.base).host.replace(":", "_");
  const kept = join(out, host, `2025/10/01/traces/00/trace_full_${hexOf(0)}.json`);
  assert.deepEqual(readFileSync(kept), trace(0), "packed as it was received");

  site.reset();
  site.put(pathOf(2), trace(2));
  site.put(pathOf(3), trace(3));
  const again = await runWell([...words, "--hex", hexes], { env: ENV });
  assert.match(again, /the site has no trace: 140004/);
  assert.deepEqual(site.askedNames, [`${hexOf(2)}.json`, `${hexOf(3)}.json`]);
  await runWell(["ingest", out, "--lake", join(FOLDER, "site-lake")]);
});

test("a certificate that nobody vouches for is refused, and a way from https to http not taken", async (context) => {
  const [key, cert] = [join(FOLDER, "key.pem"), join(FOLDER, "cert.pem")];
  const words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost".split(" ");
  const names = ["-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert];
  const made = spawnSync("openssl", [...words, ...names]);
  if (made.status !== 0) return context.skip("no openssl here to make a certificate with");
  const server = createServer(
    { key: readFileSync(key), cert: readFileSync(cert) },
    (_, response) => void response.writeHead(302, { location: `${site.base}/x` }).end(),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `https://localhost:${(server.address() as AddressInfo).port}`;
  const fetchWords = ["fetch", "adsblol", DAY, "--all", "--base", base, "--pause", "0"];
  const out = ["--out", join(FOLDER, "secure")];
  const strange = await run([...fetchWords, ...out], { env: ENV });
  assert.equal(strange.code, 74, strange.stderr);
  assert.match(strange.stderr, /no secure connection \(\w*SELF_SIGNED/);
  assert.doesNotMatch(strange.stderr, /try 2/);
  site.reset();
  const trusted = { ...ENV, NODE_EXTRA_CA_CERTS: cert };
  const down = await run([...fetchWords, ...out], { env: trusted });
  assert.match(down.stdout + down.stderr, /is not followed: only to https/);
  assert.deepEqual(site.askings, []);
  server.close();
});

test("what cannot be asked is refused before anything is asked", async () => {
  site.reset();
  const out = ["--out", join(FOLDER, "refused")];
  const adsblol = ["fetch", "adsblol"];
  await assertFailures(
    [
      { words: [...adsblol, "2025-10-01", ...out], code: 64, says: /which aircraft/ },
      { words: [...adsblol, "yesterday", "--all", ...out], code: 64, says: /no day/ },
      {
        words: [...adsblol, "2025-10-02..2025-10-01", "--all"],
        code: 64,
        says: /before it begins/,
      },
      { words: [...adsblol, DAY, "--hex", "xyz"], code: 64, says: /six hex digits/ },
      { words: [...adsblol, DAY, "--all", "--hex", "140001"], code: 64, says: /cannot be used/ },
      { words: [...adsblol, DAY, "--all", "--base", "ftp://x/"], code: 64, says: /http/ },
      { words: [...adsblol, DAY, "--all", "--base", "http://u:p@x/"], code: 64, says: /password/ },
      { words: [...adsblol, DAY, "--all", "--max-bytes", "much"], code: 64, says: /no size/ },
      { words: [...adsblol, DAY, "--all", "--pause", "-1"], code: 64, says: /--pause/ },
      {
        words: ["fetch", "url", `${site.base}/{hex}.json`, DAY, "--hex", "140001"],
        code: 64,
        says: /without \{yyyy\}/,
      },
      {
        words: ["fetch", "url", `file:///{hex}{yyyy}{mm}{dd}`, DAY, "--hex", "140001"],
        code: 64,
        says: /http/,
      },
      {
        words: [...adsblol, DAY, "--all", "--base", "http://127.0.0.1:1", "--retries", "0", ...out],
        code: 74,
        says: /ECONNREFUSED/,
      },
    ],
    { env: ENV, cwd: FOLDER },
  );
  assert.deepEqual(site.askings, []);
});
