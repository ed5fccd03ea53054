import type { View } from "../url.js";
import { Exports } from "./exports.js";
import { Notes } from "./notes.js";
import { Pages } from "./pages.js";

/** What stands below a list: its other parts, what it rests on, and files of it. */
export function ListEnd({
  view,
  list: { items, total, next },
  notes,
  path,
  params,
}: {
  readonly view: View;
  readonly list: {
    readonly items: readonly unknown[];
    readonly total: number | null;
    readonly next: number | null;
  };
  readonly notes: readonly string[];
  /** Of the answer, without an ending. */
  readonly path: string;
  readonly params: Readonly<Record<string, string | undefined>>;
}) {
  return (
    <>
      <Pages
        view={view}
        offset={Number(view.params["offset"] ?? 0)}
        count={items.length}
        total={total}
        next={next}
      />
      <Notes notes={notes} />
      {items.length > 0 && (
        <Exports
          label="All that are placed as CSV, GeoJSON or KML, everything as JSON:"
          path={path}
          params={params}
          formats={["csv", "geojson", "kml", "json"]}
        />
      )}
    </>
  );
}
