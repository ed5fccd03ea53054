import { useState } from "preact/hooks";
import { type LegendPart, legendParts } from "../map/map-state.js";
import { isTrafficOn } from "../map/mass/traffic-state.js";
import { scene } from "../player.js";
import { RAMP_MAX_FT, rampColours } from "../ramp.js";
import { adjust, isPicture, ramp, theme } from "../state.js";
import { LEGEND_WORDS } from "../words.js";
import { Shape } from "./badge.js";
import { TrackTools } from "./loaded.js";
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

function Tools() {
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
      {scene.value && <TrackTools />}
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
