/** Counts by day made ready for bars: days without anything between, months where days would be too many. */

import { DAY_MS } from "../../src/units/quantity.js";

/** How a part of a bar is drawn: filled, half filled, hatched or only its outline. */
export type BarLook = "solid" | "half" | "hatch" | "open";

/** Counts of one day (UTC), one for each series. */
export interface DayCounts {
  readonly day: string;
  readonly counts: readonly number[];
}

/** One bar. */
export interface Bin {
  /** "2019-01-23", or "2019-01" of a month. */
  readonly label: string;
  readonly first: string;
  readonly last: string;
  readonly counts: readonly number[];
  /** Whether the lake holds positions of it. */
  readonly isHeld: boolean;
}

/** chosen: a bar of less than three pixels is none */
const DAYS_MAX = 124;

/**
 * @param days in order, one at least
 * @param held days of which the lake has positions
 * @returns bars from the first day to the last one, none left out between
 */
export function binsOf(
  days: readonly DayCounts[],
  held: ReadonlySet<string>,
  seriesCount: number,
): { readonly bins: readonly Bin[]; readonly isByMonth: boolean } {
  const firstMs = Date.parse(days[0]!.day);
  const lastMs = Date.parse(days[days.length - 1]!.day);
  const isByMonth = (lastMs - firstMs) / DAY_MS >= DAYS_MAX;
  const counts = new Map(days.map((each) => [each.day, each.counts]));
  const bins = new Map<string, Bin>();
  for (let ms = firstMs; ms <= lastMs; ms += DAY_MS) {
    const day = new Date(ms).toISOString().slice(0, 10);
    const label = isByMonth ? day.slice(0, 7) : day;
    const before = bins.get(label);
    const here = counts.get(day);
    bins.set(label, {
      label,
      first: before?.first ?? day,
      last: day,
      counts: Array.from(
        { length: seriesCount },
        (_, i) => (before?.counts[i] ?? 0) + (here?.[i] ?? 0),
      ),
      isHeld: (before?.isHeld ?? false) || held.has(day),
    });
  }
  return { bins: [...bins.values()], isByMonth };
}

/** @returns the top of the scale, at least one, and some whole numbers up to it */
export function topOf(bins: readonly Bin[]): {
  readonly top: number;
  readonly ticks: readonly number[];
} {
  const most = Math.max(
    1,
    ...bins.map(({ counts }) => counts.reduce((sum, each) => sum + each, 0)),
  );
  const power = 10 ** Math.floor(Math.log10(most));
  const step = Math.max(
    1,
    [0.5, 1, 2].map((each) => each * power).find((each) => most / each <= 4) ?? 5 * power,
  );
  const ticks: number[] = [];
  for (let tick = 0; tick <= most; tick += step) ticks.push(tick);
  return { top: most, ticks };
}

/** @returns the chart in words, for those who do not see it */
export function summaryOf({
  bins,
  series,
  caption,
}: {
  readonly bins: readonly Bin[];
  readonly series: readonly string[];
  readonly caption: string;
}): string {
  const totalOf = ({ counts }: Bin) => counts.reduce((sum, each) => sum + each, 0);
  const most = bins.reduce((best, each) => (totalOf(each) > totalOf(best) ? each : best));
  const sums = series.map(
    (name, i) => `${bins.reduce((sum, { counts }) => sum + (counts[i] ?? 0), 0)} ${name}`,
  );
  const withSome = bins.filter((each) => totalOf(each) > 0).length;
  const [first, last] = [bins[0]!, bins[bins.length - 1]!];
  return (
    `${caption}, ${first.first} to ${last.last}: something on ${withSome} of ${bins.length}, ` +
    `most on ${most.label} (${totalOf(most)}). In all bars: ${sums.join(", ")}`
  );
}
