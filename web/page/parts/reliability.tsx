/** One tenth of the scale: what was stated there, and how often it was so. */
export interface ReliabilityBin {
  readonly from: number;
  readonly statementCount: number;
  readonly eventCount: number;
  readonly stated: number | null;
  readonly happened: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

const SIZE = 220;
const LEFT = 30;
/** Above and below stand the names of the axes. */
const TOP = 24;
const BOTTOM = 36;
const PLOT = SIZE - LEFT - 10;
const HEIGHT = TOP + PLOT + BOTTOM;

function x(share: number): number {
  return LEFT + share * PLOT;
}

function y(share: number): number {
  return TOP + PLOT * (1 - share);
}

/** Stated probability against how often it was so, with 95 % intervals. */
export function Reliability({
  bins,
  label,
}: {
  readonly bins: readonly ReliabilityBin[];
  readonly label: string;
}) {
  const filled = bins.filter(({ stated, happened }) => stated !== null && happened !== null);
  const summary = filled
    .map(
      ({ stated, happened, eventCount }) =>
        `stated ${stated}, found ${happened} in ${eventCount} events`,
    )
    .join("; ");
  return (
    <svg
      class="reliability"
      viewBox={`0 0 ${SIZE} ${HEIGHT}`}
      role="img"
      aria-label={`${label}: ${summary}`}
    >
      {[0, 0.5, 1].map((share) => (
        <g key={share}>
          <path class="rule" d={`M${x(0)} ${y(share)}H${x(1)}M${x(share)} ${y(0)}V${y(1)}`} />
          <text x={LEFT - 5} y={y(share) + 4} text-anchor="end">
            {share}
          </text>
          <text x={x(share)} y={HEIGHT - 22} text-anchor="middle">
            {share}
          </text>
        </g>
      ))}
      <text x="4" y="11">
        found
      </text>
      <text x={x(1)} y={HEIGHT - 6} text-anchor="end">
        stated
      </text>
      <path class="diagonal" d={`M${x(0)} ${y(0)}L${x(1)} ${y(1)}`} />
      {filled.map(({ from, stated, happened, low, high, eventCount }) => (
        <g key={from}>
          <path
            class="interval"
            d={`M${x(stated!)} ${y(low ?? happened!)}V${y(high ?? happened!)}`}
          />
          <circle
            cx={x(stated!)}
            cy={y(happened!)}
            r={Math.min(7, 2.5 + Math.sqrt(eventCount) / 3)}
          >
            <title>{`stated ${stated}, found ${happened}, ${eventCount} events`}</title>
          </circle>
        </g>
      ))}
    </svg>
  );
}
