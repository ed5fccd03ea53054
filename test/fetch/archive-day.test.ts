import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { appendFileSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { parseAddress } from "../../src/aircraft/address.js";
import { AdsblolArchive, type AdsblolOptions } from "../../src/fetch/adsblol.js";
import { type DayOutcome, fetchArchiveDay } from "../../src/fetch/archive-day.js";
import type { Asked } from "../../src/fetch/asked.js";
import { FetchFolder } from "../../src/fetch/fetch-folder.js";
import { HttpClient } from "../../src/io/http-client.js";
import { temporaryFolder } from "../cli/run.js";
import { archiveOf, dayMembers, hexOf, publish } from "./archive.js";
import { Site } from "./site.js";

const FOLDER = temporaryFolder();
const DAY = "2025-10-01";
const site = await Site.start();
const archive = archiveOf(dayMembers());
const notes: string[] = [];

interface Run {
  readonly out: string;
  readonly day?: string;
  readonly asked?: Asked;
  readonly maxBytes?: number;
  readonly options?: Partial<AdsblolOptions>;
}

function onNote(text: string): void {
  notes.push(text);
}

function checkInterrupt(): void {}

/** Fetches a day in this process, with a note of how far it is after each member. */
async function fetchDay(run: Run): Promise<DayOutcome> {
  const { out, day = DAY, asked = addresses(1, 77, 255), maxBytes = Infinity, options } = run;
  const client = new HttpClient({
    pauseMs: 0,
    retryCount: 1,
    silenceMaxMs: 2000,
    maxBytes,
    onNote,
    checkInterrupt,
  });
  const folder = await FetchFolder.open(join(FOLDER, out));
  try {
    return await fetchArchiveDay(day, asked, {
      client,
      folder,
      onNote,
      checkInterrupt,
      onProgress: () => undefined,
      checkpointBytes: 1,
      archive: new AdsblolArchive({ client, base: site.base, onNote, ...options }),
    });
  } finally {
    await client.close();
    await folder.close();
  }
}

function addresses(...numbers: readonly number[]) {
  return numbers.map((i) => parseAddress(hexOf(i))!);
}

function recordText(out: string): string {
  return readFileSync(join(FOLDER, out, "2025/10/01/provenance.json"), "utf8");
}

function fresh(): void {
  site.files.clear();
  site.reset();
  notes.length = 0;
}

test("a day that is stopped at every turn ends with the record of one that was not", async () => {
  // Parts end inside members, inside headers and at a member's end.
  for (const partBytes of [100_000, 102_400, archive.length - 512]) {
    fresh();
    publish(site, archive, { partBytes });
    await fetchDay({ out: `calm-${partBytes}` });
    const out = `stopped-${partBytes}`;
    let runCount = 0;

    for (let done = false; !done; runCount++) {
      assert.ok(runCount < 300, "it gets nowhere");
      const outcome = await fetchDay({
        out,
        maxBytes: 70_000 + ((runCount * 9973) % 40_000),
      }).catch((error: Error) => {
        assert.match(error.message, /--max-bytes/);
        return undefined;
      });
      done = outcome !== undefined;
    }
    assert.ok(runCount > 5, `${runCount} runs`);
    assert.equal(recordText(out), recordText(`calm-${partBytes}`));
  }
});

test("where a server refuses HEAD, a day in one file is found, and a day it hides is not called missing", async () => {
  for (const status of [403, 501, 503]) {
    fresh();
    publish(site, archive);
    site.reset({
      disturb: ({ method }, response) =>
        method === "HEAD" && (response.writeHead(status).end(), true),
    });
    assert.equal((await fetchDay({ out: `head-${status}` })).kind, "fetched");
    site.reset({
      disturb: ({ path }, response) =>
        path.includes("/download/") && (response.writeHead(status).end(), true),
    });
    await assert.rejects(fetchDay({ out: `hidden-${status}` }), { code: "io-failed" });
  }
});

test("a member that is no trace of the aircraft it is named after is left out, and told", async () => {
  fresh();
  const mixed = [...dayMembers()].map(([name, content], i, all) => {
    if (name.includes(hexOf(1))) return [name, all[i + 1]![1]] as const;
    return name.includes(hexOf(77))
      ? ([name, gzipSync("{}")] as const)
      : ([name, content] as const);
  });
  publish(site, archiveOf(mixed));
  const outcome = await fetchDay({ out: "mixed" });
  if (outcome.kind !== "fetched") assert.fail(outcome.kind);
  const { kept, absent, unknown, complete, faults } = outcome.record;
  assert.equal(complete, false);
  assert.deepEqual(
    kept.map(({ address }) => address),
    addresses(255),
  );
  assert.deepEqual([absent, unknown], [[], addresses(1, 77)]);
  assert.deepEqual(faults, [
    `${hexOf(1)}: a trace of "${hexOf(2)}", left out`,
    `${hexOf(77)}: no trace, left out`,
  ]);
});

test("a run that goes on where no ranges are given ends the same", async () => {
  fresh();
  publish(site, archive, { partBytes: 300_000 });
  await fetchDay({ out: "calm-whole" });
  site.reset({ hasRanges: false });
  for (const maxBytes of [250_000, 500_000, Infinity])
    await fetchDay({ out: "whole", maxBytes }).catch((error: Error) =>
      assert.match(error.message, /--max-bytes/),
    );
  assert.equal(recordText("whole"), recordText("calm-whole"));
});

test("the release's own list of files is held against what comes", async () => {
  fresh();
  const half = Math.ceil(archive.length / 2);
  const tag = publish(site, archive, { partBytes: half });
  const parts = [archive.subarray(0, half), archive.subarray(half)];
  const listed = (change: object = {}) =>
    JSON.stringify({
      assets: parts.map((part, i) => ({
        name: `${tag}.tar.a${"ab"[i]}`,
        size: part.length,
        digest: `sha256:${sha256Of(part)}`,
        ...(i === 1 && change),
      })),
    });
  const list = `/api/globe_history_2025/releases/tags/${tag}`;
  const options = { api: `${site.base}/api` };
  site.put(list, listed());
  const good = await fetchDay({ out: "listed", options });
  assert.ok("record" in good && good.record.complete);
  assert.equal(good.record.parts[1]?.listedSha256, sha256Of(parts[1]!));
  assert.ok(!site.askedNames.includes(`${tag}.tar.ac`), "no part is guessed");

  site.put(list, listed({ size: 5 }));
  await assert.rejects(fetchDay({ out: "sizes", options }), { message: /lists 5 bytes/ });
  site.put(list, listed({ digest: `sha256:${"0".repeat(64)}` }));
  await assert.rejects(fetchDay({ out: "hashes", options }), { message: /not the SHA-256/ });
  await assert.rejects(async () => recordText("hashes"), { code: "ENOENT" });
  site.reset({
    disturb: ({ path }, response) =>
      path === list && (response.writeHead(429, { "retry-after": "500" }).end(), true),
  });
  const limited = await fetchDay({ out: "limited", options });
  assert.ok("record" in limited && limited.record.complete, "a list is not waited for");
  site.reset();
  site.put(list, "{}");
  const unlisted = await fetchDay({ out: "unlisted", options });
  assert.ok("record" in unlisted && unlisted.record.complete);
  assert.match(notes.join("\n"), /sizes are checked by the server's word alone/);
});

test("the release the archive prefers is taken, else prod, else staging", async () => {
  fresh();
  const tag = publish(site, archive, { replica: "staging" });
  publish(site, archiveOf(dayMembers({ folderCount: 3 })), { replica: "prod" });
  const prod = await fetchDay({ out: "prod" });
  assert.ok("record" in prod && prod.record.release?.tag.includes("prod"));
  const list = "/globe_history_2025/raw/main/PREFERRED_RELEASES.txt";
  site.put(list, `https://example.org/releases/download/${tag}/${tag}.tar\n`);
  const preferred = await fetchDay({ out: "preferred" });
  assert.ok("record" in preferred && preferred.record.release?.tag === tag);
  const named = await fetchDay({ out: "named", options: { replica: "prod" } });
  assert.ok("record" in named && named.record.folderCount === 3);
  site.put(list, "https://example.org/download/v2025.10.01-gone/v2025.10.01-gone.tar\n");
  assert.equal((await fetchDay({ out: "gone" })).kind, "missing");
});

test("the last days of a year are looked for in the next year's repository too", async () => {
  fresh();
  const tag = "v2024.12.31-planes-readsb-prod-0";
  site.put(`/globe_history_2025/releases/download/${tag}/${tag}.tar`, archive);
  const outcome = await fetchDay({ out: "year", day: "2024-12-31" });
  assert.ok("record" in outcome && outcome.record.release?.repository === "globe_history_2025");
});

test("an archive that changes on the server is begun anew", async () => {
  fresh();
  publish(site, archive, { headers: { etag: '"first"' } });
  await assert.rejects(fetchDay({ out: "changes", maxBytes: 400_000 }));
  publish(site, archive, { headers: { etag: '"second"' } });
  const outcome = await fetchDay({ out: "changes" });
  assert.equal(outcome.kind, "fetched");
  assert.match(notes.join("\n"), /has changed on the server; begun anew/);
});

test("a torn journal and files that were touched cost time and nothing else", async () => {
  fresh();
  publish(site, archive, {});
  await fetchDay({ out: "calm-torn" });
  await assert.rejects(fetchDay({ out: "torn", maxBytes: 400_000 }));
  const root = join(FOLDER, "torn");
  appendFileSync(join(root, ".fetch/2025-10-01.jsonl"), '{"checkpoint":{"posi');
  await assert.rejects(fetchDay({ out: "torn", maxBytes: 100_000 }));
  rmSync(join(root, `2025/10/01/traces/01/trace_full_${hexOf(1)}.json`));
  await fetchDay({ out: "torn" });
  assert.match(notes.join("\n"), /kept files are gone or changed; begun anew/);
  assert.equal(recordText("torn"), recordText("calm-torn"));
});

test("a member far too large for a trace is left out and told", async () => {
  fresh();
  const name = `./traces/01/trace_full_${hexOf(1)}.json`;
  const members = [...dayMembers()].filter(([each]) => each !== name);
  publish(site, archiveOf([...members, [name, Buffer.alloc(65 << 20)]]), {});
  const outcome = await fetchDay({ out: "huge", asked: addresses(1, 2) });
  assert.ok("record" in outcome && !outcome.record.complete);
  assert.match(outcome.record.faults.join(), /trace of 140001 has 68157440 bytes/);
  assert.deepEqual(outcome.record.unknown, addresses(1));
});

test("a trace that the archive breaks off in is not kept, and its aircraft not called absent", async () => {
  fresh();
  const content = [...dayMembers()].find(([name]) => name.endsWith(`_${hexOf(77)}.json`))![1];
  const at = archive.indexOf(content);
  for (const [out, bytes] of [
    ["inside", at + 1],
    ["before", at],
    ["padding", at + content.length],
  ] as const) {
    publish(site, archive.subarray(0, bytes));
    const outcome = await fetchDay({ out, asked: addresses(1, 77) });
    assert.ok("record" in outcome && !outcome.record.complete);
    assert.match(outcome.record.faults.join(), /the archive breaks off inside a file/);
    const isKept = out === "padding";
    assert.equal(outcome.record.kept.length, isKept ? 2 : 1, out);
    assert.deepEqual(outcome.record.unknown, isKept ? [] : addresses(77), out);
  }
});

test("names in an archive never lead out of the folder", async () => {
  fresh();
  const names = ["../../traces/01/trace_full_140001.json", "/traces/02/trace_full_140002.json"];
  names.push("traces/../../trace_full_140003.json", "x/traces/04/trace_full_../../140004.json");
  const members = names.map((name) => {
    const hex = /\d{6}/.exec(name)?.[0];
    return [name, gzipSync(`{"icao":"${hex}"}`)] as const;
  });
  publish(site, archiveOf(members), {});
  const outcome = await fetchDay({ out: "evil", asked: "all" });
  assert.ok("record" in outcome);
  assert.deepEqual(
    outcome.record.kept.map(({ address }) => address),
    ["140001", "140002"],
  );
  for (const hex of ["140001", "140002"])
    readFileSync(join(FOLDER, "evil/2025/10/01/traces", hex.slice(-2), `trace_full_${hex}.json`));
});

test("two runs do not write to one folder", async () => {
  const folder = await FetchFolder.open(join(FOLDER, "busy"));
  await assert.rejects(FetchFolder.open(join(FOLDER, "busy")), { code: "folder-busy" });
  await folder.close();
});

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
