/** Bars by day: what was received filled, what is only possible hatched; a line below every day that the lake holds. */

import { useState } from "preact/hooks";
import type { LakeJson } from "../../../src/api/shapes.js";
import { useAnswer, valueOf } from "../api.js";
import { type BarLook, binsOf, type DayCounts, summaryOf, topOf } from "../day-bins.js";

/** What one part of every bar counts. */
export interface DaySeries {
  readonly name: string;
  readonly look: BarLook;
}

const WIDTH = 480;
const HEIGHT = 132;
const LEFT = 30;
const BOTTOM = 22;
const TOP = 8;

/** How much of its day a bar takes, at most so much. chosen: a single day must not fill the chart */
const BAR_SHARE = 0.72;
const BAR_MAX = 26;
/** Of a date as it is written below a bar. */
const NAME_WIDTH = 80;

function Patterns() {
  return (
    <defs>
      <pattern id="bar-hatch" width="5" height="5" patternUnits="userSpaceOnUse">
        <path class="bar-line" d="M-1 1l2-2M0 5l5-5M4 6l2-2" />
      </pattern>
      <linearGradient id="bar-half">
        <stop class="bar-full" offset="50%" />
        <stop class="bar-none" offset="50%" />
      </linearGradient>
    </defs>
  );
}

/** A sample of a bar, with what it counts. */
function Key({ series }: { readonly series: readonly DaySeries[] }) {
  return (
    <ul class="day-key">
      {series.map(({ name, look }) => (
        <li key={name}>
          <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
            <rect class={`bar ${look}`} x="1" y="1" width="10" height="10" />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}

function Bars({
  bins,
  series,
  top,
}: {
  readonly bins: ReturnType<typeof binsOf>["bins"];
  readonly series: readonly DaySeries[];
  readonly top: number;
}) {
  const step = (WIDTH - LEFT) / bins.length;
  const width = Math.min(BAR_MAX, step * BAR_SHARE);
  const perOne = (HEIGHT - TOP - BOTTOM) / top;
  return (
    <>
      {bins.map(({ label, counts, isHeld }, i) => {
        const x = LEFT + (i + 0.5) * step - width / 2;
        let y = HEIGHT - BOTTOM;
        return (
          <g key={label}>
            <title>
              {`${label}: ${series.map(({ name }, at) => `${counts[at]} ${name}`).join(", ")}`}
            </title>
            {isHeld && (
              <path class="held" d={`M${LEFT + i * step} ${HEIGHT - BOTTOM + 3}h${step}`} />
            )}
            {series.map(({ name, look }, at) => {
              const height = (counts[at] ?? 0) * perOne;
              y -= height;
              return height === 0 ? null : (
                <rect key={name} class={`bar ${look}`} x={x} y={y} width={width} height={height} />
              );
            })}
          </g>
        );
      })}
    </>
  );
}

/** Names of the first and last bar and some between. */
function Names({ bins }: { readonly bins: ReturnType<typeof binsOf>["bins"] }) {
  const step = (WIDTH - LEFT) / bins.length;
  const every = Math.max(1, Math.ceil(bins.length / 4));
  // Names at either end would else leave the picture.
  const isWide = step > NAME_WIDTH;
  const isLast = (i: number) => bins.length - i < every / 2 + 1;
  return (
    <>
      {bins.map(({ label }, i) =>
        i % every === 0 && (i === 0 || bins.length - i >= every / 2) ? (
          <text
            key={label}
            x={LEFT + (i + 0.5) * step}
            y={HEIGHT - 5}
            text-anchor={isWide ? "middle" : i === 0 ? "start" : isLast(i) ? "end" : "middle"}
            dx={i === 0 && !isWide ? -step / 2 : 0}
          >
            {label}
          </text>
        ) : null,
      )}
    </>
  );
}

function DayTable({
  bins,
  series,
  caption,
  href,
}: {
  readonly bins: ReturnType<typeof binsOf>["bins"];
  readonly series: readonly DaySeries[];
  readonly caption: string;
  readonly href: (first: string, last: string) => string;
}) {
  return (
    <div class="scroll">
      <table class="day-table">
        <caption class="hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Day, UTC</th>
            {series.map(({ name }) => (
              <th key={name} scope="col" class="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bins
            .filter(({ counts }) => counts.some((count) => count > 0))
            .map(({ label, first, last, counts }) => (
              <tr key={label}>
                <th scope="row">
                  <a href={href(first, last)}>{label}</a>
                </th>
                {series.map(({ name }, i) => (
                  <td key={name} class="number">
                    {counts[i]}
                  </td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}

/** What the chart shows. */
export interface DayChartProps {
  /** In order; days without anything may be left out. */
  readonly days: readonly DayCounts[];
  readonly series: readonly DaySeries[];
  /** "landings", "aircraft heard inside". */
  readonly unit: string;
  /** What is counted, and what is not, in a sentence or two. */
  readonly note: string;
  /** Address of the same question for some days. */
  readonly href: (first: string, last: string) => string;
}

/** Bars by day, with a table of the same numbers. */
export function DayChart({ days, series, unit, note, href }: DayChartProps) {
  const lake = valueOf(useAnswer<LakeJson>("/api/lake"));
  const [isOpen, setOpen] = useState(false);
  if (days.length === 0) return null;
  const held = new Set(lake?.days.map(({ day }) => day));
  const { bins, isByMonth } = binsOf(days, held, series.length);
  const { top, ticks } = topOf(bins);
  const caption = `${unit} by ${isByMonth ? "month" : "day"}, UTC`;
  return (
    <figure class="day-chart">
      <figcaption>
        <b>{caption}.</b> {isByMonth ? "A month adds up its days. " : ""}
        {note}
      </figcaption>
      <Key series={series} />
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={summaryOf({ bins, series: series.map(({ name }) => name), caption })}
      >
        <Patterns />
        {ticks.map((tick) => {
          const y = HEIGHT - BOTTOM - (tick / top) * (HEIGHT - TOP - BOTTOM);
          return (
            <g key={tick}>
              <path class="rule" d={`M${LEFT} ${y}H${WIDTH}`} />
              <text x={LEFT - 5} y={y + 3.5} text-anchor="end">
                {tick}
              </text>
            </g>
          );
        })}
        <Bars bins={bins} series={series} top={top} />
        <Names bins={bins} />
      </svg>
      <details onToggle={(event) => setOpen((event.currentTarget as HTMLDetailsElement).open)}>
        <summary>The same as a table</summary>
        {isOpen && <DayTable bins={bins} series={series} caption={caption} href={href} />}
      </details>
    </figure>
  );
}
