import assert from "node:assert/strict";
import { test } from "node:test";
import type { JourneyJson } from "../../src/api/shapes.js";
import { findingOf } from "../../web/page/finding.js";
import { trackFeatures } from "../../web/page/map/drawing.js";
import { gapFeatures } from "../../web/page/map/gap-features.js";
import { profilePaths } from "../../web/page/profile-paths.js";
import {
  eventTimesMs,
  itineraryOf,
  mainJourney,
  momentAt,
  nearestTimeMs,
  type Scene,
  sceneOf,
  unheardEnds,
} from "../../web/page/scene.js";
import { isoAt, JOURNEY, LANDING, TAKEOFF, TRACK } from "./fixture.js";

const FROM_MS = TRACK.time[0]! * 1000;
const MINUTE_MS = 60_000;
const scene = sceneOf(TRACK, [JOURNEY], {
  fromMs: FROM_MS - 30 * MINUTE_MS,
  toMs: FROM_MS + 330 * MINUTE_MS,
});

test("inside a gap nothing is known, and at its edges the position is", () => {
  assert.equal(momentAt(scene, FROM_MS + 150 * MINUTE_MS).kind, "gap");
  assert.equal(momentAt(scene, FROM_MS + 60 * MINUTE_MS).kind, "heard");
  assert.equal(momentAt(scene, FROM_MS + 240 * MINUTE_MS).kind, "heard");
  assert.deepEqual(momentAt(scene, FROM_MS - MINUTE_MS), { kind: "outside", before: true });
  assert.deepEqual(momentAt(scene, FROM_MS + 320 * MINUTE_MS), { kind: "outside", before: false });
});

test("between two positions the place lies between them", () => {
  const moment = momentAt(scene, FROM_MS + 10.5 * MINUTE_MS);
  assert.ok(moment.kind === "heard");
  assert.ok(Math.abs(moment.latDeg - (TRACK.lat[10]! + TRACK.lat[11]!) / 2) < 1e-9);
  assert.equal(moment.altitudeFt, 15_750);
});

test("an altitude profile has no line through a gap, and none where altitudes are unknown", () => {
  const seen: number[] = [];
  const x = (timeMs: number) => {
    seen.push(timeMs);
    return (timeMs - FROM_MS) / MINUTE_MS;
  };
  const { lines } = profilePaths(scene, { x, y: (altitudeFt) => altitudeFt }, 100);
  const pieces = lines.split("M").filter((piece) => piece !== "");
  assert.equal(pieces.length, 2);
  const [before, behind] = pieces.map((piece) =>
    piece.split("L").map((dot) => Number(dot.split(" ")[0])),
  );
  assert.ok(Math.max(...before!) <= 60 && Math.min(...behind!) >= 240);
  assert.ok(!seen.includes(FROM_MS), "the first position is on the ground");
});

test("tracks on the map end at gaps, which are dashed lines of their own that say what they are", () => {
  const longest = scene.runs.flatMap((run) => trackFeatures(TRACK, run));
  for (const { geometry } of longest) {
    assert.ok(geometry.type === "LineString");
    for (let i = 1; i < geometry.coordinates.length; i++)
      assert.ok(Math.abs(geometry.coordinates[i]![1]! - geometry.coordinates[i - 1]![1]!) < 1);
  }
  const { lines, labels, edges } = gapFeatures(scene, undefined);
  assert.equal(lines.length, 1);
  assert.equal(edges.length, 2);
  assert.equal(labels[0]!.properties!["label"], "not heard 3 h 00 min\nshortest path, not a route");
  // From the north-east to the south-west it goes, and reads upwards from the left.
  const angle = Number(labels[0]!.properties!["angle"]);
  assert.ok(angle < 0 && angle > -90);
  assert.equal(gapFeatures(scene, scene.gaps[0]!.id).labels.length, 0);
});

test("the itinerary has stops and gaps in order of time", () => {
  assert.deepEqual(
    itineraryOf(scene).map((item) => (item.kind === "stop" ? item.stop.airport : "gap")),
    ["UUWW", "gap", "GOBD"],
  );
});

test("events to step to are edges of contact and times of stops, each once", () => {
  assert.deepEqual(
    eventTimesMs(scene).map((timeMs) => (timeMs - FROM_MS) / MINUTE_MS),
    [0, 60, 240, 300],
  );
});

