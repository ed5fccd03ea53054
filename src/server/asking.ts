import type { LakeJson } from "../api/shapes.js";
import type { Lake } from "../lake/lake.js";
import type { Notices } from "../query/notices.js";
import { type QuestionOptions, readQuestion } from "../query/question.js";
import { checkLakeHolds, type LakeTools } from "../query/with-lake.js";
import { type Showing, withhold } from "../query/withhold.js";
import type { Reference } from "../reference/reference.js";
import { WheelsdownError } from "../units/errors.js";
import type { AircraftIndex } from "./aircraft-index.js";
import type { DossierShelf } from "./dossier-shelf.js";
import { questionOptions, type Values } from "./parameters.js";
import { aboutParameters } from "./problem.js";

/** How an answer is written. */
export type Format = "json" | "jsonl" | "csv" | DrawnFormat | "html" | "zip" | "bin";

/** Files for map programs. */
export type DrawnFormat = "geojson" | "kml" | "czml" | "gpx";

/** @returns whether a format is one of map programs */
export function isDrawnFormat(format: Format): format is DrawnFormat {
  return ["geojson", "kml", "czml", "gpx"].includes(format);
}

/** What the server keeps open for all questions. */
export interface Served {
  readonly lake: Lake;
  /** The lake's folder as it was named when the server was started: commands that the server prints name it so. */
  readonly lakeName: string;
  readonly reference: Reference;
  /** Dossiers made last. */
  readonly dossiers: DossierShelf;
  readonly index: AircraftIndex;
  /** What the lake holds. */
  summary(): Promise<Omit<LakeJson, "withheld" | "showing">>;
  /** What may be shown now, as whoever started the server said. */
  showing(): Showing;
}

/** One request, checked. */
export interface Asking {
  readonly served: Served;
  /** Parts of the path, such as `hex`. */
  readonly names: Values;
  readonly values: Values;
  readonly format: Format;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/**
 * What an endpoint answers: JSON, the text of a file, bytes as they are made, a page with a policy of its own, or bytes to
 * keep on disk.
 */
export type Answer =
  | { readonly kind: "json"; readonly value: object }
  | { readonly kind: "file"; readonly text: string | AsyncIterable<string> }
  | { readonly kind: "page"; readonly text: string; readonly policy: string }
  | { readonly kind: "download"; readonly bytes: Uint8Array; readonly name: string }
  | { readonly kind: "bytes"; readonly bytes: AsyncIterable<Uint8Array> }
  | { readonly kind: "kept"; readonly key: KeptAnswer };

/** Answers that do not depend on the lake, and that browsers may keep. */
export type KeptAnswer = "world" | "airports";

/** What a question is answered with, and what is to be said beside the answer. */
export interface Tools extends LakeTools {
  /** Warnings, as they come up. */
  readonly notes: string[];
  readonly simulated: boolean;
}

/**
 * Reads the question of a request, and gives of the lake what its answer may show.
 *
 * @param more options that the path gives
 * @param showing other than what the server shows
 * @throws RequestError that names the parameter; WheelsdownError for a lake that cannot answer, or "withheld"
 */
export async function toolsFor(
  asking: Asking,
  more: QuestionOptions = {},
  showing = asking.served.showing(),
): Promise<Tools> {
  const { served, values, signal } = asking;
  const { reference } = served;
  const lake = stoppableLake(served.lake, signal);
  const notes: string[] = [];
  const notices = noticesInto(notes, signal);
  await checkLakeHolds(lake, notices);
  try {
    const options = { ...questionOptions(values), ...more };
    const question = await readQuestion(options, { reference, notices, lake });
    const { simulated } = await lake.holdings();
    const shown = await withhold(lake, question, showing);
    return { ...shown, reference, notices, notes, simulated: simulated ?? false };
  } catch (error) {
    throw aboutParameters(error, values);
  }
}

/** Notices that become notes of the answer; what only a person at a terminal wants to know is left out. */
export function noticesInto(notes: string[], signal: AbortSignal): Notices {
  return {
    note: () => undefined,
    warn: (text) => {
      notes.push(text);
    },
    notWhole: (error) => {
      notes.push(error.message);
    },
    checkInterrupt: () => throwIfStopped(signal),
    progress: () => ({ step: () => undefined, stop: () => undefined }),
  };
}

/** @throws WheelsdownError "interrupted" */
function throwIfStopped(signal: AbortSignal): void {
  if (signal.aborted)
    throw new WheelsdownError("interrupted", "nobody waits for this answer any more");
}

/** The lake of one request: what it reads ends between two rows once nobody waits. */
function stoppableLake(lake: Lake, signal: AbortSignal): Lake {
  async function* stopping<T>(rows: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const row of rows) {
      throwIfStopped(signal);
      yield row;
    }
  }
  return {
    ...lake,
    movements: (query) => stopping(lake.movements(query)),
    tracks: (addresses) => stopping(lake.tracks(addresses)),
    tracksNear: (query) => stopping(lake.tracksNear({ ...query, signal })),
    heard: (query) => lake.heard({ ...query, signal }),
    async track(address, period) {
      throwIfStopped(signal);
      const track = await lake.track(address, period);
      throwIfStopped(signal);
      return track;
    },
  };
}
