import type { Analysis } from "../movement/analyse.js";
import { analysisUntil } from "../movement/analysis-until.js";
import {
  isMarkedPrivate,
  type Showing,
  type WithheldJson,
  withheldJson,
  withheldTally,
} from "../query/withhold.js";
import { isSimulated, type Track } from "../track/track.js";
import { trackUntil } from "../track/track-until.js";

/** What an aircraft's files say, as far as it may be shown. */
export interface ShownTrack {
  readonly track: Track;
  readonly analysis: Analysis;
}

/**
 * Sifts what files give, as `withhold` does with a lake. Files that hold one aircraft alone were asked about it: that names
 * it as its address would.
 */
export class FilesShown {
  readonly #showing: Showing;
  readonly #tally = withheldTally();
  #count = 0;
  #isCut = false;
  /** The one aircraft that was met, while there is no other, when it is private. */
  #alone: ShownTrack | undefined;

  constructor(showing: Showing) {
    this.#showing = showing;
  }

  /** @returns undefined for an aircraft of which nothing may be shown, or not yet */
  take(analysis: Analysis, track: Track): ShownTrack | undefined {
    this.#count++;
    const earlier = this.#alone;
    this.#alone = undefined;
    if (earlier) this.#tally.add(earlier.track.address, true);
    if (isSimulated(track)) return { track, analysis };
    const shown = this.#cut(analysis, track);
    const stated = track.sources.map((source) => source.stated);
    if (this.#showing.includePrivate || !isMarkedPrivate(track.address, stated)) return shown;
    if (this.#count === 1) this.#alone = shown;
    else if (shown) this.#tally.add(track.address, true);
    return undefined;
  }

  /** To be asked when all are read. @returns the private aircraft that was the only one */
  takeAlone(): ShownTrack | undefined {
    return this.#alone;
  }

  /** What was withheld; undefined when nothing was. */
  json(): WithheldJson | undefined {
    const untilMs = this.#isCut ? this.#showing.untilMs : undefined;
    return withheldJson({ ...this.#tally.counts(), untilMs }, this.#showing);
  }

  #cut(analysis: Analysis, track: Track): ShownTrack | undefined {
    const { untilMs } = this.#showing;
    const cut = trackUntil(track, untilMs);
    if (cut.length < track.length) this.#isCut = true;
    if (cut.length === 0 && track.length > 0) return undefined;
    return { track: cut, analysis: analysisUntil(analysis, untilMs) };
  }
}
