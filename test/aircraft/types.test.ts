import assert from "node:assert/strict";
import { test } from "node:test";
import {
  allTypes,
  type EngineClass,
  findType,
  performanceFor,
  performanceForClass,
  typeNames,
} from "../../src/aircraft/types/index.js";

const CLASSES: readonly EngineClass[] = [
  "jet",
  "turboprop",
  "piston",
  "electric",
  "glider",
  "helicopter",
];

test("the table holds the types an investigator meets, each designator once", () => {
  const types = allTypes();
  assert.ok(types.length >= 500, `${types.length}`);
  assert.equal(new Set(types.map(({ designator }) => designator)).size, types.length);
  for (const designator of [
    ..."IL96 IL62 IL76 IL18 T204 T154 T134 A124 A225 AN12 AN26 AN24 AN72 A148 A158 YK40 YK42 SU95".split(
      " ",
    ),
    ..."C130 C30J C17 C5M A400 K35R E3TF P8 T160 T95 GLF6 GLEX FA7X C68A PC24 HDJT BE20".split(" "),
    ..."A320 B738 B77W A388 E190 CRJ9 AT76 DH8D F100 MI8 KA27 A139 H60 EC35 C172 P28A SR22".split(
      " ",
    ),
  ])
    assert.ok(findType(designator), designator);
});

test("a designator names a family and never a variant", () => {
  const type = findType(" t204 ");
  assert.equal(type?.designator, "T204");
  assert.match(type?.family ?? "", /204.*214.*234/);
  assert.equal(findType("T214"), type);
  assert.equal(findType("XXXX"), undefined);
  assert.equal(findType(""), undefined);
  assert.equal(typeNames().get("IL96"), "Ilyushin Il-96");
});

test("every row is possible: speeds in order, range and endurance fit the cruise", () => {
  for (const { designator, engineClass, engineCount, performance } of allTypes()) {
    const { cruiseKt, maxSpeedKt, ceilingFt, rangeM, enduranceMs, approachSpeedKt } = performance;
    assert.match(designator, /^[A-Z][A-Z0-9]{1,3}$/);
    assert.ok(cruiseKt > 40 && cruiseKt <= maxSpeedKt, `${designator} cruise`);
    assert.ok(ceilingFt >= 8_000 && ceilingFt <= 75_000, `${designator} ceiling`);
    assert.ok(performance.hardSpeedBoundKt > maxSpeedKt, `${designator} bound`);
    assert.ok(!(approachSpeedKt > cruiseKt), `${designator} approach`);
    const cruiseM = (cruiseKt * 1852 * enduranceMs) / 3_600_000;
    // No farther than cruise speed for all the time aloft; and not so much longer aloft that a figure must be wrong.
    assert.ok(rangeM <= cruiseM * 1.02, `${designator} range ${rangeM} against ${cruiseM}`);
    // Drones that circle for days stay aloft much longer than their ferry range tells.
    if (!["Q9", "Q1"].includes(designator))
      assert.ok(rangeM >= cruiseM * 0.4, `${designator} range ${rangeM} against ${cruiseM}`);
    assert.ok(engineCount <= 8 && (engineCount > 0 || engineClass === "glider"), designator);
    assert.ok(performance.runwayNeedM >= 0 && performance.runwayNeedM <= 2_800, designator);
    assert.ok(performance.source !== "");
  }
});

test("ceilings and speeds fit the engine class", () => {
  const limits: Readonly<Record<EngineClass, readonly [number, number]>> = {
    jet: [75_000, 1_700],
    turboprop: [50_000, 500],
    piston: [31_000, 325],
    electric: [15_000, 150],
    glider: [35_000, 150],
    helicopter: [40_000, 200],
  };
  for (const { designator, engineClass, performance } of allTypes()) {
    const [ceilingFt, speedKt] = limits[engineClass];
    assert.ok(performance.ceilingFt <= ceilingFt, `${designator} ceiling`);
    assert.ok(performance.maxSpeedKt <= speedKt, `${designator} speed`);
    const helicopter = engineClass === "helicopter";
    assert.equal(
      performance.runwayNeedM === 0,
      helicopter || needsNoRunway(designator),
      designator,
    );
  }
});

function needsNoRunway(designator: string): boolean {
  return designator === "V22" || designator === "HAR";
}

test("wake categories fit the size of well-known types", () => {
  const cases = { IL96: "H", T204: "M", A124: "H", A225: "J", A388: "J", GLF6: "M", C172: "L" };
  for (const [designator, wake] of Object.entries(cases))
    assert.equal(findType(designator)?.wake, wake, designator);
});

test("the speed nothing exceeds is 700, 400, 260 and 220 kt by class, more for the fastest", () => {
  assert.equal(performanceFor(undefined).hardSpeedBoundKt, 700);
  assert.equal(performanceFor("XXXX").hardSpeedBoundKt, 700);
  assert.equal(performanceFor("IL96").hardSpeedBoundKt, 700);
  assert.equal(performanceFor("AT72").hardSpeedBoundKt, 400);
  assert.equal(performanceFor("C172").hardSpeedBoundKt, 260);
  assert.equal(performanceFor("MI8").hardSpeedBoundKt, 220);
  assert.ok(performanceFor("TU95").hardSpeedBoundKt > 500);
  assert.ok(performanceFor("F16").hardSpeedBoundKt > 1_200);
});

test("class defaults are generous: they rule out next to nothing of their class", () => {
  for (const engineClass of CLASSES) {
    const own = allTypes().filter((type) => type.engineClass === engineClass);
    const span = performanceForClass(engineClass);
    const beyond = own.filter(
      ({ performance }) =>
        performance.rangeM > span.rangeM || performance.enduranceMs > span.enduranceMs,
    );
    const names = beyond.map(({ designator }) => designator).join(" ");
    assert.ok(beyond.length <= own.length * 0.03, `${engineClass}: ${names}`);
    for (const { designator, performance } of own)
      if (!needsNoRunway(designator))
        assert.ok(performance.runwayNeedM >= span.runwayNeedM, designator);
    assert.equal(span.estimated, true);
  }
  assert.equal(performanceForClass(undefined).runwayNeedM, 0);
});

test("estimates say that they are estimates", () => {
  assert.equal(findType("IL38")?.performance.estimated, true);
  assert.match(findType("IL38")?.performance.source ?? "", /estimate/);
  assert.equal(findType("IL96")?.performance.estimated, false);
  assert.match(findType("IL96")?.performance.source ?? "", /endurance derived/);
});
