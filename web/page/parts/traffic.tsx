/** "Others heard" in the legend and on the map: what is drawn, of whom, and who is pointed at. */

import { useEffect, useRef } from "preact/hooks";
import type { LakeJson } from "../../../src/api/shapes.js";
import { useAnswer, valueOf } from "../api.js";
import { drawing, mapFailure, mapHandle, pointAt } from "../map/map-state.js";
import type { MassAircraft } from "../map/mass/mass.js";
import type { TrafficOnMap } from "../map/mass/traffic.js";
import { trafficQuestion } from "../map/mass/traffic-question.js";
import { isTrafficOn, pointedAircraft, type Traffic, traffic } from "../map/mass/traffic-state.js";
import { clockMs, scene } from "../player.js";
import { ramp, switchLayer, theme, view } from "../state.js";
import { altitudeText, clockText, dayText, grouped } from "../words.js";
import { Simulated } from "./badge.js";

/** The aircraft that the screen is about, which are no others: the map draws them with their gaps. */
function drawnOtherwise(): string[] {
  const now = view.value;
  if (!now) return [];
  const { screen, id, params } = now;
  if (screen === "gap") return [id.toLowerCase().split("-")[0]!];
  if (screen !== "aircraft" && screen !== "map") return [];
  return [id, params["with"] ?? "", params["ac"] ?? ""].join(",").toLowerCase().split(",");
}

/** Whether the screen is about some aircraft, so that the rest are others. */
function isOfAircraft(): boolean {
  return ["aircraft", "map", "gap"].includes(view.value?.screen ?? "");
}

function useQuestion(): string | undefined {
  const lake = valueOf(useAnswer<LakeJson>("/api/lake"));
  const now = view.value;
  if (!isTrafficOn.value || !now) return undefined;
  const { bounds, period, key } = drawing.value;
  const shown = scene.value;
  const hasClock = now.screen === "aircraft" || now.screen === "map";
  // An old screen's drawing is no area to ask about.
  if (key === "" && now.screen !== "country") return undefined;
  return trafficQuestion({
    view: now,
    bounds,
    period: hasClock ? (shown ?? undefined) : period,
    clockMs: hasClock ? clockMs.value : Number.NaN,
    lastDay: lake?.days.at(-1)?.day,
  })?.query;
}

function useLayer(query: string | undefined): void {
  const handle = mapHandle.value;
  const isOn = isTrafficOn.value;
  const omit = drawnOtherwise().join(",");
  const colours = theme.value;
  const rampName = ramp.value;
  const timeMs = clockMs.value;
  const hasClock = scene.value !== null;
  const held = useRef<TrafficOnMap | undefined>(undefined);
  const asked = useRef<(() => void) | undefined>(undefined);
  asked.current = () => held.current?.ask(query, omit.split(","));
  useEffect(() => {
    if (!handle || !isOn) return undefined;
    let isGone = false;
    import("../map/map-parts.js").then(
      ({ trafficOn }) => {
        if (isGone) return undefined;
        held.current = trafficOn(handle, { theme: theme.peek(), ramp: ramp.peek() });
        held.current.setClock(scene.peek() ? clockMs.peek() : Number.NaN);
        return asked.current?.();
      },
      (error: unknown) => {
        traffic.value = { state: "failed", detail: String(error) };
      },
    );
    pointAt.current = (place, isClick) => {
      const found = place && held.current?.find(place);
      // What was clicked stays while the pointer goes elsewhere.
      if (isClick || !pointedAircraft.peek()?.isPinned)
        pointedAircraft.value = found && { ...found, isPinned: isClick };
      return found !== undefined;
    };
    return () => {
      isGone = true;
      held.current?.stop();
      held.current = undefined;
      pointAt.current = undefined;
      pointedAircraft.value = undefined;
    };
  }, [handle, isOn]);
  useEffect(() => asked.current?.(), [query, omit]);
  useEffect(() => held.current?.setLook({ theme: colours, ramp: rampName }), [colours, rampName]);
  useEffect(() => held.current?.setClock(hasClock ? timeMs : Number.NaN), [timeMs, hasClock]);
}

/** Keeps the map's layer as the address, the screen and the clock want it. */
export function TrafficLayer() {
  useLayer(useQuestion());
  return null;
}

/** An address without a period is about the whole lake, of which only a day is drawn. */
function isLastDay(): boolean {
  const { from, to } = view.value?.params ?? {};
  return !isOfAircraft() && from === undefined && to === undefined;
}

