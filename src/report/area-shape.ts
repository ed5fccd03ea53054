/** JSON and CSV of who was heard in an area: `wheelsdown/area/1`. */

import type { Visit } from "../journey/visits.js";
import { isSimulated, type Track } from "../track/track.js";
import { SECOND_MS } from "../units/quantity.js";
import { isoSeconds } from "../units/time.js";
import { type Cell, csv } from "./csv.js";
import { type MovementIdentity, rounded, textOrNull } from "./shapes.js";

/**
 * What an aircraft did in an area. "landed": a landing or take-off there, seen or inferred, or a position on the ground.
 * "possible": a landing there that cannot be placed for sure. "passed": neither, as far as anyone heard.
 */
export type AreaOutcome = "landed" | "possible" | "passed";

/** One received position, with where it is written. */
export interface PositionJson {
  readonly time: string;
  readonly lat: number | null;
  readonly lon: number | null;
  /** Pressure altitude; null on the ground or when unknown. */
  readonly altitudeFt: number | null;
  readonly input: string | null;
  readonly file: string | null;
  /** From 0 inside `file`. */
  readonly row: number;
}

/** A stretch inside the area. */
export interface VisitJson {
  readonly from: string;
  readonly to: string;
  /** "seen": it was heard outside shortly before; "not-seen": it was first heard inside. */
  readonly entry: "seen" | "not-seen";
  readonly exit: "seen" | "not-seen";
  readonly positions: number;
  readonly groundPositions: number;
  readonly largestGapS: number;
  readonly first: PositionJson;
  readonly last: PositionJson;
  /** The lowest in the air; null when no altitude is known there. */
  readonly lowest: PositionJson | null;
}

export interface AreaJson {
  readonly schema: "wheelsdown/area/1";
  readonly hex: string;
  readonly registration: string | null;
  readonly type: string | null;
  readonly callsigns: readonly string[];
  readonly firstHeard: string;
  readonly lastHeard: string;
  readonly positions: number;
  readonly groundPositions: number;
  readonly lowestAltitudeFt: number | null;
  readonly outcome: AreaOutcome;
  readonly simulated: boolean;
  readonly visits: readonly VisitJson[];
  /** Visits to the second area, and the least time between the two; null without one. */
  readonly also: {
    readonly apartS: number;
    readonly visits: readonly { readonly from: string; readonly to: string }[];
  } | null;
}

/** The JSON of one aircraft's visits, of which there is at least one. */
export function areaJson(found: {
  readonly track: Track;
  readonly identity: MovementIdentity;
  readonly visits: readonly Visit[];
  readonly alsoVisits: readonly Visit[];
  readonly apartMs: number | undefined;
  readonly callsigns: readonly string[];
  readonly outcome: AreaOutcome;
}): AreaJson {
  const { track, identity, outcome, callsigns, alsoVisits, apartMs } = found;
  const visits = found.visits.map((visit) => visitJson(track, visit));
  const lowest = visits.flatMap(({ lowest: at }) => at?.altitudeFt ?? []);
  const sum = (of: (visit: VisitJson) => number) =>
    visits.reduce((total, visit) => total + of(visit), 0);
  return {
    schema: "wheelsdown/area/1",
    hex: track.address,
    registration: textOrNull(identity.registration),
    type: textOrNull(identity.typeDesignator),
    callsigns,
    firstHeard: visits[0]!.from,
    lastHeard: visits.at(-1)!.to,
    positions: sum((visit) => visit.positions),
    groundPositions: sum((visit) => visit.groundPositions),
    lowestAltitudeFt: lowest.length > 0 ? Math.min(...lowest) : null,
    outcome,
    simulated: isSimulated(track),
    visits,
    also:
      apartMs === undefined
        ? null
        : {
            apartS: Math.round(apartMs / SECOND_MS),
            visits: alsoVisits.map(({ fromMs, toMs }) => {
              return { from: isoSeconds(fromMs), to: isoSeconds(toMs) };
            }),
          },
  };
}

function visitJson(track: Track, visit: Visit): VisitJson {
  const { start, end, lowestIndex } = visit;
  return {
    from: isoSeconds(visit.fromMs),
    to: isoSeconds(visit.toMs),
    entry: visit.isEntrySeen ? "seen" : "not-seen",
    exit: visit.isExitSeen ? "seen" : "not-seen",
    positions: end - start,
    groundPositions: visit.groundCount,
    largestGapS: Math.round(visit.largestGapMs / SECOND_MS),
    first: positionJson(track, start),
    last: positionJson(track, end - 1),
    lowest: lowestIndex === undefined ? null : positionJson(track, lowestIndex),
  };
}

/** @param index of a point of the track */
export function positionJson(track: Track, index: number): PositionJson {
  const source = track.sources[track.sourceIndex[index]!];
  return {
    time: isoSeconds(track.timeMs[index]!),
    lat: rounded(track.latDeg[index]!, 5),
    lon: rounded(track.lonDeg[index]!, 5),
    altitudeFt: rounded(track.altitudeFt[index]!, 0),
    input: source?.inputSha256 ?? null,
    file: source?.file ?? null,
    row: track.sourceRow[index]!,
  };
}

const AREA_HEADER = [
  "hex",
  "registration",
  "type",
  "callsigns",
  "outcome",
  "from",
  "to",
  "entry",
  "exit",
  "positions",
  "groundPositions",
  "largestGapS",
  "lowestAltitudeFt",
  "lowestTime",
  "firstLat",
  "firstLon",
  "lastLat",
  "lastLon",
  "firstFile",
  "firstRow",
  "lastFile",
  "lastRow",
  "alsoApartS",
  "simulated",
  "fromMs",
  "toMs",
] as const;

/** The header line of `areaCsvRows`. */
export function areaCsvHeader(): string {
  return csv(AREA_HEADER, []);
}

/** One row per visit, without a header. `outcome` is of the aircraft, not of the visit. */
export function areaCsvRows(area: AreaJson): string {
  const rows = area.visits.map((visit): Cell[] => [
    area.hex,
    area.registration,
    area.type,
    area.callsigns.join(" "),
    area.outcome,
    visit.from,
    visit.to,
    visit.entry,
    visit.exit,
    visit.positions,
    visit.groundPositions,
    visit.largestGapS,
    visit.lowest?.altitudeFt ?? null,
    visit.lowest?.time ?? null,
    visit.first.lat,
    visit.first.lon,
    visit.last.lat,
    visit.last.lon,
    visit.first.file,
    visit.first.row,
    visit.last.file,
    visit.last.row,
    area.also?.apartS ?? null,
    area.simulated,
    Date.parse(visit.from),
    Date.parse(visit.to),
  ]);
  const text = csv([], rows);
  // The writer puts an empty header in the first line.
  return text.slice(text.indexOf("\n") + 1);
}
