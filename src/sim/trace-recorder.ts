import { turnDeg } from "../geo/sphere.js";
import { FLAG_LEG_START, FLAG_STALE } from "../track/track.js";
import { MINUTE_MS, SECOND_MS } from "../units/quantity.js";
import type { SimState } from "./fly.js";
import { type RandomSource, roughNormal } from "./random.js";

/** One row of a trace: rounded as a receiver network publishes it. */
export interface TraceRow {
  readonly timeMs: number;
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly onGround: boolean;
  /** Steps of 25 ft; meaningless on the ground. */
  readonly pressureAltitudeFt: number;
  readonly geometricAltitudeFt: number;
  readonly groundSpeedKt: number;
  /** Track in the air, true heading on the ground. */
  readonly directionDeg: number;
  /** Steps of 64 ft/min, as ADS-B sends it. */
  readonly verticalRateFpm: number;
  readonly flags: number;
  readonly callsign: string;
  readonly squawk: string;
}

/** How rows are thinned; the defaults copy an aggregator's readsb. */
export interface ThinningOptions {
  /** At least one row this often in the air. Source: readsb's json-trace-interval, often 30 s. */
  readonly airborneMs: number;
  /** At least one row this often while standing still. Source: 4 to 10 intervals in readsb. */
  readonly standingMs: number;
}

export const DEFAULT_THINNING: ThinningOptions = {
  airborneMs: 30 * SECOND_MS,
  standingMs: 180 * SECOND_MS,
};

/** Source: readsb marks a position stale when none was received for 20 s before. */
const STALE_AFTER_MS = 20 * SECOND_MS;
/** Source: readsb's leg mark, docs/algorithms.md section 1.5. */
const LEG_GAP_MS = 25 * MINUTE_MS;
const LEG_GROUND_MS = 45 * MINUTE_MS;
const DENSE_BELOW_FT = 7000;
const NOISE_M = 4;

/** Turns what is heard of one aircraft into the rows readsb would write. Instants must come oldest first. */
export class TraceRecorder {
  readonly rows: TraceRow[] = [];
  /** Every instant at which something was heard, written or not, and whether it was on the ground. */
  readonly heardMs: number[] = [];
  readonly heardOnGround: boolean[] = [];
  readonly #random: RandomSource;
  readonly #thinning: ThinningOptions;
  #callsign = "";
  #squawk = "";
  #pending: SimState | undefined;
  #groundSinceMs = Number.NaN;

  constructor(random: RandomSource, thinning: ThinningOptions = DEFAULT_THINNING) {
    this.#random = random;
    this.#thinning = thinning;
  }

  /** Sets what the aircraft sends from now on. */
  tune(callsign: string, squawk: string): void {
    this.flush();
    this.#callsign = callsign;
    this.#squawk = squawk;
  }

  /** Takes one heard instant. */
  hear(state: Readonly<SimState>): void {
    const lastMs = this.heardMs[this.heardMs.length - 1];
    this.heardMs.push(state.timeMs);
    this.heardOnGround.push(state.onGround);
    const row = this.rows[this.rows.length - 1];
    const gapMs = lastMs === undefined ? 0 : state.timeMs - lastMs;
    const flips = this.#pending !== undefined && this.#pending.onGround !== state.onGround;
    // Both edges of a hole and of a lift-off are written, so the last instant before is not lost to thinning.
    if (gapMs > STALE_AFTER_MS || flips) this.flush();
    const flags = (gapMs > STALE_AFTER_MS ? FLAG_STALE : 0) | this.#legFlag(state, gapMs);
    if (!row || flags !== 0 || flips || this.#isDue(row, state)) {
      this.#write(state, flags);
      this.#pending = undefined;
    } else {
      this.#pending = { ...state };
    }
    if (!state.onGround) this.#groundSinceMs = Number.NaN;
    else if (Number.isNaN(this.#groundSinceMs)) this.#groundSinceMs = state.timeMs;
  }

  /** Writes the last instant heard if thinning had held it back. */
  flush(): void {
    if (this.#pending) this.#write(this.#pending, 0);
    this.#pending = undefined;
  }

  #legFlag(state: Readonly<SimState>, gapMs: number): number {
    const row = this.rows[this.rows.length - 1];
    if (!row) return 0;
    const low = state.onGround || row.onGround || state.pressureAltitudeFt < 10_000;
    if (gapMs >= LEG_GAP_MS && low) return FLAG_LEG_START;
    const longOnGround = state.timeMs - this.#groundSinceMs >= LEG_GROUND_MS;
    return !state.onGround && row.onGround && longOnGround ? FLAG_LEG_START : 0;
  }

  #isDue(row: TraceRow, state: Readonly<SimState>): boolean {
    const sinceMs = state.timeMs - row.timeMs;
    const turn = Math.abs(turnDeg(row.directionDeg, directionOf(state)));
    const speedChange = Math.abs(state.groundSpeedKt - row.groundSpeedKt);
    if (state.onGround) {
      if (state.groundSpeedKt < 1)
        return row.groundSpeedKt >= 1 || sinceMs >= this.#thinning.standingMs;
      return sinceMs >= 20 * SECOND_MS || turn > 20 || speedChange > 25 || row.groundSpeedKt < 1;
    }
    if (sinceMs >= this.#thinning.airborneMs) return true;
    const climbed = Math.abs(state.pressureAltitudeFt - row.pressureAltitudeFt);
    if (state.pressureAltitudeFt < DENSE_BELOW_FT && climbed >= 175) return true;
    if (sinceMs < 4 * SECOND_MS) return false;
    return turn > 9 || Math.abs(state.verticalRateFpm - row.verticalRateFpm) > 800;
  }

  #write(state: Readonly<SimState>, flags: number): void {
    const eastM = roughNormal(this.#random) * NOISE_M;
    const northM = roughNormal(this.#random) * NOISE_M;
    const metresPerLonDeg = 111_320 * Math.max(0.01, Math.cos((state.latDeg * Math.PI) / 180));
    // An aircraft at rest repeats the same fix; it does not dance about.
    const moving = state.onGround && state.groundSpeedKt < 1 ? 0 : 1;
    this.rows.push({
      timeMs: Math.round(state.timeMs / 10) * 10,
      latDeg: state.latDeg + (moving * northM) / 111_130,
      lonDeg: state.lonDeg + (moving * eastM) / metresPerLonDeg,
      onGround: state.onGround,
      pressureAltitudeFt: roundTo(state.pressureAltitudeFt, 25),
      geometricAltitudeFt: roundTo(state.geometricAltitudeFt, 25),
      groundSpeedKt: state.groundSpeedKt,
      directionDeg: directionOf(state),
      verticalRateFpm: roundTo(state.verticalRateFpm, 64),
      flags,
      callsign: this.#callsign,
      squawk: this.#squawk,
    });
  }
}

function directionOf(state: Readonly<SimState>): number {
  return state.onGround ? state.headingDeg : state.trackDeg;
}

function roundTo(value: number, step: number): number {
  const rounded = Math.round(value / step) * step;
  return rounded === 0 ? 0 : rounded;
}
