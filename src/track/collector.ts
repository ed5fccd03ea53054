import type { Address } from "../aircraft/address.js";
import { parseAddress } from "../aircraft/address.js";
import { TrackBuilder } from "./builder.js";
import type { Point, StatedIdentity, Track, TrackSource } from "./track.js";

/** Values outside these are no position of an aircraft: chosen wide, from what transponders can encode. */
const EARLIEST_MS = Date.UTC(1990, 0, 1);
const LATEST_MS = Date.UTC(2100, 0, 1);
const ALTITUDE_MIN_FT = -2_000;
/** Mode S altitude codes end at 126,700 ft (ICAO Annex 10, Vol. IV, 3.1.2.6.5.4). */
const ALTITUDE_MAX_FT = 126_700;
const SPEED_MAX_KT = 2_500;
const RATE_MAX_FPM = 60_000;
const ISSUES_KEPT = 20;

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
}

/**
 * Gathers points from any number of inputs into one track per address. Rows are checked here, once for all readers:
 * what cannot be a position is counted and left out, never thrown.
 */
export class TrackCollector {
  readonly #builders = new Map<Address, { builder: TrackBuilder; sources: InputSource[] }>();

  /** Starts an input; call `finish` on the result when its bytes are read and hashed. */
  begin(file: string, format: string): InputSink {
    return new InputSink(file, format, (address, source, point) => {
      let entry = this.#builders.get(address);
      if (!entry) {
        entry = { builder: new TrackBuilder(address), sources: [] };
        this.#builders.set(address, entry);
      }
      // The last source is nearly always the one; inputs may also be read side by side.
      let index = entry.sources.lastIndexOf(source);
      if (index < 0) index = entry.sources.push(source) - 1;
      entry.builder.add(point, index);
    });
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

/** Takes what a reader finds in one input; it is the `ReaderSink` of `formats`. */
export class InputSink {
  readonly #source: InputSource;
  readonly #accept: (address: Address, source: InputSource, point: Point) => void;
  readonly #counts: Record<string, number> = {};
  readonly #first: { kind: string; row: number; detail: string }[] = [];
  readonly #addresses = new Set<Address>();
  #rowCount = 0;
  #keptCount = 0;
  #firstMs = Number.NaN;
  #lastMs = Number.NaN;

  constructor(
    file: string,
    format: string,
    accept: (address: Address, source: InputSource, point: Point) => void,
  ) {
    this.#source = new InputSource(file, format);
    this.#accept = accept;
  }

  row(): void {
    this.#rowCount++;
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
    if (parseAddress(address) === undefined) {
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
    this.#keptCount++;
    this.#addresses.add(address);
    if (!(point.timeMs >= this.#firstMs)) this.#firstMs = point.timeMs;
    if (!(point.timeMs <= this.#lastMs)) this.#lastMs = point.timeMs;
    this.#accept(address, this.#source, this.#withoutNonsense(point));
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
    };
  }

  /** A wrong altitude or speed costs that value, not the position. */
  #withoutNonsense(point: Point): Point {
    const altitudeFt = this.#within(point, "altitudeFt", ALTITUDE_MIN_FT, ALTITUDE_MAX_FT);
    const geometricAltitudeFt = this.#within(
      point,
      "geometricAltitudeFt",
      ALTITUDE_MIN_FT,
      ALTITUDE_MAX_FT,
    );
    const groundSpeedKt = this.#within(point, "groundSpeedKt", 0, SPEED_MAX_KT);
    const verticalRateFpm = this.#within(point, "verticalRateFpm", -RATE_MAX_FPM, RATE_MAX_FPM);
    const trackAngleDeg = this.#within(point, "trackAngleDeg", -360, 360);
    return {
      ...point,
      altitudeFt,
      geometricAltitudeFt,
      groundSpeedKt,
      verticalRateFpm,
      trackAngleDeg,
    };
  }

  #within(
    point: Point,
    name:
      | "altitudeFt"
      | "geometricAltitudeFt"
      | "groundSpeedKt"
      | "verticalRateFpm"
      | "trackAngleDeg",
    min: number,
    max: number,
  ): number | undefined {
    const value = point[name];
    if (value === undefined || Number.isNaN(value)) return undefined;
    if (value >= min && value <= max) return value;
    this.issue({
      kind: `${name}-out-of-range`,
      row: point.row,
      detail: `${value} is outside ${min}..${max}`,
    });
    return undefined;
  }
}

function wrongPosition(point: Point): { kind: string; detail: string } | undefined {
  const { latDeg, lonDeg, timeMs } = point;
  if (!(latDeg >= -90 && latDeg <= 90)) {
    return { kind: "latitude-out-of-range", detail: `latitude ${latDeg} is outside -90..90` };
  }
  if (!(lonDeg >= -180 && lonDeg <= 180)) {
    return { kind: "longitude-out-of-range", detail: `longitude ${lonDeg} is outside -180..180` };
  }
  if (latDeg === 0 && lonDeg === 0) {
    return { kind: "position-zero", detail: "0, 0 is a missing position" };
  }
  if (!(timeMs >= EARLIEST_MS && timeMs < LATEST_MS)) {
    return { kind: "time-out-of-range", detail: `time ${timeMs} ms is outside 1990..2100` };
  }
  return undefined;
}
