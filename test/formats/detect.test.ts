import assert from "node:assert/strict";
import { test } from "node:test";
import { describeUnreadable, detectReader } from "../../src/formats/detect.js";
import { writeOpenSkyAnswer, writeVrsList } from "./answer-documents.js";
import { POINTS } from "./contract.js";
import { writeStatesCsv, writeStatesJson, writeTrace } from "./documents.js";
import {
  writeFlightTracer,
  writeFr24Csv,
  writeFr24Playback,
  writeFr24Tracks,
} from "./fr24-documents.js";
import { writeFlightAwareKml, writeFr24Kml, writeTar1090Kml } from "./kml-documents.js";
import { writeFeedLines, writeSnapshot } from "./live-documents.js";
import { captureFrames, writeAvr, writeBeast, writeSbs, writeTimedHex } from "./raw-documents.js";

const bytes = (text: string | Uint8Array) =>
  typeof text === "string" ? new TextEncoder().encode(text) : text;
const frames = captureFrames("4243a2", POINTS);

test("each format is known by its content, whatever the name", () => {
  const cases: [string | Uint8Array, string][] = [
    [writeBeast(frames), "beast"],
    // Joined while a message was under way.
    [writeBeast(frames).subarray(5), "beast"],
    [writeAvr(frames), "avr"],
    [writeTimedHex(frames), "timed-hex"],
    [writeSbs("4243a2", POINTS), "sbs"],
    [writeSbs("4243a2", POINTS).slice(30), "sbs"],
    [writeTrace("4243a2", POINTS), "readsb-trace"],
    [writeStatesCsv("4243a2", POINTS), "opensky-states"],
    [writeStatesJson("4243a2", POINTS), "opensky-states"],
    [writeSnapshot("4243a2", POINTS), "readsb-snapshot"],
    [writeSnapshot("4243a2", POINTS, { form: "v2" }), "readsb-snapshot"],
    ['{ "now" : 1570083881.2,\n "messages" : 0,\n "aircraft" : [\n ]\n}', "readsb-snapshot"],
    [writeFeedLines("4243a2", POINTS), "readsb-lines"],
    [writeFr24Csv("web", POINTS), "fr24-csv"],
    [writeFr24Csv("api", POINTS), "fr24-csv"],
    [writeOpenSkyAnswer("states", "4243a2", POINTS), "opensky-rest"],
    [writeOpenSkyAnswer("tracks", "4243a2", POINTS), "opensky-rest"],
    [writeVrsList("4243a2", POINTS), "vrs-list"],
    [writeFr24Playback("4243a2", POINTS), "fr24-json"],
    [writeFr24Tracks(POINTS), "fr24-json"],
    [writeFlightTracer("raw", "4243a2", POINTS), "flight-tracer"],
    [writeFlightTracer("processed", "4243a2", POINTS), "flight-tracer"],
    [writeFr24Kml(POINTS), "fr24-kml"],
    [writeFlightAwareKml(POINTS), "flightaware-kml"],
    [writeTar1090Kml("4243A2", POINTS), "tar1090-kml"],
    [`\uFEFF\n ${writeTrace("4243a2", POINTS)}`, "readsb-trace"],
  ];
  for (const [text, id] of cases)
    for (const name of ["x", "trace_full_4243a2.json", "states.csv"])
      assert.equal(detectReader(bytes(text), name)?.id, id);
});

test("nobody claims what is no flight data", () => {
  const texts = ["", "hello", "{}", "[]", "a,b,c\n1,2,3\n", '{"aircraft":[]}', "<kml></kml>"];
  for (const text of texts) assert.equal(detectReader(bytes(text), "x"), undefined, text);
});

test("what is not read is described so that its owner knows what to do", () => {
  const cases: [string, RegExp][] = [
    ["", /empty/],
    ["<!DOCTYPE html><html>", /HTML/],
    ["\uFEFF \n<html lang=en>", /HTML/],
    ['<?xml version="1.0"?><gpx/>', /XML/],
    ['{"aircraft":[]}', /JSON/],
    ["\u0000\u0001\u0002PK", /binary/],
    ["dear diary", /not a format/],
    ['{ "version" : "x", "refresh" : 1000, "history" : 42 }', /settings/],
    ['{\n"latest":{"start":1669605432.6}}', /statistics/],
  ];
  for (const [text, expected] of cases) assert.match(describeUnreadable(bytes(text)), expected);
});
