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

/** A runway without its names. */
export interface RunwayOutline extends Pick<Runway, "lengthM" | "widthM"> {
  readonly ends: readonly [Omit<RunwayEnd, "name">, Omit<RunwayEnd, "name">];
}

/** Where an airport and its runways lie: every `Airport` is one. */
export interface AirportOutline
  extends Pick<Airport, "kind" | "latDeg" | "lonDeg" | "elevationFt"> {
  readonly runways: readonly RunwayOutline[];
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
  /** What `airportAt` has in figures: quicker, because no text is read, and nothing is kept of it. */
  outlineAt(position: number): AirportOutline;
  /** As `near`, of large and medium airports only: strips do not crowd them out, and the search passes none. */
  nearLarger(
    place: { readonly latDeg: number; readonly lonDeg: number },
    options: Omit<NearOptions, "accept" | "kinds">,
  ): Airport[];
  /** Large and medium airports in front of an aircraft, from south to north. */
  ahead(outlook: Outlook): AirportsAhead;
  /** No airport within 70 NM of a place lies higher, ft; minus infinity when no elevation there is known. */
  highestNear(place: { readonly latDeg: number; readonly lonDeg: number }): number;
  /**
   * Lets go of airports that were made when they were asked for. Those given before stay what they are, and are other objects
   * than those given from now on: for a table that nobody else asks.
   */
  letGo(): void;
  /** IANA time zone of an airport, undefined when none is known. */
  timeZoneOf(airport: Airport): string | undefined;
}

/** Where an aircraft was last heard, flying which way, and where it was heard next. */
export interface Outlook {
  readonly from: { readonly latDeg: number; readonly lonDeg: number };
  readonly headingDeg: number;
  readonly to: { readonly latDeg: number; readonly lonDeg: number };
  /** How far from `from` an airport may lie. */
  readonly radiusM: number;
  /** Airports whose longest runway is shorter, or not known, do not count; 0 counts all. */
  readonly longestMinM: number;
}

/** Airports ahead as columns, of which the first `count` are meant; they are written anew by the next look. */
export interface AirportsAhead {
  readonly count: number;
  /** In the table, for `airportAt`. */
  readonly positions: Int32Array;
  /** 1 large, 0 medium. */
  readonly isLarge: Uint8Array;
  /** Off the direction of flight, 0 to 60. */
  readonly offDeg: Float64Array;
  readonly fromM: Float64Array;
  readonly toM: Float64Array;
}

export interface NearOptions {
  readonly radiusM: number;
  readonly limit: number;
  readonly accept?: (airport: Airport) => boolean;
  /** Only these kinds; quicker than `accept`, for which every airport on the way is made. */
  readonly kinds?: ReadonlySet<AirportKind>;
}
