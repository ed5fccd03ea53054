/** The question about areas: drawn on the map or written, with period and filters. */

import { useEffect } from "preact/hooks";
import {
  type Field,
  Fields,
  MORE_FIELDS,
  PERIOD_FIELDS,
  WHO_FIELDS,
} from "../screens/question-form.js";
import { go } from "../state.js";
import { lasting, type View } from "../url.js";
import { cancelSketch, finishSketch, removeArea, sketching, startSketch } from "./editing.js";
import { isJustAsked } from "./run.js";
import { AREA_LETTERS, type AreaName, paramsOf, wordsOf } from "./shape.js";
import { type SketchKind, shapeOfSketch } from "./sketch.js";

const POSITIONS: readonly Field[] = [
  { name: "altitude", label: "Pressure altitude, ft", hint: "..5000 or 1000..5000" },
  { name: "speed", label: "Ground speed, kt", hint: "100..300" },
  { name: "angle", label: "Direction flown, degrees", hint: "270..90, clockwise" },
];
const OTHERS: readonly Field[] = MORE_FIELDS.filter(({ name }) => name !== "within");

const KINDS: readonly (readonly [SketchKind, string])[] = [
  ["box", "Rectangle"],
  ["polygon", "Polygon"],
  ["circle", "Circle"],
];

const HOW: Readonly<Record<SketchKind, string>> = {
  box: "Click two opposite corners on the map.",
  polygon: "Click the corners on the map, in order round the area.",
  circle: "Click the centre on the map, then a place on the edge.",
};

/** What to click next, and the ways out. */
function Drawing({ area }: { readonly area: AreaName }) {
  const now = sketching.value;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // The button that began the sketch still has the focus; every other control answers for itself.
      const isTaken =
        (event.target as HTMLElement).closest(
          "input, select, textarea, a, summary, button:not([aria-pressed=true])",
        ) !== null;
      if (event.key === "Escape") cancelSketch();
      else if (event.key === "Enter" && !isTaken) {
        event.preventDefault();
        finishSketch();
      }
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  if (now?.area !== area) return null;
  const count = now.places.length;
  return (
    <div class="sketching">
      <p role="status">
        {HOW[now.kind]} {count === 0 ? "" : `${count} so far.`}
      </p>
      {now.kind === "polygon" && (
        <button type="button" disabled={!shapeOfSketch(now)} onClick={finishSketch}>
          Finish (Enter)
        </button>
      )}
      <button type="button" onClick={cancelSketch}>
        Cancel (Esc)
      </button>
    </div>
  );
}

/** The ways to draw an area, and to take it away. */
function Tools({ name, hasArea }: { readonly name: AreaName; readonly hasArea: boolean }) {
  const now = sketching.value;
  const letter = AREA_LETTERS[name];
  return (
    <div class="buttons" role="group" aria-label={`Draw area ${letter} on the map`}>
      <span class="fine">Draw</span>
      {KINDS.map(([kind, label]) => (
        <button
          key={kind}
          type="button"
          aria-pressed={now?.area === name && now.kind === kind}
          onClick={() => startSketch(name, kind)}
        >
          {label}
        </button>
      ))}
      {hasArea && (
        <button type="button" class="link" onClick={() => removeArea(name)}>
          Remove<span class="hidden"> area {letter}</span>
        </button>
      )}
    </div>
  );
}

function AreaFields({
  name,
  params,
}: {
  readonly name: AreaName;
  readonly params: View["params"];
}) {
  const { word, beyond } = wordsOf(params, name);
  return (
    <fieldset class="area-fields">
      <legend>
        Area {AREA_LETTERS[name]}
        {name === "also" ? ": must have been visited too" : ""}
      </legend>
      <Tools name={name} hasArea={word !== ""} />
      <Drawing area={name} />
      <div class="fields">
        <label>
          <span>or write it: country, airport, lat,lon, corners, or west,south,east,north</span>
          <input
            key={word}
            name={`${name} word`}
            type="text"
            placeholder={name === "in" ? "VE, SVMI, or 10,-70 12,-70 11,-65" : "CU"}
            autocomplete="off"
            spellcheck={false}
            defaultValue={word}
          />
        </label>
        <label>
          <span>and this far around</span>
          <input
            key={beyond}
            name={`${name} beyond`}
            type="text"
            placeholder="30km"
            autocomplete="off"
            defaultValue={beyond}
          />
        </label>
      </div>
    </fieldset>
  );
}

