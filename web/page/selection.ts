/** What is selected: "sel=gap:1403c0-1548203147" or "sel=point:2019-01-23T08:55:17Z" in the address. */

import { parseUtc } from "../../src/units/time.js";
import { clockMs, scene, setTime } from "./player.js";
import { adjust } from "./state.js";
import type { View } from "./url.js";
import { instantText } from "./words.js";

/** @returns the gap's name */
export function selectedGap(params: View["params"]): string | undefined {
  return /^gap:(.+)$/.exec(params["sel"] ?? "")?.[1];
}

/** @returns the time of the position, as it is written */
export function selectedPoint(params: View["params"]): string | undefined {
  const written = /^point:(.+)$/.exec(params["sel"] ?? "")?.[1];
  return written !== undefined && parseUtc(written) !== undefined ? written : undefined;
}

/** Selects the position received next to a time, and shows its moment. */
export function selectPoint(timeMs: number): void {
  const time = scene.value?.track.time;
  if (!time || time.length === 0) return;
  let best = time[0]!;
  for (const each of time)
    if (Math.abs(each * 1000 - timeMs) < Math.abs(best * 1000 - timeMs)) best = each;
  setTime(best * 1000);
  adjust({ sel: `point:${instantText(best * 1000)}` });
}

/** Selects the position next to the moment shown, or nothing where one is selected. */
export function togglePoint(params: View["params"]): void {
  if (selectedPoint(params) === undefined) selectPoint(clockMs.value);
  else adjust({ sel: undefined });
}
