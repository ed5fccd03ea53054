import type { Address } from "../aircraft/address.js";
import type { Visit } from "../journey/visits.js";
import type { Movement } from "../movement/movement.js";
import type { AreaOutcome } from "../report/area-shape.js";
import { DAY_MS, MINUTE_MS } from "../units/quantity.js";
import type { AreaFinding } from "./ask-area.js";
import { askForLandings, type LandingTools } from "./ask-lake.js";
import { tellNotKept } from "./kept-positions.js";
import type { LakeTools } from "./with-lake.js";
import { withholdingOf } from "./withhold.js";

/** What aircraft did in an area, by address; `Address` is that of a finding. */
export interface Outcomes {
  of(finding: AreaFinding): AreaOutcome;
  /** The same of one visit: only what lies within an hour of it counts. */
  ofVisit(finding: AreaFinding, visit: Visit): AreaOutcome;
  /** Aircraft with a landing or take-off there. */
  readonly landed: ReadonlySet<Address>;
}

/** Landings and take-offs in the asked place and period, by aircraft. Placed as `wheelsdown landings` places them. */
export async function areaOutcomes(
  { lake, question }: LakeTools,
  tools: Omit<LandingTools, "kinds">,
): Promise<Outcomes> {
  // All aircraft: what a callsign or an operator asks for is told by the positions, not by the movements.
  const { addresses } = question.aircraft;
  const asked = { ...question, aircraft: { addresses } };
  const kinds = ["landing", "touch-and-go", "takeoff"] as const;
  // Who is shown is decided, and counted, where findings are.
  const { unsifted } = withholdingOf(lake);
  const answer = await askForLandings(unsifted, asked, { ...tools, kinds, countsHeard: false });
  const isPossible = ({ placed }: (typeof answer.landings)[number]) =>
    placed.relation === "possible";
  const landings = byAddress(answer.landings.filter((one) => !isPossible(one)));
  const possible = byAddress(answer.landings.filter(isPossible));
  const unplaced = byAddress(answer.unknownPlace);
  const landed = new Set(landings.keys());
  return {
    landed,
    ofVisit({ track: { address } }, visit) {
      const isHere = (stops: readonly Movement[] = []) =>
        stops.some((stop) => isBeside(visit, stop));
      if (visit.groundCount > 0 || isHere(landings.get(address))) return "landed";
      return isHere(possible.get(address)) || isHere(unplaced.get(address)) ? "possible" : "passed";
    },
    of({ track, visits }) {
      if (landed.has(track.address) || visits.some(({ groundCount }) => groundCount > 0))
        return "landed";
      const stops = unplaced.get(track.address) ?? [];
      const mayBeHere = visits.some((visit) => stops.some((stop) => isBeside(visit, stop)));
      return mayBeHere || possible.has(track.address) ? "possible" : "passed";
    },
  };
}

function byAddress(
  all: readonly { readonly movement: Movement }[],
): ReadonlyMap<Address, readonly Movement[]> {
  const found = new Map<Address, Movement[]>();
  for (const { movement } of all)
    found.set(movement.address, [...(found.get(movement.address) ?? []), movement]);
  return found;
}

/** A stop that nothing places may be of a visit when so little time lies between. chosen: what ends a visit */
const BESIDE_MAX_MS = 60 * MINUTE_MS;

function isBeside({ fromMs, toMs }: Visit, { timeFromMs, timeToMs }: Movement): boolean {
  return timeFromMs <= toMs + BESIDE_MAX_MS && timeToMs >= fromMs - BESIDE_MAX_MS;
}

/** Tells of positions of the period that were not kept. @throws WheelsdownError "positions-not-kept" when the lake has none of the whole period */
export async function tellPositionsNotKept(
  { lake, question, notices }: LakeTools,
  period: { readonly fromMs: number; readonly toMs: number },
): Promise<void> {
  const { days } = await lake.holdings();
  const isAnswered = days.some((day) => {
    const startMs = Date.parse(`${day}T00:00:00Z`);
    return startMs <= period.toMs && startMs + DAY_MS > period.fromMs;
  });
  const { addresses } = question.aircraft;
  const asked = { ...period, isAnswered, addresses: addresses && [...addresses] };
  await tellNotKept(lake, asked, notices);
}
