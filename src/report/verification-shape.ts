/** What `verify` found out about a dossier, as other programs get it. */

/** A listed file beside its manifest. */
export interface FileCheckJson {
  readonly file: string;
  readonly state: "whole" | "changed" | "missing";
  /** In words, when it is not whole; else null. */
  readonly detail: string | null;
}

/** An input that the dossier names, looked for among the paths given. */
export interface InputCheckJson {
  readonly file: string;
  readonly sha256: string;
  /** "changed": other bytes under exactly this name. */
  readonly state: "present" | "changed" | "missing";
  /** What the same bytes are called where they were found; null when they were not. */
  readonly foundAs: string | null;
  /** False when an exhibit names it and the manifest does not. */
  readonly inManifest: boolean;
}

/** The first line in which the file that lies there and the one made anew part. Lines and columns count from 1. */
export interface DifferenceJson {
  readonly line: number;
  readonly column: number;
  /** What stands around it, cut; null past the end of a file. */
  readonly dossier: string | null;
  readonly again: string | null;
}

/** A file as the manifest lists it beside the one that the same question gives now. */
export interface AgainFileJson {
  readonly file: string;
  /** "gone": the question no longer gives it; "new": the dossier lacks it. */
  readonly state: "equal" | "differs" | "gone" | "new";
  /** Where the file that lies there parts from the one made anew; null where it does not, or is missing. */
  readonly first: DifferenceJson | null;
}

/** The question asked again, or why it could not be. */
export interface AgainJson {
  readonly ran: boolean;
  /** Why not; null when it ran. */
  readonly reason: string | null;
  readonly lake: string;
  readonly files: readonly AgainFileJson[];
  /** What the dossier rests on and what is here, where the two differ, in words. */
  readonly causes: readonly string[];
}

export interface VerificationJson {
  readonly schema: "wheelsdown/verification/1";
  readonly dossier: string;
  readonly simulated: boolean;
  /** "differs" when anything is changed, missing or unequal; else "open" when what was asked could not be checked. */
  readonly result: "whole" | "differs" | "open";
  readonly madeBy: { readonly version: string; readonly engineVersion: string };
  readonly checkedBy: { readonly version: string; readonly engineVersion: string };
  readonly files: readonly FileCheckJson[];
  /** Names in the folder that the manifest does not list: nothing vouches for them. */
  readonly unlisted: readonly string[];
  /** Names in the folder that are made from listed files and not hashed: the PDF. */
  readonly derived: readonly string[];
  /** Null when no inputs were given. */
  readonly inputs: readonly InputCheckJson[] | null;
  /** Null when no lake was given. */
  readonly again: AgainJson | null;
}

/** Exit codes of `verify`: as for claims, 1 says contradicted and 2 that something stayed open. */
export const VERIFICATION_EXIT = { whole: 0, differs: 1, open: 2 } as const;

/** @returns what all checks together come to */
export function verificationResult(
  found: Pick<VerificationJson, "files" | "inputs" | "again">,
): VerificationJson["result"] {
  const differs =
    found.files.some(({ state }) => state !== "whole") ||
    (found.inputs ?? []).some(({ state }) => state !== "present") ||
    (found.again?.files ?? []).some(({ state }) => state !== "equal");
  if (differs) return "differs";
  return found.again && !found.again.ran ? "open" : "whole";
}
