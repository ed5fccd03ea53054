import type { AirportJson, RunwayJson } from "../../../src/api/shapes.js";
import { grouped } from "../words.js";
import { Table } from "./table.js";

const SIZE = 220;
const MARGIN = 26;
/** For the arrow, which has a place of its own: a runway may end anywhere. */
const HEIGHT_MIN = 60;
const ARROW_WIDTH = 34;
const METRES_PER_DEG = 111_320;

type Dot = readonly [x: number, y: number];

interface Line {
  readonly runway: RunwayJson;
  readonly a: readonly [number, number];
  readonly b: readonly [number, number];
}

/** @returns "13R/31L"; what the table calls it where an end has no name */
function nameOf({ id, ends }: RunwayJson): string {
  const names = ends.map(({ name }) => name).filter((name) => name !== "");
  return names.length === 0 ? id : names.join("/");
}

/** Ends in metres east and north of the airport; runways without both ends are left out. */
function linesOf({ lat, lon, runways }: AirportJson): Line[] {
  const east = METRES_PER_DEG * Math.cos((lat * Math.PI) / 180);
  return runways.flatMap((runway) => {
    const ends = runway.ends.map((end) =>
      end.lat === null || end.lon === null
        ? null
        : ([(end.lon - lon) * east, (end.lat - lat) * METRES_PER_DEG] as const),
    );
    const [a, b] = ends;
    return a && b ? [{ runway, a, b }] : [];
  });
}

/** Names beyond both ends of a runway; over all lines, as ends of one may lie on another. */
function EndNames({
  runway,
  p,
  q,
}: {
  readonly runway: RunwayJson;
  readonly p: Dot;
  readonly q: Dot;
}) {
  const length = Math.hypot(q[0] - p[0], q[1] - p[1]) || 1;
  const [ux, uy] = [(q[0] - p[0]) / length, (q[1] - p[1]) / length];
  return (
    <g>
      <text x={p[0] - ux * 14} y={p[1] - uy * 14 + 4} text-anchor="middle">
        {runway.ends[0]?.name}
      </text>
      <text x={q[0] + ux * 14} y={q[1] + uy * 14 + 4} text-anchor="middle">
        {runway.ends[1]?.name}
      </text>
    </g>
  );
}

/** Runways to scale, north up, with the names of their ends. */
export function RunwayDiagram({ airport }: { readonly airport: AirportJson }) {
  const lines = linesOf(airport);
  if (lines.length === 0) return <p class="empty">Where its runways lie is not known.</p>;
  const points = lines.flatMap(({ a, b }) => [a, b]);
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [west, east] = [Math.min(...xs), Math.max(...xs)];
  const [south, north] = [Math.min(...ys), Math.max(...ys)];
  const scale = (SIZE - 2 * MARGIN) / Math.max(east - west, north - south, 500);
  // As high as it has to be: most airports have their runways one way.
  const height = Math.max(HEIGHT_MIN, (north - south) * scale + 2 * MARGIN);
  const place = ([x, y]: readonly [number, number]) =>
    [
      SIZE / 2 + (x - (west + east) / 2) * scale,
      height / 2 - (y - (south + north) / 2) * scale,
    ] as const;
  const names = airport.runways.map(
    (one) =>
      `${nameOf(one)}${one.lengthM === null ? "" : ` ${grouped(one.lengthM)} m`}${one.closed ? ", closed" : ""}`,
  );
  return (
    <svg
      class="runways"
      viewBox={`${-ARROW_WIDTH} 0 ${SIZE + ARROW_WIDTH} ${height}`}
      role="img"
      aria-label={`Runways, north up: ${names.join(", ")}`}
    >
      {lines.map(({ runway, a, b }) => {
        const [p, q] = [place(a), place(b)];
        return (
          <g key={runway.id} class={runway.closed ? "runway closed" : "runway"}>
            <path
              d={`M${p[0]} ${p[1]}L${q[0]} ${q[1]}`}
              stroke-width={runway.surface === "hard" ? 6 : 4}
            />
          </g>
        );
      })}
      {lines.map(({ runway, a, b }) => (
        <EndNames key={runway.id} runway={runway} p={place(a)} q={place(b)} />
      ))}
      <g class="north">
        <path d="M-24 26V8M-28.5 13l4.5-6 4.5 6" />
        <text x="-24" y="38" text-anchor="middle">
          N
        </text>
      </g>
    </svg>
  );
}

/** The same as a table. */
export function RunwayTable({ airport }: { readonly airport: AirportJson }) {
  if (airport.runways.length === 0) return null;
  return (
    <Table
      heads={["Runway", { number: "Length" }, { number: "Width" }, "Surface"]}
      rows={airport.runways.map((runway) => {
        const { id, lengthM, widthM, surface, closed } = runway;
        return {
          key: id,
          cells: [
            <>
              <b>{nameOf(runway)}</b>
              {closed ? " closed" : ""}
            </>,
            lengthM === null ? "–" : `${grouped(lengthM)} m`,
            widthM === null ? "–" : `${grouped(widthM)} m`,
            surface,
          ],
        };
      })}
    />
  );
}
