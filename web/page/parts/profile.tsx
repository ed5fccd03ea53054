/** Altitude against time. Where nobody heard the aircraft there is hatching and never a line. */

import { formatDuration, utcMinutes } from "../../../src/units/time.js";
import { profilePaths, profileTicks, timeTicks } from "../profile-paths.js";
import { type RampName, rampColours } from "../ramp.js";
import { groundTime, type Scene, unheardEnds } from "../scene.js";
import { clockText } from "../words.js";

/** Room for the axis on the left and for half a thumb on the right; the scrubber below has the same. */
export const PROFILE_LEFT = 46;
export const PROFILE_RIGHT = 10;
/** Names of stops, and below them the head of the cursor. */
const TOP = 22;
const BOTTOM = 18;

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly x: (timeMs: number) => number;
  readonly y: (altitudeFt: number) => number;
}

function frameOf(scene: Scene, size: { width: number; height: number }, maxFt: number): Frame {
  const spanMs = Math.max(1, scene.toMs - scene.fromMs);
  const plot = Math.max(10, size.width - PROFILE_LEFT - PROFILE_RIGHT);
  const high = size.height - TOP - BOTTOM;
  return {
    ...size,
    x: (timeMs) => PROFILE_LEFT + Math.min(1, Math.max(0, (timeMs - scene.fromMs) / spanMs)) * plot,
    y: (altitudeFt) => TOP + high * (1 - altitudeFt / maxFt),
  };
}

function Bands({ scene, frame }: { readonly scene: Scene; readonly frame: Frame }) {
  const base = frame.height - BOTTOM;
  const band = (fromMs: number, toMs: number) => {
    const x = frame.x(fromMs);
    return { x, y: TOP, width: Math.max(1, frame.x(toMs) - x), height: base - TOP };
  };
  return (
    <g>
      {scene.stops.map((stop, at) => {
        const time = groundTime(stop, scene);
        if (!time) return null;
        return (
          <rect key={`${stop.number} ${at}`} class="ground" {...band(time.fromMs, time.toMs)} />
        );
      })}
      {scene.gaps.map((gap) => (
        <rect key={gap.id} class="silence" data-gap={gap.id} {...band(gap.fromMs, gap.toMs)} />
      ))}
      {unheardEnds(scene).map(({ fromMs, toMs }) => (
        <rect key={`end ${fromMs}`} class="silence" {...band(fromMs, toMs)} />
      ))}
    </g>
  );
}

function Axes({
  scene,
  frame,
  maxFt,
}: {
  readonly scene: Scene;
  readonly frame: Frame;
  readonly maxFt: number;
}) {
  const base = frame.height - BOTTOM;
  return (
    <g>
      {profileTicks(maxFt).map((altitudeFt) => (
        <g key={altitudeFt}>
          <path
            class="rule"
            d={`M${PROFILE_LEFT} ${frame.y(altitudeFt)}H${frame.width - PROFILE_RIGHT}`}
          />
          <text x={PROFILE_LEFT - 6} y={frame.y(altitudeFt) + 3.5} text-anchor="end">
            {altitudeFt === 0 ? "0 ft" : `${altitudeFt / 1000}k`}
          </text>
        </g>
      ))}
      {timeTicks(scene.fromMs, scene.toMs, (frame.width - PROFILE_LEFT) / 74).map(
        ({ timeMs, label }) => {
          const x = frame.x(timeMs);
          const [isFirst, isLast] = [x < PROFILE_LEFT + 16, x > frame.width - 18];
          return (
            <text
              key={timeMs}
              x={x}
              y={base + 13}
              text-anchor={isFirst ? "start" : isLast ? "end" : "middle"}
            >
              {label}
            </text>
          );
        },
      )}
    </g>
  );
}

/** Idents above the stops, each where the one before leaves room. */
function StopNames({ scene, frame }: { readonly scene: Scene; readonly frame: Frame }) {
  let rightmost = Number.NEGATIVE_INFINITY;
  const names = scene.stops.flatMap((stop) => {
    const time = groundTime(stop, scene);
    if (!time || stop.airport === null) return [];
    const middle = (frame.x(time.fromMs) + frame.x(time.toMs)) / 2;
    const x = Math.min(frame.width - PROFILE_RIGHT - 16, Math.max(PROFILE_LEFT + 14, middle));
    if (x - rightmost < 40) return [];
    rightmost = x;
    return [{ x, text: stop.airport, key: `${stop.number} ${x}` }];
  });
  return (
    <g class="names">
      {names.map(({ x, text, key }) => (
        <text key={key} x={x} y={10} text-anchor="middle">
          {text}
        </text>
      ))}
    </g>
  );
}

function summaryOf(scene: Scene): string {
  const highest = scene.track.altitudeFt.reduce<number>(
    (most, each) => Math.max(most, each ?? 0),
    0,
  );
  const gaps = [...scene.gaps, ...unheardEnds(scene)]
    .sort((a, b) => a.fromMs - b.fromMs)
    .map(
      ({ fromMs, toMs }) =>
        `${clockText(fromMs)} to ${clockText(toMs)} (${formatDuration(toMs - fromMs)})`,
    );
  return `Pressure altitude from ${utcMinutes(scene.fromMs)} to ${utcMinutes(scene.toMs)}, up to ${highest} ft. Not heard: ${gaps.length === 0 ? "never" : gaps.join(", ")}.`;
}

/** The chart without the cursor, which moves on its own. */
export function Profile({
  scene,
  width,
  height,
  theme,
  ramp,
}: {
  readonly scene: Scene;
  readonly width: number;
  readonly height: number;
  readonly theme: "dark" | "light";
  readonly ramp: RampName;
}) {
  const highest = scene.track.altitudeFt.reduce<number>(
    (most, each) => Math.max(most, each ?? 0),
    0,
  );
  const maxFt = Math.max(10_000, Math.ceil((highest + 500) / 10_000) * 10_000);
  const frame = frameOf(scene, { width, height }, maxFt);
  const { lines, areas } = profilePaths(scene, frame, height - BOTTOM);
  return (
    <svg
      class="profile"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={summaryOf(scene)}
    >
      <defs>
        <linearGradient
          id="ramp"
          gradientUnits="userSpaceOnUse"
          x1="0"
          x2="0"
          y1={frame.y(0)}
          y2={frame.y(45_000)}
        >
          {rampColours(theme, ramp).map(([altitudeFt, colour]) => (
            <stop key={altitudeFt} offset={altitudeFt / 45_000} stop-color={colour} />
          ))}
        </linearGradient>
        <pattern
          id="hatching"
          width="7"
          height="7"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <path d="M0 0V7" class="hatch-line" />
        </pattern>
      </defs>
      <Bands scene={scene} frame={frame} />
      <Axes scene={scene} frame={frame} maxFt={maxFt} />
      <path class="area" d={areas} fill="url(#ramp)" />
      <path class="line" d={lines} stroke="url(#ramp)" />
      <StopNames scene={scene} frame={frame} />
    </svg>
  );
}
