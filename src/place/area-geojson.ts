import { type ContinuousPolygon, continuousRing, type LonLat } from "../geo/polygon.js";
import { WheelsdownError } from "../units/errors.js";

/** Limit against files that are no area at all; chosen: ten times the vertices of the whole world at 1:10m. */
const MAX_POSITIONS = 5_000_000;

/**
 * Reads the polygons of a GeoJSON text: Polygon, MultiPolygon, GeometryCollection, Feature or FeatureCollection.
 * Edges longer than half the globe are taken the short way, across 180 degrees.
 *
 * @param name of the file, for messages
 * @throws WheelsdownError `input-invalid` that says what is wrong and where
 *
 * Source: RFC 7946.
 */
export function parsePolygons(text: string, name: string): ContinuousPolygon[] {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch (cause) {
    throw new WheelsdownError("input-invalid", `${name}: is no JSON text`, { cause });
  }
  const polygons: ContinuousPolygon[] = [];
  const skipped = new Set<string>();
  // A list instead of recursion: nesting in a stranger's file must not use up the stack.
  const queue: { readonly node: unknown; readonly where: string }[] = [{ node: root, where: name }];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { node, where } = next;
    const part = asObject(node, where);
    const push = (children: unknown, label: string) =>
      asArray(children, `${where} ${label}`).forEach((child, index) => {
        queue.push({ node: child, where: `${where}, ${label} ${index + 1}` });
      });
    if (part.type === "FeatureCollection") push(part.features, "feature");
    else if (part.type === "GeometryCollection") push(part.geometries, "geometry");
    else if (part.type === "Feature") {
      if (part.geometry !== null) queue.push({ node: part.geometry, where });
    } else if (part.type === "Polygon") polygons.push(readPolygon(part.coordinates, where));
    else if (part.type === "MultiPolygon") {
      asArray(part.coordinates, where).forEach((coordinates, index) => {
        polygons.push(readPolygon(coordinates, `${where}, polygon ${index + 1}`));
      });
    } else skipped.add(typeof part.type === "string" ? part.type : "an object without type");
  }
  if (polygons.length > 0) return polygons;
  const found = skipped.size > 0 ? `, only ${[...skipped].join(", ")}` : "";
  throw new WheelsdownError(
    "input-invalid",
    `${name}: holds no polygon${found}; draw the area as a Polygon or MultiPolygon`,
  );
}

function readPolygon(coordinates: unknown, where: string): ContinuousPolygon {
  const rings = asArray(coordinates, where);
  if (rings.length === 0) throw invalid(where, "has no ring");
  return rings.map((ring, index) => {
    const label = `${where}, ring ${index + 1}`;
    const positions = asArray(ring, label).map((position) => readPosition(position, label));
    const distinct = new Set(positions.map(([lonDeg, latDeg]) => `${lonDeg},${latDeg}`));
    if (distinct.size < 3) throw invalid(label, "needs at least three different positions");
    if (positions.length > MAX_POSITIONS) throw invalid(label, "has too many positions");
    return continuousRing(positions);
  });
}

function readPosition(position: unknown, where: string): LonLat {
  const [lonDeg, latDeg] = asArray(position, where);
  if (typeof lonDeg !== "number" || typeof latDeg !== "number")
    throw invalid(where, "has a position without two numbers");
  if (!(Math.abs(latDeg) <= 90))
    throw invalid(where, `latitude ${latDeg} is outside -90..90; GeoJSON writes longitude first`);
  if (!(Math.abs(lonDeg) <= 540)) throw invalid(where, `longitude ${lonDeg} is outside -540..540`);
  return [lonDeg, latDeg];
}

interface GeoJsonPart {
  readonly type?: unknown;
  readonly features?: unknown;
  readonly geometries?: unknown;
  readonly geometry?: unknown;
  readonly coordinates?: unknown;
}

function asObject(node: unknown, where: string): GeoJsonPart {
  if (typeof node !== "object" || node === null || Array.isArray(node))
    throw invalid(where, "is no GeoJSON object");
  return node;
}

function asArray(node: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(node)) throw invalid(where, "lacks an array");
  return node;
}

function invalid(where: string, what: string): WheelsdownError {
  return new WheelsdownError("input-invalid", `${where}: ${what}`);
}
