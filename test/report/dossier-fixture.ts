/** The model of a dossier on the two hand-made journeys. */
import type { DossierModel } from "../../src/report/dossier-model.js";
import { inputJson, movementJson } from "../../src/report/shapes.js";
import { gapSentence, journeySentence, stopSentence } from "../../src/report/wording.js";
import {
  antimeridianFixture,
  atlanticFixture,
  type Fixture,
  type FixtureOptions,
  SHA,
} from "./fixture.js";

export function dossierFixture(options: FixtureOptions): DossierModel {
  const fixtures = [atlanticFixture(options), antimeridianFixture(options)];
  const [first] = fixtures;
  return dossierOf(fixtures, options, {
    title: "XX-DEMO flew Moscow – Dakar – Asunción; it was next received in Havana",
    question: "By what route did the aircraft that was in Havana on 24 January 2019 get there?",
    findings: [
      journeySentence(first!.model.journey),
      ...first!.model.journey.stops.map(stopSentence),
      gapSentence(first!.model.gaps[first!.model.gaps.length - 1]!),
    ],
  });
}

export function dossierOf(
  fixtures: readonly Fixture[],
  options: FixtureOptions,
  words: Pick<DossierModel, "title" | "question" | "findings">,
): DossierModel {
  const landings = fixtures.flatMap((one) =>
    one.journey.stops.flatMap((stop) =>
      stop.landing
        ? [movementJson(stop.landing, { ...one.identity, timeZone: stop.timeZone })]
        : [],
    ),
  );
  return {
    schema: "wheelsdown/dossier/1",
    simulated: options.simulated,
    version: { version: "0.1.0", engineVersion: "1" },
    period: { from: "2019-01-21T00:00:00Z", to: "2024-03-01T00:00:00Z" },
    place: {
      label: "Cuba",
      statement: "inside the country's 12-mile waters, as the table says.",
      nearKm: 0,
      shape: { kind: "country", name: "Cuba" },
    },
    landings,
    journeys: fixtures.map((one) => one.model),
    inputs: [
      {
        ...inputJson({
          file: options.file ?? "trace_full_15abcd.json",
          sha256: SHA,
          format: "readsb-trace",
          rows: 4210,
          kept: 4198,
          issues: { "time-backwards": 3, "latitude-out-of-range": 9 },
          simulated: options.simulated,
        }),
        licence: "ODbL 1.0",
        origin: "written by hand for this test",
      },
    ],
    method: [
      {
        heading: "From positions to landings",
        text: "Positions are masked, never filled. A landing is inferred from where contact ended.\n\nSilence is a finding of its own.",
      },
    ],
    parameters: [
      { name: "contactHoleMaxMs", value: "300000", source: "chosen: five minutes" },
      { name: "stopMaxMs", value: "259200000", source: "chosen: three days" },
    ],
    notShown: [
      "Who or what was aboard, and why the aircraft flew.",
      "Where the aircraft was inside a gap: the dashed line is the shortest path, not a route.",
      "Anything before the first and after the last received position.",
    ],
    licences: ["Map: Natural Earth, public domain, with UN-view edits by visionscarto."],
    command: "wheelsdown journey --aircraft 15abcd --from 2019-01-21 --dossier dossier.html",
    ...words,
  };
}
