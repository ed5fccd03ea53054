import assert from "node:assert/strict";
import { test } from "node:test";
import { runWell } from "../cli/run.js";
import { served } from "./served.js";

const server = served();

interface List {
  readonly items: readonly Record<string, unknown>[];
  readonly total: number | null;
  readonly next: number | null;
  readonly notes: readonly string[];
  readonly simulated: boolean;
}

async function list(path: string): Promise<List> {
  return (await server.json(path)) as unknown as List;
}

test("the lake says what it holds, and that it is simulated", async () => {
  const lake = await server.json("/api/lake");
  assert.equal(lake.schema, "wheelsdown/lake/1");
  assert.equal(lake.simulated, true);
  assert.deepEqual([lake.aircraftCount, lake.inputCount, lake.positionCount], [3, 4, 1204]);
  assert.deepEqual(lake.days, [
    { day: "2019-01-23", positionCount: 903, state: "whole", folderCount: null },
    { day: "2019-01-24", positionCount: 301, state: "whole", folderCount: null },
  ]);
  assert.deepEqual(lake.licences, [{ licence: "CC0-1.0", inputCount: 4 }]);
  assert.deepEqual(lake.formats, [{ format: "readsb-trace", inputCount: 4 }]);
});

test("landings are those of the command, page by page, with its notes", async () => {
  const all = await list("/api/landings?in=VE&from=2019-01-23&to=2019-01-24");
  const words = ["landings", "--in", "VE", "--from", "2019-01-23", "--to", "2019-01-24"];
  const lines = await runWell([...words, "--json", "--quiet", "--lake", server.lake]);
  const command = lines
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
  assert.deepEqual(all.items, command);
  assert.equal(all.total, 4);
  assert.equal(all.simulated, true);
  assert.match(all.notes.join("\n"), /Venezuela \(country VE\): 4 landings in it, 0 possible/);
  assert.match(all.notes.join("\n"), /No landing in this list does not mean that none took place/);
  const first = await list("/api/landings?in=VE&limit=3");
  assert.deepEqual([first.items.length, first.next], [3, 3]);
  const rest = await list("/api/landings?in=VE&limit=3&offset=3");
  assert.deepEqual([...first.items, ...rest.items], all.items);
  assert.equal(rest.next, null);
});

async function count(query: string): Promise<number | null> {
  return (await list(`/api/landings?${query}`)).total;
}

test("aircraft, place and time narrow landings as they do for the command", async () => {
  assert.equal(await count("state=RU"), 2);
  assert.equal(await count("aircraft=RA-00001,EI-DEO"), 3);
  assert.equal(await count("hex=4ca7b3"), 1);
  assert.equal(await count("callsign=RSD*"), 1);
  assert.equal(await count("type=IL96&to=2019-01-23"), 1);
  assert.equal(await count("in=CU"), 0);
  assert.equal(await count("near=SVMI&within=50km"), 4);
  assert.equal(await count("in=CW&near=500km"), 4);
  assert.equal(await count("military=1"), 0);
  assert.equal(await count("fleet=ru-government"), 0);
  // A box, one that goes nearly round the globe, and the same from the other side of 180 degrees.
  assert.equal(await count("in=-68,10,-66,11"), 4);
  assert.equal(await count("in=-179,10,-1,11"), 4);
  assert.equal(await count("in=-170,10,170,11"), 4);
  assert.equal(await count("in=170,-90,-60,90"), 4);
  assert.equal(await count("in=170,-90,-170,90"), 0);
});

