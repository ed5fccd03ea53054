/** What the author of a dossier left out of an answer, in words: a dossier never hides that it is a choice. */

import { counted } from "../units/counted.js";

/** Counted and named, so that whoever reads the dossier can ask for it. */
export interface LeftOutModel {
  /** As the command has them: of landings, and with "journey-" before them of journeys. */
  readonly ids: readonly string[];
  readonly landings: number;
  /** Of these landings, those that may have been at the place asked about, and may not. */
  readonly possible: number;
  readonly journeys: number;
  /** Landings among them that are still told as stops of journeys, which are told whole. */
  readonly stillTold: number;
}

/** @returns "3 landings (1 of them only possible) and 1 journey" */
export function leftOutWords({ landings, possible, journeys }: Omit<LeftOutModel, "ids">): string {
  const which = possible === landings ? "" : `${possible} of them `;
  const doubt = possible > 0 ? ` (${which}only possible)` : "";
  return [
    ...(landings > 0 ? [`${counted(landings, "landing")}${doubt}`] : []),
    ...(journeys > 0 ? [counted(journeys, "journey")] : []),
  ].join(" and ");
}

/** @returns "(left out by the author: 3 landings)", for names of files' documents */
export function leftOutMark(leftOut: Omit<LeftOutModel, "ids">): string {
  return `(left out by the author: ${leftOutWords(leftOut)})`;
}

/** A sentence that stands with the first finding, so that neither is quoted without the other. */
export function leftOutSentence(leftOut: LeftOutModel): string {
  const { landings, stillTold } = leftOut;
  const which =
    stillTold === landings
      ? landings === 1
        ? "that landing is"
        : "these landings are"
      : `${stillTold} of these landings ${stillTold === 1 ? "is" : "are"}`;
  const still =
    stillTold > 0
      ? `; ${which} still told below as ${stillTold === 1 ? "a stop" : "stops"} of a journey, because journeys are told whole`
      : "";
  return `Left out by the author: ${leftOutWords(leftOut)}${still}.`;
}

/** For the list of what the dossier does not show: names every one. */
export function leftOutNotShown(leftOut: LeftOutModel): string {
  return (
    `What the author left out, ${leftOutWords(leftOut)}, by address and estimated time: ${leftOut.ids.join(", ")}. ` +
    "It answers the question as what is told does: the command below without --leave-out tells it."
  );
}
