import { encodePositions, type PositionsBlock } from "../../src/api/positions-code.js";
import { seededRandom } from "../../src/sim/random.js";

/** A stretch of SIMULATED positions, longitude and latitude in degrees, in turn. */
type Line = readonly (readonly [number, number])[];

/** The same positions, once as the server sends them and once as GeoJSON. */
export interface ManyPositions {
  readonly count: number;
  readonly bytes: Uint8Array;
  readonly geoJson: string;
}

const PER_AIRCRAFT = 400;
const START_MS = Date.UTC(2025, 9, 1);

/**
 * SIMULATED aircraft over most of the world, 400 positions each, a gap in the middle. Smooth, with slow turns: both ways
 * of drawing may simplify them.
 */
export function manyPositions(count: number): ManyPositions {
  const random = seededRandom(7);
  const blocks: PositionsBlock[] = [];
  const lines: Line[] = [];
  for (let aircraft = 0; aircraft < count / PER_AIRCRAFT; aircraft++) {
    const block = blockOf(aircraft, random);
    blocks.push(block);
    for (const half of [0, 1]) {
      const from = (half * PER_AIRCRAFT) / 2;
      lines.push(
        Array.from({ length: PER_AIRCRAFT / 2 }, (_, i) => {
          return [block.lonE6[from + i]! / 1e6, block.latE6[from + i]! / 1e6] as const;
        }),
      );
    }
  }
  const toMs = START_MS + 86_400_000;
  const sentCount = blocks.length * PER_AIRCRAFT;
  const counts = { heardCount: sentCount, sentCount, aircraftCount: blocks.length };
  const parts = [
    { kind: "head", simulated: true, fromMs: START_MS, toMs, receivedMax: sentCount } as const,
  ].map((head) => encodePositions({ ...head, sentMax: sentCount }));
  for (const block of blocks) parts.push(encodePositions(block));
  parts.push(encodePositions({ kind: "end", ...counts, leftOutCount: 0, setAsideCount: 0 }));
  const features = lines.map((coordinates) => ({
    type: "Feature",
    properties: {},
    geometry: { type: "LineString", coordinates },
  }));
  return {
    count: sentCount,
    bytes: Buffer.concat(parts),
    geoJson: JSON.stringify({ type: "FeatureCollection", features }),
  };
}

function blockOf(aircraft: number, random: () => number): PositionsBlock {
  const timeMs = new Uint32Array(PER_AIRCRAFT);
  const latE6 = new Int32Array(PER_AIRCRAFT);
  const lonE6 = new Int32Array(PER_AIRCRAFT);
  const altitude = new Int16Array(PER_AIRCRAFT);
  let [latDeg, lonDeg] = [random() * 110 - 50, random() * 300 - 150];
  let directionRad = random() * 2 * Math.PI;
  const startMs = Math.floor(random() * 60_000_000);
  for (let i = 0; i < PER_AIRCRAFT; i++) {
    directionRad += (random() - 0.5) * 0.1;
    latDeg = Math.max(-80, Math.min(80, latDeg + 0.02 * Math.cos(directionRad)));
    lonDeg = Math.max(-179, Math.min(179, lonDeg + 0.02 * Math.sin(directionRad)));
    timeMs[i] = startMs + i * 10_000 + (i >= PER_AIRCRAFT / 2 ? 3_600_000 : 0);
    latE6[i] = Math.round(latDeg * 1e6);
    lonE6[i] = Math.round(lonDeg * 1e6);
    altitude[i] = Math.min(3_600, i * 60, (PER_AIRCRAFT - i) * 60);
  }
  return {
    kind: "aircraft",
    hex: (0x4ca000 + aircraft).toString(16),
    ...{ registration: "", type: "", simulated: true, heardCount: PER_AIRCRAFT },
    runLengths: Uint32Array.of(PER_AIRCRAFT / 2, PER_AIRCRAFT / 2),
    ...{ timeMs, latE6, lonE6, altitude },
  };
}