test("an aircraft is described with its sources, its days and its airports", async () => {
  const aircraft = await server.json("/api/aircraft/140001");
  assert.deepEqual(
    [aircraft.state, aircraft.stateName, aircraft.simulated],
    ["RU", "Russia", true],
  );
  const [identity] = aircraft.identities as Record<string, unknown>[];
  assert.deepEqual(
    [identity!.registration, identity!.type, identity!.typeName],
    ["RA-00001", "IL96", "Ilyushin Il-96"],
  );
  assert.match(String(identity!.source), /^input [0-9a-f]{12} and 1 more$/);
  assert.deepEqual(aircraft.days, [
    { day: "2019-01-23", positionCount: 301 },
    { day: "2019-01-24", positionCount: 301 },
  ]);
  const [airport] = aircraft.airports as Record<string, unknown>[];
  assert.deepEqual([airport!.airport, airport!.country], ["SVMI", "VE"]);
  assert.equal(aircraft.firstHeard, "2019-01-23T12:01:00Z");
  const unheard = await server.json("/api/aircraft/7c1234");
  assert.deepEqual([unheard.state, unheard.firstHeard, unheard.days], ["AU", null, []]);
});

test("movements and journeys of an aircraft, arrivals and departures of an airport are lists", async () => {
  const movements = await list("/api/aircraft/140001/movements");
  assert.deepEqual(
    movements.items.map(({ kind }) => kind),
    ["landing", "takeoff", "landing"],
  );
  const journeys = await list("/api/aircraft/140001/journeys?max-stop=1");
  assert.equal(journeys.items[0]!.schema, "wheelsdown/journey/1");
  assert.equal(journeys.total, journeys.items.length);
  const arrivals = await list("/api/airport/CCS/arrivals?state=RU");
  assert.deepEqual(
    arrivals.items.map(({ direction, at, relation }) => [direction, at, relation]),
    [
      ["arrival", "SVMI", "named"],
      ["arrival", "SVMI", "named"],
    ],
  );
  const departures = await list("/api/airport/SVMI/departures");
  assert.equal(departures.items[0]!.direction, "departure");
  assert.match(departures.notes.join("\n"), /take-off/);
});

test("a track comes as columns of one length, thinned on demand, with its gaps", async () => {
  const track = await server.json("/api/aircraft/140001/track");
  assert.equal(track.positionCount, (track.time as number[]).length);
  const columns = ["lat", "lon", "altitudeFt", "speedKt", "ground", "source"];
  const thinned = await server.json("/api/aircraft/140001/track?max=100");
  const { length } = thinned.time as number[];
  assert.ok(length <= 100 && length > 40, String(length));
  for (const name of columns) assert.equal((thinned[name] as unknown[]).length, length, name);
  assert.deepEqual(thinned.gaps, track.gaps);
  const [gap] = thinned.gaps as { from: string; to: string; id: string }[];
  const [at] = thinned.gapAt as number[];
  const times = thinned.time as number[];
  assert.equal(times[at!]! * 1000, Date.parse(gap!.to));
  assert.equal(times[at! - 1]! * 1000, Date.parse(gap!.from));
  const one = await server.json("/api/aircraft/140001/track?to=2019-01-23");
  assert.deepEqual(one.gaps, []);
});

test("a position comes with its row; a track of one day tells of the silence behind it", async () => {
  const day = await server.json("/api/aircraft/140001/track?from=2019-01-23&to=2019-01-23");
  const [gap] = day.endGaps as { id: string; from: string; to: string }[];
  assert.match(gap!.to, /^2019-01-24/);
  const reached = await server.json(`/api/gap/${gap!.id}`);
  assert.deepEqual([reached.id, (reached.last as { time: string }).time], [gap!.id, gap!.from]);
  const at = (day.time as number[])[3]!;
  const position = await server.json(
    `/api/aircraft/140001/position?at=${new Date(at * 1000).toISOString()}`,
  );
  assert.equal(Date.parse(String(position.time)) / 1000, at);
  assert.match(String(position.file), /in\/1\.json$/);
  assert.equal(typeof position.row, "number");
  assert.equal(position.simulated, true);
});

