/** `/api/area.jsonl`: what is found, as it is found, with how far the question is. */

import type { AreaLineJson } from "../../api/shapes.js";
import { cleanTrackJson } from "../../api/track-shape.js";
import type { Visit } from "../../journey/visits.js";
import type { Outcomes } from "../../query/area-outcomes.js";
import type { AreaFinding, AreaStep } from "../../query/ask-area.js";
import type { AreaJson } from "../../report/area-shape.js";
import { selectPoints } from "../../track/builder.js";
import type { Track } from "../../track/track.js";

/** Points of a visit that are drawn. chosen: an area fills a screen at most, and a thousand visits must fit a page */
const VISIT_POINTS_MAX = 80;
/** Word of how far it is comes this often. chosen: cleaning so many tracks takes about a tenth of a second */
const PROGRESS_EVERY = 20;

/**
 * Lines of JSON; the last one tells that nothing is missing before it.
 *
 * @param part which of the findings are written
 * @param end what stands beside the answer; asked for when all else is there
 */
export async function* areaLines(
  steps: AsyncIterable<AreaStep>,
  {
    part: { limit, offset },
    shaped,
    outcomes,
    end,
  }: {
    readonly part: { readonly limit: number; readonly offset: number };
    readonly shaped: (finding: AreaFinding) => AreaJson;
    readonly outcomes: Outcomes;
    readonly end: () => Promise<{ readonly notes: readonly string[]; readonly simulated: boolean }>;
  },
): AsyncGenerator<string> {
  let examined = 0;
  let found = 0;
  let isMore = false;
  const progress = () =>
    line({ schema: "wheelsdown/area-progress/1", examined, found: Math.max(0, found - offset) });
  yield progress();
  for await (const step of steps) {
    if (step === "examined") {
      examined++;
      if (examined % PROGRESS_EVERY === 0) yield progress();
      continue;
    }
    if (found === offset + limit) {
      isMore = true;
      break;
    }
    if (found++ >= offset) yield line(visitsOf(step, shaped, outcomes));
  }
  yield line({
    schema: "wheelsdown/area-end/1",
    examined,
    found: Math.max(0, found - offset),
    next: isMore ? offset + limit : null,
    ...(await end()),
  });
}

function line(value: AreaLineJson): string {
  return `${JSON.stringify(value)}\n`;
}

function visitsOf(
  finding: AreaFinding,
  shaped: (finding: AreaFinding) => AreaJson,
  outcomes: Outcomes,
): AreaLineJson {
  const { track, visits, alsoTrack, alsoVisits } = finding;
  return {
    schema: "wheelsdown/area-visits/1",
    area: shaped(finding),
    visitOutcomes: visits.map((visit) => outcomes.ofVisit(finding, visit)),
    tracks: visits.map((visit) => trackOf(track, visit)),
    alsoTracks: alsoTrack ? alsoVisits.map((visit) => trackOf(alsoTrack, visit)) : [],
  };
}

function trackOf(track: Track, { start, end }: Visit): ReturnType<typeof cleanTrackJson> {
  const indices = Uint32Array.from({ length: end - start }, (_, i) => start + i);
  return cleanTrackJson(selectPoints(track, indices), VISIT_POINTS_MAX);
}
