/** Who was heard in an area, or in two: areas drawn on the map, answers as map, chart and tables. */

import { useEffect, useState } from "preact/hooks";
import { areaDrawing, hasOutline } from "../area/area-drawing.js";
import { AreaForm } from "../area/area-form.js";
import { AreaResults, areaAnswerText } from "../area/area-results.js";
import { areaQuestion } from "../area/command.js";
import { sketching, useShownAreas, useSketchOnMap } from "../area/editing.js";
import { type AreaRun, areaRun, leaveArea, runArea } from "../area/run.js";
import { wordsOf } from "../area/shape.js";
import { drawing, legendParts, mapCaption } from "../map/map-state.js";
import { questionTitle } from "../question-title.js";
import { noteQuestion } from "../saved.js";
import { isScreenSimulated } from "../state.js";
import { queryOf, type View } from "../url.js";
import "../style/area.css";

/** While more comes in, the map is drawn anew when twice as many are there: each time it takes all of them. */
function drawnCount(run: AreaRun | null): number {
  const count = run?.found.length ?? 0;
  return run?.state !== "running" || count === 0 ? count : 2 ** Math.floor(Math.log2(count));
}

/** Narrower, the map is high only while something is drawn on it: as in `area.css`. */
const ROOMY_PX = 900;

/** @returns whether the map goes to what was asked, or is drawn: not while a hand draws, unless it has just become small around it */
function useFraming(hasArea: boolean, isAsked: boolean): boolean {
  // A link may hold an area that was never asked about.
  const [isGiven] = useState(hasArea && !isAsked);
  return isAsked || isGiven || (innerWidth < ROOMY_PX && hasArea && sketching.value === null);
}

/** Area search. */
export function AreaScreen({ view }: { readonly view: View }) {
  const { params } = view;
  const query = queryOf(areaQuestion(params));
  const hasArea = wordsOf(params, "in").word !== "";
  const isAsked = hasArea && params["draft"] !== "1";
  useEffect(() => {
    if (isAsked) runArea(query);
    else leaveArea();
  }, [query, isAsked]);
  useEffect(() => leaveArea, []);
  const run = areaRun.value;
  const shown = run?.query === query && isAsked ? run : null;
  const areas = useShownAreas(params);
  const areasKey = JSON.stringify(areas);
  useSketchOnMap(areas, areasKey);
  const drawn = drawnCount(shown);
  const isFramed = useFraming(hasArea, isAsked);
  useEffect(() => {
    const asked = `area ${query} ${shown?.state === "done"} ${areas.every(hasOutline)}`;
    const key = isAsked ? asked : isFramed ? "drawn" : "area";
    const framed = isFramed ? areas : [];
    drawing.value = areaDrawing(key, framed, shown?.found.slice(0, drawn) ?? []);
    const outlined = areas.some(hasOutline) ? (["area"] as const) : [];
    const lines = drawn > 0 ? (["altitude", "gap", "crossing", "unheard"] as const) : [];
    legendParts.value = [...outlined, ...lines];
  }, [query, isAsked, isFramed, areasKey, drawn, shown?.state]);
  useEffect(() => {
    mapCaption.value = shown && {
      title: questionTitle(view),
      text:
        shown.state === "running"
          ? "Still being asked: not all of it is here."
          : areaAnswerText(shown, params["also"] !== undefined),
    };
    if (shown?.state !== "done") return;
    noteQuestion(view);
    if (shown.end) isScreenSimulated.value = shown.end.simulated;
  }, [shown?.state, query]);
  return (
    <>
      <header class="head">
        <h1>Areas</h1>
        <p>Who was heard in an area, or in one and then in another.</p>
      </header>
      <AreaForm params={params} />
      {shown && <AreaResults view={view} run={shown} />}
      {!isAsked && (
        <p class={hasArea ? "unasked" : "empty"}>
          {hasArea
            ? "Not asked yet: drag corners to change the area, then press Ask."
            : sketching.value
              ? "Draw the area on the map."
              : "Draw an area on the map or write one, then press Ask. It stands in the address, which can be sent to a colleague with the same lake."}
        </p>
      )}
    </>
  );
}
