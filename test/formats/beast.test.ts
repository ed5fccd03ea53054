import assert from "node:assert/strict";
import { test } from "node:test";
import { beastReader } from "../../src/formats/beast.js";
import type { ReaderSink, RowIssue } from "../../src/formats/reader.js";
import { type ModeSMessage, readMessage } from "../../src/mode-s/message.js";
import type { Point } from "../../src/track/track.js";
import {
  type Answer,
  absent,
  answersOf,
  BEAST_ANSWER,
  BEAST_CAPTURE,
  captureBytes,
} from "../mode-s/captures.js";

/** What a capture's frames came to, by row. */
interface Read {
  readonly points: ReadonlyMap<number, Point & { readonly address: string }>;
  readonly issues: ReadonlyMap<number, RowIssue>;
  readonly rowCount: number;
}

async function readCapture(file: string, name = file): Promise<Read> {
  const points = new Map<number, Point & { readonly address: string }>();
  const issues = new Map<number, RowIssue>();
  let rowCount = 0;
  const sink: ReaderSink = {
    row: () => rowCount++,
    rows: () => assert.fail(),
    identity: () => assert.fail(),
    simulated: () => assert.fail(),
    points: () => assert.fail(),
    fellBack: () => assert.fail(),
    point: (address, point) => points.set(point.row, { ...point, address }),
    issue: (issue) => issues.set(issue.row, issue),
  };
  await beastReader.read([captureBytes(file)], sink, { name, terms: { start: "name" } });
  return { points, issues, rowCount };
}

/** Frames of a capture without its escapes: type and message. */
function framesOf(bytes: Uint8Array): { type: number; message: Uint8Array }[] {
  const frames: { type: number; message: Uint8Array }[] = [];
  let at = 0;
  while (at < bytes.length) {
    const type = bytes[at + 1]!;
    const length = 7 + (type === 0x31 ? 2 : type === 0x32 ? 7 : 14);
    const frame: number[] = [];
    at += 2;
    while (frame.length < length) {
      frame.push(bytes[at]!);
      at += bytes[at] === 0x1a ? 2 : 1;
    }
    frames.push({ type, message: Uint8Array.from(frame.slice(7)) });
  }
  return frames;
}

const skip = absent(BEAST_CAPTURE) || absent(BEAST_ANSWER);

test("every message of a real capture is decoded as another program decoded it", {
  skip,
}, async (t) => {
  const read = await readCapture(BEAST_CAPTURE);
  const frames = framesOf(captureBytes(BEAST_CAPTURE));
  const answers = answersOf(new TextDecoder().decode(captureBytes(BEAST_ANSWER)));
  assert.equal(read.rowCount, frames.length);
  let next = 0;
  const counts: Record<string, number> = {};
  for (const [row, { type, message }] of frames.entries()) {
    if (type === 0x31) continue;
    const issue = read.issues.get(row);
    // Replies whose address was never heard in clear: the other program has no line for them either.
    if (issue?.kind === "address-unproven") {
      counts.unproven = (counts.unproven ?? 0) + 1;
      continue;
    }
    const answer = answers[next++]!;
    assert.equal(Buffer.from(message).toString("hex"), answer.hex, `row ${row}`);
    const decoded = readMessage(message);
    assert.ok(typeof decoded === "object", `row ${row}: ${String(decoded)}`);
    for (const name of compare(decoded, answer, read.points.get(row)))
      counts[name] = (counts[name] ?? 0) + 1;
  }
  t.diagnostic(JSON.stringify({ messages: next, ...counts }));
  assert.equal(next, answers.length);
  assert.equal(next, 8922);
  assert.equal(counts.unproven, 6);
});

