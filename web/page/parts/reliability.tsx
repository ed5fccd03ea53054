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
const BOTTOM = 24;
const PLOT = SIZE - LEFT - 10;

function x(share: number): number {
  return LEFT + share * PLOT;
}

function y(share: number): number {
  return SIZE - BOTTOM - share * (SIZE - BOTTOM - 10);
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
      viewBox={`0 0 ${SIZE} ${SIZE}`}
      role="img"
      aria-label={`${label}: ${summary}`}
    >
      {[0, 0.5, 1].map((share) => (
        <g key={share}>
          <path class="rule" d={`M${x(0)} ${y(share)}H${x(1)}M${x(share)} ${y(0)}V${y(1)}`} />
          <text x={LEFT - 5} y={y(share) + 4} text-anchor="end">
            {share}
          </text>
          <text x={x(share)} y={SIZE - 8} text-anchor="middle">
            {share}
          </text>
        </g>
      ))}
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
