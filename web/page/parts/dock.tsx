/** The dock below the map: clock, what is known of that moment, controls, profile and scrubber. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { MINUTE_MS } from "../../../src/units/quantity.js";
import { utcMinutes } from "../../../src/units/time.js";
import {
  clockMs,
  isFollowing,
  isPlaying,
  nextSpeed,
  scene,
  setTime,
  speed,
  stepEvent,
  togglePlay,
} from "../player.js";
import { type Moment, momentAt, type Scene, type Silence } from "../scene.js";
import { theme } from "../state.js";
import { altitudeText, clockText, dayText, grouped } from "../words.js";
import { PROFILE_LEFT, PROFILE_RIGHT, Profile } from "./profile.js";

/** @returns what is known of a moment: a word that is set off, and the rest */
export function momentText(moment: Moment): { head: string; rest: string } {
  if (moment.kind === "heard") {
    const { altitudeFt, onGround, speedKt, source } = moment;
    const parts = [altitudeText(altitudeFt, onGround)];
    if (speedKt !== null) parts.push(`${grouped(speedKt)} kt`);
    if (source === 1) parts.push("position by multilateration");
    return { head: "Received.", rest: parts.join(" · ") };
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

function Clock({ shown }: { readonly shown: Scene }) {
  const timeMs = clockMs.value;
  if (!Number.isFinite(timeMs)) return null;
  const { head, rest } = momentText(momentAt(shown, timeMs));
  return (
    <div class="clock">
      <p class="now">
        <b>{clockText(timeMs)}</b> {dayText(timeMs)} UTC
      </p>
      <p class={head === "Received." ? "state" : "state unknown"} data-state>
        <b>{head}</b> {rest}
      </p>
    </div>
  );
}

function Controls() {
  return (
    <div class="controls" role="group" aria-label="Playback">
      <button type="button" class="play" aria-pressed={isPlaying.value} onClick={togglePlay}>
        <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
          <path
            d={isPlaying.value ? "M3 2h3.6v12H3zM9.4 2H13v12H9.4z" : "M3.5 1.8v12.4L14 8z"}
            fill="currentColor"
          />
        </svg>
        {isPlaying.value ? "Pause" : "Play"}
      </button>
      <button type="button" aria-label="Previous event" onClick={() => stepEvent(-1)}>
        ‹ Event
      </button>
      <button type="button" aria-label="Next event" onClick={() => stepEvent(1)}>
        Event ›
      </button>
      <button
        type="button"
        aria-label={`Speed: ${speed.value} times as fast as life`}
        onClick={nextSpeed}
      >
        ×{speed.value}
      </button>
      <button
        type="button"
        class="follow"
        aria-pressed={isFollowing.value}
        onClick={() => {
          isFollowing.value = !isFollowing.value;
        }}
      >
        Follow
      </button>
    </div>
  );
}

function Scrubber({ shown }: { readonly shown: Scene }) {
  const timeMs = Number.isFinite(clockMs.value) ? clockMs.value : shown.fromMs;
  const { head, rest } = momentText(momentAt(shown, timeMs));
  return (
    <input
      type="range"
      aria-label="Time"
      aria-valuetext={`${utcMinutes(timeMs)}. ${head} ${rest}`}
      min={shown.fromMs}
      max={shown.toMs}
      step={MINUTE_MS}
      value={timeMs}
      onInput={(event) => setTime(Number(event.currentTarget.value))}
    />
  );
}

function Cursor({ shown, width }: { readonly shown: Scene; readonly width: number }) {
  const share = (clockMs.value - shown.fromMs) / Math.max(1, shown.toMs - shown.fromMs);
  if (!(share >= 0 && share <= 1)) return null;
  const left = PROFILE_LEFT + share * (width - PROFILE_LEFT - PROFILE_RIGHT);
  return <span class="cursor" style={{ transform: `translateX(${left}px)` }} />;
}

function Chart({ shown }: { readonly shown: Scene }) {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const watch = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  const onPointer = (event: PointerEvent) => {
    if (event.buttons !== 1 || !box.current) return;
    const { left, width } = box.current.getBoundingClientRect();
    const share = (event.clientX - left - PROFILE_LEFT) / (width - PROFILE_LEFT - PROFILE_RIGHT);
    setTime(shown.fromMs + share * (shown.toMs - shown.fromMs));
  };
  return (
    <div class="chart" ref={box} onPointerDown={onPointer} onPointerMove={onPointer}>
      {size.width > 60 && size.height > 50 && (
        <Profile scene={shown} {...size} theme={theme.value} />
      )}
      {size.width > 60 && <Cursor shown={shown} width={size.width} />}
    </div>
  );
}

/** Everything about time. */
export function Dock() {
  const shown = scene.value;
  if (!shown || shown.track.time.length === 0) return null;
  return (
    <section class="dock" aria-label="Time and altitude">
      <div class="when">
        <Clock shown={shown} />
        <Controls />
      </div>
      <div class="timeline">
        <Chart shown={shown} />
        <Scrubber shown={shown} />
      </div>
    </section>
  );
}
