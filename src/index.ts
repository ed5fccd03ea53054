/** The public API of the core: everything here is documented and stable; what is not exported may change. */
export type { Address } from "./aircraft/address.js";
export { isNonIcao, parseAddress } from "./aircraft/address.js";
export type { Reader, ReaderSink, RowIssue, SniffBid } from "./formats/reader.js";
export type { Journey, Leg, Stop } from "./journey/journey.js";
export type {
  Candidate,
  EvidenceClass,
  Exhibit,
  Movement,
  MovementKind,
} from "./movement/movement.js";
export type { Airport, AirportKind, AirportTable, Runway, RunwayEnd } from "./place/airport.js";
export type { Contact, Gap } from "./track/gap.js";
export type { Point, StatedIdentity, Track, TrackSource } from "./track/track.js";
export type { ErrorCode } from "./units/errors.js";
export { WheelsdownError } from "./units/errors.js";
