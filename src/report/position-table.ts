/** Received positions as a table. */

import { MASK_REASONS, maskTrack } from "../track/clean.js";
import { HOLE_MAX_MS } from "../track/contacts.js";
import {
  callsignAt,
  GROUND_UNKNOWN,
  GROUND_YES,
  isSimulated,
  POSITION_SOURCES,
  type Track,
} from "../track/track.js";
import { SECOND_MS } from "../units/quantity.js";
import { setAsideOf } from "./point-shape.js";
import { rounded, textOrNull } from "./shapes.js";
import { type Cell, columnsOf, type ExportTable } from "./table.js";

const COLUMNS = columnsOf({
  hex: "text",
  time: "time",
  lat: "number",
  lon: "number",
  altitudeFt: "number",
  groundSpeedKt: "number",
  trackAngleDeg: "number",
  verticalRateFpm: "number",
  onGround: "boolean",
  callsign: "text",
  file: "text",
  row: "integer",
  simulated: "boolean",
  setAside: "text",
  timeMs: "integer",
  geometricAltitudeFt: "number",
  source: "text",
  gapBeforeS: "number",
  input: "text",
});

/** A track, and what a row needs to know of all of it. */
interface Prepared {
  readonly track: Track;
  readonly mask: Uint8Array;
  readonly simulated: boolean;
  /** Seconds of silence before a point, where it is the first of a contact. */
  readonly gapsS: ReadonlyMap<number, number>;
}

/**
 * One row per received point of all tracks, in their order; `row` counts from 0 inside `file`, whose SHA-256 is `input`.
 * `setAside` says why cleaning left a point out, and is unknown for the others; `gapBeforeS` is the silence that a point ended,
 * where that was a gap.
 */
export function positionTable(tracks: readonly Track[]): ExportTable {
  const starts: number[] = [];
  let rowCount = 0;
  for (const track of tracks) {
    starts.push(rowCount);
    rowCount += track.length;
  }
  // Rows are asked for in order: one track is prepared at a time.
  let at = -1;
  let prepared: Prepared | undefined;
  return {
    columns: COLUMNS,
    rowCount,
    row(index) {
      if (!(index >= 0 && index < rowCount)) throw new RangeError(`no row ${index}`);
      let wanted = at < 0 || index < starts[at]! ? 0 : at;
      while (index >= starts[wanted]! + tracks[wanted]!.length) wanted++;
      if (wanted !== at || !prepared) prepared = prepare(tracks[wanted]!);
      at = wanted;
      return positionCells(prepared, index - starts[at]!);
    },
  };
}

function prepare(track: Track): Prepared {
  const { mask } = maskTrack(track);
  const gapsS = new Map<number, number>();
  let lastMs = Number.NaN;
  for (let i = 0; i < track.length; i++) {
    if (MASK_REASONS[mask[i]!] !== "kept") continue;
    const silentMs = track.timeMs[i]! - lastMs;
    if (silentMs > HOLE_MAX_MS) gapsS.set(i, Math.round(silentMs / SECOND_MS));
    lastMs = track.timeMs[i]!;
  }
  return { track, mask, simulated: isSimulated(track), gapsS };
}

function positionCells({ track, mask, simulated, gapsS }: Prepared, i: number): Cell[] {
  const ground = track.ground[i]!;
  const source = track.sources[track.sourceIndex[i]!];
  return [
    track.address,
    track.timeMs[i]!,
    rounded(track.latDeg[i]!, 6),
    rounded(track.lonDeg[i]!, 6),
    rounded(track.altitudeFt[i]!, 0),
    rounded(track.groundSpeedKt[i]!, 1),
    rounded(track.trackAngleDeg[i]!, 1),
    rounded(track.verticalRateFpm[i]!, 0),
    ground === GROUND_UNKNOWN ? null : ground === GROUND_YES,
    textOrNull(callsignAt(track, i)),
    source?.file ?? null,
    track.sourceRow[i]!,
    simulated,
    setAsideOf(mask, i),
    Math.round(track.timeMs[i]!),
    rounded(track.geometricAltitudeFt[i]!, 0),
    track.positionSource[i] === 0 ? null : POSITION_SOURCES[track.positionSource[i]!]!,
    gapsS.get(i) ?? null,
    source?.inputSha256 ?? null,
  ];
}
