/** The box in which a country is shown on a map: its largest part and what lies near that. */

import { type BoundingBox, boxOfRun, unionOfBoxes } from "../geo/box.js";
import { continuousRing, type LonLat } from "../geo/polygon.js";

/**
 * A part so near belongs to the picture: Alaska, Crete, Sakhalin; the Canaries, Hawaii and French Polynesia do not,
 * and with them the picture would be one of an ocean. chosen: test/place/country-frame.test.ts
 */
const NEAR_DEG = 6;

interface Part {
  readonly box: BoundingBox;
  readonly sizeDeg2: number;
}

/**
 * @param claims polygons of one country, `[lonDeg, latDeg]`, outer ring first, territorial sea included
 * @returns the box of the largest polygon and of all that lie near it, or near one that does; undefined for no polygon
 */
export function countryFrame(
  claims: readonly (readonly (readonly LonLat[])[])[],
): BoundingBox | undefined {
  const parts = claims.flatMap(([outer]) => (outer && outer.length > 0 ? [partOf(outer)] : []));
  const largest = parts.reduce<Part | undefined>(
    (best, each) => (best && best.sizeDeg2 >= each.sizeDeg2 ? best : each),
    undefined,
  );
  if (!largest) return undefined;
  let frame = largest.box;
  const left = new Set(parts.filter((each) => each !== largest));
  // What one part brings near may bring the next one near: an archipelago is walked along.
  for (let added = true; added; ) {
    added = false;
    for (const part of left) {
      if (distanceDeg(frame, part.box) > NEAR_DEG) continue;
      frame = unionOfBoxes(frame, part.box);
      left.delete(part);
      added = true;
    }
  }
  return frame;
}

function partOf(outer: readonly LonLat[]): Part {
  const { minLatDeg, minLonDeg, maxLatDeg, maxLonDeg } = continuousRing(outer);
  const middleRad = (((minLatDeg + maxLatDeg) / 2) * Math.PI) / 180;
  return {
    box: boxOfRun({
      southDeg: minLatDeg,
      westDeg: minLonDeg,
      northDeg: maxLatDeg,
      eastDeg: maxLonDeg,
    }),
    sizeDeg2: (maxLatDeg - minLatDeg) * (maxLonDeg - minLonDeg) * Math.cos(middleRad),
  };
}

/** Degrees between two boxes, the wider of both directions; 0 where they meet. */
function distanceDeg(a: BoundingBox, b: BoundingBox): number {
  const latDeg = Math.max(0, b.southDeg - a.northDeg, a.southDeg - b.northDeg);
  return Math.max(latDeg, Math.min(eastwardGapDeg(a, b), eastwardGapDeg(b, a)));
}

/** Degrees from the eastern edge of one box eastward to the western edge of another; 0 where they overlap. */
function eastwardGapDeg(a: BoundingBox, b: BoundingBox): number {
  const widthDeg = eastwardDeg(a.westDeg, a.eastDeg);
  const startDeg = eastwardDeg(a.westDeg, b.westDeg);
  return startDeg <= widthDeg ? 0 : startDeg - widthDeg;
}

/** Degrees from one meridian eastward to another, 0 up to 360. */
function eastwardDeg(fromDeg: number, toDeg: number): number {
  return (((toDeg - fromDeg) % 360) + 360) % 360;
}
