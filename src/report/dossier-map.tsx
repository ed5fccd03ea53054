import type { ComponentChildren, VNode } from "preact";
import type { JourneyModel } from "./dossier-model.js";
import { type BasePaths, basePaths, type World } from "./map-base.js";
import {
  type ContactLine,
  type GapLine,
  type MapScene,
  mapScene,
  mapSummary,
  RING_RADIUS,
  type StopMark,
  type TextMark,
  type Xy,
} from "./map-scene.js";
import { journeyPlaces, type MapSize, mapView } from "./map-view.js";
import { SHORTEST_PATH_NOTE } from "./wording.js";

/** Two drawings of each figure: text keeps its size on paper, on a desk and on a telephone. */
const SIZES: Readonly<Record<"wide" | "narrow", MapSize>> = {
  wide: { width: 1000, height: 600, marginX: 96, marginY: 52, fontSize: 13 },
  narrow: { width: 358, height: 420, marginX: 44, marginY: 40, fontSize: 11 },
};

const BOUNDARY_NOTE =
  "Boundaries: Natural Earth with UN-view edits, generalised; not an opinion on sovereignty.";

export interface MapFigureProps {
  readonly model: JourneyModel;
  readonly number: number;
  readonly world: World;
  /** How coarse the coast line may be, pixels: coarser when a dossier holds many maps. */
  readonly detailPx: number;
}

/** The map of one journey: what was received, what was not, and where it stopped. */
export function MapFigure(props: MapFigureProps): VNode | null {
  const { model, number } = props;
  const places = journeyPlaces(model);
  if (places.length === 0) return null;
  const { journey } = model;
  const views = (["wide", "narrow"] as const).map((name) => ({
    name,
    view: mapView(places, SIZES[name]),
  }));
  return (
    <figure
      class="map"
      data-journey={number}
      data-from={Date.parse(journey.from)}
      data-to={Date.parse(journey.to)}
    >
      <div class="frame">
        {views.map(({ name, view }) => (
          <MapSvg
            key={name}
            id={`map-${number}-${name}`}
            className={name}
            model={model}
            size={view.size}
            scene={mapScene(model, view, props.world)}
            base={basePaths(props.world, view.projection, props.detailPx)}
          />
        ))}
      </div>
      <Slider model={model} number={number} />
      <figcaption>
        <Legend model={model} />
        <p class="note">{`Drawn in ${views[0]!.view.projectionName}. ${BOUNDARY_NOTE}`}</p>
      </figcaption>
    </figure>
  );
}

function ZoomButtons(): VNode {
  return (
    <div class="zoom">
      <button type="button" data-zoom="in" aria-label="Zoom in">
        +
      </button>
      <button type="button" data-zoom="out" aria-label="Zoom out">
        −
      </button>
      <button type="button" data-zoom="all" aria-label="Show the whole journey">
        ⤢
      </button>
    </div>
  );
}

function Slider({ model, number }: { model: JourneyModel; number: number }): VNode {
  const { from, to } = model.journey;
  const lengthS = Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
  return (
    <div class="scrub scripted-only">
      <button type="button" data-play aria-pressed="false">
        Play
      </button>
      <input
        type="range"
        min="0"
        max={lengthS}
        step="60"
        value="0"
        aria-label={`Time along journey ${number}`}
      />
      <output aria-live="off" />
      <ZoomButtons />
    </div>
  );
}

interface MapSvgProps {
  readonly id: string;
  readonly className: string;
  readonly model: JourneyModel;
  readonly size: MapSize;
  readonly scene: MapScene;
  readonly base: BasePaths;
}

