import assert from "node:assert/strict";
import { test } from "node:test";
import { composeDossier, type DossierParts } from "../../src/report/compose.js";
import type { LandingJson } from "../../src/report/landing-shape.js";
import { placeInWords, positionText, shortAirportName } from "../../src/report/place-words.js";
import { questionSentence, titleText } from "../../src/report/question-text.js";
import { movementJson } from "../../src/report/shapes.js";
import { basisSentence, FORBIDDEN_WORDS, gapReachSentences } from "../../src/report/wording.js";
import { antimeridianFixture, atlanticFixture, type Fixture } from "./fixture.js";

const ATLANTIC = atlanticFixture({ simulated: true });

function landingsOf(fixture: Fixture, relation: LandingJson["relation"]): LandingJson[] {
  return fixture.journey.stops.flatMap(({ landing, timeZone }): LandingJson[] =>
    landing
      ? [
          {
            schema: "wheelsdown/landing/1",
            relation,
            distanceKm: 58,
            distanceUncertaintyKm: 1,
            distanceStatement: "about 58 km from the coast of Cuba (+-1 km)",
            simulated: true,
            movement: movementJson(landing, { ...fixture.identity, timeZone }),
          },
        ]
      : [],
  );
}

function partsOf(part: Partial<DossierParts>): DossierParts {
  return {
    title: "t",
    question: "q",
    period: { from: "2019-01-20T00:00:00Z", to: "2019-01-31T23:59:59Z" },
    landings: landingsOf(ATLANTIC, "in"),
    unknownPlaceCount: 0,
    journeysLeftOut: 0,
    journeys: [ATLANTIC.model],
    inputs: [],
    coverage: "ten days",
    tables: [],
    version: { version: "0", engineVersion: "0" },
    command: "c",
    simulated: true,
    ...part,
  };
}

test("a question about an aircraft is led by its journey, and no landing of it is told twice", () => {
  const { findings, itineraries } = composeDossier(partsOf({}));
  assert.equal(findings.length, 1);
  assert.equal(
    findings[0],
    "XX-DEMO (SIMULATED) made 4 stops, Mon 21 Jan to Thu 24 Jan 2019: 3 seen, 1 inferred. It left Vnukovo, Russia (seen), on Mon 21 Jan 2019 at 17:04Z (20:04 local); at the end it landed at José Martí, Cuba (inferred), between 23 Jan 15:28Z and 24 Jan 00:28Z. No signal was received for 43 h 00 min of 2 d 7 h, time on the ground included, at longest for 25 h 36 min.",
  );
  assert.equal(itineraries?.length, 1);
  const [{ summary, listed, lines } = assert.fail()] = itineraries;
  assert.deepEqual([summary, listed], [undefined, "stops"]);
  assert.deepEqual(
    lines.map(({ number }) => number),
    [1, 2, 3, 4],
  );
  assert.match(
    lines[2]!.text,
    /^Landed at Silvio Pettirossi, Paraguay \(seen\), on Tue 22 Jan 2019 at 11:28Z \(08:28 local\)\.$/,
  );
});

test("landings outside the shown journeys stay findings", () => {
  const elsewhere = landingsOf(antimeridianFixture({ simulated: true }), "in");
  const { findings } = composeDossier(partsOf({ landings: elsewhere }));
  assert.equal(findings.length, 1 + elsewhere.length);
});

test("a question about a place is led by the count there, then landing by landing", () => {
  const place = { label: "Cuba (country CU)", nearKm: 300 };
  const { findings } = composeDossier(partsOf({ place, landings: landingsOf(ATLANTIC, "near") }));
  assert.equal(
    findings[0],
    "3 landings in or within 300 km of Cuba by 1 aircraft (SIMULATED): 0 in it, 3 near it. 2 of them were seen, 1 inferred.",
  );
  assert.match(findings[2]!, /at 11:28Z on Tue 22 Jan 2019 \(08:28 local\), about 58 km .*±1 km/);
  assert.equal(findings.length, 4);
  for (const sentence of findings) assert.doesNotMatch(sentence, FORBIDDEN_WORDS);
});

