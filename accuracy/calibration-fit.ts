import { fromLogit, logitOf, onLine } from "../src/movement/calibration.js";
import {
  CALIBRATION_GROUPS,
  type CalibrationBin,
  type CalibrationGroup,
  type CalibrationRow,
  type CalibrationScore,
  type LogitLine,
  type SplitFigures,
} from "../src/movement/calibration-shape.js";

/** One probability and whether what it was stated of was so. */
export interface Stated {
  readonly group: CalibrationGroup;
  readonly probability: number;
  readonly so: boolean;
  readonly event: string;
  readonly airport: string;
}

/** A stated value counts as much as so many cases. chosen: docs/calibration.md */
export const PRIOR_WEIGHT = 20;
/** Pull of a line towards the one it starts from: a prior with a spread of one half on offset and slope. chosen */
export const RIDGE = 4;
const SLOPE_MIN = 0.2;
const NEWTON_STEPS = 50;
/** Groups fitted to fall from one to the next. */
const FALLING: readonly CalibrationGroup[] = ["seen", "G2", "G3", "G4"];
const IDENTITY: LogitLine = { offset: 0, slope: 1 };
const BINS = 10;

/** Every airport counts by the root of its statements, so that Heathrow does not set the table alone. */
export function weightsOf(statements: readonly Stated[]): number[] {
  const perAirport = new Map<string, number>();
  for (const { airport } of statements) perAirport.set(airport, (perAirport.get(airport) ?? 0) + 1);
  return statements.map(({ airport }) => 1 / Math.sqrt(perAirport.get(airport)!));
}

/**
 * Platt's line on the logarithm of odds, by Newton's method, with a ridge towards `start`.
 *
 * @returns `start` for no statements
 */
export function fitLine(statements: readonly Stated[], start: LogitLine): LogitLine {
  const weights = weightsOf(statements);
  let { offset, slope } = start;
  for (let step = 0; step < NEWTON_STEPS; step++) {
    let [gradA, gradB] = [RIDGE * (offset - start.offset), RIDGE * (slope - start.slope)];
    let [aa, ab, bb] = [RIDGE, 0, RIDGE];
    statements.forEach(({ probability, so }, at) => {
      const x = logitOf(probability);
      const p = fromLogit(offset + slope * x);
      const weight = weights[at]!;
      gradA += weight * (p - (so ? 1 : 0));
      gradB += weight * (p - (so ? 1 : 0)) * x;
      const curve = weight * Math.max(1e-6, p * (1 - p));
      aa += curve;
      ab += curve * x;
      bb += curve * x * x;
    });
    const scale = 1 / (aa * bb - ab * ab);
    // Half steps: a full one may leap over the least point where nearly all statements were so.
    offset -= 0.5 * scale * (bb * gradA - ab * gradB);
    slope -= 0.5 * scale * (aa * gradB - ab * gradA);
  }
  return { offset, slope: Math.max(SLOPE_MIN, slope) };
}

/**
 * One shift per class: from the mean stated to the share that was so, drawn towards the stated one, falling from class
 * to class.
 */
export function fitShifts(statements: readonly Stated[]): ReadonlyMap<CalibrationGroup, LogitLine> {
  const shares = new Map<CalibrationGroup, { stated: number; share: number; weight: number }>();
  for (const group of CALIBRATION_GROUPS) {
    const own = statements.filter((each) => each.group === group);
    if (own.length === 0) continue;
    const weights = weightsOf(own);
    const weight = weights.reduce((sum, value) => sum + value, 0);
    const sum = (value: (each: Stated) => number) =>
      own.reduce((total, each, at) => total + weights[at]! * value(each), 0);
    const stated = sum(({ probability }) => probability) / weight;
    const so = sum((each) => (each.so ? 1 : 0));
    const share = (so + PRIOR_WEIGHT * stated) / (weight + PRIOR_WEIGHT);
    shares.set(group, { stated, share, weight: weight + PRIOR_WEIGHT });
  }
  const falling = FALLING.flatMap((group) => {
    const entry = shares.get(group);
    return entry ? [{ ...entry, group }] : [];
  });
  pooledFalling(falling).forEach((share, at) => {
    const { group } = falling[at]!;
    shares.set(group, { ...shares.get(group)!, share });
  });
  return new Map(
    [...shares].map(([group, { stated, share }]) => {
      return [group, { offset: logitOf(share) - logitOf(stated), slope: 1 }] as const;
    }),
  );
}

/** Shares that rise where they should fall are averaged with their neighbours. Source: pool adjacent violators. */
export function pooledFalling(
  entries: readonly { readonly share: number; readonly weight: number }[],
): number[] {
  const blocks: { share: number; weight: number; count: number }[] = [];
  for (const { share, weight } of entries) {
    blocks.push({ share, weight, count: 1 });
    for (;;) {
      const last = blocks.at(-1)!;
      const before = blocks.at(-2);
      if (!before || before.share >= last.share) break;
      const total = before.weight + last.weight;
      blocks.splice(-2, 2, {
        share: (before.share * before.weight + last.share * last.weight) / total,
        weight: total,
        count: before.count + last.count,
      });
    }
  }
  return blocks.flatMap(({ share, count }) => Array.from({ length: count }, () => share));
}

/**
 * Classes that were heard far from any field. Each has few events, how well its list of fields does hangs on which
 * airports are among them, and a line fitted on one split makes the other worse: they are left as stated.
 */
const FAR: ReadonlySet<CalibrationGroup> = new Set(["G5", "G8", "GAP"]);

