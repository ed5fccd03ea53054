// Reads many generated traces by the scanner and by JSON.parse, and stops at the first that gives something else.
//
//   npm run build && node dist/bench/compare-readings.js [COUNT [SEED]]
import { seededRandom } from "../src/sim/random.js";
import { randomTrace } from "../test/formats/random-trace.js";
import { assertSameReading } from "../test/formats/same-reading.js";

const ROWS_MAX = 20;
const count = Number(process.argv[2] ?? 100_000);
const random = seededRandom(Number(process.argv[3] ?? 2022));
const encoder = new TextEncoder();
let scannedCount = 0;
for (let i = 0; i < count; i++) {
  const text = randomTrace(random, ROWS_MAX);
  // Every third one is damaged: cut off, or one byte of it changed.
  const bytes = encoder.encode(random() < 0.15 ? text.slice(0, random() * text.length) : text);
  if (random() < 0.2) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
  const { fellBack } = await assertSameReading(bytes);
  if (!fellBack) scannedCount++;
}
console.log(`${count} traces read the same both ways, ${scannedCount} of them by the scanner`);
