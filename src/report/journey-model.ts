import type { Journey, Stop } from "../journey/journey.js";
import type { Contact, Gap } from "../track/gap.js";
import { GROUND_YES, type Track } from "../track/track.js";
import type {
  ContactModel,
  DrawnPoint,
  JourneyModel,
  ProfileModel,
  ProfileSample,
} from "./dossier-model.js";
import { journeyJson } from "./journey-shape.js";
import { gapJson, type MovementIdentity, rounded } from "./shapes.js";
import { thinLine } from "./thin-line.js";

/** chosen: 100 m, under a pixel on any map of a journey; the limit keeps a dossier under 1.5 MB. */
const TOLERANCE_M = 100;
const CONTACT_POINTS_MAX = 3000;
/** chosen: as many columns as the widest profile has half-pixels. */
const PROFILE_COLUMNS = 1800;
/** chosen: a stretch of unknown altitude longer than this breaks the line of the profile. */
const PROFILE_HOLE_MS = 120_000;
const CANDIDATES_SHOWN = 5;

/** What a journey is drawn from; contacts and gaps may be those of the whole track. */
export interface JourneyModelInput {
  readonly journey: Journey;
  readonly track: Track;
  readonly contacts: readonly Contact[];
  readonly gaps: readonly Gap[];
  readonly identity?: MovementIdentity | undefined;
}

/**
 * Turns a journey and its track into what a dossier draws: thinned lines per contact, the altitude profile and
 * the gaps within the journey's time. Points outside that time are left out.
 */
export function buildJourneyModel(input: JourneyModelInput): JourneyModel {
  const { journey, track } = input;
  const contacts: ContactModel[] = [];
  const profile = new ProfileBuilder(track, journey.fromMs, journey.toMs);
  for (const contact of input.contacts) {
    const range = clip(track, contact, journey);
    if (range.end <= range.start) continue;
    const model = contactModel(track, range);
    if (model) contacts.push(model);
    profile.add(range);
  }
  const { fromMs, toMs } = journey;
  const before = input.gaps.find((gap) => gap.fromMs < fromMs && gap.toMs >= fromMs);
  const after = input.gaps.find((gap) => gap.fromMs <= toMs && gap.toMs > toMs);
  const gaps = input.gaps.filter((gap) => gap.toMs > fromMs && gap.fromMs < toMs);
  // A journey that begins with a stop nobody saw is reached over the silence that hides it.
  if (before && isHidden(journey.stops[0]) && !gaps.includes(before)) gaps.unshift(before);
  return {
    journey: journeyJson(journey, input.identity),
    contacts,
    gaps: gaps.map((gap) => gapJson(gap, track)),
    silenceBefore: before ? gapJson(before, track) : null,
    silenceAfter: after ? gapJson(after, track) : null,
    profile: profile.build(),
    candidatePlaces: candidatePlaces(journey),
  };
}

function isHidden(stop: Stop | undefined): boolean {
  return (
    stop !== undefined &&
    !stop.airport &&
    stop.landing?.evidenceClass === "GAP" &&
    stop.takeoff?.evidenceClass === "GAP"
  );
}

function clip(track: Track, contact: Contact, journey: Journey): Contact {
  let { start, end } = contact;
  while (start < end && track.timeMs[start]! < journey.fromMs) start++;
  while (end > start && track.timeMs[end - 1]! > journey.toMs) end--;
  return { start, end };
}

function contactModel(track: Track, range: Contact): ContactModel | undefined {
  const points: DrawnPoint[] = [];
  for (let i = range.start; i < range.end; i++) {
    const lat = rounded(track.latDeg[i]!, 5);
    const lon = rounded(track.lonDeg[i]!, 5);
    if (lat !== null && lon !== null) points.push([track.timeMs[i]!, lat, lon]);
  }
  const first = points[0];
  const last = points[points.length - 1];
  if (!first || !last) return undefined;
  const thin = thinLine(points, { toleranceM: TOLERANCE_M, limit: CONTACT_POINTS_MAX });
  return {
    fromMs: first[0],
    toMs: last[0],
    receivedCount: points.length,
    toleranceM: thin.toleranceM,
    points: thin.points,
  };
}

