import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { flightTracerReader } from "../../src/formats/flight-tracer.js";
import { fr24JsonReader } from "../../src/formats/fr24-json.js";
import { holdsContract, POINTS, readText } from "./contract.js";
import { writeFlightTracer, writeFr24Playback, writeFr24Tracks } from "./fr24-documents.js";

const HOSTILE = [
  '{"result":{"response":{"data":{"flight":{"track":null}}}}}',
  '{"result":{"response":{"data":{"flight":{"track":[null,5,[],{"timestamp":1548286867,"latitude":412,"longitude":1}]}}}}}',
  '{"result":{"response":{"data":{"flight":{"track":[{"timestamp":1e308,"latitude":1e308,"longitude":{}}]}}}}}',
  '[{"fr24_id":"x","tracks":[{"timestamp":"x","lat":1,"lon":2},5]},null,{"tracks":{}}]',
  '{"fr24_id":"x","tracks":[{"timestamp":"2019-01-23T23:41:07Z","lat":-412,"lon":2}]}',
];

holdsContract({
  reader: fr24JsonReader,
  name: "playback.json",
  write: (address, points) => writeFr24Playback(address, points),
  writeWithBadRow: (address, points) => writeFr24Playback(address, points, [{ latitude: 5 }]),
  hostile: HOSTILE,
});

holdsContract({
  reader: fr24JsonReader,
  name: "tracks.json",
  namesNoAircraft: true,
  notes: { "aircraft-unnamed": 1 },
  write: (_, points) => writeFr24Tracks(points),
  writeWithBadRow: (_, points) => writeFr24Tracks(points, [{ lat: 5 }]),
  hostile: HOSTILE,
});

const TRACER_HOSTILE = [
  "icao,lat,lon,altitude,ground_speed,ping_time\n4243a2,412,1,ground,x,2019-01-23 23:41:07\n",
  "icao,lat,lon,altitude,ground_speed,point_time\n4.00E+22,1,1,1,1,2019-01-23\n,,,,,\n",
  `icao,lat,lon,altitude,ground_speed,point_time,details\n4243a2,1,1,1,1,2019-01-23 23:41:07,"${"{".repeat(9999)}"\n`,
];

for (const form of ["raw", "processed"] as const) {
  holdsContract({
    reader: flightTracerReader,
    name: `${form}.csv`,
    lines: true,
    loses: form === "processed" ? ["verticalRateFpm"] : [],
    write: (address, points) => writeFlightTracer(form, address, points),
    writeWithBadRow: (address, points) => writeFlightTracer(form, address, points, ["x,y,z"]),
    hostile: TRACER_HOSTILE,
  });
}

test("a playback record names the aircraft; its planned airports are its source's word", async () => {
  const { tracks } = await readText(fr24JsonReader, writeFr24Playback("4243A2", POINTS));
  assert.equal(tracks[0]!.address, "4243a2");
  assert.deepEqual(tracks[0]!.sources[0]!.stated, {
    registration: "VP-BJG",
    typeDesignator: "A321",
    description: "Airbus A321",
    operator: "Somebody",
    airports: { origin: "UUEE Planned", basis: "plan" },
  });
});

test("a playback record without an address gets a made-up one and says what it knows", async () => {
  const { report, tracks } = await readText(fr24JsonReader, writeFr24Playback(null, POINTS));
  assert.match(tracks[0]!.address, /^~/);
  assert.match(report.issues.first[0]!.detail, /it says registration VP-BJG/);
});

test("altitude 0 is no contact with the ground in JSON either", async () => {
  const points = POINTS.map((point) => ({ ...point, altitudeFt: 0, verticalRateFpm: 0 }));
  for (const text of [writeFr24Playback("4243a2", points), writeFr24Tracks(points)]) {
    const [track] = (await readText(fr24JsonReader, text)).tracks;
    assert.ok(track!.ground.every((ground) => ground === 2));
    assert.ok(track!.altitudeFt.every((altitudeFt) => Number.isNaN(altitudeFt)));
  }
});

test("a leg without a track is refused with its likely reason", async () => {
  const { error } = await readText(fr24JsonReader, HOSTILE[0]!);
  assert.match(error!.message, /no list "track".*paying users/);
});

test("flight-tracer's raw table keeps the ground; local times are not read", async () => {
  const points = POINTS.map((point) => ({ ...point, onGround: true }));
  const [track] = (await readText(flightTracerReader, writeFlightTracer("raw", "4243a2", points)))
    .tracks;
  assert.ok(track!.ground.every((ground) => ground === 1));
  assert.ok(track!.trackAngleDeg.every((angleDeg) => Number.isNaN(angleDeg)));
  assert.equal(track!.timeMs[0], POINTS[0]!.timeMs);
  assert.equal(track!.squawk[0], 7700);
});

test("any rows crash nothing, and each is kept or counted", async () => {
  const value = fc.oneof(
    fc.constantFrom(23, -82, 412, 1_548_286_867, 1e308, "2019-01-23T23:41:07Z", "x", null),
    fc.jsonValue({ maxDepth: 1 }),
  );
  const row = fc.dictionary(
    fc.constantFrom(
      "latitude",
      "longitude",
      "timestamp",
      "lat",
      "lon",
      "altitude",
      "speed",
      "source",
    ),
    value,
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(row, value), { maxLength: 6 }), async (rows) => {
      const texts = [
        JSON.stringify({ result: { response: { data: { flight: { track: rows } } } } }),
        JSON.stringify([{ fr24_id: "x", tracks: rows }]),
      ];
      for (const text of texts) {
        const { report, tracks } = await readText(fr24JsonReader, text);
        const refused = Object.entries(report.issues.counts)
          .filter(([kind]) => !/Ft-|Kt-|Deg-|Fpm-|^aircraft-/.test(kind))
          .reduce((sum, [, count]) => sum + count, 0);
        assert.equal(report.keptCount + refused, report.rowCount, text);
        for (const track of tracks)
          assert.ok(track.latDeg.every((latDeg) => Math.abs(latDeg) <= 90));
      }
    }),
    { seed: 1944, numRuns: 200 },
  );
});
