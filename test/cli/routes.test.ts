import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { assertFailures, jsonLines, run, runWell, temporaryFolder } from "./run.js";
import { put } from "./trace.js";

const folder = temporaryFolder();
const options = { cwd: folder };
const LIST = "Callsign,Code,AirportCodes\nTST1,TST,KJFK-EGLL\n?,TST,KJFK-EGLL\nTST2,TST,KJFK\n";

/** From the west towards Heathrow, lost 7,000 ft up and 20 NM out. */
function lostOverLondon(callsign: string): string {
  const rows: unknown[][] = [];
  for (let s = -900; s <= 0; s += 5) {
    const detail = s % 50 === 0 ? { flight: callsign.padEnd(8) } : null;
    const position = [51.47, Number((-1 + s * 0.002_08).toFixed(6))];
    rows.push([43_860 + s, ...position, 7000 - s * 20, 280, 90, 0, -1200, detail]);
  }
  const head = { icao: "4ca7b3", r: "EI-DEO", t: "A320", timestamp: Date.UTC(2019, 0, 23) / 1000 };
  return JSON.stringify({ ...head, trace: rows });
}

before(() => {
  put(folder, "in/one.json", lostOverLondon("TST1"));
  put(folder, "routes.csv", LIST);
  put(folder, "routes.csv.gz", gzipSync(LIST));
  put(folder, "cut.csv.gz", gzipSync(LIST.repeat(50)).subarray(0, 60));
  put(folder, "fleet.csv", "hex,registration\n4ca7b3,EI-DEO\n");
});

interface Landing {
  readonly airport: string | null;
  readonly candidates: readonly { readonly airport: string; readonly probability: number }[];
  readonly basis: string;
  readonly priors: {
    readonly fields: boolean;
    readonly routes: {
      readonly callsign: string;
      readonly sha256: string;
      readonly before: Landing["candidates"];
    } | null;
  };
}

async function landingOf(...words: readonly string[]): Promise<Landing> {
  const text = await runWell(["movements", "--json", ...words, "in"], options);
  const [landing, ...more] = jsonLines(text);
  assert.equal(more.length, 0);
  return landing as unknown as Landing;
}

async function cellOf(...words: readonly string[]): Promise<string> {
  const text = await runWell(["movements", "--csv", ...words, "in"], options);
  return (parse(text, { columns: true }) as { priors: string }[])[0]!.priors;
}

function heathrow({ candidates }: Landing): number {
  return candidates.find(({ airport }) => airport === "EGLL")!.probability;
}

function wordsWith(file: string): string[] {
  return ["movements", "--routes", file, "in"];
}

test("a list of routes weighs in where asked for, and the answer says what it changed", async () => {
  const plain = await landingOf();
  assert.deepEqual(plain.priors, { fields: true, routes: null });
  const routed = await landingOf("--routes", "routes.csv.gz");
  assert.ok(heathrow(routed) > heathrow(plain));
  const { routes } = routed.priors;
  const bytes = readFileSync(`${folder}/routes.csv.gz`);
  assert.equal(routes?.sha256, createHash("sha256").update(bytes).digest("hex"));
  assert.equal(routes.callsign, "TST1");
  assert.deepEqual(routes.before, plain.candidates);
  assert.ok(routed.basis.startsWith(plain.basis));
  assert.match(routed.basis, /; the list of routes routes\.csv\.gz gives EGLL for TST1: EGLL 0\./);
  // Only where, never whether and when.
  for (const key of ["kind", "class", "evidence", "probability", "timeFrom", "timeTo", "time"])
    assert.equal(Reflect.get(routed, key), Reflect.get(plain, key), key);
  assert.equal(routed.airport, "EGLL");
  assert.equal(plain.airport, null);
  assert.equal(plain.candidates[0]!.airport, "EGLL");
});

test("each kind of prior is switched by itself, and JSON and CSV say which was used", async () => {
  assert.deepEqual((await landingOf("--no-priors")).priors, { fields: false, routes: null });
  const both = await landingOf("--no-priors", "--routes", "routes.csv");
  assert.equal(both.priors.fields, false);
  assert.equal(both.priors.routes?.callsign, "TST1");
  assert.equal(await cellOf(), "fields");
  assert.equal(await cellOf("--no-priors"), "");
  assert.match(
    await cellOf("--routes", "routes.csv"),
    /^fields; routes TST1 KJFK-EGLL sha256:[0-9a-f]{64}, changed$/,
  );
});

test("what was read of the list, and what was left out of it, is told", async () => {
  const { code, stdout, stderr } = await run(
    ["movements", "--routes", "routes.csv", "in"],
    options,
  );
  assert.equal(code, 0);
  assert.match(stdout, /landing +EGLL London Heathrow Airport \(with routes\)/);
  assert.match(stderr, /routes\.csv: routes of 1 callsign in 3 rows, sha256 [0-9a-f]{64}/);
  assert.match(stderr, /routes\.csv: 2 rows left out; the first, row 3: "\?" is no callsign/);
  const quiet = await run(["movements", "--quiet", "--routes", "routes.csv", "in"], options);
  assert.doesNotMatch(quiet.stderr, /routes of/);
});

test("a list that is not there, none at all, or cut off is told before anything is read", async () => {
  await assertFailures(
    [
      { words: wordsWith("missing.csv"), code: 66, says: /list of routes missing\.csv/ },
      {
        words: wordsWith("fleet.csv"),
        code: 65,
        says: /"Callsign" and "AirportCodes" \(or "route"\)/,
      },
      { words: wordsWith("cut.csv.gz"), code: 65, says: /cut\.csv\.gz: damaged or cut off/ },
      { words: wordsWith("in"), code: 65, says: /list of routes in: it is a folder/ },
    ],
    options,
  );
});

test("help says what a list of routes is for", async () => {
  const help = (await runWell(["movements", "--help"], options)).replace(/\s+/g, " ");
  assert.match(help, /--routes <file> let a list of routes/);
});
