import type { VNode } from "preact";
import { DAY_MS, HOUR_MS } from "../units/quantity.js";
import { formatDuration } from "../units/time.js";
import type { JourneyModel, ProfileModel, ProfileSample } from "./dossier-model.js";
import type { StopJson } from "./journey-shape.js";
import { textWidth } from "./map-labels.js";
import { Watermark } from "./map-parts.js";
import { feetText, grouped } from "./wording.js";

interface ProfileSize {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly fontSize: number;
  readonly ticksMax: number;
  /** Width kept at an end for a silence that reaches beyond the journey. */
  readonly stub: number;
}

const SIZES: Readonly<Record<"wide" | "narrow", ProfileSize>> = {
  wide: { width: 1000, height: 250, left: 52, right: 14, fontSize: 12, ticksMax: 12, stub: 92 },
  narrow: { width: 358, height: 220, left: 52, right: 10, fontSize: 10.5, ticksMax: 3, stub: 58 },
};
const TOP = 26;
/** chosen: bold letters of the fallback face are about so much wider than its regular ones. */
const BOLD = 1.2;
const BOTTOM = 40;
const TICK_STEPS_MS = [
  ...[0.25, 0.5, 1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 7, 14, 28].map((days) => days * DAY_MS),
];

interface Scale {
  readonly size: ProfileSize;
  /** Where the journey's own time begins and ends, between the stubs. */
  readonly plotLeft: number;
  readonly plotRight: number;
  readonly x: (timeMs: number) => number;
  readonly y: (altitudeFt: number) => number;
  readonly ceilingFt: number;
}

/** Altitude against time. Where nothing was received the chart is hatched and empty: nothing is drawn across. */
export function ProfileFigure(props: {
  readonly model: JourneyModel;
  readonly number: number;
  /** False where an earlier figure of the dossier already explains itself. */
  readonly explained: boolean;
}): VNode | null {
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
      {props.explained ? (
        <figcaption>
          <p class="note">
            Pressure altitude in feet as the aircraft sent it, against time (UTC). Hatched: not
            heard, altitude unknown; at either end not to scale. Thick base line: the aircraft
            reported itself on the ground.
          </p>
        </figcaption>
      ) : null}
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
  const scale = scaleOf(model, size);
  const base = scale.y(0);
  return (
    <svg
      id={id}
      class={className}
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="img"
      aria-label={profileSummary(model)}
      style={`--text:${size.fontSize}px`}
      data-left={scale.plotLeft}
      data-right={scale.plotRight}
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
      <Stubs model={model} scale={scale} hatch={`url(#${id}-hatch)`} />
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

function scaleOf({ profile, silenceBefore, silenceAfter }: JourneyModel, size: ProfileSize): Scale {
  const ceilingFt = Math.max(5000, Math.ceil((profile.maxAltitudeFt + 1500) / 5000) * 5000);
  const spanMs = profile.toMs - profile.fromMs;
  const base = size.height - BOTTOM;
  const plotLeft = size.left + (silenceBefore ? size.stub : 0);
  const plotRight = size.width - size.right - (silenceAfter ? size.stub : 0);
  return {
    size,
    plotLeft,
    plotRight,
    ceilingFt,
    x: (timeMs) => plotLeft + ((timeMs - profile.fromMs) / spanMs) * (plotRight - plotLeft),
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
        const long = `not heard for ${formatDuration(toMs - fromMs)}`;
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

/** Silence that reaches beyond the journey, not to scale: its length stands in words. */
function Stubs(props: { model: JourneyModel; scale: Scale; hatch: string }): VNode {
  const { model, scale, hatch } = props;
  const { size, plotLeft, plotRight } = scale;
  const sides = [
    { gap: model.silenceBefore, x: size.left },
    { gap: model.silenceAfter, x: plotRight },
  ];
  const base = scale.y(0);
  return (
    <g class="unseen">
      {sides.map(({ gap, x }) => {
        if (!gap) return null;
        const middle = round(x + size.stub / 2);
        const edge = gap === model.silenceBefore ? plotLeft : plotRight;
        const y = round((TOP + base) / 2);
        return (
          <g key={x}>
            <rect x={round(x)} y={TOP} width={size.stub} height={round(base - TOP)} fill={hatch} />
            <path class="stub-edge" d={`M${round(edge)} ${TOP}V${base}`} />
            <text x={middle} y={y - 4} text-anchor="middle">
              {size.stub > 80 ? "not heard for" : "not heard"}
            </text>
            <text x={middle} y={y + 12} text-anchor="middle">
              {formatDuration(gap.durationS * 1000)}
            </text>
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
        const middle = stopMiddle(stop, model, scale);
        const mark = stop.openEnd ? "?" : String(stop.number);
        const name = stop.openEnd ? `${stop.openEnd === "before" ? "first" : "last"} heard` : "";
        for (const text of [`${mark} ${name || (stop.airport ?? "not named")}`, mark]) {
          const width = textWidth(text, size.fontSize * BOLD);
          // Near an edge the text hangs from that edge: centred, it would be cut off.
          const right = middle + width / 2 > size.width - 4;
          const left = middle - width / 2 < 4;
          const from = right ? size.width - 4 - width : left ? 4 : middle - width / 2;
          if (from < takenTo) continue;
          takenTo = from + width + 6;
          return (
            <text
              key={stop.number}
              class={stop.openEnd ? "open" : stop.evidence}
              x={round(right ? size.width - 4 : left ? 4 : middle)}
              y={TOP - 9}
              text-anchor={right ? "end" : left ? "start" : "middle"}
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

/** The middle of a stay within the journey; a stop without a time stands over the silence it lies in. */
function stopMiddle(stop: StopJson, model: JourneyModel, scale: Scale): number {
  const { fromMs, toMs } = model.profile;
  const times = [stop.arrival, stop.departure]
    .flatMap((time) => (time ? [Date.parse(time)] : []))
    .map((timeMs) => Math.min(Math.max(timeMs, fromMs), toMs));
  const isFirst = model.journey.stops[0] === stop;
  if (isFirst && times.length > 0) return scale.x(times[times.length - 1]!);
  if (times.length > 0) return scale.x((times[0]! + times[times.length - 1]!) / 2);
  const shown = stop.landing ?? stop.takeoff;
  if (stop.openEnd || !shown) return isFirst ? scale.plotLeft : scale.plotRight;
  const [gapFromMs, gapToMs] = [Date.parse(shown.timeFrom), Date.parse(shown.timeTo)];
  if (gapToMs <= fromMs) return (scale.size.left + scale.plotLeft) / 2;
  if (gapFromMs >= toMs) return (scale.plotRight + scale.size.width - scale.size.right) / 2;
  return scale.x((Math.max(gapFromMs, fromMs) + Math.min(gapToMs, toMs)) / 2);
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
