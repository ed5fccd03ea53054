/**
 * JSON of the server's answers, as far as commands have no such answer. The page knows these types and no others; what
 * both show is taken over from `src/report`. A field is never renamed or dropped within a schema number, unknown is
 * null, times are ISO 8601 UTC.
 */

export type { AreaJson, AreaOutcome, PositionJson, VisitJson } from "../report/area-shape.js";
export type { ArrivalJson } from "../report/arrival-shape.js";
export type { JourneyJson, LegJson, StopJson, StopOutcomesJson } from "../report/journey-shape.js";
export type { LandingJson } from "../report/landing-shape.js";
export type {
  CandidateJson,
  CoverageWeighedJson,
  ExhibitJson,
  GapJson,
  MovementJson,
} from "../report/shapes.js";

/** A 4xx or 5xx answer. */
export interface ProblemJson {
  readonly schema: "wheelsdown/problem/1";
  readonly status: number;
  /** "usage", "unknown-name", "not-found", "too-large", "busy", ... */
  readonly code: string;
  /** What is wrong, where, and what to write instead. */
  readonly detail: string;
}

/** `/api/lake`: what the lake holds, and how complete that is. */
export interface LakeJson {
  readonly schema: "wheelsdown/lake/1";
  readonly program: string;
  readonly engine: string;
  readonly simulated: boolean;
  readonly aircraftCount: number;
  readonly inputCount: number;
  readonly positionCount: number;
  readonly movementCount: number;
  readonly days: readonly LakeDayJson[];
  /** One for each licence stated; "not stated" is one of them. */
  readonly licences: readonly { readonly licence: string; readonly inputCount: number }[];
  readonly formats: readonly { readonly format: string; readonly inputCount: number }[];
  /** What the server's answers withhold, as sentences; or that it was told to show it. */
  readonly withheld: readonly string[];
  /** Options the server was started with that show what is withheld: commands that give its answers again need them. */
  readonly showing: readonly ("--include-private" | "--include-recent")[];
}

export interface LakeDayJson {
  readonly day: string;
  readonly positionCount: number;
  /** "partial": of the day's trace folders some are missing; "whole" as far as that can be told. */
  readonly state: "whole" | "partial";
  /** Of 256; null where the day was not given as such folders. */
  readonly folderCount: number | null;
}

/** `/api/search?q=`: what a word may mean, the likeliest first. */
export interface SearchJson {
  readonly schema: "wheelsdown/search/1";
  readonly query: string;
  readonly found: readonly FoundJson[];
}

export interface FoundJson {
  readonly kind: "aircraft" | "airport" | "country" | "fleet";
  /** Hex address, ident, ISO code or name of a fleet. */
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  /** Whether the lake holds positions or movements of it; null where that is not looked up. */
  readonly inLake: boolean | null;
}

/** `/api/aircraft/{hex}`: who it is said to be, and when it was heard. */
export interface AircraftJson {
  readonly schema: "wheelsdown/aircraft-answer/1";
  readonly hex: string;
  /** State whose block the address lies in, ISO code; null when no State's. */
  readonly state: string | null;
  readonly stateName: string | null;
  readonly military: boolean;
  readonly fleets: readonly string[];
  readonly identities: readonly IdentityJson[];
  /** Days with positions, and how many. */
  readonly days: readonly { readonly day: string; readonly positionCount: number }[];
  readonly airports: readonly VisitedJson[];
  readonly firstHeard: string | null;
  readonly lastHeard: string | null;
  /** What the answers about it withhold, as sentences. */
  readonly notes: readonly string[];
  readonly simulated: boolean;
}

/** What a source says the address belonged to, from one day to another. */
export interface IdentityJson {
  readonly registration: string | null;
  readonly type: string | null;
  readonly typeName: string | null;
  readonly operator: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly source: string;
}

/** An airport the aircraft landed at or took off from, named ones only. */
export interface VisitedJson {
  readonly airport: string;
  readonly airportName: string;
  readonly country: string;
  readonly seen: number;
  readonly inferred: number;
  readonly last: string;
}

/** `/api/aircraft/{hex}/track`: positions as columns, thinned so that no edge of a gap and no ground is lost. */
export interface TrackJson {
  readonly schema: "wheelsdown/track/1";
  readonly hex: string;
  readonly simulated: boolean;
  /** Before thinning. */
  readonly positionCount: number;
  /** Seconds since 1970 UTC; the other columns have a value for each. */
  readonly time: readonly number[];
  readonly lat: readonly number[];
  readonly lon: readonly number[];
  /** Pressure altitude; null when unknown or on the ground. */
  readonly altitudeFt: readonly (number | null)[];
  readonly speedKt: readonly (number | null)[];
  readonly ground: readonly (boolean | null)[];
  /** 0 for positions as sent by the aircraft, 1 for multilateration, 2 for rebroadcasts, 3 unknown. */
  readonly source: readonly number[];
  /** Indices of the first point behind each gap. */
  readonly gapAt: readonly number[];
  readonly gaps: readonly TrackGapJson[];
  /** Silences that reach out of the period that was asked for. */
  readonly endGaps: readonly EndGapJson[];
}