function Between({ params }: { readonly params: View["params"] }) {
  const order = params["order"] ?? "";
  return (
    <div class="between">
      <label>
        <span>Which first</span>
        <select key={order} name="order">
          {(
            [
              ["", "A or B, either first"],
              ["in-first", "A first, then B"],
              ["also-first", "B first, then A"],
            ] as const
          ).map(([value, label]) => (
            <option key={value} value={value} selected={value === order}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <Fields
        fields={[
          { name: "within-time", label: "At most this long between", hint: "12h, 90min, 2d" },
        ]}
        params={params}
      />
    </div>
  );
}

/** The view that a form asks for; the camera stays where the areas stay. */
function viewOfForm(form: HTMLFormElement, before: View["params"]): View {
  const fields = new FormData(form);
  const text = (name: string) => String(fields.get(name) ?? "").trim();
  const written: Record<string, string | undefined> = {};
  for (const name of fields.keys()) if (!name.includes(" ")) written[name] = text(name);
  for (const name of ["in", "also"] as const)
    Object.assign(
      written,
      paramsOf(name, { word: text(`${name} word`), beyond: text(`${name} beyond`) }),
    );
  if (written["also"] === undefined) {
    written["order"] = undefined;
    written["within-time"] = undefined;
  }
  const isSame = (["in", "also"] as const).every(
    (name) => wordsOf(before, name).word === (written[name] ?? ""),
  );
  const kept = { ...lasting(before), ...(isSame && { v: before["v"] }), show: before["show"] };
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...kept, ...written }))
    if (value !== undefined && value !== "") params[name] = value;
  return { screen: "area", id: "", params };
}

/** Which areas, when, which aircraft. */
export function AreaForm({ params }: { readonly params: View["params"] }) {
  const hasSecond = wordsOf(params, "also").word !== "" || sketching.value?.area === "also";
  const isMore = [...POSITIONS, ...WHO_FIELDS, ...OTHERS, { name: "military" }].some(
    ({ name }) => params[name] !== undefined,
  );
  return (
    <form
      class="question"
      aria-label="Areas"
      onSubmit={(event) => {
        event.preventDefault();
        cancelSketch();
        isJustAsked.value = true;
        go(viewOfForm(event.currentTarget as HTMLFormElement, params));
      }}
    >
      <AreaFields name="in" params={params} />
      <details open={hasSecond}>
        <summary>And in a second area, with a time between</summary>
        <AreaFields name="also" params={params} />
        <Between params={params} />
      </details>
      <Fields fields={PERIOD_FIELDS} params={params} />
      <details open={isMore}>
        <summary>Which aircraft, how high, how fast</summary>
        <Fields fields={[...WHO_FIELDS, ...OTHERS]} params={params} />
        <label class="check">
          <input
            key={params["military"] ?? ""}
            type="checkbox"
            name="military"
            value="1"
            defaultChecked={params["military"] === "1"}
          />{" "}
          Military only
        </label>
        <Fields fields={POSITIONS} params={params} />
        <p class="fine">
          Height, speed and direction keep visits to area A in which one received position is all of
          it. The ground counts as below every height. Heights above the ground, climb rates and
          sources of positions cannot be asked for.
        </p>
      </details>
      <div class="buttons">
        <button type="submit" class="primary">
          Ask
        </button>
        <a class="button" href="/area">
          Clear
        </a>
      </div>
    </form>
  );
}
