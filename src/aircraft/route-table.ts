/**
 * Which airports a callsign is said to fly between, as a list of one's choice has it. Such lists are made by many hands
 * and carry no dates: they say what is usual, never what happened.
 */
export interface RouteTable {
  /** The file it was read from, as the user named it. */
  readonly file: string;
  /** SHA-256 of the file as stored, 64 hex digits. */
  readonly sha256: string;
  readonly callsignCount: number;
  /**
   * @param callsign in any case, blanks around it ignored
   * @returns ICAO codes in the order flown, two or more; undefined when the list lacks the callsign
   */
  routeOf(callsign: string): readonly string[] | undefined;
}

/** @returns a callsign as lists write it: upper case, no blanks around it */
export function plainCallsign(callsign: string): string {
  return callsign.trim().toUpperCase();
}

/** @param routes by plain callsign, codes joined by dashes: "EGLL-KJFK" */
export function routeTableOf(
  routes: ReadonlyMap<string, string>,
  source: Pick<RouteTable, "file" | "sha256">,
): RouteTable {
  return {
    ...source,
    callsignCount: routes.size,
    // Split when asked for: hundreds of thousands of small lists would take most of a second and much memory.
    routeOf: (callsign) => routes.get(plainCallsign(callsign))?.split("-"),
  };
}
