import assert from "node:assert/strict";
import { test } from "node:test";
import { flightAwareKmlReader } from "../../src/formats/flightaware-kml.js";
import type { InspectedJson } from "../../src/report/inspect-shape.js";
import type { Point } from "../../src/track/track.js";
import { writeVrsList } from "../formats/answer-documents.js";
import { readText } from "../formats/contract.js";
import { writeFr24Playback } from "../formats/fr24-documents.js";
import { writeFlightAwareKml } from "../formats/kml-documents.js";
import { jsonLines, run, runWell, temporaryFolder } from "./run.js";
import { landingTrace, put } from "./trace.js";

const folder = temporaryFolder();
const options = { cwd: folder };

/** The usual landing at Maiquetía, as points. */
function landing(): Point[] {
  const { timestamp, trace } = JSON.parse(landingTrace()) as {
    timestamp: number;
    trace: (number | string | null)[][];
  };
  return trace.map(([second, latDeg, lonDeg, altitude, groundSpeedKt], row) => ({
    timeMs: (timestamp + (second as number)) * 1000,
    latDeg: latDeg as number,
    lonDeg: lonDeg as number,
    altitudeFt: altitude === "ground" ? 0 : (altitude as number),
    groundSpeedKt: groundSpeedKt as number,
    trackAngleDeg: 88,
    verticalRateFpm: altitude === "ground" ? 0 : -720,
    onGround: altitude === "ground",
    callsign: "TST123",
    squawk: 1200,
    row,
  }));
}

const PLANNED = '"airport":{"origin":{"name":"Planned","code":{"icao":"UUEE"}},"destination":null}';
const playback = writeFr24Playback("4ca7b3", landing());
const list = writeVrsList("4ca7b3", landing());
const DOCUMENTS = {
  fr24: {
    without: playback.replace(PLANNED, '"airport":null'),
    stated: playback.replace(
      PLANNED,
      '"airport":{"origin":{"name":"Sheremetyevo","code":{"icao":"UUEE"}},"destination":{"name":"José Martí","code":{"iata":"HAV"}}}',
    ),
    airports: { origin: "UUEE Sheremetyevo", destination: "HAV José Martí", basis: "plan" },
    says: "the source says: from UUEE Sheremetyevo to HAV José Martí (a plan, seen by nobody)",
  },
  vrs: {
    without: list,
    stated: list.replaceAll('"CallSus":', '"From":"UUEE  Sheremetyevo,\\nMoscow","CallSus":'),
    airports: { origin: "UUEE Sheremetyevo, Moscow", destination: null, basis: "route-table" },
    says: "the source says: from UUEE Sheremetyevo, Moscow (a table of routes by callsign, seen by nobody)",
  },
} as const;

/** Movements without what tells the two files apart. */
async function movementsOf(file: string): Promise<object[]> {
  const { stdout, code } = await run(["movements", "--json", "--quiet", file], options);
  assert.equal(code, 0);
  return jsonLines(stdout).map((line) => ({ ...line, exhibits: undefined }));
}

for (const [name, { without, stated, airports, says }] of Object.entries(DOCUMENTS))
  test(`${name}: airports that a source names are shown as its word, and change no movement`, async () => {
    assert.notEqual(stated, without);
    put(folder, `${name}-stated.json`, stated);
    put(folder, `${name}-without.json`, without);
    const movements = await movementsOf(`${name}-stated.json`);
    assert.ok(movements.length > 0);
    assert.equal((movements[0] as { airport?: string }).airport, "SVMI");
    assert.deepEqual(movements, await movementsOf(`${name}-without.json`));
    const text = await runWell(["inspect", `${name}-stated.json`], options);
    assert.ok(text.includes(`\n  ${says}\n`), text);
    const json = await runWell(["inspect", "--json", `${name}-stated.json`], options);
    assert.deepEqual((jsonLines(json)[0] as unknown as InspectedJson).airportsStated, airports);
    const silent = await runWell(["inspect", `${name}-without.json`], options);
    assert.ok(!silent.includes("the source says"), silent);
  });

function place(name: string): string {
  return `<Placemark><name>${name}</name><Point><coordinates>1,2,0</coordinates></Point></Placemark>`;
}

test("FlightAware's two places are carried with the track as the source's word", async () => {
  const plain = writeFlightAwareKml(landing());
  const text = plain.replace(
    "<Placemark>",
    `${place("Sheremetyevo")}${place("José Martí")}${place("x")}<Placemark>`,
  );
  const { tracks } = await readText(flightAwareKmlReader, text);
  const airports = { origin: "Sheremetyevo", destination: "José Martí", basis: "plan" };
  assert.deepEqual(tracks[0]!.sources[0]!.stated, { airports });
  const { tracks: without } = await readText(flightAwareKmlReader, plain);
  assert.deepEqual({ ...tracks[0], sources: [] }, { ...without[0], sources: [] });
});
