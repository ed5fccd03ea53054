// Makes the traces of one SIMULATED aircraft with a million positions, 20 days of 50,000, four flights a day and 40
// silent minutes after each: node dist/bench/page-mass/make-long.js FOLDER
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { parseAddress } from "../../src/aircraft/address.js";
import { SIM_PERFORMANCE } from "../../src/sim/sim-aircraft.js";
import type { TraceRow } from "../../src/sim/trace-recorder.js";
import { writeReadsbTraces } from "../../src/sim/write-readsb.js";

const DAYS = 20;
const LEGS_A_DAY = 4;
const LEG_POSITIONS = 12_500;
const LEG_MS = 19_200_000;
const FIRST_DAY_MS = Date.parse("2025-09-01T00:00:00Z");
/** Positions on the ground at either end of a leg. */
const TAXI = 60;
const AIRCRAFT = {
  ...{ address: parseAddress("4ca001")!, registration: "EI-SIM", typeDesignator: "A320" },
  ...{ description: "A320", operator: "SIMULATED", military: false },
  performance: SIM_PERFORMANCE.A320,
};

/** Three circles from a field and back, a little wider each day. */
function rowOf(day: number, leg: number, i: number): TraceRow {
  const share = i / (LEG_POSITIONS - 1);
  const turnRad = share * 6 * Math.PI;
  const onGround = i < TAXI || i >= LEG_POSITIONS - TAXI;
  const away = onGround ? 0 : Math.min(1, (i - TAXI) / 600, (LEG_POSITIONS - TAXI - i) / 600);
  const radiusDeg = (3 + day * 0.1) * away;
  const climbFt = Math.min(36_000, (i - TAXI) * 20, (LEG_POSITIONS - TAXI - i) * 20);
  const pressureAltitudeFt = onGround ? 0 : Math.round(climbFt / 25) * 25;
  return {
    timeMs: FIRST_DAY_MS + day * 86_400_000 + leg * 21_600_000 + Math.round(share * LEG_MS),
    latDeg: 50 + radiusDeg * 0.7 * Math.sin(turnRad),
    lonDeg: 8 + (onGround ? i * 1e-5 : radiusDeg * (1 - Math.cos(turnRad))),
    ...{ onGround, pressureAltitudeFt, geometricAltitudeFt: pressureAltitudeFt + 450 },
    groundSpeedKt: onGround ? 12 : 420,
    directionDeg: (((90 - (turnRad * 180) / Math.PI) % 360) + 360) % 360,
    ...{ verticalRateFpm: 0, flags: 0, callsign: "SIM1", squawk: "3255" },
  };
}

const [folder = "bench-work/long"] = process.argv.slice(2);
const rows: TraceRow[] = [];
for (let day = 0; day < DAYS; day++)
  for (let leg = 0; leg < LEGS_A_DAY; leg++)
    for (let i = 0; i < LEG_POSITIONS; i++) rows.push(rowOf(day, leg, i));
for (const { path, text } of writeReadsbTraces([{ aircraft: AIRCRAFT, rows }])) {
  const file = join(folder, `${path}.gz`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, gzipSync(text));
}
console.log(`${rows.length} positions in ${folder}`);