/** A stretch between two positions in which nobody heard the aircraft. */
export interface TrackGapJson {
  /** For `/api/gap/{id}`. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly durationS: number;
  readonly distanceKm: number | null;
}

/** A silence that began before the period of a track, or ended behind it. */
export interface EndGapJson extends TrackGapJson {
  readonly last: EndPlaceJson;
  readonly next: EndPlaceJson;
}

/** A position at an edge of a silence. */
export interface EndPlaceJson {
  readonly lat: number;
  readonly lon: number;
  readonly onGround: boolean;
}

/** `/api/aircraft/{hex}/position?at=`: one position as it was received, `time` to the millisecond. */
export interface PositionAnswerJson
  extends Omit<import("../report/point-shape.js").PointJson, "schema"> {
  readonly schema: "wheelsdown/position-answer/1";
  /** On the clocks of the nearest airport; null when none is near. */
  readonly timeLocal: string | null;
  readonly timeZone: string | null;
  /** Above the WGS 84 ellipsoid; null when not sent. */
  readonly geometricAltitudeFt: number | null;
  /** Integrity and accuracy as sent by the aircraft (RTCA DO-260B); null when not sent. */
  readonly nic: number | null;
  readonly nacP: number | null;
  readonly sil: number | null;
  /** Four octal digits. */
  readonly squawk: string | null;
  /** Of the input. */
  readonly format: string | null;
}

/** `/api/gap/{id}`: what could have happened while nobody heard the aircraft. */
export interface GapAnswerJson {
  readonly schema: "wheelsdown/gap-answer/1";
  readonly id: string;
  readonly hex: string;
  readonly last: GapEdgeJson;
  readonly next: GapEdgeJson;
  readonly durationS: number;
  readonly distanceKm: number;
  /** Speed at which reach is reckoned, and where it is from. */
  readonly cruiseKt: number;
  readonly cruiseFrom: string;
  /** Whether at `cruiseKt` nearly every larger airport of the world was in reach: then distance tells none apart. */
  readonly anywhere: boolean;
  /** GeoJSON geometry of where it could have been at `cruiseKt`; null where it is not an area. */
  readonly reach: unknown;
  /** Speed over ground that nothing of its kind exceeds: outside of `hardReach` it cannot have been. */
  readonly hardKt: number;
  readonly hardReach: unknown;
  /** Larger airports in reach, in order of the time a stop there would have left. */
  readonly airports: readonly GapAirportJson[];
  readonly airportsLeftOut: number;
  /** Movements that were inferred in the gap. */
  readonly movements: readonly import("../report/shapes.js").MovementJson[];
  /** Other aircraft heard then within 100 km of either edge. */
  readonly othersHeard: { readonly atLast: number; readonly atNext: number };
  readonly sentence: string;
  readonly simulated: boolean;
}

export interface GapEdgeJson {
  readonly time: string;
  readonly lat: number;
  readonly lon: number;
  readonly altitudeFt: number | null;
  readonly speedKt: number | null;
  readonly onGround: boolean | null;
  readonly file: string | null;
  readonly row: number;
}

export interface GapAirportJson {
  readonly airport: string;
  readonly airportName: string;
  readonly country: string;
  readonly lat: number;
  readonly lon: number;
  readonly fromLastKm: number;
  readonly toNextKm: number;
  /** On the ground there, flying straight at `cruiseKt`; negative when it would have had to be faster. */
  readonly spareS: number;
  readonly longestRunwayM: number | null;
  /** The runway is long enough for the type; null when either is unknown. */
  readonly longEnough: boolean | null;
}

/** `/api/airport/{ident}`. */
export interface AirportJson {
  readonly schema: "wheelsdown/airport/1";
  readonly ident: string;
  readonly iata: string | null;
  readonly name: string;
  readonly country: string;
  readonly countryName: string;
  readonly municipality: string | null;
  readonly lat: number;
  readonly lon: number;
  readonly elevationFt: number | null;
  readonly timeZone: string | null;
  readonly military: boolean;
  readonly runways: readonly RunwayJson[];
}

export interface RunwayJson {
  readonly id: string;
  readonly lengthM: number | null;
  readonly widthM: number | null;
  readonly surface: "hard" | "soft" | "water" | "unknown";
  readonly closed: boolean;
  readonly ends: readonly {
    readonly name: string;
    readonly lat: number | null;
    readonly lon: number | null;
    readonly headingDeg: number | null;
  }[];
}

/** `/api/country/{code}`: four counts that are never added up. */
export interface CountryJson {
  readonly schema: "wheelsdown/country/1";
  readonly code: string;
  readonly name: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly landings: number;
  readonly possibleLandings: number;
  /** Aircraft heard over the country without a landing there that anybody heard; null when not looked up. */
  readonly overflights: number | null;
  /** Aircraft with a stop in the period that nothing places, here or elsewhere; in none of the other counts for it. */
  readonly unplacedAircraft: number;
  /** How many such stops they have. */
  readonly unplacedStops: number;
  /** West, south, east, north of its largest part and what lies near that; east may be over 180. Null without land. */
  readonly frame: readonly [number, number, number, number] | null;
  readonly aircraft: readonly {
    readonly hex: string;
    readonly registration: string | null;
    readonly type: string | null;
    readonly landings: number;
    readonly possibleLandings: number;
  }[];
  readonly note: string;
}

/** `/api/positions`: who was heard in an area and a period; where they were, `/api/positions.bin` says. */
export interface PositionsJson {
  readonly schema: "wheelsdown/positions/1";
  readonly from: string;
  readonly to: string;
  /** Inside the area and the period, without what was set aside. */
  readonly positionCount: number;
  /** Repeats and jumps in the area and right around it. */
  readonly setAsideCount: number;
  /** In order of address. */
  readonly aircraft: readonly {
    readonly hex: string;
    readonly registration: string | null;
    readonly type: string | null;
    readonly positionCount: number;
    readonly simulated: boolean;
  }[];
  readonly notes: readonly string[];
  readonly simulated: boolean;
}

/** A list of answers: `/api/landings`, `/api/airport/{ident}/arrivals`, `/api/aircraft/{hex}/journeys`, `/api/area`. */
export interface ListJson<Item> {
  readonly schema: "wheelsdown/list/1";
  readonly items: readonly Item[];
  /** How many there are in all; null where counting them would mean making them. */
  readonly total: number | null;
  /** Position of the next page, for `offset`; null on the last one. */
  readonly next: number | null;
  /** What the answer rests on and what it leaves out, as sentences. */
  readonly notes: readonly string[];
  readonly simulated: boolean;
}

/** `/api/coverage?at=`: as `wheelsdown coverage --json` says it. */
export type { CoverageModel } from "../report/coverage-model.js";

/** A line of `/api/area.jsonl`, in the order: progress and visits mixed, then one end. Without an end it broke off. */
export type AreaLineJson = AreaProgressJson | AreaVisitsJson | AreaEndJson;

/** How far the question is: aircraft with a position in a box around the area are looked at one by one. */
export interface AreaProgressJson {
  readonly schema: "wheelsdown/area-progress/1";
  readonly examined: number;
  readonly found: number;
}

/** One aircraft that was heard inside, with what a map and a chart by day need. */
export interface AreaVisitsJson {
  readonly schema: "wheelsdown/area-visits/1";
  readonly area: import("../report/area-shape.js").AreaJson;
  /** Of each of its visits: what lies within an hour of it. */
  readonly visitOutcomes: readonly import("../report/area-shape.js").AreaOutcome[];
  /** Positions of each visit, thinned. */
  readonly tracks: readonly TrackJson[];
  /** The same of the visits to the second area; none without one. */
  readonly alsoTracks: readonly TrackJson[];
}

export interface AreaEndJson {
  readonly schema: "wheelsdown/area-end/1";
  readonly examined: number;
  readonly found: number;
  /** The `offset` of what follows; null when every aircraft was looked at. */
  readonly next: number | null;
  readonly notes: readonly string[];
  readonly simulated: boolean;
}

/** `/api/landings`: a list, and how all of it, not only this part, lies in time. */
export interface LandingListJson
  extends ListJson<import("../report/landing-shape.js").LandingJson> {
  readonly days: readonly LandingDayJson[];
  /** Landings that no one day (UTC) can be given, and stops that nothing places: in no day's counts. */
  readonly undated: number;
  readonly unplaced: number;
  /**
   * The place asked for, as a map shows it: west, south, east, north; east may be over 180. Of a country its largest part
   * and what lies near that. Null where no place was asked for.
   */
  readonly frame: readonly [number, number, number, number] | null;
}

/** Landings of a day (UTC). Those of `possible` may have been elsewhere, or not have happened. */
export interface LandingDayJson {
  readonly day: string;
  readonly seen: number;
  readonly inferred: number;
  readonly possible: number;
}
