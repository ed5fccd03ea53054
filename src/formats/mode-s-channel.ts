import { type Address, parseAddress } from "../aircraft/address.js";
import type { DecodedPosition } from "../mode-s/cpr.js";
import { type AddressKind, isOtherAddress } from "../mode-s/message.js";
import { emptyPositionState, type PositionState } from "../mode-s/position-finder.js";
import { type NicSupplements, nicOf, type StatedQuality } from "../mode-s/quality.js";
import { unknownVelocity } from "../mode-s/velocity.js";
import {
  FLAG_ALTITUDE_GEOMETRIC,
  FLAG_RATE_GEOMETRIC,
  type WritablePoint,
} from "../track/track.js";
import { MINUTE_MS, SECOND_MS } from "../units/quantity.js";

// What is remembered of one address, and the points made of it. Objects here are written over instead of made anew: a receiver
// hears a thousand messages a second, and making objects took longer than reading them.

/** A velocity is put beside positions no further away in time. chosen: twenty times the interval at which it is sent */
const VELOCITY_MS = 10 * SECOND_MS;
/** A callsign or squawk is put beside positions up to this long after. chosen: shorter than any stop between two flights */
const NAMED_MS = 20 * MINUTE_MS;

type Writable<T> = { -readonly [key in keyof T]: T[key] };

/** Messages of one kind of address, which are never put together with those of another. */
export interface Channel {
  readonly address: Address;
  readonly kind: AddressKind;
  readonly positions: PositionState;
  readonly velocity: ReturnType<typeof unknownVelocity>;
  /** Times are NaN before anything was heard. */
  velocityMs: number;
  callsign: string;
  callsignMs: number;
  quality: StatedQuality | undefined;
  readonly supplements: Writable<NicSupplements>;
}

/** What was heard under one address, whatever the kind of message. */
export interface Heard {
  provenMs: number;
  squawk: number;
  squawkMs: number;
  /** Of the kind "adsb_icao", which is nearly all there is. */
  usual: Channel | undefined;
  readonly channels: Map<AddressKind, Channel>;
}

/** @returns an address of which nothing was heard yet */
export function emptyHeard(): Heard {
  return {
    provenMs: Number.NaN,
    squawk: -1,
    squawkMs: Number.NaN,
    usual: undefined,
    channels: new Map(),
  };
}

/** @returns a new channel of an address; undefined for an address that nobody has */
export function addChannel(
  heard: Heard,
  {
    addressValue,
    addressKind,
  }: { readonly addressValue: number; readonly addressKind: AddressKind },
): Channel | undefined {
  const digits = addressValue.toString(16).padStart(6, "0");
  const address = parseAddress(isOtherAddress(addressKind) ? `~${digits}` : digits);
  if (!address) return undefined;
  const channel: Channel = {
    address,
    kind: addressKind,
    positions: emptyPositionState(),
    velocity: unknownVelocity(),
    velocityMs: Number.NaN,
    callsign: "",
    callsignMs: Number.NaN,
    quality: undefined,
    supplements: { a: undefined, b: false, c: undefined, adsbVersion: Number.NaN },
  };
  heard.channels.set(addressKind, channel);
  if (addressKind === "adsb_icao") heard.usual = channel;
  return channel;
}

/** Remembers a quality. A target state knows less than an operational status: what it does not say stays. */
export function rememberQuality(channel: Channel, now: StatedQuality): void {
  const before = channel.quality;
  const { supplements } = channel;
  supplements.a = now.nicSupplementA ?? before?.nicSupplementA;
  supplements.c = now.nicSupplementC ?? before?.nicSupplementC;
  supplements.adsbVersion = now.adsbVersion;
  channel.quality = { ...now, nicSupplementA: supplements.a, nicSupplementC: supplements.c };
}

/** A position as sent, beside what its message and frame say. Unknown numbers are NaN. */
export interface Sent {
  isSurface: boolean;
  isOdd: boolean;
  latCpr: number;
  lonCpr: number;
  typeCode: number;
  pressureAltitudeFt: number;
  geometricAltitudeFt: number;
  /** Of surface messages. */
  groundSpeedKt: number;
  nicSupplementB: boolean;
  /** What the transponder says of itself; undefined where it may only guess. */
  isOnGround: boolean | undefined;
  timeMs: number;
  row: number;
  isMlat: boolean;
}

