import { type View, withParams, writeView } from "../url.js";
import { grouped } from "../words.js";

/** The way to the next and previous part of a list. */
export function Pages({
  view,
  offset,
  count,
  total,
  next,
}: {
  readonly view: View;
  readonly offset: number;
  readonly count: number;
  readonly total: number | null;
  readonly next: number | null;
}) {
  if (count === 0) return null;
  const at = (to: number) =>
    writeView(withParams(view, { offset: to === 0 ? undefined : String(to) }));
  return (
    <nav class="pages" aria-label="Parts of the list">
      <span>
        {grouped(offset + 1)} to {grouped(offset + count)}
        {total === null ? "" : ` of ${grouped(total)}`}
      </span>
      {offset > 0 && <a href={at(Math.max(0, offset - 100))}>‹ Previous</a>}
      {next !== null && <a href={at(next)}>Next ›</a>}
    </nav>
  );
}
