import { useState } from "preact/hooks";
import { switchTimes } from "../keys.js";
import { SOURCE_NAMES } from "../map/drawn-part.js";
import { type LegendPart, legendParts } from "../map/map-state.js";
import { isTrafficOn } from "../map/mass/traffic-state.js";
import { RAMP_MAX_FT, rampColours } from "../ramp.js";
import { hasTimes } from "../selection.js";
import { adjust, isPicture, ramp, theme, view } from "../state.js";
import type { View } from "../url.js";
import { LEGEND_WORDS } from "../words.js";
import { Shape } from "./badge.js";
import { TrafficSwitch } from "./traffic.js";

function Ramp() {
  const stops = rampColours(theme.value, ramp.value).map(
    ([altitudeFt, colour]) => `${colour} ${(altitudeFt / RAMP_MAX_FT) * 100}%`,
  );
  return (
    <div class="ramp">
      <p>Pressure altitude, ft</p>
      <div class="bar" style={{ background: `linear-gradient(to right, ${stops.join(", ")})` }} />
      <p class="scale" aria-hidden="true">
        <span>0</span>
        <span>15k</span>
        <span>30k</span>
        <span>45k</span>
      </p>
    </div>
  );
}

function Sample({ part }: { readonly part: Exclude<LegendPart, "altitude"> }) {
  if (part === "seen" || part === "inferred" || part === "possible") return <Shape shape={part} />;
  if (part === "excluded")
    return (
      <svg class="sample excluded" viewBox="0 0 30 12" width="30" height="12" aria-hidden="true">
        <path d="M12 3l6 6M18 3l-6 6" />
      </svg>
    );
  if (part === "crossing" || part === "unheard" || part === "edge")
    return (
      <svg class={`sample ${part}`} viewBox="0 0 30 12" width="30" height="12" aria-hidden="true">
        <circle cx="15" cy="6" r="3" />
      </svg>
    );
  return (
    <svg class={`sample ${part}`} viewBox="0 0 30 12" width="30" height="12" aria-hidden="true">
      {part === "gap" ? <path d="M0 6h30" /> : <rect x="1" y="1" width="28" height="10" rx="5" />}
    </svg>
  );
}

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

function Tools() {
  const params = view.value?.params ?? {};
  const isEven = ramp.value === "even";
  return (
    <div class="legend-tools">
      <button
        type="button"
        aria-pressed={isEven}
        title="Blue to yellow, told apart by lightness: for colour-blind readers and grey prints"
        onClick={() => adjust({ ramp: isEven ? undefined : "even" })}
      >
        Even colours
      </button>
      <button type="button" aria-pressed={hasTimes(params)} onClick={switchTimes}>
        Times
      </button>
      <DrawnOnly params={params} />
    </div>
  );
}

/** Narrower, the legend begins as a button: as in `map.css`. */
const ROOMY_PX = 900;

/** What lines, rings and areas on the map mean; it can be hidden, and on small screens begins so. */
export function Legend() {
  const [isOpen, setOpen] = useState(() => innerWidth >= ROOMY_PX);
  const parts = legendParts.value;
  return (
    <aside class={isOpen ? "legend open" : "legend closed"} aria-label="Legend">
      <button
        type="button"
        class="legend-toggle"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? "Hide" : "Legend"}
      </button>
      <div class="legend-body">
        {(parts.includes("altitude") || isTrafficOn.value) && <Ramp />}
        <ul>
          {parts.flatMap((part) =>
            part === "altitude"
              ? []
              : [
                  <li key={part}>
                    <Sample part={part} /> {LEGEND_WORDS[part]}
                  </li>,
                ],
          )}
        </ul>
        {!isPicture.value && <TrafficSwitch />}
        {parts.includes("altitude") && !isPicture.value && <Tools />}
      </div>
    </aside>
  );
}
