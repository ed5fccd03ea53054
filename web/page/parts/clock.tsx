/** The clock: the moment that is shown, what is known of it, and a field for an exact time. */

import { useEffect, useRef, useState } from "preact/hooks";
import { utcMinutes } from "../../../src/units/time.js";
import { clockMs, isPlaying, setTime } from "../player.js";
import { isTypingTime } from "../playing.js";
import { type Moment, momentAt, type Scene, type Silence } from "../scene.js";
import { selectedPoint, togglePoint } from "../selection.js";
import { view } from "../state.js";
import { typedTimeMs } from "../typed-time.js";
import { altitudeText, capitalised, clockText, dayText, grouped, secondText } from "../words.js";

/** @returns what is known of a moment: a word that is set off, and the rest */
export function momentText(moment: Moment): { head: string; rest: string } {
  if (moment.kind === "heard") {
    const { altitudeFt, onGround, speedKt, source } = moment;
    const parts = [altitudeText(altitudeFt, onGround)];
    if (speedKt !== null) parts.push(`${grouped(speedKt)} kt`);
    if (source === 1) parts.push("position by multilateration");
    return { head: "Received.", rest: capitalised(parts.join(" · ")) };
  }
  if (moment.kind === "outside")
    return {
      head: "Position unknown.",
      rest: moment.before
        ? "Not heard before this in the period."
        : "Not heard again in the period.",
    };
  const same = moment.gap.parked ? " On the ground at the same place before and after." : "";
  return { head: "Position unknown.", rest: `${edgesText(moment.gap)}${same}` };
}

/** The clock says the day; where a silence reaches out of what is shown, it may have begun on another. */
function edgesText({ fromMs, toMs, isEnd }: Silence): string {
  const first = isEnd ? `${dayText(fromMs)} ` : "";
  const next = dayText(fromMs) === dayText(toMs) ? "" : ` ${dayText(toMs)}`;
  return `Last heard ${first}${clockText(fromMs)}, next${next} ${clockText(toMs)}.`;
}

function close(): void {
  isTypingTime.value = false;
}

function TimeForm({ shown }: { readonly shown: Scene }) {
  const [wrong, setWrong] = useState("");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const timeMs = typedTimeMs(input.current?.value ?? "", clockMs.value);
    if (timeMs === undefined) setWrong("No time: write 08:55:17 or 2019-01-23 08:55.");
    else if (timeMs < shown.fromMs || timeMs > shown.toMs)
      setWrong(`Shown is ${utcMinutes(shown.fromMs)} to ${utcMinutes(shown.toMs)}.`);
    else {
      setTime(timeMs);
      close();
    }
  };
  return (
    <form class="typed" aria-label="Exact time" onSubmit={submit}>
      <input
        ref={input}
        type="text"
        aria-label="Time, UTC"
        aria-invalid={wrong !== ""}
        aria-describedby="typed-wrong"
        autocomplete="off"
        spellcheck={false}
        defaultValue={secondText(clockMs.value).replace("T", " ").replace("Z", "")}
        onKeyDown={(event) => event.key === "Escape" && close()}
      />
      <button type="submit">Go</button>
      <small id="typed-wrong" role={wrong === "" ? undefined : "alert"}>
        {wrong === "" ? "UTC, Esc to leave" : wrong}
      </small>
    </form>
  );
}

function Now({ timeMs }: { readonly timeMs: number }) {
  // While time runs, seconds would only flicker.
  const clock = isPlaying.value ? clockText(timeMs) : secondText(timeMs).slice(11);
  return (
    <p class="now">
      <button
        type="button"
        class="clock-time"
        title="Type an exact time (T)"
        aria-label={`${clock}: type another time`}
        onClick={() => {
          isTypingTime.value = true;
        }}
      >
        {clock}
      </button>{" "}
      {dayText(timeMs)} UTC
    </p>
  );
}

/** The moment that is shown. */
export function Clock({ shown }: { readonly shown: Scene }) {
  const timeMs = clockMs.value;
  if (!Number.isFinite(timeMs)) return null;
  const moment = momentAt(shown, timeMs);
  const { head, rest } = momentText(moment);
  const params = view.value?.params ?? {};
  const isSelected = selectedPoint(params) !== undefined;
  return (
    <div class="clock">
      {isTypingTime.value ? <TimeForm shown={shown} /> : <Now timeMs={timeMs} />}
      <p class={head === "Received." ? "state" : "state unknown"} data-state>
        <b>{head}</b> {rest}{" "}
        {moment.kind === "heard" && (
          <button
            type="button"
            class="link"
            aria-expanded={isSelected}
            onClick={() => togglePoint(params)}
          >
            Values and row
          </button>
        )}
      </p>
    </div>
  );
}
