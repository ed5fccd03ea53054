import type { VNode } from "preact";
import { DAY_MS, HOUR_MS } from "../units/quantity.js";
import { formatDuration } from "../units/time.js";
import { Watermark } from "./map-parts.js";
import type { JourneyModel, ProfileModel, ProfileSample } from "./dossier-model.js";
import { textWidth } from "./map-labels.js";
import { feetText, grouped } from "./wording.js";

interface ProfileSize {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly fontSize: number;
  readonly ticksMax: number;
}

const SIZES: Readonly<Record<"wide" | "narrow", ProfileSize>> = {
  wide: { width: 1000, height: 250, left: 52, right: 14, fontSize: 12, ticksMax: 12 },
  narrow: { width: 358, height: 220, left: 40, right: 10, fontSize: 10.5, ticksMax: 4 },
};
const TOP = 26;
const BOTTOM = 40;
const TICK_STEPS_MS = [
  ...[0.25, 0.5, 1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 7, 14, 28].map((days) => days * DAY_MS),
];

interface Scale {
  readonly size: ProfileSize;
  readonly x: (timeMs: number) => number;
  readonly y: (altitudeFt: number) => number;
  readonly ceilingFt: number;
}

/** Altitude against time. Where nothing was received the chart is hatched and empty: nothing is drawn across. */
export function ProfileFigure(props: { model: JourneyModel; number: number }): VNode | null {
  const { model, number } = props;
  const { profile } = model;
  if (!(profile.toMs > profile.fromMs)) return null;
  return (
    <figure class="profile">
      {(["wide", "narrow"] as const).map((name) => (
        <ProfileSvg
          key={name}
          id={`profile-${number}-${name}`}
          className={name}
          model={model}
          size={SIZES[name]}
        />
      ))}
      <figcaption>
        <p class="note">
          Pressure altitude in feet as the aircraft sent it, against time (UTC). Hatched: no signal
          received, altitude unknown. Thick base line: the aircraft reported itself on the ground.
        </p>
      </figcaption>
    </figure>
  );
}

interface ProfileSvgProps {
  readonly id: string;
  readonly className: string;
  readonly model: JourneyModel;
  readonly size: ProfileSize;
}

function ProfileSvg({ id, className, model, size }: ProfileSvgProps): VNode {
  const { profile } = model;
  const scale = scaleOf(profile, size);
  const base = scale.y(0);
  return (
    <svg
      id={id}
      class={className}
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="img"
      aria-label={profileSummary(model)}
      style={`--text:${size.fontSize}px`}
      data-left={size.left}
      data-right={size.width - size.right}
    >
      <defs>
        <pattern
          id={`${id}-hatch`}
          width="8"
          height="8"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect class="hatch-ground" width="8" height="8" />
          <path class="hatch" d="M0 0V8" />
        </pattern>
        <Watermark id={`${id}-mark`} shown={model.journey.simulated} />
      </defs>
      <Grid scale={scale} />
      <Unseen model={model} scale={scale} hatch={`url(#${id}-hatch)`} />
      {profile.lines.map((line, index) => (
        <g key={index} class="altitude">
          <path
            class="fill"
            d={`${linePath(line, scale)}V${base}H${round(scale.x(line[0]![0]))}Z`}
          />
          <path class="line" d={linePath(line, scale)} />
        </g>
      ))}
      {profile.ground.map((span, index) => (
        <path
          key={index}
          class="on-ground"
          d={`M${round(scale.x(span.fromMs) - 1)} ${base}H${round(scale.x(span.toMs) + 1)}`}
        />
      ))}
      <TimeAxis profile={profile} scale={scale} />
      <StopNames model={model} scale={scale} />
      {model.journey.simulated ? (
        <rect class="watermark" width={size.width} height={size.height} fill={`url(#${id}-mark)`} />
      ) : null}
      <path class="cursor" d={`M0 ${TOP}V${base}`} visibility="hidden" />
    </svg>
  );
}

function scaleOf(profile: ProfileModel, size: ProfileSize): Scale {
  const ceilingFt = Math.max(5000, Math.ceil((profile.maxAltitudeFt + 1500) / 5000) * 5000);
  const spanMs = profile.toMs - profile.fromMs;
  const base = size.height - BOTTOM;
  return {
    size,
    ceilingFt,
    x: (timeMs) =>
      size.left + ((timeMs - profile.fromMs) / spanMs) * (size.width - size.left - size.right),
    y: (altitudeFt) => round(base - (Math.max(0, altitudeFt) / ceilingFt) * (base - TOP)),
  };
}

function Grid({ scale }: { scale: Scale }): VNode {
  const stepFt = scale.ceilingFt > 20_000 ? 10_000 : scale.ceilingFt > 8000 ? 5000 : 1000;
  const levels: number[] = [];
  for (let levelFt = 0; levelFt <= scale.ceilingFt; levelFt += stepFt) levels.push(levelFt);
  const { left, width, right } = scale.size;
  return (
    <g class="grid">
      {levels.map((levelFt) => (
        <g key={levelFt}>
          <path d={`M${left} ${scale.y(levelFt)}H${width - right}`} />
          <text x={left - 6} y={scale.y(levelFt) + 4} text-anchor="end">
            {levelFt === 0 ? "0 ft" : grouped(levelFt)}
          </text>
        </g>
      ))}
    </g>
  );
}