test("a place on the track is the moment the aircraft was there", () => {
  assert.equal(nearestTimeMs(scene, TRACK.lat[70]!, TRACK.lon[70]!), TRACK.time[70]! * 1000);
});

test("an empty track is a scene in which nothing is known", () => {
  const nothing = {
    ...TRACK,
    time: [],
    lat: [],
    lon: [],
    altitudeFt: [],
    speedKt: [],
    ground: [],
    source: [],
    gapAt: [],
    gaps: [],
  };
  const empty = sceneOf(nothing, [], { fromMs: 0, toMs: 1 });
  assert.deepEqual(momentAt(empty, 0), { kind: "outside", before: true });
  assert.deepEqual(eventTimesMs(empty), []);
  assert.deepEqual(itineraryOf(empty), []);
  assert.equal(mainJourney([]), undefined);
});

/** @returns the finding, without its colours */
function findingText(shown: Scene): string {
  return findingOf(shown)
    .map(({ text }) => text)
    .join("");
}

const UNTIMED = { arrival: null, arrivalLocal: null, departure: null, departureLocal: null };
const [FIRST, LAST] = [JOURNEY.stops[0]!, JOURNEY.stops[1]!];

/** Heard first in the air, at a stop nobody saw, and last in the air. */
function openJourney(fromMinute: number): JourneyJson {
  const window = { timeFrom: isoAt(fromMinute + 10), timeTo: isoAt(fromMinute + 40) };
  const open = { ...FIRST, ...UNTIMED, airport: null, landing: null, takeoff: null };
  return {
    ...JOURNEY,
    from: isoAt(fromMinute),
    to: isoAt(fromMinute + 50),
    stops: [
      { ...open, number: 0, openEnd: "before" },
      {
        ...open,
        number: 1,
        landing: { ...LANDING, ...window },
        takeoff: { ...TAKEOFF, ...window, evidence: "inferred" },
      },
      { ...open, number: 2, openEnd: "after" },
    ],
  };
}

test("stops and ends without times are all shown, in order of time", () => {
  const period = { fromMs: FROM_MS, toMs: FROM_MS + 300 * MINUTE_MS };
  const track = { ...TRACK, gapAt: [], gaps: [] };
  const items = itineraryOf(sceneOf(track, [openJourney(0), openJourney(100)], period));
  assert.deepEqual(
    items.map((item) => [
      (item.atMs - FROM_MS) / MINUTE_MS,
      item.kind === "stop" ? (item.stop.openEnd ?? "stop") : "gap",
    ]),
    [
      [0, "before"],
      [10, "stop"],
      [50, "after"],
      [100, "before"],
      [110, "stop"],
      [150, "after"],
    ],
  );
});

test("places in a row that are not known are told once, with how many, and named ones each time", () => {
  const unknown = openJourney(0).stops[1]!;
  const stops = [FIRST, unknown, unknown, unknown, FIRST, FIRST, unknown];
  const way = { ...scene, journeys: [], gaps: [], endGaps: [], stops };
  const [first = ""] = findingText(way).split(". ");
  const place = first.split(" – ")[1]!;
  assert.match(place, / \(3 times\)$/);
  const one = place.replace(" (3 times)", "");
  assert.equal(first, `UUWW – ${one} (3 times) – UUWW – UUWW – ${one}`);
});

test("the stop at which one journey ends and the next begins is shown once", () => {
  const next = {
    ...JOURNEY,
    stops: [
      { ...LAST, number: 1 },
      { ...FIRST, number: 2 },
    ],
  };
  const { stops } = sceneOf(TRACK, [JOURNEY, next], { fromMs: scene.fromMs, toMs: scene.toMs });
  assert.deepEqual(
    stops.map(({ airport }) => airport),
    ["UUWW", "GOBD", "UUWW"],
  );
});

