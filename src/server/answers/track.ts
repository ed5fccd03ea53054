import type { Address } from "../../aircraft/address.js";
import { endGapsOf } from "../../api/end-gaps.js";
import { positionAnswer } from "../../api/position-answer.js";
import { emptyTrackJson, trackJson } from "../../api/track-shape.js";
import type { Lake } from "../../lake/lake.js";
import { tellNotKept } from "../../query/kept-positions.js";
import { identityOf } from "../../query/known-identity.js";
import { trackDocument } from "../../query/track-document.js";
import { coverageSentence } from "../../query/with-lake.js";
import { withholdingOf } from "../../query/withhold.js";
import { trackCsvParts } from "../../report/csv.js";
import { cleanTrack } from "../../track/clean.js";
import { findContacts, findGaps } from "../../track/contacts.js";
import type { Track } from "../../track/track.js";
import { DAY_MS, MINUTE_MS } from "../../units/quantity.js";
import { dayStartMs, isoSeconds, parseUtc } from "../../units/time.js";
import { type Answer, type Asking, type Format, isDrawnFormat, toolsFor } from "../asking.js";
import { trackLimitOf } from "../parameters.js";
import { RequestError } from "../problem.js";
import { withBreaths } from "../reply.js";
import { addressOf } from "./aircraft.js";

interface Period {
  readonly fromMs: number | undefined;
  readonly toMs: number | undefined;
}

/** `/api/aircraft/{hex}/track`: columns for drawing as JSON; files hold every position, as `wheelsdown track` does. */
export async function trackAnswer(asking: Asking): Promise<Answer> {
  const address = addressOf(asking);
  const tools = await toolsFor(asking, { hex: [address] });
  const { lake, question, notices } = tools;
  const { fromMs, toMs } = question;
  const track = await lake.track(address, { fromMs, toMs });
  const asked = { fromMs, toMs, addresses: [address], isAnswered: track !== undefined };
  await tellNotKept(lake, asked, notices);
  const isKnown = track !== undefined || (await lake.addresses()).includes(address);
  if (!isKnown || (!track && asking.format !== "json"))
    throw new RequestError(
      404,
      "not-found",
      [
        `no position of ${address} in this period`,
        ...withholdingOf(lake).lines(),
        await coverageSentence(lake, question),
      ].join("; "),
    );
  if (track && asking.format !== "json")
    return { kind: "file", text: await trackFile(track, asking.format) };
  const period = { fromMs, toMs };
  const around = await trackAround(lake, address, period);
  const endGaps = around ? endGapsOf(around, period) : [];
  const { simulated } = tools;
  const value = track
    ? trackJson(track, trackLimitOf(asking.values), endGaps)
    : emptyTrackJson(address, { simulated, endGaps });
  return { kind: "json", value };
}

/** The track from the last day with positions before a period to the first one behind it; undefined when it is open. */
async function trackAround(
  lake: Lake,
  address: Address,
  { fromMs, toMs }: Period,
): Promise<Track | undefined> {
  if (fromMs === undefined && toMs === undefined) return undefined;
  const days = (await lake.positionDays(address)).map(({ day }) => Date.parse(`${day}T00:00Z`));
  const before = fromMs === undefined ? undefined : dayStartMs(fromMs);
  const after = toMs === undefined ? undefined : dayStartMs(toMs);
  const startMs = before && (days.findLast((day) => day < before) ?? before);
  const endMs = after && (days.find((day) => day > after) ?? after) + DAY_MS - 1;
  return await lake.track(address, { fromMs: startMs, toMs: endMs });
}

/** The bytes that `wheelsdown track` writes. */
async function trackFile(received: Track, format: Format): Promise<AsyncIterable<string>> {
  if (!isDrawnFormat(format)) return withBreaths(trackCsvParts(received));
  const { track } = cleanTrack(received);
  const contacts = findContacts(track);
  const gaps = findGaps(track, contacts);
  const title = identityOf(received).registration ?? received.address;
  const drawn = [{ track, contacts, gaps, journeys: [], title }];
  return withBreaths(await trackDocument(format, drawn, { title }));
}

/** A position farther from the asked time is another one. chosen: traces have one a minute and more */
const POSITION_WITHIN_MS = MINUTE_MS;
/** Cleaning judges a position by those around it. chosen: it looks no farther than minutes */
const AROUND_MS = 30 * MINUTE_MS;

/** `/api/aircraft/{hex}/position?at=`: all that was received with one position, and the row it stands in. */
export async function positionAnswerOf(asking: Asking): Promise<Answer> {
  const address = addressOf(asking);
  const { lake, reference, notices } = await toolsFor(asking, { hex: [address] });
  const atMs = parseUtc(asking.values["at"]!);
  if (atMs === undefined)
    throw new RequestError(
      400,
      "usage",
      'parameter "at": is no time: write 2019-01-23T22:15:30Z (UTC)',
    );
  const period = { fromMs: atMs - AROUND_MS, toMs: atMs + AROUND_MS };
  const track = await lake.track(address, period);
  await tellNotKept(
    lake,
    { ...period, addresses: [address], isAnswered: track !== undefined },
    notices,
  );
  const found =
    track &&
    positionAnswer({ track, atMs, withinMs: POSITION_WITHIN_MS, airports: reference.airports });
  if (!found)
    throw new RequestError(
      404,
      "not-found",
      [
        `no position of ${address} within a minute of ${isoSeconds(atMs)}`,
        ...withholdingOf(lake).lines(),
      ].join("; "),
    );
  return { kind: "json", value: found };
}
