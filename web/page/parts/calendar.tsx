/** Days with something in them, a row for each month. */

interface CalendarDay {
  readonly day: string;
  readonly count: number;
  /** Drawn hollow: less was received than there is. */
  readonly isPartial?: boolean;
}

const SQUARE = 13;
const LEFT = 62;

function monthsOf(days: readonly CalendarDay[]): Map<string, CalendarDay[]> {
  const months = new Map<string, CalendarDay[]>();
  for (const each of days) {
    const month = each.day.slice(0, 7);
    const held = months.get(month);
    if (held) held.push(each);
    else months.set(month, [each]);
  }
  return months;
}

/** chosen: two years; a longer list is cut to its end */
const MONTHS_MAX = 24;

/** @param unit what is counted, in the plural */
export function Calendar({
  days,
  href,
  unit,
}: {
  readonly days: readonly CalendarDay[];
  readonly href?: (day: string) => string;
  readonly unit: string;
}) {
  const months = [...monthsOf(days)].slice(-MONTHS_MAX);
  const most = days.reduce((max, { count }) => Math.max(max, count), 1);
  const height = months.length * (SQUARE + 3) + 14;
  return (
    <svg
      class="calendar"
      viewBox={`0 0 ${LEFT + 31 * SQUARE} ${height}`}
      role="group"
      aria-label={`${days.length} days with ${unit}`}
    >
      {[1, 10, 20, 30].map((date) => (
        <text key={date} x={LEFT + (date - 0.5) * SQUARE} y={9} text-anchor="middle">
          {date}
        </text>
      ))}
      {months.map(([month, held], row) => (
        <g key={month} transform={`translate(0 ${14 + row * (SQUARE + 3)})`}>
          <text x={0} y={10}>
            {month}
          </text>
          {held.map(({ day, count, isPartial = false }) => {
            const label = `${day}: ${count} ${unit}${isPartial ? ", incomplete" : ""}`;
            const square = (
              <rect
                class={isPartial ? "day partial" : "day"}
                x={LEFT + (Number(day.slice(8)) - 1) * SQUARE + 1}
                y={1}
                width={SQUARE - 2}
                height={SQUARE - 2}
                rx="2"
                style={{ "--share": String(0.25 + 0.75 * Math.sqrt(count / most)) }}
              >
                <title>{label}</title>
              </rect>
            );
            return href ? (
              <a key={day} href={href(day)} aria-label={label}>
                {square}
              </a>
            ) : (
              <g key={day}>{square}</g>
            );
          })}
        </g>
      ))}
    </svg>
  );
}