/** @returns a position of which nothing is known, to be written over */
export function emptySent(): Sent {
  return {
    isSurface: false,
    isOdd: false,
    latCpr: 0,
    lonCpr: 0,
    typeCode: 0,
    pressureAltitudeFt: Number.NaN,
    geometricAltitudeFt: Number.NaN,
    groundSpeedKt: Number.NaN,
    nicSupplementB: false,
    isOnGround: undefined,
    timeMs: Number.NaN,
    row: 0,
    isMlat: false,
  };
}

/** Writes a decoded position, and what was heard shortly before, over a point. */
export function fillPoint(
  point: WritablePoint,
  { latDeg, lonDeg }: DecodedPosition,
  {
    sent,
    channel,
    heard,
  }: { readonly sent: Sent; readonly channel: Channel; readonly heard: Heard },
): void {
  const { timeMs } = sent;
  const { quality, supplements } = channel;
  point.timeMs = timeMs;
  point.latDeg = latDeg;
  point.lonDeg = lonDeg;
  if (sent.isSurface) fillSurface(point, sent);
  else fillAirborne(point, sent, channel);
  // A transponder that says "on the ground" in a message of the air contradicts itself.
  point.onGround = sent.isSurface ? true : sent.isOnGround === true ? undefined : false;
  point.positionSource = sent.isMlat ? "mlat" : channel.kind;
  supplements.b = sent.nicSupplementB;
  point.nic = nicOf(sent.typeCode, supplements);
  point.nacP = definite(quality?.nacP);
  point.sil = definite(quality?.sil);
  const isNamed = Math.abs(timeMs - channel.callsignMs) <= NAMED_MS;
  point.callsign = isNamed && channel.callsign !== "" ? channel.callsign : undefined;
  point.squawk = Math.abs(timeMs - heard.squawkMs) <= NAMED_MS ? heard.squawk : undefined;
  point.row = sent.row;
}

/** The direction of a surface message may be a heading: it stays out. */
function fillSurface(point: WritablePoint, { groundSpeedKt }: Sent): void {
  point.altitudeFt = Number.NaN;
  point.geometricAltitudeFt = Number.NaN;
  point.groundSpeedKt = groundSpeedKt;
  point.trackAngleDeg = Number.NaN;
  point.verticalRateFpm = Number.NaN;
  point.flags = 0;
}

function fillAirborne(point: WritablePoint, sent: Sent, channel: Channel): void {
  const { pressureAltitudeFt, geometricAltitudeFt } = sent;
  const { velocity } = channel;
  const isMoving = Math.abs(sent.timeMs - channel.velocityMs) <= VELOCITY_MS;
  const differenceFt = isMoving ? velocity.geometricDifferenceFt : Number.NaN;
  // A position of TC 20 to 22 has no pressure altitude; the difference leads back to it when it is known.
  const pressureFt = known(pressureAltitudeFt, geometricAltitudeFt - differenceFt);
  const geometricFt = known(geometricAltitudeFt, pressureAltitudeFt + differenceFt);
  const isGeometric = Number.isNaN(pressureFt) && !Number.isNaN(geometricFt);
  point.altitudeFt = isGeometric ? geometricFt : pressureFt;
  point.geometricAltitudeFt = geometricFt;
  point.groundSpeedKt = isMoving ? velocity.groundSpeedKt : Number.NaN;
  point.trackAngleDeg = isMoving ? velocity.trackAngleDeg : Number.NaN;
  point.verticalRateFpm = isMoving ? velocity.verticalRateFpm : Number.NaN;
  const isRateGeometric =
    isMoving && velocity.isRateGeometric && !Number.isNaN(velocity.verticalRateFpm);
  point.flags =
    (isGeometric ? FLAG_ALTITUDE_GEOMETRIC : 0) | (isRateGeometric ? FLAG_RATE_GEOMETRIC : 0);
}

function known(value: number, other: number): number {
  return Number.isNaN(value) ? other : value;
}

function definite(value: number | undefined): number | undefined {
  return value === undefined || Number.isNaN(value) ? undefined : value;
}
