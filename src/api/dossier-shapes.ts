/** `/api/dossier`: what a dossier tells, what its author may leave out, and its files. */
export interface DossierAnswerJson {
  readonly schema: "wheelsdown/dossier-answer/1";
  readonly title: string;
  readonly question: string;
  /** What to type to get the same bytes, in the folder that the server was started in. */
  readonly command: string;
  readonly simulated: boolean;
  /** The first finding. */
  readonly lead: string;
  readonly landingCount: number;
  /** Of these landings, those that may have been at the place asked about, and may not. */
  readonly possibleCount: number;
  /** Journeys that are told, and those that are not, for size. */
  readonly journeyCount: number;
  readonly journeysNotShown: number;
  /** What the author left out; `possible` and `stillTold` are among the landings. */
  readonly leftOut: {
    readonly landings: number;
    readonly possible: number;
    readonly journeys: number;
    readonly stillTold: number;
  };
  /** All that answers the question, landings first, each in order of time. */
  readonly events: readonly DossierEventJson[];
  /** Files of the packet; the last one is the manifest, which lists the others. */
  readonly files: readonly {
    readonly file: string;
    readonly byteCount: number;
    readonly sha256: string;
  }[];
  readonly notes: readonly string[];
}

/** A landing or a journey that a dossier tells, unless its author leaves it out. */
export interface DossierEventJson {
  /** For `leave-out`. */
  readonly id: string;
  readonly kind: "landing" | "journey";
  readonly hex: string;
  readonly registration: string | null;
  /** Best estimate of a landing, beginning of a journey. */
  readonly time: string;
  /** A landing lies between these; a journey begins and ends with them. */
  readonly timeFrom: string;
  readonly timeTo: string;
  /** "SVMI Maiquetía", "airport not named: one of ...", or "UUWW – GOBD" for a journey. */
  readonly text: string;
  /** "possible": the airport cannot be named; null for a journey. */
  readonly evidence: "seen" | "inferred" | "possible" | null;
  /** Id of the journey that a landing is a stop of, as far as that is an answer too. */
  readonly journey: string | null;
  /** The author's own words, measured by nobody. */
  readonly caption: string | null;
  readonly isLeftOut: boolean;
  readonly simulated: boolean;
}
