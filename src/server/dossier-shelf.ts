import type { DossierAnswerJson } from "../api/dossier-shapes.js";
import type { MadeDossier } from "../query/make-dossier.js";

/** What the answers about a dossier are given from; the tracks it was made of are not kept. */
export interface ShelvedDossier extends Pick<MadeDossier, "files" | "policy" | "latestMs"> {
  readonly answer: DossierAnswerJson;
}

/** Dossiers made last: whoever looks at one asks for its list of files, its page and its archive, one after the other. */
export interface DossierShelf {
  /** @param key names question and state of the lake */
  find(key: string): ShelvedDossier | undefined;
  put(key: string, one: ShelvedDossier): void;
}

/** chosen: the one that is looked at, and the one before it */
const KEPT_MAX = 2;
/** What is larger is made anew for each answer. chosen: 500 landings with tracks of 20 aircraft take 19 million */
const CHARACTERS_MAX = 30_000_000;

/** An empty shelf. */
export function dossierShelf(): DossierShelf {
  const kept = new Map<string, ShelvedDossier>();
  return {
    find: (key) => kept.get(key),
    put(key, one) {
      const size = [...one.files.values()].reduce((sum, text) => sum + text.length, 0);
      if (size > CHARACTERS_MAX) return;
      kept.delete(key);
      kept.set(key, one);
      for (const old of [...kept.keys()].slice(0, -KEPT_MAX)) kept.delete(old);
    },
  };
}