/** Lines for the place: none for far classes, and one for each near one, drawn towards the line of all near ones. */
export function fitPlaceLines(
  statements: readonly Stated[],
): ReadonlyMap<CalibrationGroup, LogitLine> {
  const near = fitLine(
    statements.filter(({ group }) => !FAR.has(group)),
    IDENTITY,
  );
  return new Map(
    CALIBRATION_GROUPS.flatMap((group) => {
      const own = statements.filter((each) => each.group === group);
      if (own.length === 0) return [];
      return [[group, FAR.has(group) ? IDENTITY : fitLine(own, near)] as const];
    }),
  );
}

/** Shifts for the classes with a value each, a line for stops in gaps, whose value is continuous. */
export function fitHappenedLines(
  statements: readonly Stated[],
): ReadonlyMap<CalibrationGroup, LogitLine> {
  const lines = new Map(fitShifts(statements));
  const own = statements.filter(({ group }) => group === "GAP");
  if (own.length > 0) lines.set("GAP", fitLine(own, IDENTITY));
  return lines;
}

/** Puts lines, the figures of both splits and the interval together. */
export function rowsOf(
  lines: ReadonlyMap<CalibrationGroup, LogitLine>,
  calibrate: readonly Stated[],
  heldBack: readonly Stated[],
): CalibrationRow[] {
  return CALIBRATION_GROUPS.flatMap((group) => {
    const fitted = lines.get(group);
    if (!fitted) return [];
    const line = { offset: rounded(fitted.offset), slope: rounded(fitted.slope) };
    const own = calibrate.filter((each) => each.group === group);
    const checked = heldBack.filter((each) => each.group === group);
    const values = own.map(({ probability }) => onLine(probability, line));
    const both = [...own, ...checked];
    const { low, high } = wilson(weightedShareOf(both), eventCountOf(both));
    return [
      {
        group,
        ...line,
        from: rounded(values.reduce((a, b) => Math.min(a, b), 1)),
        to: rounded(values.reduce((a, b) => Math.max(a, b), 0)),
        low: rounded(low),
        high: rounded(high),
        calibrate: figuresOf(own, line),
        heldBack: figuresOf(checked, line),
      },
    ];
  });
}

function figuresOf(statements: readonly Stated[], line: LogitLine): SplitFigures {
  const after = statements.map((each) => ({
    ...each,
    probability: onLine(each.probability, line),
  }));
  const none = statements.length === 0;
  return {
    statementCount: statements.length,
    eventCount: eventCountOf(statements),
    statedBefore: none ? null : rounded(meanOf(statements, ({ probability }) => probability)),
    statedAfter: none ? null : rounded(meanOf(after, ({ probability }) => probability)),
    happened: none ? null : rounded(shareOf(statements)),
    brierBefore: none ? null : rounded(brier(statements)),
    brierAfter: none ? null : rounded(brier(after)),
  };
}

/** Tenths of the scale, with 95 % intervals that count events and not statements. */
export function binsOf(statements: readonly Stated[]): CalibrationBin[] {
  return Array.from({ length: BINS }, (_, bin) => {
    const inside = statements.filter(
      ({ probability }) => Math.min(BINS - 1, Math.floor(probability * BINS)) === bin,
    );
    const none = inside.length === 0;
    const eventCount = eventCountOf(inside);
    const interval = none ? undefined : wilson(shareOf(inside), eventCount);
    return {
      from: bin / BINS,
      statementCount: inside.length,
      eventCount,
      stated: none ? null : rounded(meanOf(inside, ({ probability }) => probability)),
      happened: none ? null : rounded(shareOf(inside)),
      low: interval ? rounded(interval.low) : null,
      high: interval ? rounded(interval.high) : null,
    };
  });
}

/** Brier score and expected calibration error, before and after. */
export function scoreOf(before: readonly Stated[], after: readonly Stated[]): CalibrationScore {
  return {
    statementCount: before.length,
    eventCount: eventCountOf(before),
    brierBefore: rounded(brier(before)),
    brierAfter: rounded(brier(after)),
    eceBefore: rounded(calibrationError(before)),
    eceAfter: rounded(calibrationError(after)),
  };
}

function calibrationError(statements: readonly Stated[]): number {
  return (
    binsOf(statements).reduce(
      (sum, { statementCount, stated, happened }) =>
        sum + statementCount * Math.abs((stated ?? 0) - (happened ?? 0)),
      0,
    ) / statements.length
  );
}

/** Source: Wilson 1927, score interval, 95 %. */
export function wilson(observed: number, count: number): { low: number; high: number } {
  const z = 1.96;
  const middle = (observed + z ** 2 / (2 * count)) / (1 + z ** 2 / count);
  const half =
    (z * Math.sqrt((observed * (1 - observed)) / count + z ** 2 / (4 * count ** 2))) /
    (1 + z ** 2 / count);
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

function eventCountOf(statements: readonly Stated[]): number {
  return new Set(statements.map(({ event }) => event)).size;
}

function shareOf(statements: readonly Stated[]): number {
  return meanOf(statements, ({ so }) => (so ? 1 : 0));
}

function weightedShareOf(statements: readonly Stated[]): number {
  const weights = weightsOf(statements);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return statements.reduce((sum, { so }, at) => sum + (so ? weights[at]! : 0), 0) / total;
}

function brier(statements: readonly Stated[]): number {
  return meanOf(statements, ({ probability, so }) => (probability - (so ? 1 : 0)) ** 2);
}

function meanOf(statements: readonly Stated[], value: (each: Stated) => number): number {
  return statements.reduce((sum, each) => sum + value(each), 0) / statements.length;
}

/** Four decimals: what is stored is what is used. */
export function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
