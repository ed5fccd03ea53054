import type { VNode } from "preact";
import type { JourneyModel } from "./dossier-model.js";
import { ringRadiusPx, type StopMark, type Xy } from "./dossier-rings.js";
import { basePaths, type World } from "./map-base.js";
import {
  BaseMap,
  BOUNDARY_NOTE,
  COMPACT_SIZES,
  type DrawnView,
  Fixed,
  LegendItem,
  MAP_SIZES,
  RingShape,
  Text,
  Watermark,
  ZoomButtons,
} from "./map-parts.js";
import {
  type ContactLine,
  type GapLine,
  type MapScene,
  mapScene,
  mapSummary,
} from "./map-scene.js";
import { journeyPlaces, mapView } from "./map-view.js";
import { realStops } from "./place-words.js";
import { SHORTEST_PATH_NOTE } from "./wording.js";

export interface MapFigureProps {
  readonly model: JourneyModel;
  readonly number: number;
  readonly world: World;
  /** False where an earlier figure of the dossier already explains itself. */
  readonly explained: boolean;
  /** Views shared with the other journeys; without them the map is laid out for this journey alone. */
  readonly views?: SharedViews | undefined;
}

/** One view for each size. */
export type SharedViews = Readonly<Record<"wide" | "narrow", DrawnView>>;

/** chosen: coast lines half a pixel off cannot be told apart on a screen, and take half the bytes. */
const DETAIL_PX = 0.5;

/**
 * Lays out one view for all journeys of a dossier, so that their maps can be compared and the land is drawn once.
 *
 * @returns undefined when no journey has a position
 */
export function sharedViews(
  models: readonly JourneyModel[],
  world: World,
): SharedViews | undefined {
  const places = models.flatMap(journeyPlaces);
  if (places.length === 0) return undefined;
  const drawn = (name: "wide" | "narrow"): DrawnView => {
    const view = mapView(places, COMPACT_SIZES[name]);
    const base = basePaths(world, view.projection, DETAIL_PX);
    return { view, base, shared: { id: `land-${name}`, isFirst: true } };
  };
  return { wide: drawn("wide"), narrow: drawn("narrow") };
}

function ownView(model: JourneyModel, world: World, name: "wide" | "narrow"): DrawnView {
  const view = mapView(journeyPlaces(model), MAP_SIZES[name]);
  return { view, base: basePaths(world, view.projection, DETAIL_PX) };
}

/** The map of one journey: what was received, what was not, and where it stopped. */
export function MapFigure(props: MapFigureProps): VNode | null {
  const { model, number } = props;
  if (journeyPlaces(model).length === 0) return null;
  const { journey } = model;
  const views = (["wide", "narrow"] as const).map((name) => {
    const drawn = props.views?.[name] ?? ownView(model, props.world, name);
    return { name, drawn, scene: mapScene(model, drawn.view, props.world) };
  });
  const hasGathered = views.some(({ scene }) =>
    scene.stops.some(({ text }) => text.startsWith("×")),
  );
  return (
    <figure
      class="map"
      data-journey={number}
      data-from={Date.parse(journey.from)}
      data-to={Date.parse(journey.to)}
    >
      <div class="frame">
        {views.map(({ name, drawn, scene }) => (
          <MapSvg
            key={name}
            id={`map-${number}-${name}`}
            className={name}
            model={model}
            drawn={drawn}
            scene={scene}
          />
        ))}
      </div>
      <Slider model={model} number={number} />
      <figcaption>
        <Legend model={model} />
        {hasGathered ? (
          <p class="note">
            A ring with × stands for so many stops at one place; the table has each.
          </p>
        ) : null}
        {props.explained ? (
          <p class="note">{`Drawn in ${views[0]!.drawn.view.projectionName}. ${BOUNDARY_NOTE}`}</p>
        ) : null}
      </figcaption>
    </figure>
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
  readonly drawn: DrawnView;
  readonly scene: MapScene;
}

function MapSvg({ id, className, model, drawn, scene }: MapSvgProps): VNode {
  const { width, height, fontSize } = drawn.view.size;
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
      <BaseMap drawn={drawn} />
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
      <RingShape evidence={stop.evidence} radius={ringRadiusPx(stop.text)} />
      <text y="4.2" text-anchor="middle">
        {stop.text}
      </text>
    </Fixed>
  );
}

function Legend({ model }: { model: JourneyModel }): VNode {
  const { stops } = model.journey;
  const has = (evidence: "seen" | "inferred") =>
    realStops(stops).some((stop) => stop.evidence === evidence);
  return (
    <ul class="legend">
      <LegendItem text="Received positions">
        <g class="contact">
          <path d="M-16 0H16" />
        </g>
      </LegendItem>
      <LegendItem text={`Not heard: ${SHORTEST_PATH_NOTE}`}>
        <g class="gap">
          <path d="M-17 0H17" />
        </g>
      </LegendItem>
      {has("seen") ? (
        <LegendItem text="Stop, seen">
          <RingShape evidence="seen" />
        </LegendItem>
      ) : null}
      {has("inferred") ? (
        <LegendItem text="Stop, inferred">
          <RingShape evidence="inferred" />
        </LegendItem>
      ) : null}
      {stops.some((stop) => stop.openEnd) ? (
        <LegendItem text="First or last heard in the air: not a stop">
          <RingShape evidence="open" />
        </LegendItem>
      ) : null}
      {model.candidatePlaces.some((one) => one.ahead) ? (
        <LegendItem text="Larger field ahead of the last position; not named as the place">
          <circle class="candidate" r="4.5" />
        </LegendItem>
      ) : null}
      {model.candidatePlaces.some((one) => !one.ahead) ? (
        <LegendItem text="Candidate for a stop that cannot be named">
          <circle class="candidate" r="4.5" />
        </LegendItem>
      ) : null}
    </ul>
  );
}

function pathOf(line: readonly Xy[]): string {
  return `M${line.map(([x, y]) => `${x},${y}`).join("L")}`;
}

/** The first time, then steps: a third of the bytes of the times themselves. */
function deltas(timesS: readonly number[]): string {
  return timesS.map((time, index) => (index === 0 ? time : time - timesS[index - 1]!)).join(" ");
}