/** @returns what is drawn of others, or why nothing is */
export function stateText(now: Traffic): string {
  if (mapFailure.value !== undefined)
    return "The layer cannot be shown here: the map cannot be drawn.";
  if (now.state === "none") return "Nothing to ask about yet.";
  if (now.state === "failed") return `Not shown: ${now.detail}.`;
  if (now.state === "asking")
    return now.positionCount > 0
      ? `Asking … ${grouped(now.positionCount)} positions so far`
      : "Asking …";
  const { head, end, aircraft, drawnCount } = now;
  const sent = `${grouped(drawnCount)} positions of ${grouped(aircraft.length)} aircraft, ${dayText(head.fromMs)} ${clockText(head.fromMs)} to ${dayText(head.toMs)} ${clockText(head.toMs)}${isLastDay() ? " (the last day of the lake)" : ""}`;
  const thinned =
    end.sentCount < end.heardCount
      ? `; thinned from ${grouped(end.heardCount)}, ends of lines kept`
      : "";
  const left =
    end.leftOutCount > 0
      ? `; ${grouped(end.leftOutCount)} aircraft left out, too many for one map`
      : "";
  return `${sent}${thinned}${left}.`;
}

/** chosen: a longer list is the API's to give */
const LISTED_MAX = 100;

function nameOf({ hex, registration, type }: MassAircraft): string {
  return [registration || hex, type].filter((each) => each !== "").join(" · ");
}

/** The aircraft drawn, with most positions first: what points on the map say stands here too. */
function AircraftList({ aircraft }: { readonly aircraft: readonly MassAircraft[] }) {
  if (aircraft.length === 0) return null;
  const most = [...aircraft].sort((a, b) => b.heardCount - a.heardCount).slice(0, LISTED_MAX);
  return (
    <details>
      <summary>
        {aircraft.length > most.length ? `The ${most.length} heard most` : "Which they are"}
      </summary>
      <ul class="others">
        {most.map((one) => (
          <li key={one.hex}>
            <a href={`/aircraft/${one.hex}`}>{nameOf(one)}</a> <code>{one.hex}</code>{" "}
            {grouped(one.heardCount)}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The switch, and what is drawn. */
export function TrafficSwitch() {
  const isOn = isTrafficOn.value;
  const now = traffic.value;
  const lake = valueOf(useAnswer<LakeJson>("/api/lake"));
  const isSimulated = now.state === "ready" && now.head.simulated;
  return (
    <div class="traffic">
      <label>
        <input type="checkbox" checked={isOn} onChange={() => switchLayer("traffic")} />{" "}
        {isOfAircraft() ? "Others heard" : "Aircraft heard"} {isOn && isSimulated && <Simulated />}
      </label>
      {isOn && (
        <p class="fine" role="status" data-traffic={now.state}>
          {stateText(now)}
          {now.state === "ready" && " Lines end in gaps, and at the edge of the area."}
          {scene.value && now.state === "ready" && " Trails: 30 min up to the clock."}
        </p>
      )}
      {isOn && now.state === "ready" && lake !== undefined && lake.withheld.length > 0 && (
        <p class="fine">
          <a href="/method">What is withheld</a>
        </p>
      )}
      {isOn && now.state === "ready" && <AircraftList aircraft={now.aircraft} />}
    </div>
  );
}

/** Room that a card is left at the map's edges; see `.traffic-card`. */
const CARD_WIDTH_PX = 250;
const CARD_HEIGHT_PX = 130;

/** Who is pointed at, beside the pointer. */
export function TrafficCard() {
  const pointed = pointedAircraft.value;
  if (!pointed) return null;
  const { aircraft, timeMs, altitudeFt, onGround, left, top, isPinned } = pointed;
  const { hex, registration, type, simulated } = aircraft;
  return (
    <div
      class={isPinned ? "traffic-card pinned" : "traffic-card"}
      role="status"
      style={{
        left: `min(${left + 12}px, calc(100% - ${CARD_WIDTH_PX}px))`,
        top: `min(${top + 12}px, calc(100% - ${CARD_HEIGHT_PX}px))`,
      }}
    >
      <p>
        <b>{registration || hex}</b> {type} {registration !== "" && <code>{hex}</code>}{" "}
        {simulated && <Simulated />}
      </p>
      <p>
        {dayText(timeMs)} {clockText(timeMs)} · {altitudeText(altitudeFt, onGround)}
      </p>
      {isPinned && (
        <p>
          <a href={`/aircraft/${hex}`}>Show this aircraft</a>{" "}
          <button
            type="button"
            onClick={() => {
              pointedAircraft.value = undefined;
            }}
          >
            Close
          </button>
        </p>
      )}
    </div>
  );
}
