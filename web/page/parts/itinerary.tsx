/** Stops and gaps in order of time: everything that the map shows, as a list. */

import { useState } from "preact/hooks";
import type { MovementJson, StopJson } from "../../../src/api/shapes.js";
import { useReach } from "../map/moving.js";
import { clockMs, setTime } from "../player.js";
import { itineraryOf, type Scene, type Silence } from "../scene.js";
import { adjust } from "../state.js";
import {
  capitalised,
  distanceText,
  durationText,
  evidenceShape,
  shareText,
  stopPlaceText,
  utcText,
} from "../words.js";
import { Badge, Shape } from "./badge.js";
import { Time } from "./time.js";

function classesOf({ landing, takeoff }: StopJson): string {
  return [landing?.class, takeoff?.class].filter((each) => each !== undefined).join("/");
}

/** chosen: a minute is what a time is written to, and ten are what an "about" may hide */
const ABOUT_MS = 60_000;
const WINDOW_MS = 600_000;

function widthMs(movement: MovementJson | null): number {
  return movement === null ? 0 : Date.parse(movement.timeTo) - Date.parse(movement.timeFrom);
}

/** The time of a landing or take-off, or where it is known no better, the two times it lies between. */
function When({
  term,
  iso,
  local,
  movement,
}: {
  readonly term: string;
  readonly iso: string | null;
  readonly local: string | null;
  readonly movement: MovementJson | null;
}) {
  if (iso === null && movement === null) return null;
  const isWindow = movement !== null && (iso === null || widthMs(movement) > WINDOW_MS);
  return (
    <>
      <dt>{term}</dt>
      <dd>
        {isWindow ? (
          <span class="time">
            <span>
              between <time dateTime={movement.timeFrom}>{utcText(movement.timeFrom)}</time> and{" "}
              <time dateTime={movement.timeTo}>{utcText(movement.timeTo)}</time>
            </span>
          </span>
        ) : (
          <Time iso={iso} local={local} isAbout={widthMs(movement) > ABOUT_MS} />
        )}
      </dd>
    </>
  );
}

function StopTimes({ stop }: { readonly stop: StopJson }) {
  const { arrival, departure, arrivalLocal, departureLocal, landing, takeoff } = stop;
  return (
    <dl>
      <When term="Arr" iso={arrival} local={arrivalLocal} movement={landing} />
      <When term="Dep" iso={departure} local={departureLocal} movement={takeoff} />
    </dl>
  );
}

/** Why the program says so, rows included. */
function Basis({ stop }: { readonly stop: StopJson }) {
  const movements = [stop.landing, stop.takeoff].filter((each) => each !== null);
  if (movements.length === 0) return null;
  return (
    <details class="basis">
      <summary>What this rests on</summary>
      {movements.map((one) => (
        <p key={one.kind}>
          <b>{one.kind === "landing" ? "Landing" : "Take-off"}</b>
          {one.runway === null ? "" : `, runway ${one.runway}`}: {one.basis}.{" "}
          {one.exhibits.map(({ file, rowFrom, rowTo }, at) => (
            <span key={`${file} ${rowFrom}`}>
              {at === 0 ? "" : "; "}
              <code>
                {file.split("/").pop()}, rows {rowFrom}–{rowTo}
              </code>
            </span>
          ))}
        </p>
      ))}
    </details>
  );
}

/** For a stop nobody saw: one number for each thing that may have been. */
function Outcomes({ stop }: { readonly stop: StopJson }) {
  const { outcomes, evidence } = stop;
  if (!outcomes || evidence === "seen") return null;
  const shares: [string, number][] = [
    ...outcomes.airports
      .slice(0, 5)
      .map(({ airport, probability }): [string, number] => [airport, probability]),
    ["elsewhere", outcomes.offAirport],
    ["place cannot be told", outcomes.cannotTell],
    ["no stop", outcomes.noStop],
  ];
  return (
    <p class="outcomes">
      Probability, not calibrated:{" "}
      {shares
        .filter(([, share]) => share >= 0.001)
        .map(([name, share]) => `${name} ${shareText(share)}`)
        .join(" · ")}
    </p>
  );
}

