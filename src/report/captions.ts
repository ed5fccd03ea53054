/** What the author of a dossier says of single landings and journeys: told beside them, and never as a finding. */

import type { MovementJson } from "./shapes.js";

/** One caption. */
export interface CaptionModel {
  /** Of its landing or journey, as `--caption` has it. */
  readonly id: string;
  /** One line of plain text. */
  readonly text: string;
}

/** Captions by the id of their event. */
export type Captions = ReadonlyMap<string, string>;

/** Stands before every caption, so that none can be taken for what was measured. */
export const CAPTION_LABEL = "Author's words, not measured";

/** For the list of what a dossier does not show. */
export const CAPTIONS_NOT_SHOWN =
  "Whether the author's captions hold: they are the author's own words, no part of any finding, and no exhibit vouches for them.";

/** @returns captions to look up; none of undefined */
export function captionsById(captions: readonly CaptionModel[] = []): Captions {
  return new Map(captions.map(({ id, text }) => [id, text]));
}

/** @returns undefined for a landing without one */
export function captionOfLanding(
  captions: Captions,
  { hex, time }: Pick<MovementJson, "hex" | "time">,
): string | undefined {
  return captions.get(`${hex}-${timeInId(time)}`);
}

/** @returns undefined for a journey without one */
export function captionOfJourney(
  captions: Captions,
  { hex, from }: { readonly hex: string; readonly from: string },
): string | undefined {
  return captions.get(`journey-${hex}-${timeInId(from)}`);
}

/** "Author's words, not measured: ...", for files that are text. */
export function captionSentence(text: string): string {
  return `${CAPTION_LABEL}: ${text}`;
}

/** @returns "20190123T140327Z" of "2019-01-23T14:03:27Z": how ids of events have times */
export function timeInId(iso: string): string {
  return iso.replace(/[-:]/g, "");
}
