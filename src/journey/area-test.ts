import { type BoundingBox, fewBoxes, grownBox } from "../geo/box.js";
import type { LonLat } from "../geo/polygon.js";
import { type Area, distanceToArea, isInside } from "../place/area.js";
import { boxOfRing, claimBoxes } from "../place/rough-distance.js";
import { type PlaceQuestion, placePoint } from "./where.js";

/** Whether points stand in a place, for very many points. */
export interface AreaTest {
  /** Few boxes that hold every point of the place: what a table of points can be searched by. */
  readonly boxes: readonly BoundingBox[];
  /** @returns true when `placePoint` says "in" or "near"; false when a coordinate is NaN */
  holds(latDeg: number, lonDeg: number): boolean;
}

/** Side of a cell; chosen: most of an area's cells then lie off its edge, and the world has few enough to keep. */
const CELL_DEG = 0.1;
/** A little above the greatest length of a degree on WGS 84 (111,694 m), so that a cell is never taken too small. */
const MOST_METRES_PER_DEG = 112_000;
/** As `isInside` has it for places without an outline. */
const PLACE_RADIUS_M = 5_000;
/** More boxes make a query slower than the rows they leave out. chosen: France, the Netherlands fit in 6. */
const BOXES_MAX = 6;
/** For the sum of roundings between a box and a geodesic. */
const BOX_MARGIN_M = 100;

/**
 * Prepares a place for very many points. The answers are those of `placePoint`, exactly: only cells that no edge and no
 * distance can cut are answered as a whole.
 */
export function areaTest({ area, nearM }: PlaceQuestion): AreaTest {
  const question = { area, nearM };
  const edges = edgeCells(area);
  const cells = new Map<number, CellAnswer>();
  const exact = (latDeg: number, lonDeg: number) =>
    placePoint({ latDeg, lonDeg }, question).relation !== "elsewhere";
  return {
    boxes: fewBoxes(boxesOf(area, nearM), BOXES_MAX),
    holds(latDeg, lonDeg) {
      if (Number.isNaN(latDeg) || Number.isNaN(lonDeg)) return false;
      const key = cellOf(latDeg, lonDeg);
      let answer = cells.get(key);
      if (answer === undefined) {
        answer = edges.has(key) ? "cut" : answerOfCell(key, question);
        cells.set(key, answer);
      }
      return answer === "cut" ? exact(latDeg, lonDeg) : answer === "in";
    },
  };
}

type CellAnswer = "in" | "out" | "cut";

const ROW_CELLS = 4_000;
const COLUMNS = Math.round(360 / CELL_DEG);

function cellOf(latDeg: number, lonDeg: number): number {
  return rowOf(latDeg) * ROW_CELLS + columnOf(lonDeg);
}

function rowOf(latDeg: number): number {
  return Math.floor((latDeg + 90) / CELL_DEG);
}

function columnOf(lonDeg: number): number {
  // 180 itself, and what rounds to it, belongs to the last column.
  return Math.min(COLUMNS - 1, Math.floor((lonDeg + 180) / CELL_DEG));
}

/** Of a cell that holds no edge: it lies inside as a whole, or outside. */
function answerOfCell(key: number, { area, nearM }: PlaceQuestion): CellAnswer {
  const southDeg = Math.floor(key / ROW_CELLS) * CELL_DEG - 90;
  const latDeg = southDeg + CELL_DEG / 2;
  const lonDeg = (key % ROW_CELLS) * CELL_DEG - 180 + CELL_DEG / 2;
  const hasOutline = area.kind === "country" || area.kind === "polygon";
  // The last rows reach beyond a pole or 85 S, where a country's claim ends and another rule begins.
  if (Math.abs(latDeg) > 84) return "cut";
  if (hasOutline && isInside(area, latDeg, lonDeg)) return "in";
  if (hasOutline && nearM === 0) return "out";
  const limitM = hasOutline ? nearM : Math.max(nearM, PLACE_RADIUS_M);
  const { distanceM } = distanceToArea(area, latDeg, lonDeg);
  const cos = Math.cos((Math.max(0, Math.abs(latDeg) - CELL_DEG) * Math.PI) / 180);
  const cornerM = (CELL_DEG / 2) * MOST_METRES_PER_DEG * Math.hypot(1, cos);
  if (distanceM + cornerM <= limitM) return "in";
  if (distanceM - cornerM - uncertaintyMaxM(area) > limitM) return "out";
  return "cut";
}

function uncertaintyMaxM(area: Area): number {
  if (area.kind === "country") return area.countries.outline(area.code)?.uncertaintyMaxM ?? 0;
  return area.kind === "airport" ? 1_000 : 0;
}

/** Cells that an edge of the area's outline touches. */
function edgeCells(area: Area): ReadonlySet<number> {
  const cells = new Set<number>();
  for (const positions of ringsOf(area)) {
    for (let i = 1; i < positions.length; i++) addEdge(cells, positions[i - 1]!, positions[i]!);
  }
  return cells;
}

function addEdge(cells: Set<number>, [lon1Deg, lat1Deg]: LonLat, [lon2Deg, lat2Deg]: LonLat): void {
  const spanDeg = Math.max(Math.abs(lon2Deg - lon1Deg), Math.abs(lat2Deg - lat1Deg));
  const steps = Math.max(1, Math.ceil(spanDeg / CELL_DEG));
  for (let step = 0; step < steps; step++) {
    const lonDeg = lon1Deg + ((lon2Deg - lon1Deg) * step) / steps;
    const latDeg = lat1Deg + ((lat2Deg - lat1Deg) * step) / steps;
    // A piece is no longer than a cell, so it lies in its first end's cell and those around it.
    const [row, column] = [rowOf(latDeg), columnOf(turned(lonDeg)) + COLUMNS];
    for (let up = -1; up <= 1; up++)
      for (let along = -1; along <= 1; along++)
        cells.add((row + up) * ROW_CELLS + ((column + along) % COLUMNS));
  }
}

function turned(lonDeg: number): number {
  return ((((lonDeg + 180) % 360) + 360) % 360) - 180;
}

function ringsOf(area: Area): readonly (readonly LonLat[])[] {
  if (area.kind === "country") return area.countries.claims(area.code).flat();
  if (area.kind === "polygon") return area.polygons.flat().map(({ positions }) => positions);
  return [];
}

function boxesOf(area: Area, nearM: number): BoundingBox[] {
  if (area.kind === "airport" || area.kind === "point") {
    const { latDeg, lonDeg } = area.kind === "airport" ? area.airport : area;
    const point = { southDeg: latDeg, westDeg: lonDeg, northDeg: latDeg, eastDeg: lonDeg };
    const radiusM = Math.max(nearM, PLACE_RADIUS_M) + uncertaintyMaxM(area);
    return [grownBox(point, radiusM + BOX_MARGIN_M)];
  }
  if (area.kind === "polygon")
    return area.polygons
      .flatMap(([outer]) => (outer ? [boxOfRing(outer)] : []))
      .map((box) => grownBox(box, nearM + BOX_MARGIN_M));
  const claims = claimBoxes(area.countries.claims(area.code));
  const inside = claims.map((box) => grownBox(box, BOX_MARGIN_M));
  // The land's own lines are read at their first use, which a question about what lies inside never is.
  if (nearM === 0) return inside;
  const reachM = nearM + uncertaintyMaxM(area) + BOX_MARGIN_M;
  const land = area.countries.outline(area.code)?.boxes ?? [];
  return [...inside, ...land.map((box) => grownBox(box, reachM))];
}