function MapSvg({ id, className, model, size, scene, base }: MapSvgProps): VNode {
  const { width, height, fontSize } = size;
  return (
    <svg
      id={id}
      class={className}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={mapSummary(model)}
      style={`--text:${fontSize}px`}
    >
      <defs>
        <Watermark id={`${id}-mark`} shown={model.journey.simulated} />
      </defs>
      <rect class="ocean" width={width} height={height} />
      <path class="graticule" d={base.graticule} />
      <path class="land" d={base.land} />
      <path class="border" d={base.borders} />
      {scene.countries.map((mark) => (
        <Text key={mark.lines[0]} mark={mark} className="country" leading={fontSize} />
      ))}
      {model.journey.simulated ? (
        <rect class="watermark" width={width} height={height} fill={`url(#${id}-mark)`} />
      ) : null}
      {scene.gaps.map((gap) => (
        <GapPath key={gap.number} gap={gap} model={model} />
      ))}
      {scene.contacts.map((contact, index) => (
        <ContactPath key={index} contact={contact} />
      ))}
      {scene.gaps.map((gap) => (
        <GapEnds key={gap.number} gap={gap} fontSize={fontSize} />
      ))}
      {scene.candidates.map((at, index) => (
        <Fixed key={index} at={at}>
          <circle class="candidate" r="4.5" />
        </Fixed>
      ))}
      {scene.candidateLabels.map((mark) => (
        <Text key={mark.lines[0]} mark={mark} className="candidate-label" leading={fontSize} />
      ))}
      {scene.stopLabels.map((mark) => (
        <Text key={mark.lines[0]} mark={mark} className="stop-label" leading={fontSize * 1.2} />
      ))}
      {scene.stops.map((stop) => (
        <StopRing key={stop.number} stop={stop} />
      ))}
      <SliderMarks />
    </svg>
  );
}

/** Where the slider's time is: on the line, or a question mark inside a gap. */
function SliderMarks(): VNode {
  return (
    <>
      <g class="here" visibility="hidden">
        <g class="fixed">
          <circle r="7" />
        </g>
      </g>
      <g class="unknown" visibility="hidden">
        <g class="fixed">
          <circle r="12" />
          <text y="5" text-anchor="middle">
            ?
          </text>
        </g>
      </g>
    </>
  );
}

/** A mark that keeps its size while the map is zoomed. */
function Fixed(props: { at: Xy; children: ComponentChildren; className?: string }): VNode {
  return (
    <g class={props.className} transform={`translate(${props.at[0]} ${props.at[1]})`}>
      <g class="fixed">{props.children}</g>
    </g>
  );
}

function ContactPath({ contact }: { contact: ContactLine }): VNode {
  return (
    <g class="contact">
      {contact.pieces.map((piece, index) =>
        piece.line.length === 1 ? (
          <Fixed key={index} at={piece.line[0]!}>
            <circle r="3" />
          </Fixed>
        ) : (
          <path key={index} d={pathOf(piece.line)} data-t={deltas(piece.timesS)} />
        ),
      )}
    </g>
  );
}

function GapPath({ gap, model }: { gap: GapLine; model: JourneyModel }): VNode {
  const shown = model.gaps[gap.number - 1]!;
  return (
    <g
      class="gap"
      data-from={Date.parse(shown.from)}
      data-to={Date.parse(shown.to)}
      data-at={`${gap.middle[0].toFixed(1)} ${gap.middle[1].toFixed(1)}`}
    >
      {gap.pieces.map((piece, index) => (
        <path key={index} d={pathOf(piece)} />
      ))}
    </g>
  );
}

function GapEnds({ gap, fontSize }: { gap: GapLine; fontSize: number }): VNode {
  const { label } = gap;
  return (
    <g class="gap-ends">
      {gap.ends.map((at, index) => (
        <Fixed key={index} at={at}>
          <circle r="3.6" />
        </Fixed>
      ))}
      {label ? (
        <Fixed at={[label.at.x, label.at.y]} className="gap-label">
          <text
            text-anchor={label.at.anchor}
            transform={label.at.angleDeg === 0 ? undefined : `rotate(${label.at.angleDeg})`}
          >
            {label.note ? (
              <>
                <tspan x="0" dy={-fontSize * 0.5}>
                  {label.text}
                </tspan>
                <tspan x="0" dy={fontSize * 1.65}>
                  {SHORTEST_PATH_NOTE}
                </tspan>
              </>
            ) : (
              <tspan dy={label.at.angleDeg === 0 ? 0 : fontSize * 0.35}>{label.text}</tspan>
            )}
          </text>
        </Fixed>
      ) : null}
    </g>
  );
}

