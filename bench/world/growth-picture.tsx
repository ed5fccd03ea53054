import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import type { SizeResult } from "./world-result.js";

const WIDTH = 800;
const HEIGHT = 430;
const SIDE_PX = 300;
const TALL_PX = 250;
const TOP_PX = 92;
const LEFTS = [72, 470] as const;
const INK = "#1b2430";
const INK_SOFT = "#55606d";
const LINE = "#d5dae0";
const ACCENT = "#0b5cad";
const SECOND = "#b3540b";

/** One line of a panel: values at the sizes' numbers of aircraft. */
interface Series {
  readonly name: string;
  readonly colour: string;
  readonly values: readonly number[];
}

/**
 * Time and memory of an ingest against the number of aircraft.
 *
 * @param sizes smallest first, at least two
 * @returns a whole SVG document, 800 by 430, its own colours on white
 */
export function growthSvg(sizes: readonly SizeResult[], conditions: string): string {
  const counts = sizes.map(({ world }) => world.aircraftCount);
  const time: Series[] = [
    { name: "processor", colour: ACCENT, values: sizes.map((size) => size.ingestCpuMs / 1000) },
    { name: "wall", colour: SECOND, values: sizes.map((size) => size.ingestWallMs / 1000) },
  ];
  const memory: Series[] = [
    { name: "peak", colour: ACCENT, values: sizes.map((size) => size.ingestPeakRssMb) },
  ];
  const picture = (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      font-family="Helvetica, Arial, sans-serif"
      font-size="12"
      fill={INK}
      role="img"
    >
      <title>Time and memory from tar to lake against the number of aircraft</title>
      <rect width={WIDTH} height={HEIGHT} fill="#ffffff" />
      <text x="24" y="30" font-size="17" font-weight="bold">
        From tar to lake: time and memory as the day grows
      </text>
      <text x="24" y="50" fill={INK_SOFT}>
        {`Simulated days of ${counts.join(", ")} aircraft. Dashed: the first two carried on; the first memory kept.`}
      </text>
      <Panel
        leftPx={LEFTS[0]}
        title="Time, s (dashed: a straight line)"
        series={time}
        counts={counts}
        grows
      />
      <Panel
        leftPx={LEFTS[1]}
        title="Peak memory, MB (dashed: flat)"
        series={memory}
        counts={counts}
        grows={false}
      />
      <text x="24" y={HEIGHT - 12} font-size="11" fill={INK_SOFT}>
        {conditions}
      </text>
    </svg>
  );
  return `${renderToString(picture)}\n`;
}

interface PanelProps {
  readonly leftPx: number;
  readonly title: string;
  readonly series: readonly Series[];
  readonly counts: readonly number[];
  /** What would be expected of it: in proportion to the aircraft, or the same always. */
  readonly grows: boolean;
}

function Panel({ leftPx, title, series, counts, grows }: PanelProps): VNode {
  const countMax = counts[counts.length - 1]!;
  // Starting costs the same whatever the size: the first two sizes tell it apart from what each aircraft costs.
  const expected = (values: readonly number[]) =>
    grows ? lineThroughTwo(counts, values, countMax) : values[0]!;
  const top = niceTop(Math.max(...series.flatMap(({ values }) => [...values, expected(values)])));
  const x = (count: number) => (count / countMax) * SIDE_PX;
  const y = (value: number) => TOP_PX + (1 - value / top) * TALL_PX;
  return (
    <g transform={`translate(${leftPx} 0)`}>
      <text y={TOP_PX - 14} font-size="14" font-weight="bold">
        {title}
      </text>
      {[0, 0.25, 0.5, 0.75, 1].map((share) => (
        <g key={share}>
          <path d={`M0 ${y(share * top)}H${SIDE_PX}`} stroke={LINE} fill="none" />
          <text x="-8" y={y(share * top) + 4} text-anchor="end" fill={INK_SOFT}>
            {Number((share * top).toPrecision(3))}
          </text>
        </g>
      ))}
      {counts.map((count) => (
        <text key={count} x={x(count)} y={y(0) + 17} text-anchor="middle" fill={INK_SOFT}>
          {count}
        </text>
      ))}
      <text x={SIDE_PX / 2} y={y(0) + 36} text-anchor="middle">
        aircraft
      </text>
      {series.map(({ name, colour, values }, at) => (
        <g key={name} stroke={colour} stroke-width="2" fill="none">
          <path
            d={`M${x(counts[0]!)} ${y(values[0]!)}L${x(countMax)} ${y(expected(values))}`}
            stroke-width="1.2"
            stroke-dasharray="5 4"
          />
          <path
            d={values.map((value, i) => `${i ? "L" : "M"}${x(counts[i]!)} ${y(value)}`).join("")}
          />
          {values.map((value, i) => (
            <circle key={counts[i]} cx={x(counts[i]!)} cy={y(value)} r="4.5" fill="#ffffff" />
          ))}
          <g stroke="none" fill={colour}>
            <text x="12" y={TOP_PX + 16 + 18 * at}>
              {name}
            </text>
          </g>
        </g>
      ))}
    </g>
  );
}

function lineThroughTwo(xs: readonly number[], ys: readonly number[], x: number): number {
  return ys[0]! + ((ys[1]! - ys[0]!) * (x - xs[0]!)) / (xs[1]! - xs[0]!);
}

/** @returns the next of 1, 2, 4, 6 or 8 times a power of ten */
function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1e-9)));
  const step = [1, 2, 4, 6, 8, 10].find((each) => each * power >= value) ?? 10;
  return step * power;
}
