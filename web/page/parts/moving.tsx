/** What moves on the map with the clock. */

import { useEffect } from "preact/hooks";
import { mapHandle, momentLine } from "../map/map-state.js";
import { momentMarks, NO_MARKS, useReach } from "../map/moving.js";
import { clockMs, scene } from "../player.js";
import { isFollowing } from "../playing.js";
import { momentAt } from "../scene.js";
import { secondText } from "../words.js";
import { momentText } from "./clock.js";

/** The moving parts redraw with the clock, and nothing else does. */
export function Moving() {
  const handle = mapHandle.value;
  const shown = scene.value;
  const timeMs = clockMs.value;
  const moment = shown && Number.isFinite(timeMs) ? momentAt(shown, timeMs) : undefined;
  const reach = useReach(moment?.kind === "gap" && !moment.gap.parked ? moment.gap.id : undefined);
  useEffect(() => {
    const { head = "", rest } = moment ? momentText(moment) : {};
    momentLine.value = moment
      ? `At ${secondText(timeMs).replace("T", " ")} (UTC): ${head} ${rest}`
      : "";
    handle?.setMoving(momentMarks(shown ?? undefined, moment, { timeMs, reach }));
    if (isFollowing.value && moment?.kind === "heard") handle?.moveTo(moment.latDeg, moment.lonDeg);
  }, [handle, shown, timeMs, reach]);
  useEffect(() => () => mapHandle.peek()?.setMoving(NO_MARKS), []);
  return null;
}
