import { encodePositions, type PositionsBlock } from "../../src/api/positions-code.js";
import { HEX } from "./fixture.js";

const START_MS = Date.parse("2019-01-23T00:00:00Z");
/** Positions of each aircraft. */
const COUNT = 300;

/** Two aircraft around the fixture's, and the fixture's own; each with a gap of half an hour in the middle. */
export function othersBytes(): Buffer {
  const blocks = [
    othersBlock("4ca7b3", { registration: "EI-DEO", latDeg: 50, lonDeg: 20 }),
    othersBlock("3c0001", { registration: "", latDeg: 40, lonDeg: 5 }),
    othersBlock(HEX, { registration: "RA-00960", latDeg: 45, lonDeg: 10 }),
  ];
  const toMs = START_MS + 5 * 3_600_000;
  const sentCount = blocks.length * COUNT;
  const counts = { heardCount: 5 * sentCount, sentCount, aircraftCount: blocks.length };
  return Buffer.concat([
    encodePositions({
      ...{ kind: "head", simulated: true, fromMs: START_MS, toMs },
      ...{ receivedMax: sentCount, sentMax: 200_000 },
    }),
    ...blocks.map(encodePositions),
    encodePositions({ kind: "end", ...counts, leftOutCount: 0, setAsideCount: 0 }),
  ]);
}

function othersBlock(
  hex: string,
  { registration, latDeg, lonDeg }: { registration: string; latDeg: number; lonDeg: number },
): PositionsBlock {
  const halfS = COUNT / 2;
  const every = <T>(make: (i: number) => T) => Array.from({ length: COUNT }, (_, i) => make(i));
  return {
    kind: "aircraft",
    ...{ hex, registration, type: "B738", simulated: true, heardCount: 5 * COUNT },
    runLengths: Uint32Array.of(halfS, halfS),
    timeMs: Uint32Array.from(every((i) => (i * 30 + (i >= halfS ? 1800 : 0)) * 1000)),
    latE6: Int32Array.from(every((i) => Math.round((latDeg + i / 100) * 1e6))),
    lonE6: Int32Array.from(every((i) => Math.round((lonDeg + i / 50) * 1e6))),
    altitude: Int16Array.from(every(() => 3_500)),
  };
}
