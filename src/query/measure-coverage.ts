import {
  coverageKey,
  keptCoverage,
  type LakeCoverage,
  lakeCoverage,
} from "../lake/coverage-cache.js";
import type { Lake } from "../lake/lake.js";
import type { Airport } from "../place/airport.js";
import { isInside } from "../place/area.js";
import type { Reference } from "../reference/reference.js";
import {
  type CoverageModel,
  type CoverageQuestion,
  coverageModel,
} from "../report/coverage-model.js";
import { WheelsdownError } from "../units/errors.js";
import { DAY_MS } from "../units/quantity.js";
import type { FoundLanding } from "./ask-lake.js";
import type { Notices } from "./notices.js";
import type { Question } from "./question.js";
import type { LakeTools } from "./with-lake.js";
import { withholdingOf } from "./withhold.js";

export function labelOf({ ident, name }: Airport): string {
  return `${ident} ${name}`;
}

/** The asked period, open ends closed with the first and last day of the lake. */
export async function readPeriod(
  { fromMs, toMs }: Question,
  lake: Lake,
): Promise<{ fromMs: number; toMs: number }> {
  if (fromMs !== undefined && toMs !== undefined) return { fromMs, toMs };
  const [kept, notKept] = await Promise.all([lake.holdings(), lake.notKept()]);
  const days = [...kept.days, ...notKept.days].sort();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined)
    throw new WheelsdownError("input-missing", "the lake is empty; ingest files first");
  const lakeFromMs = Date.parse(`${first}T00:00:00Z`);
  const lakeToMs = Date.parse(`${last}T00:00:00Z`) + DAY_MS - 1;
  const start = fromMs ?? Math.min(lakeFromMs, toMs ?? lakeFromMs);
  return { fromMs: start, toMs: toMs ?? Math.max(lakeToMs, start) };
}

/** The last measurement of who asks with the same tables, or the one that is under way. */
const measurements = new WeakMap<
  Reference,
  { readonly state: string; readonly found: Promise<LakeCoverage> }
>();

/**
 * Coverage of the lake as it is now: measured once for all who ask at the same time, and kept as long as the lake stays
 * as it is.
 *
 * @throws WheelsdownError "interrupted" once this answer is no longer wanted
 */
export async function measureCoverage(
  lake: Lake,
  reference: Reference,
  notices: Notices,
): Promise<LakeCoverage> {
  const { generation } = await lake.holdings();
  const state = `${lake.root} ${generation}`;
  for (;;) {
    notices.checkInterrupt();
    const held = measurements.get(reference);
    if (held?.state !== state) {
      // Every position counts, also of what answers withhold: no aircraft is shown by it.
      const found = measureNow(withholdingOf(lake).whole, reference, notices);
      measurements.set(reference, { state, found });
      return await found.catch((error: unknown) => {
        if (measurements.get(reference)?.found === found) measurements.delete(reference);
        throw error;
      });
    }
    // Whoever began it may have been told to stop: then the next one measures.
    const found = await held.found.catch(() => undefined);
    if (found) return found;
    if (measurements.get(reference) === held) measurements.delete(reference);
  }
}

/** @returns what was measured of the lake as it is now, by this process or before; undefined when nothing was */
export async function knownCoverage(
  lake: Lake,
  reference: Reference,
): Promise<LakeCoverage | undefined> {
  const { generation } = await lake.holdings();
  const state = `${lake.root} ${generation}`;
  const held = measurements.get(reference);
  if (held?.state === state) return await held.found.catch(() => undefined);
  const kept = await keptCoverage(lake, reference);
  if (kept) measurements.set(reference, { state, found: Promise.resolve(kept) });
  return kept;
}

async function measureNow(
  lake: Lake,
  reference: Reference,
  notices: Notices,
): Promise<LakeCoverage> {
  let progress: ReturnType<Notices["progress"]> | undefined;
  try {
    return await lakeCoverage(lake, {
      airports: reference.airports,
      airportsSha256: reference.airportsSha256,
      onAircraft: (done, total) => {
        notices.checkInterrupt();
        if (done === 0) {
          notices.note(`measuring coverage from ${total} aircraft; it is kept for the next time`);
          progress = notices.progress("measuring", total);
        }
        progress?.step();
      },
      onNotKept: (reason) => notices.note(`coverage is not kept: ${reason}`),
    });
  } finally {
    progress?.stop();
  }
}

