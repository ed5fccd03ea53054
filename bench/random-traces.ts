import { gzipSync } from "node:zlib";
import { parseAddress } from "../src/aircraft/address.js";
import { between, roughNormal, seededRandom } from "../src/sim/random.js";
import { SIM_PERFORMANCE } from "../src/sim/sim-aircraft.js";
import type { TraceRow } from "../src/sim/trace-recorder.js";
import { writeReadsbTraces } from "../src/sim/write-readsb.js";

const DAY_MS = Date.parse("2025-10-01T00:00:00Z");

/** Rows of one aircraft's day in the air: a random walk, as long as real days are (log-normal). */
function randomRows(seed: number, medianPoints: number): TraceRow[] {
  const random = seededRandom(seed);
  const count = Math.round(
    Math.min(16_000, Math.max(40, medianPoints * Math.exp(0.9 * roughNormal(random)))),
  );
  let timeMs = DAY_MS + between(random, 0, 3_600_000);
  let [latDeg, lonDeg] = [between(random, -55, 65), between(random, -170, 170)];
  let [altitudeFt, speedKt, directionDeg, rateFpm] = [3000, 250, between(random, 0, 360), 1024];
  return Array.from({ length: count }, (_, i) => {
    const stepMs = between(random, 2000, (2 * 80_000_000) / count);
    timeMs = Math.min(timeMs + stepMs, DAY_MS + 86_399_000);
    directionDeg = (directionDeg + 360 + roughNormal(random)) % 360;
    latDeg = Math.max(-80, Math.min(80, latDeg + 0.02 * roughNormal(random)));
    lonDeg = Math.max(-179, Math.min(179, lonDeg + 0.02 * roughNormal(random)));
    if (random() < 0.3) rateFpm = 64 * Math.round(10 * roughNormal(random));
    altitudeFt = Math.max(0, Math.min(41_000, altitudeFt + 25 * Math.round(rateFpm / 250)));
    speedKt = Math.max(0, Math.min(560, speedKt + 2 * roughNormal(random)));
    const onGround = i < count / 12;
    return {
      ...{ timeMs, latDeg, lonDeg, onGround, directionDeg, groundSpeedKt: speedKt },
      ...{ pressureAltitudeFt: altitudeFt, geometricAltitudeFt: altitudeFt + 450 },
      ...{ verticalRateFpm: rateFpm, flags: random() < 0.05 ? 1 : 0 },
      ...{ callsign: i < count / 2 ? "SIM123" : "SIM124", squawk: "3255" },
    };
  });
}

/**
 * The traces of one seeded random day, packed, one for each aircraft, in the order of their addresses.
 *
 * @param options `medianPoints` sets how long they are (log-normal)
 */
export function* randomTraces(options: {
  readonly aircraftCount: number;
  readonly medianPoints: number;
}): Generator<{ readonly path: string; readonly packed: Buffer }> {
  for (let i = 0; i < options.aircraftCount; i++) {
    const aircraft = {
      ...{ address: parseAddress((0x4ca000 + i).toString(16))!, registration: `EI-${i}` },
      ...{ typeDesignator: "A320", description: "AIRBUS A-320", operator: "NOBODY" },
      ...{ military: false, performance: SIM_PERFORMANCE.A320 },
    };
    const rows = randomRows(i + 1, options.medianPoints);
    for (const { path, text } of writeReadsbTraces([{ aircraft, rows }]))
      yield { path, packed: gzipSync(text, { level: 9 }) };
  }
}