test("a gap tells where the aircraft could have been, in sentences that claim no more", async () => {
  const track = await server.json("/api/aircraft/140001/track");
  const [{ id } = { id: "" }] = track.gaps as { id: string }[];
  const gap = await server.json(`/api/gap/${id}`);
  const airports = gap.airports as Record<string, number | string | null>[];
  assert.equal(gap.id, id);
  assert.equal((gap.reach as { type: string }).type, "Polygon");
  const spare = airports.map(({ spareS }) => spareS as number);
  assert.deepEqual(
    spare,
    spare.toSorted((a, b) => b - a),
  );
  assert.equal(airports[0]!.airport, "SVMI");
  assert.equal(airports[0]!.longEnough, true);
  assert.ok((gap.airportsLeftOut as number) > 1000);
  // All three stood there when it was last heard, and none a day later.
  assert.deepEqual(gap.othersHeard, { atLast: 2, atNext: 0 });
  assert.match(String(gap.sentence), /^No signal was received for 23 h 35 min/);
  assert.match(String(gap.sentence), /not where it was\. Within ten minutes and 100 km, 2 other/);
  assert.equal((gap.last as { row: number }).row, 300);
  const areas = await server.get(`/api/gap/${id}.geojson`);
  const { simulated, features } = JSON.parse(areas.text) as {
    simulated: boolean;
    features: { geometry: unknown; properties: { bound: string } }[];
  };
  assert.equal(simulated, true);
  assert.deepEqual(
    features.map(({ properties, geometry }) => [properties.bound, geometry]),
    [
      ["hard", gap.hardReach],
      ["soft", gap.reach],
    ],
  );
});

test("a country has four counts, an area its aircraft, coverage its sentences", async () => {
  const country = await server.json("/api/country/ve?from=2019-01-23&to=2019-01-24");
  assert.deepEqual(
    [country.code, country.landings, country.possibleLandings, country.overflights],
    ["VE", 4, 0, 0],
  );
  assert.equal((country.aircraft as unknown[]).length, 3);
  assert.equal(typeof country.unplacedAircraft, "number");
  const [west, south, east, north] = country.frame as number[];
  // Venezuela with its territorial sea, without Aves Island far out.
  assert.ok(west! > -74 && south! > 0 && east! < -58 && north! < 17, String(country.frame));
  const long = await server.json("/api/country/VE?from=2018-01-23&to=2019-01-24");
  assert.equal(long.overflights, null);
  assert.equal((await list("/api/country/VE/landings?near=100km&state=RU")).total, 2);
  const area = await list("/api/area?in=VE&also=SVMI&within-time=1h&limit=2");
  assert.deepEqual([area.items.length, area.total, area.next], [2, null, 2]);
  const rest = await list("/api/area?in=VE&also=SVMI&within-time=1h&limit=2&offset=2");
  assert.deepEqual([rest.items.length, rest.total, rest.next], [1, 3, null]);
  const coverage = await server.json("/api/coverage?at=SVMI&from=2019-01-23");
  assert.equal(coverage.schema, "wheelsdown/coverage/1");
  assert.equal(coverage.simulated, true);
});

async function hexes(query: string): Promise<unknown[]> {
  return (await list(`/api/area?${query}`)).items.map(({ hex }) => hex);
}

test("a polygon of corners and a circle are areas, and visits are chosen by what was received in them", async () => {
  const around = "10,-68+10,-66+11,-66+11,-68";
  const ring = Array.from({ length: 100 }, (_, i) => {
    const turn = (i * Math.PI) / 50;
    return `${(10.6 + Math.sin(turn)).toFixed(6)},${(-67 + Math.cos(turn)).toFixed(6)}`;
  }).join("+");
  assert.equal(
    (await hexes(`in=${ring}&also=${ring}`)).length,
    3,
    "as many corners as there may be",
  );
  assert.equal((await hexes(`in=${around}`)).length, 3);
  assert.deepEqual(await hexes(`in=${around}&also=0,0+0,1+1,1`), []);
  assert.equal((await hexes(`in=${around}&also=10.6,-67&also-near=30km`)).length, 3);
  assert.deepEqual(await hexes(`in=${around}&altitude=50000..`), []);
  assert.equal((await hexes(`in=${around}&altitude=..5000`)).length, 3);
  assert.deepEqual(await hexes(`in=${around}&speed=900..`), []);
  const directions = [
    await hexes(`in=${around}&angle=0..180`),
    await hexes(`in=${around}&angle=180..360`),
  ];
  assert.deepEqual(directions.map(({ length }) => length).sort(), [0, 3], "all came from one side");
});

