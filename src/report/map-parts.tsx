/** Pieces that every map is drawn from. */
import type { ComponentChildren, VNode } from "preact";
import { RING_RADIUS_PX, type Xy } from "./dossier-rings.js";
import type { BasePaths } from "./map-base.js";
import { type TextMark } from "./map-scene.js";
import type { MapSize, MapView } from "./map-view.js";

/** Two drawings of each figure: text keeps its size on paper, on a desk and on a telephone. */
export const MAP_SIZES: Readonly<Record<"wide" | "narrow", MapSize>> = {
  wide: { width: 1000, height: 600, marginX: 96, marginY: 52, fontSize: 13 },
  narrow: { width: 358, height: 420, marginX: 44, marginY: 40, fontSize: 11 },
};

export const BOUNDARY_NOTE =
  "Boundaries: Natural Earth with UN-view edits, generalised; not an opinion on sovereignty.";

/** Lower maps, for dossiers that hold one per journey beside an overview. */
export const COMPACT_SIZES: typeof MAP_SIZES = {
  wide: { ...MAP_SIZES.wide, height: 400 },
  narrow: { ...MAP_SIZES.narrow, height: 280 },
};

/** A view and the land under it; several maps may share one, and then only the first one draws the land. */
export interface DrawnView {
  readonly view: MapView;
  readonly base: BasePaths;
  /** Where the shared land is found; undefined when it is drawn here for this map alone. */
  readonly shared?: { readonly id: string; readonly isFirst: boolean } | undefined;
}

export function BaseMap({ drawn }: { drawn: DrawnView }): VNode {
  const { shared, base } = drawn;
  if (shared && !shared.isFirst) return <use href={`#${shared.id}`} />;
  return (
    <g id={shared?.id}>
      <path class="graticule" d={base.graticule} />
      <path class="land" d={base.land} />
      <path class="border" d={base.borders} />
    </g>
  );
}

export function ZoomButtons(): VNode {
  return (
    <div class="zoom">
      <button type="button" data-zoom="in" aria-label="Zoom in">
        +
      </button>
      <button type="button" data-zoom="out" aria-label="Zoom out">
        −
      </button>
      <button type="button" data-zoom="all" aria-label="Show the whole map">
        ⤢
      </button>
    </div>
  );
}

/** A mark that keeps its size while the map is zoomed. */
export function Fixed(props: { at: Xy; children: ComponentChildren; className?: string }): VNode {
  return (
    <g class={props.className} transform={`translate(${props.at[0]} ${props.at[1]})`}>
      <g class="fixed">{props.children}</g>
    </g>
  );
}

/** What a ring stands for; "open" is where an aircraft was first or last heard in the air, and no stop. */
export type RingKind = "seen" | "inferred" | "open";

/** Shape before colour: a full ring was seen, a half-filled dashed one is inferred, a thin dotted one is no stop. */
export function RingShape({ evidence, radius }: { evidence: RingKind; radius?: number }): VNode {
  const r = radius ?? RING_RADIUS_PX;
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

export function Text(props: { mark: TextMark; className: string; leading: number }): VNode {
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

export function LegendItem(props: { text: string; children: ComponentChildren }): VNode {
  return (
    <li>
      <svg class="swatch" viewBox="-18 -11 36 22" width="36" height="22" aria-hidden="true">
        {props.children}
      </svg>
      {props.text}
    </li>
  );
}
