import type { MadeDossier } from "../query/make-dossier.js";

/** A dossier with the notes that came up while it was made. */
export interface ShelvedDossier {
  readonly made: MadeDossier;
  readonly notes: readonly string[];
}

/** Dossiers made last: whoever looks at one asks for its list of files, its page and its archive, one after the other. */
export interface DossierShelf {
  /** @param key names question and state of the lake */
  find(key: string): ShelvedDossier | undefined;
  put(key: string, one: ShelvedDossier): void;
}

/** chosen: the one that is looked at, and the one before it */
const KEPT_MAX = 2;
/** What is larger is made anew for each answer. chosen: a thousand landings with tracks take some 20 MB */
const CHARACTERS_MAX = 64_000_000;

/** An empty shelf. */
export function dossierShelf(): DossierShelf {
  const kept = new Map<string, ShelvedDossier>();
  return {
    find: (key) => kept.get(key),
    put(key, one) {
      const size = [...one.made.files.values()].reduce((sum, text) => sum + text.length, 0);
      if (size > CHARACTERS_MAX) return;
      kept.delete(key);
      kept.set(key, one);
      for (const old of [...kept.keys()].slice(0, -KEPT_MAX)) kept.delete(old);
    },
  };
}
