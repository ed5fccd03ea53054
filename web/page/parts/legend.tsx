import { useState } from "preact/hooks";
import { type LegendPart, legendParts } from "../map/map-state.js";
import { rampColours } from "../ramp.js";
import { theme } from "../state.js";
import { Shape } from "./badge.js";

const WORDS: Readonly<Record<Exclude<LegendPart, "altitude">, string>> = {
  gap: "Not heard: shortest path, not a route",
  seen: "Stop seen",
  inferred: "Stop inferred",
  possible: "Possible place",
  excluded: "Runway too short for the type",
  reach: "Within reach in the whole gap",
  lens: "Within reach at this moment",
};

function Ramp() {
  const stops = rampColours(theme.value).map(
    ([altitudeFt, colour]) => `${colour} ${(altitudeFt / 45_000) * 100}%`,
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
  return (
    <svg class={`sample ${part}`} viewBox="0 0 30 12" width="30" height="12" aria-hidden="true">
      {part === "gap" ? <path d="M0 6h30" /> : <rect x="1" y="1" width="28" height="10" rx="5" />}
    </svg>
  );
}

/** What lines, rings and areas on the map mean; always visible, and on small screens as a button. */
export function Legend() {
  const [isOpen, setOpen] = useState(false);
  const parts = legendParts.value;
  if (parts.length === 0) return null;
  return (
    <aside class={isOpen ? "legend open" : "legend"} aria-label="Legend">
      <button
        type="button"
        class="legend-toggle"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        Legend
      </button>
      <div class="legend-body">
        {parts.includes("altitude") && <Ramp />}
        <ul>
          {parts.flatMap((part) =>
            part === "altitude"
              ? []
              : [
                  <li key={part}>
                    <Sample part={part} /> {WORDS[part]}
                  </li>,
                ],
          )}
        </ul>
      </div>
    </aside>
  );
}
