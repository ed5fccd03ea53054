/** The map alone: what must stand on a picture of it, and how to take one. */

import { useState } from "preact/hooks";
import type { LakeJson } from "../../../src/api/shapes.js";
import { counted } from "../../../src/units/counted.js";
import { useAnswer, valueOf } from "../api.js";
import { switchPicture } from "../keys.js";
import { legendParts, mapCaption, mapHandle, momentLine } from "../map/map-state.js";
import { isTrafficOn, traffic } from "../map/mass/traffic-state.js";
import { questionTitle } from "../question-title.js";
import { isSimulated, ramp, theme, view } from "../state.js";
import { stateText } from "./traffic.js";

/** On every map and every picture of one. */
export const BOUNDARY_NOTE =
  "Boundaries: Natural Earth with UN-view edits, generalised; not an opinion on sovereignty. Airports: OurAirports.";

/** chosen: more names make a caption nobody reads; the screen about the method has all */
const NAMES_MAX = 3;

function namesText(names: readonly string[]): string {
  const more = names.length - NAMES_MAX;
  return `${names.slice(0, NAMES_MAX).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** Where the positions are from, as far as the inputs say. */
function sourceText({ program, formats, licences, inputCount }: LakeJson): string {
  const [format, licence] = [
    namesText(formats.map((one) => one.format)),
    namesText(licences.map((one) => one.licence)),
  ];
  return `From a lake of ${counted(inputCount, "input")} (${format}), licence: ${licence}. wheelsdown ${program}.`;
}

/** What a caption says, line by line. */
interface CaptionText {
  readonly title: string;
  readonly lines: readonly string[];
}

/** What is shown, as long as the screen has not said it better. */
function plainTitle(): string {
  const now = view.value;
  if (now?.screen === "search" || now?.screen === "area") return questionTitle(now);
  return document.title.replace(/ – wheelsdown$/, "");
}

function useCaptionText(): CaptionText {
  const lake = valueOf(useAnswer<LakeJson>("/api/lake"));
  const { title, text } = mapCaption.value ?? { title: plainTitle(), text: "" };
  const lines = [text, momentLine.value];
  if (isTrafficOn.value && traffic.value.state === "ready")
    lines.push(`Thin lines, aircraft heard: ${stateText(traffic.value)}`);
  lines.push(lake ? sourceText(lake) : "", BOUNDARY_NOTE);
  return { title, lines: lines.filter((line) => line !== "") };
}

/** Below the map when it stands alone. */
export function Caption() {
  const { title, lines } = useCaptionText();
  return (
    <section class="caption" aria-label="Caption">
      <h1>
        {title} {isSimulated.value && <span class="sim">SIMULATED</span>}
      </h1>
      {lines.map((line, at) => (
        <p key={line} class={at === 0 ? undefined : "fine"}>
          {line}
        </p>
      ))}
    </section>
  );
}

/** What the map's own scale says. */
function scaleShown(): { label: string; widthPx: number } | undefined {
  const scale = document.querySelector<HTMLElement>(".maplibregl-ctrl-scale");
  return scale ? { label: scale.textContent ?? "", widthPx: scale.offsetWidth } : undefined;
}

/** Beside the map when it stands alone; on no picture. */
export function PictureTools() {
  const [state, setState] = useState<"" | "saving" | "failed">("");
  const text = useCaptionText();
  const save = async () => {
    const handle = mapHandle.value;
    if (!handle) return;
    setState("saving");
    const { savePicture } = await import("../map/map-parts.js");
    const look = { theme: theme.value, ramp: ramp.value };
    const parts = isTrafficOn.value
      ? [...new Set(["altitude" as const, ...legendParts.value])]
      : legendParts.value;
    const name = `wheelsdown ${view.value?.screen ?? ""} ${view.value?.id ?? ""}`;
    await savePicture(await handle.snapshot(), {
      ...text,
      look,
      parts,
      name,
      isSimulated: isSimulated.value,
      scale: scaleShown(),
      notes: [...document.querySelectorAll(".part-note")].map((each) => each.textContent ?? ""),
    });
  };
  return (
    <div class="picture-tools" role="group" aria-label="Picture">
      <button
        type="button"
        disabled={state === "saving" || !mapHandle.value}
        onClick={() =>
          save().then(
            () => setState(""),
            () => setState("failed"),
          )
        }
      >
        {state === "saving" ? "Saving …" : "Save as PNG"}
      </button>
      <button type="button" onClick={switchPicture}>
        Back to the page <kbd>Esc</kbd>
      </button>
      {state === "failed" && <small role="alert">The picture could not be made here.</small>}
    </div>
  );
}