function StopRing({ stop }: { stop: StopMark }): VNode {
  return (
    <Fixed at={stop.at} className={`stop ${stop.evidence}`}>
      <RingShape evidence={stop.evidence} />
      <text y="4.2" text-anchor="middle">
        {stop.number}
      </text>
    </Fixed>
  );
}

/** Shape before colour: a full ring was seen, a half-filled dashed one is inferred. */
export function RingShape({ evidence }: { evidence: "seen" | "inferred" }): VNode {
  const r = RING_RADIUS;
  return (
    <>
      <circle class="disc" r={r} />
      {evidence === "inferred" ? (
        <path class="half" d={`M${-r} 0A${r} ${r} 0 0 0 ${r} 0Z`} />
      ) : null}
      <circle class={`ring ${evidence}`} r={r} />
    </>
  );
}

function Text(props: { mark: TextMark; className: string; leading: number }): VNode {
  const { at, lines } = props.mark;
  return (
    <Fixed at={[at.x, at.y]} className={props.className}>
      <text text-anchor={at.anchor}>
        {lines.map((line, index) => (
          <tspan key={index} x="0" dy={index === 0 ? 0 : props.leading}>
            {line}
          </tspan>
        ))}
      </text>
    </Fixed>
  );
}

/** The word SIMULATED over and over, faint enough to read through, too often to crop away. */
export function Watermark({ id, shown }: { id: string; shown: boolean }): VNode | null {
  if (!shown) return null;
  return (
    <pattern
      id={id}
      width="262"
      height="96"
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(-24)"
    >
      <text class="mark" x="4" y="34" textLength="124" lengthAdjust="spacingAndGlyphs">
        SIMULATED
      </text>
      <text class="mark" x="134" y="82" textLength="124" lengthAdjust="spacingAndGlyphs">
        SIMULATED
      </text>
    </pattern>
  );
}

function Legend({ model }: { model: JourneyModel }): VNode {
  const inferred = model.journey.stops.some((stop) => stop.evidence === "inferred");
  return (
    <ul class="legend">
      <LegendItem text="Received positions">
        <g class="contact">
          <path d="M-16 0H16" />
        </g>
      </LegendItem>
      <LegendItem text={`No coverage: ${SHORTEST_PATH_NOTE}`}>
        <g class="gap">
          <path d="M-17 0H17" />
        </g>
      </LegendItem>
      <LegendItem text="Stop, seen">
        <RingShape evidence="seen" />
      </LegendItem>
      {inferred ? (
        <LegendItem text="Stop, inferred">
          <RingShape evidence="inferred" />
        </LegendItem>
      ) : null}
      {model.candidatePlaces.length > 0 ? (
        <LegendItem text="Candidate for a stop that cannot be named">
          <circle class="candidate" r="4.5" />
        </LegendItem>
      ) : null}
    </ul>
  );
}

function LegendItem(props: { text: string; children: ComponentChildren }): VNode {
  return (
    <li>
      <svg class="swatch" viewBox="-18 -11 36 22" width="36" height="22" aria-hidden="true">
        {props.children}
      </svg>
      {props.text}
    </li>
  );
}

function pathOf(line: readonly Xy[]): string {
  return `M${line.map(([x, y]) => `${x},${y}`).join("L")}`;
}

/** The first time, then steps: a third of the bytes of the times themselves. */
function deltas(timesS: readonly number[]): string {
  return timesS.map((time, index) => (index === 0 ? time : time - timesS[index - 1]!)).join(" ");
}
