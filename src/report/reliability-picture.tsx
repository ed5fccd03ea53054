import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import type {
  CalibrationBin,
  CalibrationTable,
  StatementKind,
} from "../movement/calibration-shape.js";
import { figureText, STATEMENT_TEXT } from "./reliability-text.js";

const WIDTH = 800;
const HEIGHT = 520;
const SIDE = 310;
const TOP = 92;
const LEFTS = [64, 458] as const;
/** Below the square: labels of the scale, then how many statements and events each tenth holds. */
const COUNT_TOP = TOP + SIDE + 62;
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1] as const;
const INK = "#1b2430";
const INK_SOFT = "#55606d";
const LINE = "#d5dae0";
const ACCENT = "#0b5cad";

/**
 * What was stated against what was so, on the held-back split: one square for "it happened", one for "it was there".
 *
 * @returns a whole SVG document, 800 by 520, its own colours on white
 */
export function reliabilitySvg(table: CalibrationTable): string {
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
      <title>Stated probability against what happened, on tracks nothing was fitted on</title>
      <rect width={WIDTH} height={HEIGHT} fill="#ffffff" />
      <text x="24" y="30" font-size="17" font-weight="bold">
        Stated probability against what happened
      </text>
      <text x="24" y="50" fill={INK_SOFT}>
        {`Held-back tracks (${table.caseCount.heldBack}), nothing was fitted on them. Bars: 95 % intervals, each landing or take-off counted once.`}
      </text>
      <text x="24" y={HEIGHT - 12} font-size="11" fill={INK_SOFT}>
        {`n: statements; events: different landings and take-offs behind them. Calibration table ${table.version}, fitted ${table.fittedOn}.`}
      </text>
      {(["happened", "there"] as const).map((kind, at) => (
        <Panel key={kind} kind={kind} table={table} leftPx={LEFTS[at]!} />
      ))}
    </svg>
  );
  return `${renderToString(picture)}\n`;
}

interface PanelProps {
  readonly kind: StatementKind;
  readonly table: CalibrationTable;
  readonly leftPx: number;
}

function Panel({ kind, table, leftPx }: PanelProps): VNode {
  const { brierAfter, eceAfter } = table.score[kind];
  const bins = table.reliability[kind];
  return (
    <g transform={`translate(${leftPx} 0)`}>
      <text y={TOP - 12} font-size="14" font-weight="bold">
        {STATEMENT_TEXT[kind]}
      </text>
      <Axes />
      {bins.map((bin) => (
        <Bin key={bin.from} bin={bin} />
      ))}
      <text x={SIDE - 10} y={TOP + SIDE - 28} text-anchor="end" fill={INK_SOFT}>
        {`Brier ${figureText(brierAfter)}`}
      </text>
      <text x={SIDE - 10} y={TOP + SIDE - 12} text-anchor="end" fill={INK_SOFT}>
        {`ECE ${figureText(eceAfter)}`}
      </text>
      <Counts bins={bins} />
    </g>
  );
}

function x(share: number): number {
  return share * SIDE;
}

function y(share: number): number {
  return TOP + (1 - share) * SIDE;
}

function Axes(): VNode {
  return (
    <g>
      {TICKS.map((tick) => (
        <g key={tick}>
          <path d={`M${x(tick)} ${y(0)}V${y(1)}M0 ${y(tick)}H${SIDE}`} stroke={LINE} fill="none" />
          <text x={x(tick)} y={y(0) + 17} text-anchor="middle" fill={INK_SOFT}>
            {tick}
          </text>
          <text x="-8" y={y(tick) + 4} text-anchor="end" fill={INK_SOFT}>
            {tick}
          </text>
        </g>
      ))}
      <path d={`M0 ${y(0)}L${SIDE} ${y(1)}`} stroke={INK_SOFT} stroke-dasharray="5 4" fill="none" />
      <text x={SIDE / 2} y={y(0) + 35} text-anchor="middle">
        stated
      </text>
      <text transform={`translate(-38 ${y(0.5)}) rotate(-90)`} text-anchor="middle">
        was so
      </text>
    </g>
  );
}

function Bin({ bin }: { bin: CalibrationBin }): VNode | null {
  const { stated, happened, low, high } = bin;
  if (stated === null || happened === null || low === null || high === null) return null;
  return (
    <g stroke={ACCENT} stroke-width="2">
      <path
        d={`M${x(stated) - 5} ${y(high)}h10M${x(stated)} ${y(high)}V${y(low)}m-5 0h10`}
        fill="none"
      />
      <circle cx={x(stated)} cy={y(happened)} r="4.5" fill="#ffffff" />
    </g>
  );
}

/** How much lies in each tenth: without it a far-off point of one statement looks like one of a hundred. */
function Counts({ bins }: { bins: readonly CalibrationBin[] }): VNode {
  return (
    <g font-size="11" fill={INK_SOFT}>
      <text x="-8" y={COUNT_TOP} text-anchor="end">
        n
      </text>
      <text x="-8" y={COUNT_TOP + 17} text-anchor="end">
        events
      </text>
      {bins.map(({ from, statementCount, eventCount }) => (
        <g key={from}>
          <text x={x(from + 0.05)} y={COUNT_TOP} text-anchor="middle">
            {statementCount}
          </text>
          <text x={x(from + 0.05)} y={COUNT_TOP + 17} text-anchor="middle">
            {eventCount}
          </text>
        </g>
      ))}
    </g>
  );
}