test("an area's lines tell how far the question is, and end with what the list says", async () => {
  const { headers, text } = await server.get("/api/area.jsonl?in=VE&also=SVMI&limit=2");
  assert.match(headers.get("content-type")!, /^application\/jsonl/);
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.deepEqual(lines[0], { schema: "wheelsdown/area-progress/1", examined: 0, found: 0 });
  const end = lines.at(-1)!;
  assert.deepEqual(
    [end.schema, end.found, end.next, end.simulated],
    ["wheelsdown/area-end/1", 2, 2, true],
  );
  const visits = lines.filter(({ schema }) => schema === "wheelsdown/area-visits/1");
  const listed = await list("/api/area?in=VE&also=SVMI&limit=2");
  assert.deepEqual(
    visits.map(({ area }) => area),
    listed.items,
  );
  assert.deepEqual(end.notes, listed.notes);
  for (const { area, visitOutcomes, tracks, alsoTracks } of visits) {
    const { visits: inside } = area as { visits: { positions: number }[] };
    assert.deepEqual(
      visitOutcomes,
      inside.map(() => "landed"),
    );
    const drawn = tracks as { positionCount: number; time: number[] }[];
    assert.deepEqual(
      drawn.map(({ positionCount }) => positionCount),
      inside.map(({ positions }) => positions),
    );
    assert.ok(drawn.every(({ time }) => time.length <= 80));
    assert.ok((alsoTracks as unknown[]).length > 0);
  }
  const rest = await server.get("/api/area.jsonl?in=VE&also=SVMI&limit=2&offset=2");
  assert.match(rest.text, /"found":1,"next":null/);
});

test("landings are counted day by day, all of them and not only the part that is listed", async () => {
  const few = await server.json("/api/landings?in=VE&limit=1");
  assert.deepEqual(few.days, [
    { day: "2019-01-23", seen: 3, inferred: 0, possible: 0 },
    { day: "2019-01-24", seen: 1, inferred: 0, possible: 0 },
  ]);
  assert.deepEqual([few.total, few.undated, few.unplaced], [4, 0, 0]);
});

test("landings come with the place they were asked for, as a map shows it", async () => {
  const frameOf = async (query: string) =>
    (await server.json(`/api/landings?${query}`)).frame as number[] | null;
  assert.deepEqual(await frameOf("in=Venezuela"), (await server.json("/api/country/VE")).frame);
  assert.equal(await frameOf("state=RU"), null);
  const [west, south, east, north] = (await frameOf("in=10.6,-67&near=30km"))!;
  assert.ok(west! < -67.2 && west! > -67.4 && east! > -66.8 && east! < -66.6, String([west, east]));
  assert.ok(south! < 10.4 && north! > 10.8, String([south, north]));
  const across = (await frameOf("in=170,-50,-170,-30"))!;
  assert.deepEqual(across.map(Math.round), [170, -50, 190, -30], "east runs on past 180");
});

async function found(word: string): Promise<string[]> {
  const { found: all } = await server.json(`/api/search?q=${word}`);
  return (all as { kind: string; id: string; inLake: boolean | null }[]).map(
    ({ kind, id, inLake }) => `${kind} ${id} ${inLake}`,
  );
}

test("a word is searched among aircraft, airports, countries and fleets", async () => {
  assert.equal((await found("ra-000"))[0], "aircraft 140001 true");
  assert.equal((await found("RA00001"))[0], "aircraft 140001 true");
  assert.equal((await found("4ca7"))[0], "aircraft 4ca7b3 true");
  assert.equal((await found("N100AA"))[0], "aircraft a004b5 false");
  assert.equal((await found("SVMI"))[0], "airport SVMI null");
  assert.equal((await found("ve"))[0], "country VE null");
  assert.equal((await found("venezuela"))[0], "country VE null");
  assert.ok((await found("government")).includes("fleet ru-government null"));
  for (const type of ["il96", "Il-96", "ilyushin"])
    assert.equal((await found(type))[0], "aircraft 140001 true", type);
  assert.ok(!(await found("qwi")).some((one) => one.startsWith("aircraft")));
  assert.deepEqual(await found("qqqqqqqqqq"), []);
});

