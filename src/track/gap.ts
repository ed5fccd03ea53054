/** A stretch of track with no hole longer than the limit: points `start` up to, not including, `end`. */
export interface Contact {
  readonly start: number;
  readonly end: number;
}

/** What lies between two contacts: nobody heard the aircraft between `lastIndex` and `nextIndex`. */
export interface Gap {
  /** Last usable point before and first usable point after. */
  readonly lastIndex: number;
  readonly nextIndex: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly durationMs: number;
  /** Great-circle distance between the two edges, metres. */
  readonly distanceM: number;
  /** `distanceM` over `durationMs`, knots: the least average speed it must have flown. */
  readonly averageSpeedKt: number;
}