/** Asserts that each value of the answer is what was decoded. @returns names of the values that were compared */
function compare(
  message: ModeSMessage,
  answer: Answer,
  point: (Point & { readonly address: string }) | undefined,
): string[] {
  const compared: string[] = [];
  const same = (name: string, found: unknown, wanted = answer.value(name)): void => {
    if (wanted !== undefined) compared.push(name);
    const text =
      found === undefined || (typeof found === "number" && Number.isNaN(found))
        ? undefined
        : String(found);
    assert.equal(
      text,
      wanted,
      `${name} of ${answer.hex}: ${JSON.stringify(message)} ${answer.lines.join("\n")}`,
    );
  };
  const first = (name: string, pattern: RegExp) => pattern.exec(answer.value(name) ?? "")?.[1];
  same("DF", message.downlinkFormat, first("DF", /^(\d+)/));
  same(
    "ICAO Address",
    message.addressValue.toString(16).padStart(6, "0").toUpperCase(),
    first("ICAO Address", /^(\w+)/),
  );
  same(
    "Air/Ground",
    message.isOnGround === undefined ? "airborne?" : message.isOnGround ? "ground" : "airborne",
  );
  same("Altitude", message.altitudeFt, first("Altitude", /^(-?\d+) ft barometric/));
  same("Squawk", message.squawk < 0 ? undefined : String(message.squawk).padStart(4, "0"));
  const { extended } = message;
  const velocity = extended?.kind === "velocity" ? extended.velocity : undefined;
  same(
    "Speed",
    velocity && Math.floor(velocity.groundSpeedKt),
    first("Speed", /^(\d+) kt groundspeed/),
  );
  same("Heading", velocity && truncatedDeg(velocity.trackAngleDeg));
  same(
    "Vertical rate",
    velocity &&
      `${velocity.verticalRateFpm} ft/min ${velocity.isRateGeometric ? "barometric" : "GNSS"}`,
  );
  same("GNSS delta", velocity?.geometricDifferenceFt, first("GNSS delta", /^(-?\d+) ft/));
  const named = extended?.kind === "identification" ? extended : undefined;
  same("Ident", named?.callsign ?? message.likelyCallsign);
  same("Category", named?.category);
  const position = extended?.kind === "airborne-position" ? extended : undefined;
  same("CPR odd flag", position && (position.cpr.isOdd ? "odd" : "even"));
  same("CPR raw latitude", position?.cpr.latCpr, first("CPR latitude", /\((\d+)\)$/));
  same("CPR raw longitude", position?.cpr.lonCpr, first("CPR longitude", /\((\d+)\)$/));
  same("latitude", point?.latDeg.toFixed(5), first("CPR latitude", /^([-\d.]+) \(/));
  same("longitude", point?.lonDeg.toFixed(5), first("CPR longitude", /^([-\d.]+) \(/));
  const quality = extended?.kind === "quality" ? extended.quality : undefined;
  same(
    "Version",
    quality && answer.value("Version") !== undefined ? quality.adsbVersion : undefined,
  );
  same("NACp", quality?.nacP);
  same("SIL", quality?.sil, first("SIL", /^(\d)/));
  same("Target altitude", quality?.targetAltitudeFt, first("Target altitude", /MCP, (\d+) ft/));
  same(
    "Altimeter setting",
    quality && !Number.isNaN(quality.qnhHpa) ? quality.qnhHpa.toFixed(1) : undefined,
    first("Altimeter setting", /^([\d.]+)/),
  );
  same("Target heading", quality && Math.floor(quality.targetHeadingDeg));
  if (point) {
    const heardMs = Date.parse(
      `${answer.value("Realtime UTC")!.replaceAll("/", "-").replace(" ", "T")}Z`,
    );
    assert.ok(Math.abs(point.timeMs - heardMs) <= 1, `${point.timeMs} ${heardMs}`);
    compared.push("time");
  }
  return compared;
}

/** Whole degrees as the other program makes them: rounded half up between -180 and 180, towards 0. */
function truncatedDeg(angleDeg: number): number {
  const signedDeg = angleDeg > 180 ? angleDeg - 360 : angleDeg;
  const wholeDeg = Math.trunc(signedDeg + 0.5);
  return wholeDeg < 0 ? wholeDeg + 360 : wholeDeg;
}
