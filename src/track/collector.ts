import type { Address } from "../aircraft/address.js";
import { parseAddress } from "../aircraft/address.js";
import { TrackBuilder } from "./builder.js";
import {
  BOUNDED_VALUES,
  hasPlausibleValues,
  keepPlausible,
  wrongPosition,
  wrongValue,
} from "./plausible.js";
import type { PointBlock } from "./point-block.js";
import type { Point, StatedIdentity, Track, TrackSource } from "./track.js";

const ISSUES_KEPT = 20;
/** What `Track.sourceIndex` can tell apart: 16 bits. A file every five seconds makes as many in four days. */
const SOURCES_MAX = 65_536;

/** What was wrong with one input: counts by kind, and the first ones in full. */
export interface InputIssues {
  readonly counts: Readonly<Record<string, number>>;
  readonly first: readonly {
    readonly kind: string;
    readonly row: number;
    readonly detail: string;
  }[];
}

/** What became of one input. */
export interface InputReport {
  readonly file: string;
  readonly format: string;
  readonly rowCount: number;
  readonly keptCount: number;
  readonly simulated: boolean;
  readonly issues: InputIssues;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly addresses: readonly Address[];
  /** True when the reader's fast way met what it does not know, and its slow way read the input. */
  readonly fellBack: boolean;
}

/**
 * Gathers points from any number of inputs into one track per address. Rows are checked here, once for all readers:
 * what cannot be a position is counted and left out, never thrown.
 */
export class TrackCollector {
  readonly #builders = new Map<Address, { builder: TrackBuilder; sources: InputSource[] }>();

  /** Starts an input; call `finish` on the result when its bytes are read and hashed. */
  begin(file: string, format: string): InputSink {
    return new InputSink(file, format, {
      point: (address, source, point) => {
        const into = this.#builderFor(address, source);
        into?.builder.add(point, into.index);
        return into !== undefined;
      },
      points: (address, source, block) => {
        const into = this.#builderFor(address, source);
        into?.builder.addBlock(block, into.index);
        return into !== undefined;
      },
    });
  }

  /** @returns undefined when the aircraft is in more inputs already than its rows can tell apart */
  #builderFor(
    address: Address,
    source: InputSource,
  ): { builder: TrackBuilder; index: number } | undefined {
    let entry = this.#builders.get(address);
    if (!entry) {
      entry = { builder: new TrackBuilder(address), sources: [] };
      this.#builders.set(address, entry);
    }
    // The last source is nearly always the one; inputs may also be read side by side.
    let index = entry.sources.lastIndexOf(source);
    if (index < 0) {
      // A row would name another file than the one it is in.
      if (entry.sources.length === SOURCES_MAX) return undefined;
      index = entry.sources.push(source) - 1;
    }
    return { builder: entry.builder, index };
  }

  get pointCount(): number {
    let count = 0;
    for (const { builder } of this.#builders.values()) count += builder.length;
    return count;
  }

  /** @returns every track gathered, by address; the collector is empty afterwards */
  take(): Track[] {
    const tracks = [...this.#builders.values()].map(({ builder, sources }) =>
      builder.build(sources.map((source) => source.asTrackSource(builder.address))),
    );
    this.#builders.clear();
    return tracks.sort((a, b) => (a.address < b.address ? -1 : 1));
  }
}

class InputSource {
  inputSha256 = "";
  simulated = false;
  readonly stated = new Map<Address, StatedIdentity>();

  constructor(
    readonly file: string,
    readonly format: string,
  ) {}

  asTrackSource(address: Address): TrackSource {
    return {
      inputSha256: this.inputSha256,
      file: this.file,
      format: this.format,
      simulated: this.simulated,
      stated: this.stated.get(address) ?? {},
    };
  }
}

/** Where a sink sends what it lets through; false when there is no room for it. */
interface Accept {
  point(address: Address, source: InputSource, point: Point): boolean;
  points(address: Address, source: InputSource, block: PointBlock): boolean;
}

function tooManyFiles(address: Address): string {
  return `${address} is in more than ${SOURCES_MAX} files; read them in parts, a day at a time`;
}