function StopItem({ stop, isNow }: { readonly stop: StopJson; readonly isNow: boolean }) {
  const shape = evidenceShape(stop);
  const timeMs = Date.parse(stop.arrival ?? stop.departure ?? "");
  return (
    <li class={isNow ? "stop now" : "stop"} data-shape={shape}>
      <span class="pin">
        <Shape shape={shape} size={20} />
      </span>
      <div class="line">
        <h3>
          {stop.airport === null ? (
            <span>
              {stop.openEnd
                ? stop.openEnd === "before"
                  ? "First heard in the air"
                  : "Last heard in the air"
                : capitalised(stopPlaceText(stop))}
            </span>
          ) : (
            <a href={`/airport/${stop.airport}`}>
              <b>{stop.airport}</b> {stop.airportName}
            </a>
          )}
        </h3>
        {!stop.openEnd && <Badge shape={shape} detail={classesOf(stop)} />}
      </div>
      <StopTimes stop={stop} />
      <Outcomes stop={stop} />
      {stop.openEnd && stop.candidates.length > 0 && (
        <p class="outcomes">
          Fields ahead:{" "}
          {stop.candidates
            .slice(0, 5)
            .map(({ airport }) => airport)
            .join(", ")}
        </p>
      )}
      <div class="acts">
        {Number.isFinite(timeMs) && (
          <button type="button" class="link" onClick={() => setTime(timeMs)}>
            Show this moment
          </button>
        )}
        <Basis stop={stop} />
      </div>
    </li>
  );
}

function GapItem({
  gap,
  middleMs,
  isSelected,
  isNow,
}: {
  readonly gap: Silence;
  /** Of the part that is shown. */
  readonly middleMs: number;
  readonly isSelected: boolean;
  readonly isNow: boolean;
}) {
  const anywhere = useReach(isSelected ? gap.id : undefined)?.anywhere ?? false;
  return (
    <li class={isNow ? "gap now" : "gap"} data-gap={gap.id}>
      <button
        type="button"
        class="gap-box"
        aria-pressed={isSelected}
        onClick={() => {
          adjust({ sel: isSelected ? undefined : `gap:${gap.id}`, v: undefined });
          setTime(middleMs);
        }}
      >
        <b>Not heard for {durationText(gap.durationS)}</b>
        {gap.distanceKm === null ? (
          <span>
            from {utcText(new Date(gap.fromMs).toISOString())} to{" "}
            {utcText(new Date(gap.toMs).toISOString())}
          </span>
        ) : (
          <span>{distanceText(gap.distanceKm)} between the two positions</span>
        )}
        <span class="hint">
          {anywhere
            ? "Anywhere was in reach: nothing to draw"
            : isSelected
              ? "Hide what was in reach"
              : "Show what was in reach"}
        </span>
      </button>
      <a class="gap-link" href={`/gap/${gap.id}`}>
        About this gap
      </a>
    </li>
  );
}

/** chosen: some screens of text; more make scrubbing slow */
const ITEMS_MAX = 40;

/** The itinerary. */
export function Itinerary({
  scene,
  selected,
}: {
  readonly scene: Scene;
  readonly selected: string | undefined;
}) {
  const all = itineraryOf(scene);
  const [isWhole, setWhole] = useState(false);
  const items = isWhole ? all : all.slice(0, ITEMS_MAX);
  const timeMs = clockMs.value;
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="itinerary">
      <h2 id="itinerary">Itinerary</h2>
      <ol class="itinerary">
        {items.map((item) =>
          item.kind === "gap" ? (
            <GapItem
              key={item.gap.id}
              gap={item.gap}
              middleMs={
                (Math.max(item.gap.fromMs, scene.fromMs) + Math.min(item.gap.toMs, scene.toMs)) / 2
              }
              isSelected={item.gap.id === selected}
              isNow={timeMs > item.gap.fromMs && timeMs < item.gap.toMs}
            />
          ) : (
            <StopItem
              key={`${item.atMs} ${item.stop.number} ${item.stop.openEnd ?? ""}`}
              stop={item.stop}
              isNow={
                timeMs >= Date.parse(item.stop.arrival ?? "") &&
                timeMs <= Date.parse(item.stop.departure ?? "")
              }
            />
          ),
        )}
      </ol>
      {items.length < all.length && (
        <button type="button" onClick={() => setWhole(true)}>
          Show all {all.length} stops and gaps
        </button>
      )}
    </section>
  );
}
