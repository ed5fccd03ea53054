import type { Address } from "../../aircraft/address.js";
import { type GapQuestion, gapAnswer } from "../../api/gap-answer.js";
import { gapId } from "../../api/track-shape.js";
import { grownBox } from "../../geo/box.js";
import { sphereDistanceM } from "../../geo/sphere.js";
import { reachAircraft } from "../../journey/reach-bounds.js";
import { reachGapOf } from "../../journey/reach-gaps.js";
import type { Lake } from "../../lake/lake.js";
import { tellNotKept } from "../../query/kept-positions.js";
import { identityOf } from "../../query/known-identity.js";
import { historiesOf, lakeWeigher } from "../../query/weigh-lake.js";
import { withholdingOf } from "../../query/withhold.js";
import { reachAreaFeatures, reachGeoJson } from "../../report/reach-geojson.js";
import { type MovementJson, movementJson } from "../../report/shapes.js";
import { cleanTrack } from "../../track/clean.js";
import { findContacts, findGaps } from "../../track/contacts.js";
import type { Gap } from "../../track/gap.js";
import { isSimulated, type Track } from "../../track/track.js";
import { MINUTE_MS } from "../../units/quantity.js";
import { type Answer, type Asking, type Tools, toolsFor } from "../asking.js";
import { RequestError } from "../problem.js";
import { addressOf } from "./aircraft.js";

/** Others heard so near an edge, in place and time, show that somebody listened there. chosen: about the range of a receiver */
const OTHERS_WITHIN_M = 100_000;
const OTHERS_WITHIN_MS = 10 * MINUTE_MS;

/** `/api/gap/{id}`: where the aircraft could have been, and who else was heard then. */
export async function gapAnswerOf(asking: Asking): Promise<Answer> {
  const id = asking.names["id"] ?? "";
  const match = /^(~?[0-9a-f]{6})-(\d{1,12})$/i.exec(id);
  if (!match) throw noGap(`"${id}" is no name of a gap: write it as in 157713-1548248400`);
  const address = addressOf({ ...asking, names: { hex: match[1] } });
  const tools = await toolsFor(asking, { hex: [address] });
  const { lake, reference, notices, signal } = { ...tools, signal: asking.signal };
  const received = await lake.track(address);
  const asked = { addresses: [address], isAnswered: received !== undefined };
  await tellNotKept(lake, asked, notices);
  const found = received && findGap(received, id.toLowerCase());
  if (!found)
    throw noGap([`the lake has no gap "${id}"`, ...withholdingOf(lake).lines()].join("; "));
  const { track, gap } = found;
  const aircraft = reachAircraft({ address, ...identityOf(track) });
  if (asking.format === "geojson") {
    const simulated = isSimulated(track);
    const features = reachAreaFeatures({ gap: reachGapOf(track, gap), aircraft, simulated });
    return { kind: "file", text: reachGeoJson(features) };
  }
  const edges = [gap.lastIndex, gap.nextIndex] as const;
  // A count that tells whether anybody listened, and shows no aircraft: all of them are counted.
  const { whole } = withholdingOf(lake);
  const [atLast, atNext] = [
    await othersAt({ track, index: edges[0] }, whole, signal),
    await othersAt({ track, index: edges[1] }, whole, signal),
  ];
  const question: GapQuestion = {
    track,
    gap,
    aircraft,
    airports: reference.airports,
    movements: await movementsIn(address, gap, tools, track),
    othersHeard: { atLast, atNext },
  };
  return { kind: "json", value: gapAnswer(question) };
}

function noGap(what: string): RequestError {
  return new RequestError(
    404,
    "not-found",
    `${what}; each gap of an aircraft stands with its name in the aircraft's track, such as /api/aircraft/157713/track`,
  );
}

function findGap(received: Track, id: string): { track: Track; gap: Gap } | undefined {
  const { track } = cleanTrack(received);
  const gaps = findGaps(track, findContacts(track));
  const gap = gaps.find((one) => gapId(track.address, one) === id);
  return gap && { track, gap };
}

/** What was inferred to have happened while nobody heard it. */
async function movementsIn(
  address: Address,
  { fromMs, toMs }: Gap,
  tools: Tools,
  track: Track,
): Promise<MovementJson[]> {
  const { lake, reference } = tools;
  const [history = []] = await historiesOf(lake, [address], reference);
  const weighed = await lakeWeigher(tools, true).weigh(history);
  return weighed
    .filter(
      (one) => one.evidence === "inferred" && one.timeFromMs <= toMs && one.timeToMs >= fromMs,
    )
    .map((one) => {
      const timeZone = one.airport && reference.airports.timeZoneOf(one.airport);
      return movementJson(one, { ...identityOf(track), timeZone });
    });
}

/** How many other aircraft were heard near a point of the track, about then. */
async function othersAt(
  { track, index }: { readonly track: Track; readonly index: number },
  lake: Lake,
  signal: AbortSignal,
): Promise<number> {
  const atMs = track.timeMs[index]!;
  const latDeg = track.latDeg[index]!;
  const lonDeg = track.lonDeg[index]!;
  const place = { southDeg: latDeg, northDeg: latDeg, westDeg: lonDeg, eastDeg: lonDeg };
  const period = { fromMs: atMs - OTHERS_WITHIN_MS, toMs: atMs + OTHERS_WITHIN_MS };
  const boxes = [grownBox(place, OTHERS_WITHIN_M)];
  let count = 0;
  for await (const other of lake.tracksNear({ boxes, ...period, signal })) {
    if (other.address === track.address) continue;
    const isNear = other.timeMs.some(
      (timeMs, i) =>
        timeMs >= period.fromMs &&
        timeMs <= period.toMs &&
        sphereDistanceM(latDeg, lonDeg, other.latDeg[i]!, other.lonDeg[i]!) <= OTHERS_WITHIN_M,
    );
    if (isNear) count++;
  }
  return count;
}
