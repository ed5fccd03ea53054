import { localText, utcText } from "../words.js";

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