test("no landing found is said together with what that does not mean", () => {
  const place = { label: "Cuba (country CU)", nearKm: 0 };
  const { findings } = composeDossier(partsOf({ place, landings: [], journeys: [] }));
  assert.match(
    findings[0]!,
    /^No landing in Cuba was found .* no evidence that none took place\.$/,
  );
});

const DECEMBER = { fromMs: Date.UTC(2018, 11, 1), toMs: Date.UTC(2019, 1, 1) - 1 };
const PLACE = { name: "Venezuela", nearKm: 300, isPoint: false };

test("questions and titles are sentences of a person", () => {
  const fleet = { narrowed: ["of fleet demo-fleet"], military: false, ...DECEMBER };
  assert.equal(
    questionSentence({ ...fleet, place: PLACE }),
    "Which aircraft of fleet demo-fleet landed in or within 300 km of Venezuela between 1 December 2018 and 31 January 2019?",
  );
  assert.equal(
    titleText({ ...fleet, place: PLACE }),
    "Aircraft of fleet demo-fleet: landings in or within 300 km of Venezuela, 1 December 2018 to 31 January 2019",
  );
  const named = { named: ["RA-00960 (1403c0)"], narrowed: [], military: false };
  const january = { fromMs: Date.UTC(2019, 0, 20), toMs: Date.UTC(2019, 1, 1) - 1 };
  assert.equal(
    questionSentence({ ...named, ...january }),
    "Where did RA-00960 (1403c0) land between 20 January and 31 January 2019, and by what route?",
  );
  assert.equal(
    questionSentence({ ...named, place: { name: "Vnukovo", nearKm: 0, isPoint: true } }),
    "When and where did RA-00960 (1403c0) land at Vnukovo?",
  );
  assert.equal(
    questionSentence({ narrowed: [], military: true }),
    "Where did military aircraft land, and by what route?",
  );
});

test("places, positions and bases read as words", () => {
  assert.equal(shortAirportName("Vnukovo International Airport"), "Vnukovo");
  assert.equal(shortAirportName("Airport"), "Airport");
  assert.equal(
    placeInWords({ airport: "GOBD", airportName: null, country: "SN" }),
    "GOBD, Senegal",
  );
  assert.equal(positionText(-25.2, 0.001), "25.20 S 0.00 E");
  assert.equal(positionText(null, 3), "position unknown");
  assert.equal(
    basisSentence("last heard 2019-01-23T08:52:13Z"),
    "Last heard 2019-01-23 08:52:13Z.",
  );
  assert.equal(basisSentence(""), "");
});

test("sentences on a gap say what was possible, and nothing of what was", () => {
  const othersHeard = { atLast: 3, atNext: 0 };
  const one = { airport: "SVMI", airportName: "Maiquetía", spareS: 5_400 };
  const two = { airport: "TTPP", airportName: "Piarco", spareS: 600 };
  const several = gapReachSentences({ cruiseKt: 520, fits: [one, two], othersHeard });
  assert.equal(
    several[0],
    "At 520 kt 2 larger airports lie so that a stop there would have left time on the ground, most of it at Maiquetía (SVMI) with 1 h 30 min, Piarco (TTPP) with 10 min.",
  );
  assert.match(several[2]!, /3 other aircraft were heard where it was last received and 0 where/);
  const single = gapReachSentences({ cruiseKt: 520, fits: [one], othersHeard });
  assert.match(single[0]!, /1 larger airport lies so/);
  const none = gapReachSentences({ cruiseKt: 520, fits: [], othersHeard });
  assert.match(none[0]!, /^At 520 kt no larger airport lies so/);
  const anywhere = gapReachSentences({
    cruiseKt: 520,
    fits: [one, two],
    othersHeard,
    anywhere: true,
  });
  assert.match(anywhere[0]!, /^Anywhere was in reach: at 520 kt .* rules no airport out\.$/);
  assert.doesNotMatch(anywhere[0]!, /SVMI/);
  for (const text of [...several, ...single, ...none, ...anywhere])
    assert.doesNotMatch(text, FORBIDDEN_WORDS);
});