/**
 * Keeps of each column of the profile its first, lowest, highest and last sample.
 *
 * Source: Jugel et al., "M4: A visualization-oriented time series data aggregation", VLDB 2014.
 */
class ProfileBuilder {
  readonly #track: Track;
  readonly #fromMs: number;
  readonly #toMs: number;
  readonly #lines: ProfileSample[][] = [];
  readonly #ground: { fromMs: number; toMs: number }[] = [];
  #maxAltitudeFt = 0;

  constructor(track: Track, fromMs: number, toMs: number) {
    this.#track = track;
    this.#fromMs = fromMs;
    this.#toMs = toMs;
  }

  add(range: Contact): void {
    this.#addLines(range);
    this.#addGround(range);
  }

  build(): ProfileModel {
    return {
      fromMs: this.#fromMs,
      toMs: this.#toMs,
      maxAltitudeFt: this.#maxAltitudeFt,
      lines: this.#lines,
      ground: this.#ground,
    };
  }

  #addLines(range: Contact): void {
    const { timeMs, altitudeFt } = this.#track;
    let run: ProfileSample[] = [];
    for (let i = range.start; i < range.end; i++) {
      if (!Number.isFinite(altitudeFt[i]!)) continue;
      const last = run[run.length - 1];
      if (last && timeMs[i]! - last[0] > PROFILE_HOLE_MS && this.#hasUnknownBefore(i)) {
        this.#lines.push(this.#m4(run));
        run = [];
      }
      run.push([timeMs[i]!, Math.round(altitudeFt[i]!)]);
      this.#maxAltitudeFt = Math.max(this.#maxAltitudeFt, Math.round(altitudeFt[i]!));
    }
    if (run.length > 0) this.#lines.push(this.#m4(run));
  }

  #hasUnknownBefore(index: number): boolean {
    return index > 0 && !Number.isFinite(this.#track.altitudeFt[index - 1]!);
  }

  #addGround(range: Contact): void {
    const { timeMs, ground } = this.#track;
    let fromMs = Number.NaN;
    for (let i = range.start; i < range.end; i++) {
      const down = ground[i] === GROUND_YES;
      if (down && Number.isNaN(fromMs)) fromMs = timeMs[i]!;
      const isLast = i === range.end - 1 || ground[i + 1] !== GROUND_YES;
      if (!down || !isLast) continue;
      this.#ground.push({ fromMs, toMs: timeMs[i]! });
      fromMs = Number.NaN;
    }
  }

  #m4(run: readonly ProfileSample[]): ProfileSample[] {
    const spanMs = Math.max(1, this.#toMs - this.#fromMs);
    const columnOf = (sample: ProfileSample) =>
      Math.floor(((sample[0] - this.#fromMs) / spanMs) * PROFILE_COLUMNS);
    const kept: ProfileSample[] = [];
    let start = 0;
    for (let i = 1; i <= run.length; i++) {
      if (i < run.length && columnOf(run[i]!) === columnOf(run[start]!)) continue;
      kept.push(...columnSamples(run, start, i));
      start = i;
    }
    return kept;
  }
}

function columnSamples(run: readonly ProfileSample[], start: number, end: number): ProfileSample[] {
  let lowest = start;
  let highest = start;
  for (let i = start + 1; i < end; i++) {
    if (run[i]![1] < run[lowest]![1]) lowest = i;
    if (run[i]![1] > run[highest]![1]) highest = i;
  }
  const indices = [...new Set([start, lowest, highest, end - 1])].sort((a, b) => a - b);
  return indices.map((index) => run[index]!);
}

function candidatePlaces(journey: Journey): JourneyModel["candidatePlaces"] {
  const first = journey.stops[0]?.openEnd === "before" ? 0 : 1;
  return journey.stops.flatMap((stop, index) => {
    if (stop.airport) return [];
    const ahead = isHidden(stop);
    const movement = [stop.landing, stop.takeoff].find((one) => (one?.candidates.length ?? 0) > 0);
    return (movement?.candidates ?? []).slice(0, CANDIDATES_SHOWN).map(({ airport }) => ({
      airport: airport.ident,
      name: airport.name,
      country: airport.country,
      lat: rounded(airport.latDeg, 5) ?? 0,
      lon: rounded(airport.lonDeg, 5) ?? 0,
      stop: index + first,
      ahead,
    }));
  });
}
