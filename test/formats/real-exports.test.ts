import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";
import { type ReadInput, readInput, type UnknownInput } from "../../src/io/read-input.js";
import { Analyst } from "../../src/movement/analyse.js";
import type { Movement } from "../../src/movement/movement.js";
import { traitsOf } from "../../src/movement/traits.js";
import { loadReference } from "../../src/reference/reference.js";
import { cleanTrack } from "../../src/track/clean.js";
import { TrackCollector } from "../../src/track/collector.js";
import { WheelsdownError } from "../../src/units/errors.js";
import { SECOND_MS } from "../../src/units/quantity.js";

// Real exports and recordings beside the repository; they may not be copied into it.
const SHARED = join(fileURLToPath(new URL("../../../", import.meta.url)), "../shared/data");
const FOLDERS = ["live", "exports", "fr24-records", "adsb-actions"] as const;
const REQUIRED = process.env["WHEELSDOWN_REQUIRE_SHARED"] === "1";
const PRESENT = FOLDERS.every((folder) => existsSync(join(SHARED, folder)));
const skip = PRESENT || REQUIRED ? false : "needs ../shared/data, which is not here";

/** Files that hold no positions, or none that can be dated, and what is said of them. */
const REFUSED: readonly (readonly [RegExp, RegExp])[] = [
  [/PROVENANCE\.md$/, /not a format/],
  [/answer_key\.csv$/, /a table that does not look like positions of aircraft/],
  [/receiver\.json$/, /a receiver's settings, which hold no positions/],
  [/stats\.json$/, /a receiver's statistics, which hold no positions/],
  // Somebody's own forms: a test's fixtures, a printed table, the summaries of an API.
  [/aggregator-polls-2026\//, /JSON, but of no kind/],
  [
    /derived-table-2022_01_29\.txt$/,
    /a table of no kind that is known.*no column was found that holds times/,
  ],
  [/flight-summaries\.json$/, /JSON, but of no kind/],
  // Legs of FlightAware's AeroAPI.
  [/synthetic-shapes\/flightaware\.json$/, /JSON, but of no kind/],
  // Nothing dates their positions.
  [/json_1\.jsonl$/, /no line says when it was written/],
  [/synthetic-shapes\/(adsbfi|airplaneslive)\.json$/, /"now" is missing/],
  // Exports without their track.
  [/FlightAware-invalid-3\.kml$/, /no position in it/],
  [/FlightRadar24-invalid-3\.kml$/, /XML, but no track/],
];

/** Files, rows and positions of each format in the four folders, as read; less of any is a loss. */
const TOTALS: Readonly<Record<string, readonly [number, number, number]>> = {
  "flight-tracer": [6, 7621, 7621],
  "flightaware-kml": [4, 96, 94],
  "fr24-csv": [9, 3363, 3363],
  "fr24-json": [2, 1883, 1883],
  "fr24-kml": [4, 19, 17],
  "opensky-rest": [2, 8, 0],
  "readsb-lines": [5, 4870, 4356],
  "readsb-snapshot": [168, 2026, 1068],
  "vrs-list": [1, 5145, 4695],
};

function filesUnder(folder: string): string[] {
  return readdirSync(join(SHARED, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(SHARED.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}

async function readOne(file: string): Promise<ReadInput | UnknownInput> {
  try {
    return await readInput(join(SHARED, file), new TrackCollector());
  } catch (error) {
    if (!(error instanceof WheelsdownError)) throw error;
    return { path: file, reason: error.message };
  }
}

describe("exports and recordings of others", { skip }, () => {
  let analyst: Analyst;

  before(async () => {
    assert.ok(PRESENT, `WHEELSDOWN_REQUIRE_SHARED=1, but ${SHARED} is not here`);
    analyst = new Analyst((await loadReference()).airports);
  });

  async function movementsOf(file: string): Promise<readonly Movement[]> {
    const collector = new TrackCollector();
    await readInput(join(SHARED, file), collector);
    return collector
      .take()
      .flatMap((track) => analyst.analyse(track, traitsOf(track)).movements)
      .filter(({ kind }) => kind === "landing" || kind === "takeoff");
  }

  test("every file is read, or refused for a reason that is told; each row is kept or counted", async () => {
    const totals: Record<string, [number, number, number]> = {};
    for (const file of FOLDERS.flatMap(filesUnder)) {
      const read = await readOne(file);
      const refused = REFUSED.find(([name]) => name.test(file));
      if ("reason" in read) {
        assert.ok(refused, `${file}: ${read.reason}`);
        assert.match(read.reason, refused[1], file);
        continue;
      }
      assert.ok(!refused, `${file} was read as ${read.format}`);
      const rejected = Object.entries(read.issues.counts)
        .filter(([kind]) => !/Ft-|Kt-|Deg-|Fpm-|^aircraft-|^value-/.test(kind))
        .reduce((sum, [, count]) => sum + count, 0);
      assert.equal(read.keptCount + rejected, read.rowCount, file);
      const total = (totals[read.format] ??= [0, 0, 0]);
      total[0]++;
      total[1] += read.rowCount;
      total[2] += read.keptCount;
    }
    assert.deepEqual(totals, TOTALS);
  });

  test("a receiver's ring of snapshots: a fix that stays in it for several files is one fix", async () => {
    const collector = new TrackCollector();
    const ring = filesUnder("live/dump1090-fa-2022").filter((file) => /history_\d+/.test(file));
    assert.ok(ring.length > 100);
    for (const file of ring) await readInput(join(SHARED, file), collector);
    let setAside = 0;
    for (const track of collector.take()) {
      const clean = cleanTrack(track);
      setAside += clean.setAside.duplicate + clean.setAside.stale;
      const { latDeg, lonDeg, groundSpeedKt, length } = clean.track;
      for (let i = 1; i < length; i++) {
        const repeats = latDeg[i] === latDeg[i - 1] && lonDeg[i] === lonDeg[i - 1];
        assert.ok(!repeats || !(groundSpeedKt[i]! > 30), `${track.address}, ${i}`);
      }
    }
    assert.ok(setAside > 50, `${setAside} positions came again`);
  });

  test("playback records of Flightradar24: taken off and landed where the record says, and nowhere else", async () => {
    const key: Record<string, string>[] = parse(
      readFileSync(join(SHARED, "fr24-records/answer_key.csv")),
      { columns: true },
    );
    assert.equal(key.length, 2);
    for (const { file, origin, destination } of key) {
      const found = await movementsOf(`fr24-records/${file}`);
      assert.deepEqual(
        found.map(({ kind, airport }) => [kind, airport?.ident]),
        [
          ["takeoff", origin],
          ["landing", destination],
        ],
        file,
      );
    }
  });

  test("tables of Flightradar24's API: the site's own landings and take-offs are found, within two minutes", async () => {
    const legs = Object.values(
      JSON.parse(
        readFileSync(join(SHARED, "exports/fr24-api/flight-summaries.json"), "utf8"),
      ) as Record<
        string,
        { readonly summary: Record<string, string>; readonly export_dir: string }[]
      >,
    ).flat();
    assert.equal(legs.length, 3);
    for (const { summary, export_dir } of legs) {
      const found = await movementsOf(`exports/fr24-api/${export_dir.replace("/", "_")}_data.csv`);
      const wanted = [
        ["takeoff", summary["orig_icao"], summary["datetime_takeoff"]],
        ["landing", summary["dest_icao"], summary["datetime_landed"]],
      ] as const;
      for (const [kind, airport, time] of wanted) {
        const match = found.find(
          (one) => one.kind === kind && Math.abs(one.timeMs - Date.parse(time!)) <= 120 * SECOND_MS,
        );
        assert.equal(match?.airport?.ident, airport, `${export_dir}: ${kind} ${time}`);
      }
    }
  });

  test("FlightAware's KML: both ends are inferred, as the track shows no ground", async () => {
    const found = await movementsOf(
      "exports/flightaware-kml/FlightAware_DLH1534_LSZH_EDDF_20210817.kml",
    );
    assert.deepEqual(
      found.map(({ kind, airport, evidence }) => [kind, airport?.ident, evidence]),
      [
        ["takeoff", "LSZH", "inferred"],
        ["landing", "EDDF", "inferred"],
      ],
    );
  });

  test("flight-tracer's tables: each known movement is found at its airport", async () => {
    const known: Record<string, string>[] = parse(readFileSync(join(SHARED, "readsb/known.csv")), {
      columns: true,
    });
    const mine = known.filter(({ file }) => file!.startsWith("../exports/flight-tracer/"));
    assert.ok(mine.length >= 9);
    for (const { file, event, airport, time_utc, tolerance_s } of mine) {
      const [from, to = from] = time_utc!.split("/").map(Date.parse) as [number, number?];
      const toleranceMs = Number(tolerance_s || 0) * SECOND_MS;
      const match = (await movementsOf(file!.slice(3))).find(
        ({ kind, timeMs }) =>
          kind === event && timeMs >= from - toleranceMs && timeMs <= to + toleranceMs,
      );
      assert.equal(match?.airport?.ident, airport, `${file}: ${event} ${time_utc}`);
    }
  });
});
