import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";
import { readInput } from "../../src/io/read-input.js";
import { Analyst } from "../../src/movement/analyse.js";
import type { Movement } from "../../src/movement/movement.js";
import { traitsOf } from "../../src/movement/traits.js";
import { loadReference } from "../../src/reference/reference.js";
import { TrackCollector } from "../../src/track/collector.js";
import { SECOND_MS } from "../../src/units/quantity.js";

// Real recordings with landings read by hand; they lie beside the repository and may not be copied into it.
const FOLDER = join(fileURLToPath(new URL("../../../", import.meta.url)), "../shared/data/readsb");
const REQUIRED = process.env["WHEELSDOWN_REQUIRE_SHARED"] === "1";
const PRESENT = existsSync(join(FOLDER, "known.csv"));

interface Known {
  readonly file: string;
  readonly hex: string;
  readonly event: string;
  readonly airport: string;
  readonly time_utc: string;
  readonly tolerance_s: string;
}

function knownByFile(): Map<string, Known[]> {
  if (!PRESENT) return new Map();
  const rows: Known[] = parse(readFileSync(join(FOLDER, "known.csv")), { columns: true });
  const files = new Map<string, Known[]>();
  for (const row of rows) {
    // Rows of other folders are about other formats.
    if (!row.file.startsWith("..")) files.set(row.file, [...(files.get(row.file) ?? []), row]);
  }
  return files;
}

async function movementsOf(analyst: Analyst, file: string): Promise<readonly Movement[]> {
  const collector = new TrackCollector();
  await readInput(join(FOLDER, file), collector);
  return collector.take().flatMap((track) => analyst.analyse(track, traitsOf(track)).movements);
}

const skip = PRESENT || REQUIRED ? false : "needs ../shared/data/readsb, which is not here";

describe("recordings with known landings", { skip }, () => {
  let analyst: Analyst;

  before(async () => {
    assert.ok(PRESENT, `WHEELSDOWN_REQUIRE_SHARED=1, but ${FOLDER} is not here`);
    analyst = new Analyst((await loadReference()).airports);
  });

  for (const [file, known] of knownByFile()) {
    test(`${basename(file)}: each known movement is found, at its airport and time, and no other`, async () => {
      const found = (await movementsOf(analyst, file)).filter(
        ({ kind, evidenceClass }) =>
          (kind === "landing" || kind === "takeoff") && evidenceClass !== "GAP",
      );
      const left = new Set(found);
      for (const { event, airport, time_utc, tolerance_s } of known) {
        const toleranceMs = Number(tolerance_s) * SECOND_MS;
        const match = [...left].find(
          ({ kind, timeMs }) =>
            kind === event && Math.abs(timeMs - Date.parse(time_utc)) <= toleranceMs,
        );
        assert.ok(match, `${event} at ${airport}, ${time_utc}`);
        assert.equal(match.airport?.ident, airport, time_utc);
        left.delete(match);
      }
      assert.deepEqual(
        [...left].map(({ basis }) => basis),
        [],
      );
    });
  }

  test("the other recordings are of aircraft passing by: no landing and no take-off", async () => {
    const known = knownByFile();
    assert.ok(known.size > 0);
    const others = readdirSync(join(FOLDER, "globe_history"), { recursive: true })
      .map((name) => join("globe_history", String(name)))
      .filter((name) => name.endsWith(".json") && !known.has(name.replaceAll("\\", "/")));
    assert.ok(others.length > 10);
    for (const file of others) {
      const claimed = (await movementsOf(analyst, file)).filter(
        ({ evidenceClass }) => evidenceClass !== "GAP",
      );
      assert.deepEqual(
        claimed.map(({ basis }) => basis),
        [],
        file,
      );
    }
  });
});