/** Five days of silence before the first position, or behind the last one. */
function silentEnd(kind: "before" | "after", next: { lat: number; lon: number }) {
  const at = kind === "before" ? -7200 : 300;
  const [near, far] = [
    { lat: 14.67, lon: -17.07, onGround: true },
    { ...next, onGround: true },
  ];
  const gap = {
    id: `1403c0-${Date.parse(isoAt(at)) / 1000}`,
    from: isoAt(at),
    to: isoAt(at + 7200),
    durationS: 7200 * 60,
    distanceKm: 500,
    last: kind === "before" ? far : near,
    next: kind === "before" ? near : far,
  };
  const track = { ...TRACK, endGaps: [gap] };
  return sceneOf(track, [JOURNEY], { fromMs: scene.fromMs, toMs: scene.toMs });
}

test("a silence that reaches out of what is shown is a gap of itinerary, map and clock, and told apart in the finding", () => {
  for (const kind of ["before", "after"] as const) {
    const silent = silentEnd(kind, { lat: 10, lon: -20 });
    const [gap] = silent.endGaps;
    assert.ok(gap?.isEnd);
    assert.equal(itineraryOf(silent).filter((item) => item.kind === "gap").length, 2);
    assert.equal(gapFeatures(silent, undefined).lines.length, 2);
    assert.equal(momentAt(silent, gap.toMs - 1000).kind, "gap");
    assert.match(
      findingText(silent),
      /In 1 gap, together 3 h 00 min, nobody heard it\. Nobody heard it for 5 d 0 h (before|after) the (first|last)/,
    );
  }
  assert.deepEqual(scene.endGaps, []);
});

test("time at one place that nobody heard is no gap to ask about, but stands in the table of all", () => {
  const parked = silentEnd("after", { lat: 14.671, lon: -17.071 });
  assert.equal(itineraryOf(parked).filter((item) => item.kind === "gap").length, 1);
  assert.equal(gapFeatures(parked, undefined).lines.length, 1);
  assert.equal(parked.endGaps.length, 1);
});

test("of many gaps only the longest have a label on the map", () => {
  const minutes = Array.from({ length: 9 }, (_, i) => i * 20);
  const track = {
    ...TRACK,
    time: minutes.map((minute) => FROM_MS / 1000 + minute * 60),
    ...Object.fromEntries(
      (["lat", "lon", "altitudeFt", "speedKt", "ground", "source"] as const).map((name) => [
        name,
        TRACK[name].slice(0, minutes.length),
      ]),
    ),
    gapAt: minutes.slice(1).map((_, i) => i + 1),
    gaps: minutes.slice(1).map((minute, i) => ({
      ...TRACK.gaps[0]!,
      id: `1403c0-${i}`,
      from: isoAt(minute - 20),
      to: isoAt(minute),
      durationS: 1200 + i,
    })),
  };
  const many = sceneOf(track, [], { fromMs: scene.fromMs, toMs: scene.toMs });
  const { lines, labels } = gapFeatures(many, undefined);
  assert.deepEqual([lines.length, labels.length], [8, 5]);
});

test("a finding says where its gaps are those of a part of the journey", () => {
  const part = { fromMs: FROM_MS + 30 * MINUTE_MS, toMs: scene.toMs };
  assert.match(findingText(sceneOf(TRACK, [JOURNEY], part)), /In 1 gap in the part shown, /);
  const heard = { ...TRACK, time: TRACK.time.slice(0, 61), gapAt: [], gaps: [] };
  assert.match(
    findingText(sceneOf(heard, [JOURNEY], { ...part, toMs: FROM_MS + 60 * MINUTE_MS })),
    /No gap lies in the part shown\. The positions shown reach from .* to .*01:00Z\.$/,
  );
  assert.match(findingText(scene), /In 1 gap, together 3 h 00 min, nobody heard it\.$/);
});

test("a finding begins with a capital, and a space stands between its sentences", () => {
  const period = { fromMs: scene.fromMs, toMs: scene.toMs };
  assert.match(findingText(sceneOf(TRACK, [openJourney(0)], period)), /^First heard in the air – /);
  assert.match(findingText(sceneOf(TRACK, [], period)), /period\. In 1 gap/);
});

test("before the first position and after the last one nothing is known, as the clock says", () => {
  const ends = unheardEnds(scene);
  assert.equal(ends.length, 2);
  for (const { fromMs, toMs } of ends)
    assert.equal(momentAt(scene, (fromMs + toMs) / 2).kind, "outside");
  assert.deepEqual(unheardEnds({ ...scene, fromMs: FROM_MS, toMs: FROM_MS + 300 * MINUTE_MS }), []);
});
