import type { Address } from "../aircraft/address.js";
import type { AreaOutcome } from "../report/area-shape.js";
import type { AreaFinding } from "./ask-area.js";
import { askForLandings, type LandingTools } from "./ask-lake.js";
import type { LakeTools } from "./with-lake.js";

/** What aircraft did in an area, by address; `Address` is that of a finding. */
export interface Outcomes {
  of(finding: AreaFinding): AreaOutcome;
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
  const answer = await askForLandings(lake, asked, { ...tools, kinds });
  const landed = new Set<Address>();
  const possible = new Set<Address>();
  for (const { movement, placed } of answer.landings)
    (placed.relation === "possible" ? possible : landed).add(movement.address);
  // A stop that nothing places can be neither counted here nor ruled out.
  for (const { movement } of answer.unknownPlace) possible.add(movement.address);
  return {
    landed,
    of({ track, visits }) {
      if (landed.has(track.address) || visits.some(({ groundCount }) => groundCount > 0))
        return "landed";
      return possible.has(track.address) ? "possible" : "passed";
    },
  };
}
