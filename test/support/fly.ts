import { parseAddress } from "../../src/aircraft/address.js";
import { bearingDeg, destination, sphereDistanceM } from "../../src/geo/sphere.js";
import { type Analysis, Analyst } from "../../src/movement/analyse.js";
import type { Movement, MovementKind } from "../../src/movement/movement.js";
import { traitsOf } from "../../src/movement/traits.js";
import type { Airport } from "../../src/place/airport.js";
import { TrackBuilder } from "../../src/track/builder.js";
import { TrackCollector } from "../../src/track/collector.js";
import type { Point, StatedIdentity, Track } from "../../src/track/track.js";
import { METRES_PER_NM, MINUTE_MS, MPS_PER_KT, SECOND_MS } from "../../src/units/quantity.js";
import { AIRPORTS, type Threshold, thresholdOf } from "./airports.js";

/** How this aircraft is heard. */
export interface FlyOptions {
  readonly startUtc?: string;
  readonly typeDesignator?: string;
  readonly callsign?: string;
  /** "absent": the feed says nothing of air or ground, as older MLAT and FLARM feeds do. */
  readonly groundFlag?: "sent" | "absent";
  /** What stands for the altitude while on the ground; readsb sends none. */
  readonly groundAltitude?: "none" | "field" | "zero";
  /** Pressure altitude less true altitude, ft: how far local pressure is from standard. */
  readonly pressureErrorFt?: number;
  readonly verticalRates?: boolean;
  /** Seconds between points in the air. */
  readonly stepS?: number;
}

/** What really happened, heard or not. */
export interface LogEntry {
  readonly kind: "landing" | "takeoff" | "touch-and-go";
  readonly timeMs: number;
  readonly airport: Airport;
}

interface Place {
  readonly latDeg: number;
  readonly lonDeg: number;
}

interface Move {
  readonly to: Place;
  readonly toFt?: number;
  readonly toKt?: number;
  readonly onGround?: boolean;
  readonly stepS?: number;
}

const GLIDE_FT_PER_NM = 318;
const CLIMB_FT_PER_NM = 450;
const CLIMB_FPM = 2000;
/** Touchdown lies this far behind the threshold. */
const AIM_M = 300;

export const DEFAULT_START_UTC = "2024-05-01T10:00:00Z";
export const FLY_SHA256 = "f1".repeat(32);

/** Starts a made-up aircraft: chain what it does, then take its `track()`. */
export function fly(options: FlyOptions = {}): Pilot {
  return new Pilot(options);
}

/** Flies an aircraft through an invented day, point by point, and keeps the truth beside it in `log`. */
export class Pilot {
  readonly points: Point[] = [];
  readonly log: LogEntry[] = [];
  nowMs: number;
  #place: Place | undefined;
  #altitudeFt = 0;
  #speedKt = 0;
  #headingDeg = 0;
  #isHeard = true;
  readonly #options: FlyOptions;

  constructor(options: FlyOptions) {
    this.#options = options;
    this.nowMs = Date.parse(options.startUtc ?? DEFAULT_START_UTC);
  }

  /** Puts the aircraft into the air somewhere, without a point yet. */
  start(place: Place, altitudeFt: number, speedKt = 450): this {
    this.#place = { latDeg: place.latDeg, lonDeg: place.lonDeg };
    this.#altitudeFt = altitudeFt;
    this.#speedKt = speedKt;
    return this;
  }

  /** Stands still, heard once a minute; at an airport's apron when one is given. */
  stand(minutes: number, airport?: Airport): this {
    if (airport) this.#onApron(airport);
    this.#speedKt = 0;
    for (let i = 0; i < minutes; i++) {
      this.emit({ onGround: true });
      this.nowMs += MINUTE_MS;
    }
    return this;
  }

