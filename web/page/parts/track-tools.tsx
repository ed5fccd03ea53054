/** What of a track is drawn: in the legend of an aircraft's map. */

import { SOURCE_NAMES } from "../map/drawn-part.js";
import { adjust, hasLayer, switchLayer, view } from "../state.js";
import type { View } from "../url.js";

function drawOnly(event: SubmitEvent): void {
  event.preventDefault();
  const fields = new FormData(event.currentTarget as HTMLFormElement);
  const feet = (name: string) => String(fields.get(name) ?? "").replace(/[^0-9]/g, "");
  const [low, high] = [feet("low"), feet("high")];
  const sources = fields.getAll("src").map(String);
  const isAll = sources.length === 0 || sources.length === SOURCE_NAMES.length;
  adjust({
    alt: low === "" && high === "" ? undefined : `${low}..${high}`,
    src: isAll ? undefined : sources.join(","),
  });
}

/** Which positions are drawn; the rest stays in lists, profile and files, and the map says that something is missing. */
function DrawnOnly({ params }: { readonly params: View["params"] }) {
  const { alt = "", src = "" } = params;
  const [low = "", high = ""] = alt.split("..");
  const named = src === "" ? SOURCE_NAMES.map(([word]) => word) : src.split(",");
  return (
    <details class="drawn-only" open={alt !== "" || src !== ""}>
      <summary>Draw only …</summary>
      <form key={`${alt} ${src}`} aria-label="What is drawn" onSubmit={drawOnly}>
        <p class="range">
          <input name="low" type="text" aria-label="From, ft" placeholder="0" defaultValue={low} />–
          <input
            name="high"
            type="text"
            aria-label="To, ft"
            placeholder="45000"
            defaultValue={high}
          />
          ft
        </p>
        {SOURCE_NAMES.map(([word, name]) => (
          <label class="check" key={word}>
            <input type="checkbox" name="src" value={word} defaultChecked={named.includes(word)} />
            {name}
          </label>
        ))}
        <p class="buttons">
          <button type="submit">Draw</button>
          <button type="button" onClick={() => adjust({ alt: undefined, src: undefined })}>
            All
          </button>
        </p>
      </form>
    </details>
  );
}

/** Times along the track, and positions that are left out. */
export function TrackTools() {
  const params = view.value?.params ?? {};
  return (
    <>
      <button
        type="button"
        aria-pressed={hasLayer(params, "times")}
        onClick={() => switchLayer("times")}
      >
        Times
      </button>
      <DrawnOnly params={params} />
    </>
  );
}
