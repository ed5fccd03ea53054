import { toUSVString } from "node:util";
import { POSITION_SOURCES, type Track } from "../track/track.js";
import type { RowFeed } from "./duckdb.js";
import type { PointSelection } from "./point-rows.js";
import { hexFromAddress } from "./records.js";
import { POINTS } from "./schema.js";
import { type FedColumn, newFedColumn, putColumn, setUnknown, splitLong } from "./vectors.js";

/**
 * What a COPY of points selects from `new_rows()`. Texts come as places in a list of words: handing over a string costs more
 * than all numbers of its row. The file has them as texts, by a dictionary of all the words in each row group.
 */
export const POINTS_SELECT = `SELECT * FROM new_rows()`;

/**
 * Numbers that are more than this are written as differences from the row before, which takes less room than a dictionary
 * and is sooner done: speeds, directions, altitudes. Source: measured, docs/performance.md section 3
 */
const DICTIONARY_VALUES = 300;

/** Points of one track on their way into a chunk: `from` up to `to`, the first of them to row `at`. */
interface Stretch {
  readonly track: Track;
  readonly trackIndex: number;
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

type Fill = (column: FedColumn, stretch: Stretch) => void;

// Loops that look alike: one for columns of either width would be several times slower.

/** Whole numbers of a unit; unknown is NULL, and so is what does not fit. */
function scaled32(valuesOf: (track: Track) => Float32Array, factor: number): Fill {
  return (column, { track, from, to, at }) => {
    const { ints } = column;
    const values = valuesOf(track);
    for (let i = from, row = at; i < to; i++, row++) {
      const scaled = Math.round(values[i]! * factor);
      if (Math.abs(scaled) < 2 ** 31) ints[row] = scaled;
      else setUnknown(column, row);
    }
  };
}

function scaled64(valuesOf: (track: Track) => Float64Array, factor: number): Fill {
  return (column, { track, from, to, at }) => {
    const { ints } = column;
    const values = valuesOf(track);
    for (let i = from, row = at; i < to; i++, row++) {
      const scaled = Math.round(values[i]! * factor);
      if (Math.abs(scaled) < 2 ** 31) ints[row] = scaled;
      else setUnknown(column, row);
    }
  };
}

/** Bytes of which 255 means unknown. */
function integrity(valuesOf: (track: Track) => Uint8Array): Fill {
  return (column, { track, from, to, at }) => {
    const { ints } = column;
    const values = valuesOf(track);
    for (let i = from, row = at; i < to; i++, row++) {
      ints[row] = values[i]!;
      if (values[i] === 255) setUnknown(column, row);
    }
  };
}

function copied(valuesOf: (track: Track) => Uint8Array | Uint32Array): Fill {
  return ({ ints }, { track, from, to, at }) => ints.set(valuesOf(track).subarray(from, to), at);
}

/** @param codesOf what each of a track's indices becomes; below 0 is unknown */
function coded(
  indexOf: (track: Track) => Uint16Array,
  codesOf: (track: Track, trackIndex: number) => Int32Array,
): Fill {
  return (column, { track, trackIndex, from, to, at }) => {
    const { ints } = column;
    const index = indexOf(track);
    const codes = codesOf(track, trackIndex);
    for (let i = from, row = at; i < to; i++, row++) {
      const code = codes[index[i]!]!;
      if (code >= 0) ints[row] = code;
      else setUnknown(column, row);
    }
  };
}

const times: Fill = ({ ints }, { track, from, to, at }) => {
  const { timeMs } = track;
  for (let i = from, row = at; i < to; i++, row++) splitLong(ints, row, Math.round(timeMs[i]!));
};

const source: Fill = ({ ints }, { track, from, to, at }) => {
  const { positionSource } = track;
  for (let i = from, row = at; i < to; i++, row++) {
    const code = positionSource[i]!;
    ints[row] = code < POSITION_SOURCES.length ? code : 0;
  }
};

const FILLS: Readonly<Record<string, Fill>> = {
  hex: ({ ints }, { track, from, to, at }) => {
    ints.fill(hexFromAddress(track.address), at, at + to - from);
  },
  ts: times,
  lat: scaled64(({ latDeg }) => latDeg, 1e6),
  lon: scaled64(({ lonDeg }) => lonDeg, 1e6),
  alt_ft: scaled32(({ altitudeFt }) => altitudeFt, 1),
  geom_alt_ft: scaled32(({ geometricAltitudeFt }) => geometricAltitudeFt, 1),
  gs_dkt: scaled32(({ groundSpeedKt }) => groundSpeedKt, 10),
  track_ddeg: scaled32(({ trackAngleDeg }) => trackAngleDeg, 10),
  vrate_fpm: scaled32(({ verticalRateFpm }) => verticalRateFpm, 1),
  ground: copied(({ ground }) => ground),
  flags: copied(({ flags }) => flags),
  src: source,
  nic: integrity(({ nic }) => nic),
  nac_p: integrity(({ nacP }) => nacP),
  sil: integrity(({ sil }) => sil),
  input_row: copied(({ sourceRow }) => sourceRow),
};

/** @returns the rows as DuckDB takes them: all columns as numbers, see POINTS_SELECT */
export function feedOfPoints(selection: PointSelection): RowFeed {
  const { tracks, stretches, rowCount } = selection;
  const used = new Set<number>();
  for (let s = 0; s < stretches.length; s += 3) used.add(stretches[s]!);
  const callsigns = textsOf(tracks, used, (track) => track.callsigns);
  const inputs = textsOf(tracks, used, ({ sources }) => sources.map((one) => one.inputSha256));
  const squawks = squawksOf(selection);
  const simulated = tracks.map(({ sources }) =>
    Int32Array.from(sources, (one) => (one.simulated ? 1 : 0)),
  );
  const fills: Readonly<Record<string, Fill>> = {
    ...FILLS,
    callsign: coded(
      ({ callsignIndex }) => callsignIndex,
      (_, trackIndex) => callsigns.codes[trackIndex]!,
    ),
    squawk: (column, { track: { squawk }, from, to, at }) => {
      const { ints } = column;
      for (let i = from, row = at; i < to; i++, row++) {
        const code = squawks.codes[squawk[i]! + 1]!;
        if (code >= 0) ints[row] = code;
        else setUnknown(column, row);
      }
    },
    input_sha256: coded(
      ({ sourceIndex }) => sourceIndex,
      (_, trackIndex) => inputs.codes[trackIndex]!,
    ),
    simulated: coded(
      ({ sourceIndex }) => sourceIndex,
      (_, trackIndex) => simulated[trackIndex]!,
    ),
  };
  const words: Readonly<Record<string, readonly string[]>> = {
    src: POSITION_SOURCES,
    callsign: callsigns.words,
    squawk: squawks.words,
    input_sha256: inputs.words,
  };
  const columns = POINTS.columns.map(({ name, type }) => ({ name, type, words: words[name] }));
  const fed = columns.map((column) => {
    return { fill: fills[column.name]!, column: newFedColumn(column) };
  });
  const walk = stretchesFrom(selection);
  return {
    columns,
    rowCount,
    dictionaryValues: DICTIONARY_VALUES,
    fill(chunk, start, count) {
      const parts = walk(start, count);
      fed.forEach(({ fill, column }, columnIndex) => {
        for (const part of parts) fill(column, part);
        putColumn(chunk, columnIndex, column, count);
      });
    },
  };
}

/** @returns what gives the stretches of a number of rows; asked in the order of rows, it finds each at once */
function stretchesFrom({ tracks, stretches }: PointSelection) {
  let s = 0;
  let firstRow = 0;
  return (start: number, count: number): Stretch[] => {
    if (start < firstRow) {
      s = 0;
      firstRow = 0;
    }
    const parts: Stretch[] = [];
    let row = start;
    while (row < start + count) {
      const first = stretches[s + 1]!;
      const end = stretches[s + 2]!;
      const endRow = firstRow + end - first;
      if (row < endRow) {
        const from = first + row - firstRow;
        const to = Math.min(end, from + start + count - row);
        const trackIndex = stretches[s]!;
        parts.push({ track: tracks[trackIndex]!, trackIndex, from, to, at: row - start });
        row += to - from;
        if (to < end) break;
      }
      firstRow = endRow;
      s += 3;
    }
    return parts;
  };
}

/** Different texts of a selection, and for each of its tracks which of them its own numbers mean. */
interface Texts {
  readonly words: readonly string[];
  /** -1 for "", which stands for none. */
  readonly codes: readonly Int32Array[];
}

/** No enumerated type is without words; nothing has this one. */
const NO_WORD = "-";

function textsOf(
  tracks: readonly Track[],
  used: ReadonlySet<number>,
  textsOfTrack: (track: Track) => readonly string[],
): Texts {
  const codeOf = new Map<string, number>();
  const codes = tracks.map((track, trackIndex) => {
    if (!used.has(trackIndex)) return new Int32Array(0);
    return Int32Array.from(textsOfTrack(track), (stated) => {
      const text = wordOf(stated);
      if (text === "") return -1;
      const known = codeOf.get(text);
      if (known !== undefined) return known;
      codeOf.set(text, codeOf.size);
      return codeOf.size - 1;
    });
  });
  return { words: codeOf.size > 0 ? [...codeOf.keys()] : [NO_WORD], codes };
}

/** Words must differ in UTF-8, where halves of a character all come to the same; and DuckDB takes a zero for a word's end. */
function wordOf(text: string): string {
  return toUSVString(text).replaceAll("\0", "\ufffd");
}

/** A squawk is a 16-bit number, -1 for none; each that is met gets a code, in `codes` one place further on. */
function squawksOf({ tracks, stretches }: PointSelection): {
  readonly words: readonly string[];
  readonly codes: Int32Array;
} {
  const codes = new Int32Array(2 ** 15 + 1).fill(-1);
  const words: string[] = [];
  for (let s = 0; s < stretches.length; s += 3) {
    const { squawk } = tracks[stretches[s]!]!;
    let last = -1;
    for (let i = stretches[s + 1]!; i < stretches[s + 2]!; i++) {
      const code = squawk[i]!;
      if (code === last || code < 0) continue;
      last = code;
      if (codes[code + 1]! < 0) codes[code + 1] = words.push(String(code).padStart(4, "0")) - 1;
    }
  }
  return { words: words.length > 0 ? words : [NO_WORD], codes };
}
