import type { MovementJson } from "../../../src/api/shapes.js";
import { TIMED_MAX_MS } from "../../../src/api/timed.js";
import { MINUTE_MS } from "../../../src/units/quantity.js";
import { localText, utcText } from "../words.js";

/** When a movement was: its time, or the window it lies in where no time is known. */
export function MovementTime({
  movement,
}: {
  readonly movement: Pick<MovementJson, "time" | "timeFrom" | "timeTo"> &
    Partial<Pick<MovementJson, "timeLocal">>;
}) {
  const { timeFrom, timeTo, time, timeLocal } = movement;
  const windowMs = Date.parse(timeTo) - Date.parse(timeFrom);
  if (windowMs <= TIMED_MAX_MS)
    return <Time iso={time} local={timeLocal ?? null} isAbout={windowMs > MINUTE_MS} />;
  return (
    <span class="time">
      <time dateTime={timeFrom}>{utcText(timeFrom)}</time>{" "}
      <span class="local">
        to <time dateTime={timeTo}>{utcText(timeTo)}</time>
      </span>
    </span>
  );
}

/** A time as UTC and, beside it, on the clocks of the place. */
export function Time({
  iso,
  local,
  isAbout = false,
}: {
  readonly iso: string | null;
  readonly local?: string | null;
  readonly isAbout?: boolean;
}) {
  if (iso === null) return <span class="none">–</span>;
  return (
    <span class="time">
      <time dateTime={iso}>
        {isAbout && <abbr title="not known to the minute">~</abbr>}
        {utcText(iso)}
      </time>
      {local != null && <span class="local">{localText(local, iso)}</span>}
    </span>
  );
}