  /** Straight ahead on the ground. */
  taxi(distanceM: number, headingDeg = this.#headingDeg): this {
    this.#speedKt = 15;
    const to = destination(this.#placeNow(), headingDeg, distanceM);
    return this.#move({ to, toKt: 15, onGround: true, stepS: 10 });
  }

  /** Taxis to the runway, rolls, lifts off and climbs straight out to `toFt` above the field. */
  takeOff(airport: Airport, runway: string, { toFt = 3000 } = {}): this {
    const threshold = thresholdOf(airport, runway);
    const lineUp = destination(threshold, threshold.headingDeg, 60);
    if (this.#place && distanceBetweenM(this.#place, lineUp) < 10_000) {
      this.#speedKt = 15;
      this.#move({ to: lineUp, toKt: 15, onGround: true, stepS: 20 });
    }
    this.start(lineUp, airport.elevationFt, 5);
    const liftOff = destination(lineUp, threshold.headingDeg, 1600);
    this.#move({ to: liftOff, toKt: 150, onGround: true, stepS: 2 });
    this.#note("takeoff", airport);
    return this.#climbOut(airport, threshold, toFt);
  }

  /**
   * Flies to the final of a runway and down its glide path.
   *
   * @param downToFt height above the field at which to stop; 0 is the touchdown point
   */
  approach(airport: Airport, runway: string, { fromNm = 10, downToFt = 0 } = {}): this {
    const threshold = thresholdOf(airport, runway);
    const touchdown = destination(threshold, threshold.headingDeg, AIM_M);
    const backDeg = threshold.headingDeg + 180;
    const begin = destination(touchdown, backDeg, fromNm * METRES_PER_NM);
    const beginFt = airport.elevationFt + fromNm * GLIDE_FT_PER_NM;
    if (this.#place) this.flyTo(begin, { altitudeFt: beginFt });
    else this.start(begin, beginFt, 180);
    this.#speedKt = 180;
    const end = destination(touchdown, backDeg, (downToFt / GLIDE_FT_PER_NM) * METRES_PER_NM);
    return this.#move({ to: end, toFt: airport.elevationFt + downToFt, toKt: 135, stepS: 5 });
  }

  /** Approach, touchdown, roll, and off the runway at walking pace. */
  land(airport: Airport, runway: string, { fromNm = 10 } = {}): this {
    this.approach(airport, runway, { fromNm });
    this.#note("landing", airport);
    const { headingDeg } = thresholdOf(airport, runway);
    const stopped = destination(this.#placeNow(), headingDeg, 1300);
    this.#move({ to: stopped, toKt: 20, onGround: true, stepS: 3 });
    return this.taxi(400, headingDeg + 60);
  }

  /** Approach, wheels on the runway at flying speed for some seconds, and off again. */
  touchAndGo(airport: Airport, runway: string, { fromNm = 4 } = {}): this {
    this.approach(airport, runway, { fromNm });
    this.#note("touch-and-go", airport);
    const threshold = thresholdOf(airport, runway);
    const to = destination(this.#placeNow(), threshold.headingDeg, 700);
    this.#move({ to, toKt: 130, onGround: true, stepS: 2 });
    return this.#climbOut(airport, threshold, 1500);
  }

  /** Approach down to `lowestFt` and straight up again. */
  goAround(airport: Airport, runway: string, { lowestFt = 200, fromNm = 8 } = {}): this {
    this.approach(airport, runway, { fromNm, downToFt: lowestFt });
    return this.#climbOut(airport, thresholdOf(airport, runway), 2500);
  }

  /** Level over the whole runway at `heightFt`, then away. */
  lowPass(airport: Airport, runway: string, { heightFt = 100 } = {}): this {
    this.approach(airport, runway, { fromNm: 6, downToFt: heightFt });
    const threshold = thresholdOf(airport, runway);
    const to = destination(threshold, threshold.headingDeg, threshold.lengthM);
    this.#move({ to, toKt: 150, stepS: 5 });
    return this.#climbOut(airport, threshold, 2500);
  }

  /** Straight to a place; climbs or descends first, at a usual rate. */
  flyTo(place: Place, { altitudeFt = this.#altitudeFt, speedKt = this.#speedKt } = {}): this {
    this.#speedKt = Math.max(speedKt, 120);
    const here = this.#placeNow();
    const awayM = distanceBetweenM(here, place);
    const changeM =
      (Math.abs(altitudeFt - this.#altitudeFt) / CLIMB_FPM) * 60 * this.#speedKt * MPS_PER_KT;
    if (changeM > 0 && changeM < awayM) {
      const levelAt = destination(here, bearingBetween(here, place), changeM);
      this.#move({ to: levelAt, toFt: altitudeFt });
    }
    return this.#move({ to: place, toFt: altitudeFt });
  }

  /** Time passes with nothing heard; the aircraft stays where it is. */
  silence(minutes: number): this {
    this.nowMs += minutes * MINUTE_MS;
    return this;
  }

  /** Everything done inside happens, and nobody hears it. */
  unheard(act: (pilot: this) => void): this {
    this.#isHeard = false;
    act(this);
    this.#isHeard = true;
    return this;
  }

  /** One point here and now, with whatever is to be different about it. */
  emit(overrides: Partial<Point> = {}): this {
    if (!this.#isHeard) return this;
    const onGround = overrides.onGround ?? false;
    const { groundFlag = "sent", callsign = "TEST1", pressureErrorFt = 0 } = this.#options;
    const { latDeg, lonDeg } = this.#placeNow();
    this.points.push({
      timeMs: Math.round(this.nowMs),
      latDeg,
      lonDeg,
      altitudeFt: onGround ? this.#groundAltitudeFt() : this.#altitudeFt + pressureErrorFt,
      groundSpeedKt: this.#speedKt,
      trackAngleDeg: onGround ? undefined : this.#headingDeg,
      callsign,
      row: this.points.length,
      ...overrides,
      onGround: groundFlag === "sent" ? onGround : undefined,
    });
    return this;
  }

  track(): Track {
    return trackOf(this.points, { typeDesignator: this.#options.typeDesignator ?? "A320" });
  }

  #groundAltitudeFt(): number | undefined {
    const { groundFlag, pressureErrorFt = 0 } = this.#options;
    const sent = this.#options.groundAltitude ?? (groundFlag === "absent" ? "field" : "none");
    return sent === "none" ? undefined : sent === "zero" ? 0 : this.#altitudeFt + pressureErrorFt;
  }

  #onApron(airport: Airport): void {
    // South of the runways' middle, where a terminal might stand.
    this.start(destination(airport, 180, 700), airport.elevationFt, 0);
  }

  #climbOut(airport: Airport, threshold: Threshold, toFt: number): this {
    const climbFt = airport.elevationFt + toFt - this.#altitudeFt;
    const to = destination(
      this.#placeNow(),
      threshold.headingDeg,
      (climbFt / CLIMB_FT_PER_NM) * METRES_PER_NM,
    );
    return this.#move({ to, toFt: airport.elevationFt + toFt, toKt: 200, stepS: 5 });
  }

  #note(kind: LogEntry["kind"], airport: Airport): void {
    this.log.push({ kind, timeMs: this.nowMs, airport });
  }

  #placeNow(): Place {
    if (!this.#place)
      throw new Error("the aircraft is nowhere yet: start, stand or approach first");
    return this.#place;
  }

  /** Speed and altitude change evenly over the time the way takes. */
  #move({ to, toFt, toKt, onGround = false, stepS = this.#options.stepS ?? 10 }: Move): this {
    const from = this.#placeNow();
    const distanceM = distanceBetweenM(from, to);
    const [fromFt, fromKt, fromMs] = [this.#altitudeFt, this.#speedKt, this.nowMs];
    const endFt = toFt ?? fromFt;
    const endKt = toKt ?? fromKt;
    const durationS = distanceM / (((fromKt + endKt) / 2) * MPS_PER_KT);
    if (!(durationS > 0)) return this;
    const rateFpm = ((endFt - fromFt) / durationS) * 60;
    for (let atS = 0; ; atS = Math.min(atS + stepS, durationS)) {
      const share = atS / durationS;
      const flownM = (fromKt * atS + ((endKt - fromKt) * atS * share) / 2) * MPS_PER_KT;
      this.#headingDeg = bearingBetween(this.#placeNow(), to) || this.#headingDeg;
      this.#place = destination(from, bearingBetween(from, to), flownM);
      this.#altitudeFt = fromFt + (endFt - fromFt) * share;
      this.#speedKt = fromKt + (endKt - fromKt) * share;
      this.nowMs = fromMs + atS * SECOND_MS;
      if (atS >= durationS) break;
      const { verticalRates = true } = this.#options;
      this.emit({ onGround, ...(verticalRates && !onGround && { verticalRateFpm: rateFpm }) });
    }
    return this;
  }
}

/** Builds the track of one address from points, as if read from one input. */
export function trackOf(points: readonly Point[], stated: StatedIdentity = {}): Track {
  const address = parseAddress("abc123")!;
  const collector = new TrackCollector();
  const sink = collector.begin("fly.json", "test");
  sink.identity(address, stated);
  for (const point of points) {
    sink.row();
    sink.point(address, point);
  }
  sink.finish(FLY_SHA256);
  return collector.take()[0] ?? new TrackBuilder(address).build([]);
}

/** What the engine makes of a track in the invented world. */
export function analyse(track: Track): Analysis {
  return new Analyst(AIRPORTS).analyse(track, traitsOf(track));
}

/** One line per movement, "landing XTWN seen G0", for comparison with what was flown. */
export function summary(
  movements: readonly Movement[],
  kinds: readonly MovementKind[] = ["landing", "takeoff", "touch-and-go", "go-around", "low-pass"],
): string[] {
  return movements
    .filter(({ kind }) => kinds.includes(kind))
    .map(
      ({ kind, airport, offAirport, evidence }) =>
        `${kind} ${airport?.ident ?? (offAirport ? "off-airport" : "?")} ${evidence}`,
    );
}

function bearingBetween(from: Place, to: Place): number {
  return bearingDeg(from.latDeg, from.lonDeg, to.latDeg, to.lonDeg);
}

function distanceBetweenM(from: Place, to: Place): number {
  return sphereDistanceM(from.latDeg, from.lonDeg, to.latDeg, to.lonDeg);
}
