import type { Address } from "../../aircraft/address.js";
import { type InsideRuns, insideRuns } from "../../api/inside-runs.js";
import { encodePositions, type PositionsEnd } from "../../api/positions-code.js";
import { positionsBlock } from "../../api/positions-of-track.js";
import type { PositionsJson } from "../../api/shapes.js";
import { areaTest } from "../../journey/area-test.js";
import type { Heard } from "../../lake/heard.js";
import { tellPositionsNotKept } from "../../query/area-outcomes.js";
import { readPeriod } from "../../query/measure-coverage.js";
import { coverageSentence } from "../../query/with-lake.js";
import { withholdingOf } from "../../query/withhold.js";
import { textOrNull } from "../../report/shapes.js";
import { cleanTrack } from "../../track/clean.js";
import { isSimulated } from "../../track/track.js";
import { DAY_MS } from "../../units/quantity.js";
import { isoSeconds } from "../../units/time.js";
import type { IndexedAircraft } from "../aircraft-index.js";
import { type Answer, type Asking, type Tools, toolsFor } from "../asking.js";
import { positionsLimitOf } from "../parameters.js";
import { RequestError } from "../problem.js";
import { breath } from "../reply.js";

/** Times are sent as 32 bits of milliseconds, which are 49 days; as with overflights, nobody needs more at once. */
const PERIOD_MAX_MS = 31 * DAY_MS;
/** Read, cleaned and thinned at some 2 million a second at best: what takes longer is asked for in parts. chosen */
const RECEIVED_MAX = 20_000_000;

/** What is asked, and who was heard. */
interface Found {
  readonly tools: Tools;
  readonly period: { readonly fromMs: number; readonly toMs: number };
  readonly holds: (latDeg: number, lonDeg: number) => boolean;
  readonly heard: Heard;
  readonly receivedMax: number;
  readonly stated: ReadonlyMap<Address, IndexedAircraft>;
}

/** `/api/positions`: who was heard in an area and a period, and as bytes where. */
export async function positionsAnswer(asking: Asking): Promise<Answer> {
  const found = await findHeard(asking);
  if (asking.format === "bin")
    return { kind: "bytes", bytes: bytesOf(found, positionsLimitOf(asking.values)) };
  return { kind: "json", value: await jsonOf(found) };
}

async function findHeard(asking: Asking): Promise<Found> {
  const { values, served } = asking;
  if (values["in"] === undefined && values["near"] === undefined)
    throw refused("in", "is missing: write in=west,south,east,north in degrees, or a country");
  const tools = await toolsFor(asking);
  const { lake, question } = tools;
  const period = await readPeriod(question, lake);
  if (!(period.toMs > period.fromMs)) throw refused("to", "is not after from");
  if (period.toMs - period.fromMs > PERIOD_MAX_MS)
    throw refused("to", "is more than 31 days after from: ask for a shorter period");
  await tellPositionsNotKept(tools, period);
  const { boxes, holds } = areaTest(question.place!);
  const heard = await lake.heard({ boxes, ...period });
  const receivedMax = heard.aircraft.reduce((sum, { positionCount }) => sum + positionCount, 0);
  if (receivedMax > RECEIVED_MAX)
    throw refused(
      "in",
      `${receivedMax} positions were received there then, more than ${RECEIVED_MAX}: ask for a smaller area or a shorter period`,
    );
  const stated = new Map((await served.index.all()).map((one) => [one.address, one]));
  return { tools, period, holds, heard, receivedMax, stated };
}

function refused(name: string, words: string): RequestError {
  return new RequestError(400, "usage", `parameter "${name}": ${words}`);
}

/** One aircraft's positions inside. */
interface HeardInside {
  readonly inside: InsideRuns;
  readonly simulated: boolean;
  readonly setAsideCount: number;
}

/** Positions handled before others are heard again. chosen: some 20 ms of work */
const BREATH_POSITIONS = 50_000;

async function* insideOf({ heard, holds }: Found): AsyncGenerator<HeardInside> {
  let handled = 0;
  for await (const received of heard.tracks()) {
    const { track, setAside } = cleanTrack(received);
    const inside = insideRuns(track, holds);
    const setAsideCount = received.length - setAside.kept;
    yield { inside, simulated: isSimulated(received), setAsideCount };
    handled += received.length;
    if (handled < BREATH_POSITIONS) continue;
    handled = 0;
    await breath();
  }
}

async function jsonOf(found: Found): Promise<PositionsJson> {
  const { tools, period, stated } = found;
  const aircraft: PositionsJson["aircraft"][number][] = [];
  let setAsideCount = 0;
  for await (const { inside, simulated, setAsideCount: count } of insideOf(found)) {
    setAsideCount += count;
    if (inside.track.length === 0) continue;
    const { address, length } = inside.track;
    const { registration, typeDesignator } = stated.get(address) ?? {};
    aircraft.push({
      hex: address,
      registration: textOrNull(registration),
      type: textOrNull(typeDesignator),
      positionCount: length,
      simulated,
    });
  }
  return {
    schema: "wheelsdown/positions/1",
    from: isoSeconds(period.fromMs),
    to: isoSeconds(period.toMs),
    positionCount: aircraft.reduce((sum, { positionCount }) => sum + positionCount, 0),
    setAsideCount,
    aircraft,
    notes: [
      ...tools.notes,
      ...withholdingOf(tools.lake).lines(),
      await coverageSentence(tools.lake, tools.question),
    ],
    simulated: tools.simulated,
  };
}

async function* bytesOf(found: Found, sentMax: number): AsyncGenerator<Uint8Array> {
  const { tools, period, receivedMax, stated } = found;
  const { simulated } = tools;
  yield encodePositions({ kind: "head", simulated, ...period, receivedMax, sentMax });
  const share = Math.min(1, sentMax / Math.max(1, receivedMax));
  const limits = new Map(
    found.heard.aircraft.map(({ address, positionCount }) => [
      address,
      Math.floor(positionCount * share),
    ]),
  );
  const end = { heardCount: 0, sentCount: 0, aircraftCount: 0, leftOutCount: 0, setAsideCount: 0 };
  for await (const { inside, simulated: isMarked, setAsideCount } of insideOf(found)) {
    end.setAsideCount += setAsideCount;
    const { address, length } = inside.track;
    if (length === 0) continue;
    end.heardCount += length;
    const { registration = "", typeDesignator: type = "" } = stated.get(address) ?? {};
    const limit = limits.get(address) ?? 0;
    const options = { registration, type, simulated: isMarked, fromMs: period.fromMs, limit };
    const block = positionsBlock(inside, options);
    const count = block.timeMs.length;
    if (end.sentCount + count > sentMax) {
      end.leftOutCount++;
      continue;
    }
    end.sentCount += count;
    end.aircraftCount++;
    yield encodePositions(block);
  }
  yield encodePositions({ kind: "end", ...end } satisfies PositionsEnd);
}
