/** One end of a runway: where a landing in that direction begins. */
export interface RunwayEnd {
  /** Painted name, "18R"; it changes with the magnetic field, so it is printed with the table's date. */
  readonly name: string;
  /** Threshold position; NaN when the table has none. */
  readonly latDeg: number;
  readonly lonDeg: number;
  /** True direction of a landing at this end, 0..360; NaN when unknown. */
  readonly headingDeg: number;
}

export interface Runway {
  readonly id: string;
  /** Metres; NaN when unknown. */
  readonly lengthM: number;
  readonly widthM: number;
  readonly surface: "hard" | "soft" | "water" | "unknown";
  readonly closed: boolean;
  readonly ends: readonly [RunwayEnd, RunwayEnd];
}

export type AirportKind = "large" | "medium" | "small" | "heliport" | "seaplane" | "closed";

/** Any place with an ident where aircraft land, military and private fields included. */
export interface Airport {
  readonly ident: string;
  readonly name: string;
  readonly kind: AirportKind;
  readonly latDeg: number;
  readonly lonDeg: number;
  /** Feet above mean sea level; NaN when unknown, never 0 for unknown. */
  readonly elevationFt: number;
  /** ISO 3166-1 alpha-2, as the airport table says. */
  readonly country: string;
  readonly municipality: string;
  readonly iata: string;
  /** Other codes and names it is found by: GPS code, local code, former idents. */
  readonly aliases: readonly string[];
  readonly scheduled: boolean;
  /** Named as an air base, or listed so; a wrong "false" is possible. */
  readonly military: boolean;
  readonly runways: readonly Runway[];
}

/** Airports by name and by place. */
export interface AirportTable {
  readonly airports: readonly Airport[];
  /** By ident, or by an alias when no ident fits; case does not matter. */
  find(code: string): Airport | undefined;
  /** Airports within `radiusM` of a point, nearest first, at most `limit`. */
  near(
    place: { readonly latDeg: number; readonly lonDeg: number },
    options: NearOptions,
  ): Airport[];
  /**
   * As `near`, by looking at all that is in a box: quicker for a small circle of which most is wanted. Airports equally
   * far off may come in another order.
   *
   * @returns their positions in the table
   */
  inCircle(
    place: { readonly latDeg: number; readonly lonDeg: number },
    options: Omit<NearOptions, "accept">,
  ): number[];
  /** The airport at a position of the table: the same object each time, as in every other answer. */
  airportAt(position: number): Airport;
  /** As `airportAt`, for a short look: an object of its own, if the table has none yet, that is not kept. */
  peekAt(position: number): Airport;
  /** As `near`, of large and medium airports only: strips do not crowd them out, and the search passes none. */
  nearLarger(
    place: { readonly latDeg: number; readonly lonDeg: number },
    options: Omit<NearOptions, "accept" | "kinds">,
  ): Airport[];
  /** No airport of the table lies higher, ft; minus infinity when no elevation is known. */
  readonly highestFt: number;
  /** IANA time zone of an airport, undefined when none is known. */
  timeZoneOf(airport: Airport): string | undefined;
}

export interface NearOptions {
  readonly radiusM: number;
  readonly limit: number;
  readonly accept?: (airport: Airport) => boolean;
  /** Only these kinds; quicker than `accept`, for which every airport on the way is made. */
  readonly kinds?: ReadonlySet<AirportKind>;
}