test("files hold what the commands write, marked as simulated", async () => {
  const file = async (path: string, type: RegExp) => {
    const { status, headers, text } = await server.get(path);
    assert.equal(status, 200, text);
    assert.match(headers.get("content-type") ?? "", type);
    assert.match(text, /simulated|SIMULATED/);
    return text;
  };
  const command = (...words: string[]) => runWell([...words, "--quiet", "--lake", server.lake]);
  for (const [ending, type] of [
    ["csv", /^text\/csv/],
    ["geojson", /geo\+json$/],
    ["kml", /kml\+xml$/],
  ] as const) {
    assert.equal(
      await file(`/api/landings.${ending}?in=VE`, type),
      await command("landings", "--in", "VE", `--${ending}`),
    );
    assert.equal(
      await file(`/api/airport/SVMI/arrivals.${ending}`, type),
      await command("arrivals", "SVMI", `--${ending}`),
    );
    for (const what of ["track", "journeys"])
      assert.equal(
        await file(`/api/aircraft/140001/${what}.${ending}`, type),
        await command(what, "--hex", "140001", `--${ending}`),
      );
  }
  for (const [ending, type] of [
    ["czml", /^application\/json/],
    ["gpx", /gpx\+xml$/],
  ] as const)
    for (const what of ["track", "journeys"])
      assert.equal(
        await file(`/api/aircraft/140001/${what}.${ending}`, type),
        await command(what, "--hex", "140001", `--${ending}`),
      );
  for (const ending of ["csv", "geojson"] as const)
    assert.equal(
      await file(`/api/area.${ending}?in=VE`, /./),
      await command("area", "--in", "VE", `--${ending}`),
    );
  const explicit = await server.get("/api/landings.json?in=VE");
  assert.equal(explicit.text, (await server.get("/api/landings?in=VE")).text);
});

test("the map's outlines come compressed, and are not sent twice", async () => {
  const world = await server.get("/api/basemap/world.json", { "accept-encoding": "gzip, br" });
  assert.equal((JSON.parse(world.text) as { type: string }).type, "Topology");
  assert.equal(world.headers.get("content-encoding"), "br");
  const etag = world.headers.get("etag")!;
  const again = await server.get("/api/basemap/world.json", { "if-none-match": etag });
  assert.deepEqual([again.status, again.text], [304, ""]);
  const plain = await server.get("/api/basemap/world.json", { "accept-encoding": "br;q=0" });
  assert.equal(plain.headers.get("content-encoding"), null);
  assert.equal(plain.text, world.text);
  const kept = await server.get("/api/basemap/airports.json?v=1");
  assert.match(kept.headers.get("cache-control")!, /immutable/);
  const { ident, lat } = JSON.parse(kept.text) as { ident: string[]; lat: number[] };
  assert.equal(ident.length, lat.length);
  assert.ok(ident.includes("SVMI"));
  assert.equal((await server.get("/api/lake")).headers.get("cache-control"), "no-store");
});

test("the method is what the command prints", async () => {
  const printed = JSON.parse(await runWell(["method", "--json"])) as unknown;
  assert.deepEqual(await server.json("/api/method"), printed);
});

test("a period in which nobody heard an aircraft has an empty track, and says what silence it lies in", async () => {
  const path = "/api/aircraft/140001/track?from=2019-01-23T22:00Z&to=2019-01-23T23:00Z";
  const track = await server.json(path);
  assert.deepEqual([track["positionCount"], track["time"], track["simulated"]], [0, [], true]);
  assert.equal((track["endGaps"] as unknown[]).length, 1);
});
