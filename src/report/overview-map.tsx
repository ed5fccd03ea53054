import type { VNode } from "preact";
import type { LandingRow, PlaceModel } from "./dossier-model.js";
import { ringRadiusPx } from "./dossier-rings.js";
import { basePaths, type World } from "./map-base.js";
import {
  BaseMap,
  BOUNDARY_NOTE,
  Fixed,
  LegendItem,
  MAP_SIZES,
  RingShape,
  Text,
  Watermark,
} from "./map-parts.js";
import { type OverviewScene, overviewScene } from "./overview-scene.js";

interface OverviewProps {
  readonly landings: readonly LandingRow[];
  readonly place: PlaceModel;
  readonly world: World;
}

const DETAIL_PX = 0.5;

/** All landings that answer the question on one map, with the place asked about. */
export function OverviewFigure({ landings, place, world }: OverviewProps): VNode | null {
  const scenes = (["wide", "narrow"] as const).flatMap((name) => {
    const size = { ...MAP_SIZES[name], height: name === "wide" ? 480 : 340 };
    const scene = overviewScene(landings, place, { world, size });
    return scene ? [{ name, scene }] : [];
  });
  const first = scenes[0]?.scene;
  if (!first) return null;
  const simulated = landings.some((landing) => landing.simulated);
  const has = (evidence: "seen" | "inferred") =>
    landings.some((landing) => landing.evidence === evidence);
  return (
    <figure class="overview">
      <div class="frame">
        {scenes.map(({ name, scene }) => (
          <OverviewSvg
            key={name}
            id={`map-overview-${name}`}
            className={name}
            scene={scene}
            world={world}
            label={summary(landings, place)}
            simulated={simulated}
          />
        ))}
      </div>
      <figcaption>
        <ul class="legend">
          {has("seen") ? (
            <LegendItem text="Landing, seen">
              <RingShape evidence="seen" />
            </LegendItem>
          ) : null}
          {has("inferred") ? (
            <LegendItem text="Landing, inferred">
              <RingShape evidence="inferred" />
            </LegendItem>
          ) : null}
          {first.area ? (
            <LegendItem text={place.label.replace(/ \(.*/, "")}>
              <rect class="asked" x="-14" y="-8" width="28" height="16" />
            </LegendItem>
          ) : null}
          {first.nearWidthPx > 0 && first.area ? (
            <LegendItem text={`About ${place.nearKm} km around it; the table has the distances`}>
              <rect class="near-swatch" x="-14" y="-8" width="28" height="16" />
            </LegendItem>
          ) : null}
        </ul>
        <p class="note">{`Numbers are those of the table of landings. Drawn in ${first.view.projectionName}. ${BOUNDARY_NOTE}`}</p>
      </figcaption>
    </figure>
  );
}

function OverviewSvg(props: {
  readonly id: string;
  readonly className: string;
  readonly scene: OverviewScene;
  readonly world: World;
  readonly label: string;
  readonly simulated: boolean;
}): VNode {
  const { id, scene, simulated } = props;
  const { view } = scene;
  const { width, height, fontSize } = view.size;
  return (
    <svg
      id={id}
      class={props.className}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={props.label}
      style={`--text:${fontSize}px`}
    >
      <defs>
        <Watermark id={`${id}-mark`} shown={simulated} />
      </defs>
      <rect class="ocean" width={width} height={height} />
      <BaseMap drawn={{ view, base: basePaths(props.world, view.projection, DETAIL_PX) }} />
      {scene.nearWidthPx > 0 && scene.area ? (
        <path class="near" d={scene.area} stroke-width={scene.nearWidthPx} />
      ) : null}
      {scene.area ? <path class="asked" d={scene.area} /> : null}
      {scene.countries.map((mark) => (
        <Text key={mark.lines[0]} mark={mark} className="country" leading={fontSize} />
      ))}
      {simulated ? (
        <rect class="watermark" width={width} height={height} fill={`url(#${id}-mark)`} />
      ) : null}
      {scene.labels.map((mark, index) => (
        <Text key={index} mark={mark} className="stop-label" leading={fontSize * 1.2} />
      ))}
      {scene.marks.map((mark, index) => (
        <Fixed key={index} at={mark.at} className={`stop ${mark.evidence}`}>
          <RingShape evidence={mark.evidence} radius={ringRadiusPx(mark.text)} />
          <text y="4.2" text-anchor="middle">
            {mark.text}
          </text>
        </Fixed>
      ))}
    </svg>
  );
}

/** What a screen reader hears instead of the map. */
function summary(landings: readonly LandingRow[], place: PlaceModel): string {
  const list = landings
    .slice(0, 12)
    .map((one, index) => `${index + 1} ${one.airport ?? "place not named"} (${one.evidence})`);
  const more = landings.length > list.length ? `, and ${landings.length - list.length} more` : "";
  return `Map of ${place.label.replace(/ \(.*/, "")} with the landings found: ${list.join(", ") || "none"}${more}. The table below holds the same facts.`;
}