/** Takes what a reader finds in one input; it is the `ReaderSink` of `formats`. */
export class InputSink {
  readonly #source: InputSource;
  readonly #accept: Accept;
  readonly #counts: Record<string, number> = {};
  readonly #first: { kind: string; row: number; detail: string }[] = [];
  readonly #addresses = new Set<Address>();
  /** Of the last point that was kept. */
  #lastAddress: Address | undefined;
  #rowCount = 0;
  #keptCount = 0;
  #firstMs = Number.NaN;
  #lastMs = Number.NaN;
  #fellBack = false;

  constructor(file: string, format: string, accept: Accept) {
    this.#source = new InputSource(file, format);
    this.#accept = accept;
  }

  row(): void {
    this.#rowCount++;
  }

  rows(count: number): void {
    this.#rowCount += count;
  }

  fellBack(): void {
    this.#fellBack = true;
  }

  identity(address: Address, stated: StatedIdentity): void {
    this.#source.stated.set(address, { ...this.#source.stated.get(address), ...stated });
  }

  simulated(): void {
    this.#source.simulated = true;
  }

  issue(issue: { readonly kind: string; readonly row: number; readonly detail: string }): void {
    this.#counts[issue.kind] = (this.#counts[issue.kind] ?? 0) + 1;
    if (this.#first.length < ISSUES_KEPT) this.#first.push(issue);
  }

  point(address: Address, point: Point): void {
    // What was let through before needs no look at its letters; nearly always it is that of the point before.
    const isLast = address === this.#lastAddress;
    if (!isLast && !this.#addresses.has(address) && parseAddress(address) === undefined) {
      this.issue({
        kind: "address-invalid",
        row: point.row,
        detail: `"${address}" is no aircraft address`,
      });
      return;
    }
    const wrong = wrongPosition(point);
    if (wrong) {
      this.issue({ ...wrong, row: point.row });
      return;
    }
    if (!this.#accept.point(address, this.#source, this.#withoutNonsense(point))) {
      this.issue({ kind: "too-many-files", row: point.row, detail: tooManyFiles(address) });
      return;
    }
    this.#keptCount++;
    if (!isLast) {
      this.#addresses.add(address);
      this.#lastAddress = address;
    }
    if (!(point.timeMs >= this.#firstMs)) this.#firstMs = point.timeMs;
    if (!(point.timeMs <= this.#lastMs)) this.#lastMs = point.timeMs;
  }

  points(address: Address, block: PointBlock): void {
    if (parseAddress(address) === undefined) throw new RangeError(`no address: ${address}`);
    keepPlausible(block, (issue) => this.issue(issue));
    if (block.length === 0) return;
    if (!this.#accept.points(address, this.#source, block)) {
      for (let i = 0; i < block.length; i++) {
        const row = block.sourceRow[i]!;
        this.issue({ kind: "too-many-files", row, detail: tooManyFiles(address) });
      }
      return;
    }
    this.#keptCount += block.length;
    this.#addresses.add(address);
    const { length, timeMs } = block;
    let firstMs = this.#firstMs;
    let lastMs = this.#lastMs;
    for (let i = 0; i < length; i++) {
      const pointMs = timeMs[i]!;
      if (!(pointMs >= firstMs)) firstMs = pointMs;
      if (!(pointMs <= lastMs)) lastMs = pointMs;
    }
    this.#firstMs = firstMs;
    this.#lastMs = lastMs;
  }

  /** @param inputSha256 of the bytes as found on disk */
  finish(inputSha256: string): InputReport {
    this.#source.inputSha256 = inputSha256;
    return {
      file: this.#source.file,
      format: this.#source.format,
      rowCount: this.#rowCount,
      keptCount: this.#keptCount,
      simulated: this.#source.simulated,
      issues: { counts: this.#counts, first: this.#first },
      firstMs: this.#firstMs,
      lastMs: this.#lastMs,
      addresses: [...this.#addresses],
      fellBack: this.#fellBack,
    };
  }

  /** A wrong altitude or speed costs that value, not the position. */
  #withoutNonsense(point: Point): Point {
    // Nearly always there is none.
    if (hasPlausibleValues(point)) return point;
    let cleaned: { -readonly [key in keyof Point]: Point[key] } | undefined;
    for (const bounds of BOUNDED_VALUES) {
      const wrong = wrongValue(point[bounds.name], bounds);
      if (!wrong) continue;
      this.issue({ ...wrong, row: point.row });
      cleaned ??= { ...point };
      cleaned[bounds.name] = undefined;
    }
    return cleaned ?? point;
  }
}