/** Every stretch without contact, gaps between contacts and silence at either end alike. */
function Unseen(props: { model: JourneyModel; scale: Scale; hatch: string }): VNode {
  const { model, scale, hatch } = props;
  const base = scale.y(0);
  return (
    <g class="unseen">
      {unseenSpans(model).map(({ fromMs, toMs }) => {
        const x = scale.x(fromMs);
        const width = scale.x(toMs) - x;
        const { fontSize } = scale.size;
        const long = `no coverage ${formatDuration(toMs - fromMs)}`;
        const short = formatDuration(toMs - fromMs);
        const text = [long, short].find((one) => textWidth(one, fontSize) + 10 < width);
        const middle = round(x + width / 2);
        return (
          <g key={fromMs}>
            <rect
              x={round(x)}
              y={TOP}
              width={Math.max(0.5, round(width))}
              height={round(base - TOP)}
              fill={hatch}
            />
            {text ? (
              <text x={middle} y={round((TOP + base) / 2 + 4)} text-anchor="middle">
                {text}
              </text>
            ) : null}
          </g>
        );
      })}
    </g>
  );
}

function unseenSpans(model: JourneyModel): { fromMs: number; toMs: number }[] {
  const spans: { fromMs: number; toMs: number }[] = [];
  let seenToMs = model.profile.fromMs;
  for (const contact of model.contacts) {
    if (contact.fromMs > seenToMs) spans.push({ fromMs: seenToMs, toMs: contact.fromMs });
    seenToMs = Math.max(seenToMs, contact.toMs);
  }
  if (seenToMs < model.profile.toMs) spans.push({ fromMs: seenToMs, toMs: model.profile.toMs });
  return spans;
}

function TimeAxis({ profile, scale }: { profile: ProfileModel; scale: Scale }): VNode {
  const { size } = scale;
  const spanMs = profile.toMs - profile.fromMs;
  const stepMs =
    TICK_STEPS_MS.find((one) => spanMs / one <= size.ticksMax) ?? TICK_STEPS_MS.at(-1)!;
  const ticks: number[] = [];
  const first = Math.ceil(profile.fromMs / stepMs) * stepMs;
  for (let timeMs = first; timeMs <= profile.toMs; timeMs += stepMs) ticks.push(timeMs);
  const base = scale.y(0);
  return (
    <g class="axis">
      <path d={`M${size.left} ${base}H${size.width - size.right}`} />
      {ticks.map((timeMs, index) => {
        const dated = index === 0 || timeMs % DAY_MS === 0;
        // Text centred on a tick near either edge would be cut off there.
        const half = textWidth("00 Mmm", size.fontSize) / 2;
        const x = round(Math.min(Math.max(scale.x(timeMs), half), size.width - half));
        return (
          <g key={timeMs}>
            <path d={`M${round(scale.x(timeMs))} ${base}v5`} />
            <text x={x} y={base + 17} text-anchor="middle">
              {stepMs < DAY_MS ? new Date(timeMs).toISOString().slice(11, 16) : dayText(timeMs)}
            </text>
            {dated && stepMs < DAY_MS ? (
              <text class="day" x={x} y={base + 32} text-anchor="middle">
                {dayText(timeMs)}
              </text>
            ) : null}
          </g>
        );
      })}
    </g>
  );
}

/** "23 Jan", in English whatever the machine's language. */
function dayText(timeMs: number): string {
  const date = new Date(timeMs);
  const month = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ")[date.getUTCMonth()];
  return `${date.getUTCDate()} ${month}`;
}

function StopNames({ model, scale }: { model: JourneyModel; scale: Scale }): VNode {
  const { size } = scale;
  let takenTo = 0;
  return (
    <g class="stop-names">
      {model.journey.stops.map((stop) => {
        const times = [stop.arrival, stop.departure].flatMap((time) =>
          time ? [Date.parse(time)] : [],
        );
        if (times.length === 0) return null;
        const middle = scale.x((times[0]! + times[times.length - 1]!) / 2);
        const long = `${stop.number} ${stop.airport ?? "?"}`;
        for (const text of [long, String(stop.number)]) {
          const half = textWidth(text, size.fontSize) / 2;
          const x = Math.min(Math.max(middle, half + 2), size.width - half - 2);
          if (x - half < takenTo) continue;
          takenTo = x + half + 6;
          return (
            <text
              key={stop.number}
              class={stop.evidence}
              x={round(x)}
              y={TOP - 9}
              text-anchor="middle"
            >
              {text}
            </text>
          );
        }
        return null;
      })}
    </g>
  );
}

function linePath(line: readonly ProfileSample[], scale: Scale): string {
  return `M${line.map(([timeMs, ft]) => `${round(scale.x(timeMs))},${scale.y(ft)}`).join("L")}`;
}

function profileSummary(model: JourneyModel): string {
  const spans = unseenSpans(model).length;
  return `Altitude profile, highest ${feetText(model.profile.maxAltitudeFt)}; ${spans} ${spans === 1 ? "stretch" : "stretches"} without signal, left empty.`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
