import type { BoundingBox } from "../../geo/box.js";
import { unionOfBoxes } from "../../geo/box.js";
import { areaTest } from "../../journey/area-test.js";
import type { PlaceQuestion } from "../../journey/where.js";
import { countryFrame } from "../../place/country-frame.js";

/** West, south, east, north, degrees; east runs on past 180 where the box crosses it. */
export type Frame = readonly [number, number, number, number];

/** @returns the box in which a map shows a place that was asked for; null for no place, and for a country without land */
export function frameOfPlace(place: PlaceQuestion | undefined): Frame | null {
  if (!place) return null;
  const { area } = place;
  if (area.kind === "country") return frameOf(countryFrame(area.countries.claims(area.code)));
  return frameOf(areaTest(place).boxes.reduce(unionOfBoxes));
}

function frameOf(box: BoundingBox | undefined): Frame | null {
  if (!box) return null;
  const { westDeg, southDeg, eastDeg, northDeg } = box;
  const corners = [westDeg, southDeg, westDeg > eastDeg ? eastDeg + 360 : eastDeg, northDeg];
  const [west, south, east, north] = corners.map((each) => Number(each.toFixed(2)));
  return [west!, south!, east!, north!];
}
