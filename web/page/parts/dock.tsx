/** The dock below the map: clock, what is known of that moment, controls, profile and scrubber. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { MINUTE_MS, SECOND_MS } from "../../../src/units/quantity.js";
import { utcMinutes } from "../../../src/units/time.js";
import { clockMs, isPlaying, scene, setTime } from "../player.js";
import {
  isFollowing,
  nextSpeed,
  speed,
  stepEvent,
  switchFollowing,
  togglePlay,
} from "../playing.js";
import { momentAt, type Scene } from "../scene.js";
import { selectPoint } from "../selection.js";
import { ramp, theme } from "../state.js";
import { Clock, momentText } from "./clock.js";
import { PROFILE_LEFT, PROFILE_RIGHT, Profile } from "./profile.js";

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
        onClick={switchFollowing}
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

/** chosen: a hand is not steadier */
const CLICK_PX = 3;

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
  const timeAt = ({ clientX }: MouseEvent): number => {
    const { left = 0, width = 1 } = box.current?.getBoundingClientRect() ?? {};
    const share = (clientX - left - PROFILE_LEFT) / (width - PROFILE_LEFT - PROFILE_RIGHT);
    const timeMs = shown.fromMs + share * (shown.toMs - shown.fromMs);
    return Math.round(timeMs / SECOND_MS) * SECOND_MS;
  };
  const pressedAt = useRef(0);
  const onPointer = (event: PointerEvent) => {
    if (event.type === "pointerdown") pressedAt.current = event.clientX;
    if (event.buttons === 1) setTime(timeAt(event));
  };
  // A click asks for the position there; dragging is for the clock, and in a gap there is none.
  const onClick = (event: MouseEvent) => {
    const timeMs = timeAt(event);
    if (Math.abs(event.clientX - pressedAt.current) > CLICK_PX) return;
    if (momentAt(shown, timeMs).kind === "heard") selectPoint(timeMs);
  };
  return (
    <div
      class="chart"
      ref={box}
      onPointerDown={onPointer}
      onPointerMove={onPointer}
      onClick={onClick}
    >
      {size.width > 60 && size.height > 50 && (
        <Profile scene={shown} {...size} theme={theme.value} ramp={ramp.value} />
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