/** More airports of an area than this are not spoken of one by one. */
const AIRPORTS_SHOWN = 6;

/**
 * What not seeing a landing means at the larger airports of the asked area: with what probability one would have been
 * seen, and how many could have been missed.
 */
export async function coverageOfArea(
  tools: LakeTools,
  landings: readonly FoundLanding[],
): Promise<CoverageModel[]> {
  const { lake, reference, question, notices } = tools;
  const airports = airportsOf(question, reference);
  if (airports.length === 0) return [];
  const period = await readPeriod(question, lake);
  const { coverage } = await measureCoverage(lake, reference, notices);
  const inputs = await lake.inputs();
  const from = {
    inputCount: inputs.length,
    partialInputCount: inputs.filter(({ complete }) => !complete).length,
    key: await coverageKey(lake, reference.sha256),
  };
  return airports.map((airport) => {
    const { latDeg, lonDeg } = airport;
    const seenCount = landings.filter(
      ({ movement }) => movement.airport === airport && movement.evidence === "seen",
    ).length;
    const timeZone = reference.airports.timeZoneOf(airport);
    const asked = {
      label: labelOf(airport),
      latDeg,
      lonDeg,
      airport,
      ...period,
      seenCount,
      timeZone,
    };
    return coverageModel(coverage, asked, from);
  });
}

/** The airport asked for, or the large ones inside the area. */
function airportsOf({ place }: Question, { airports }: Reference): Airport[] {
  const area = place?.area;
  if (!area) return [];
  if (area.kind === "airport") return [area.airport];
  return airports.airports
    .filter(({ kind, latDeg, lonDeg }) => kind === "large" && isInside(area, latDeg, lonDeg))
    .slice(0, AIRPORTS_SHOWN);
}

/** What receivers hear at a place, with what it was made from. */
export interface CoverageAt {
  readonly model: CoverageModel;
  readonly measured: LakeCoverage;
  readonly question: CoverageQuestion;
}

/**
 * Measures what is heard at the question's place in its period.
 *
 * @param word the place as it was written, for messages
 * @param seenCount landings that were seen there, then
 * @throws WheelsdownError "usage" for a place that is no airport and no point
 */
export async function coverageAt(
  { lake, reference, question: asked, notices }: LakeTools,
  word: string,
  seenCount: number,
): Promise<CoverageAt> {
  const place = placeOfCoverage(asked, word);
  const period = await readPeriod(asked, lake);
  const measured = await measureCoverage(lake, reference, notices);
  const question: CoverageQuestion = {
    ...place,
    ...period,
    seenCount,
    timeZone: place.airport && reference.airports.timeZoneOf(place.airport),
  };
  const inputs = await lake.inputs();
  const model = coverageModel(measured.coverage, question, {
    inputCount: inputs.length,
    partialInputCount: inputs.filter(({ complete }) => !complete).length,
    key: await coverageKey(lake, reference.sha256),
  });
  return { model, measured, question };
}

function placeOfCoverage(
  { place }: Question,
  word: string,
): Pick<CoverageQuestion, "label" | "latDeg" | "lonDeg" | "airport"> {
  const area = place?.area;
  if (area?.kind === "airport") {
    const { airport } = area;
    const { latDeg, lonDeg } = airport;
    return { label: labelOf(airport), latDeg, lonDeg, airport };
  }
  if (area?.kind === "point") {
    const { latDeg, lonDeg } = area;
    const label = `${latDeg.toFixed(3)}, ${lonDeg.toFixed(3)}`;
    return { label, latDeg, lonDeg, airport: undefined };
  }
  throw new WheelsdownError(
    "usage",
    `--at ${word} is no airport and no point: coverage differs within a country; write an airport such as SVMI, or lat,lon`,
  );
}
