import { type Address, parseAddress } from "../../../src/aircraft/address.js";
import type { ReaderSink } from "../../../src/formats/reader.js";
import type { AirbornePosition, SurfacePosition } from "../../../src/mode-s/extended-squitter.js";
import {
  type AddressKind,
  isOtherAddress,
  type ModeSMessage,
  readMessage,
} from "../../../src/mode-s/message.js";
import { type NicSupplements, nicOf, type StatedQuality } from "../../../src/mode-s/quality.js";
import type { Velocity } from "../../../src/mode-s/velocity.js";
import {
  FLAG_ALTITUDE_GEOMETRIC,
  FLAG_RATE_GEOMETRIC,
  type Point,
} from "../../../src/track/track.js";
import { MINUTE_MS, SECOND_MS } from "../../../src/units/quantity.js";
import type { DecodedPosition } from "./cpr.js";
import { emptyPositionState, findPosition, type PositionState } from "./position-finder.js";

/**
 * A reply whose address lies over its parity counts when that address was heard in clear no longer ago. chosen: longer than
 * any pause between squitters of an aircraft in range, short beside 2^24 addresses that noise may hit
 */
const PROVEN_MS = 5 * MINUTE_MS;
/** A velocity is put beside positions no further away in time. chosen: twenty times the interval at which it is sent */
const VELOCITY_MS = 10 * SECOND_MS;
/** A callsign or squawk is put beside positions up to this long after. chosen: shorter than any stop between two flights */
const NAMED_MS = 20 * MINUTE_MS;
/** Aircraft remembered at once. chosen: ten times what the busiest receiver hears in an hour; 100 MB */
const AIRCRAFT_MAX = 100_000;

/** One frame as a reader hands it over. */
export interface Frame {
  /** 7 or 14 bytes; anything else is counted as bad. */
  readonly bytes: Uint8Array;
  /** Milliseconds since 1970 UTC. */
  readonly timeMs: number;
  readonly row: number;
  /** True when the receiver's software made it from several receivers' times, not the aircraft. */
  readonly isMlat?: boolean | undefined;
}

interface Timed<T> {
  readonly value: T;
  readonly timeMs: number;
}

/** Messages of one kind of address, which are never put together with those of another. */
interface Channel {
  readonly address: Address;
  readonly kind: AddressKind;
  readonly positions: PositionState;
  velocity: Timed<Velocity> | undefined;
  callsign: Timed<string> | undefined;
  quality: StatedQuality | undefined;
}

/** What was heard under one address, whatever the kind of message. */
interface Heard {
  provenMs: number;
  squawk: Timed<number> | undefined;
  readonly channels: Map<AddressKind, Channel>;
}

/**
 * The plain way, against which the quick one of src/formats/mode-s-frames.ts is held.
 *
 * Takes Mode S frames one by one and gives the sink a point for each position that can be decoded. Frames that say something
 * else are remembered and stand beside the positions that follow.
 */
export class FrameListener {
  readonly #sink: ReaderSink;
  readonly #receiver: DecodedPosition | undefined;
  readonly #heard = new Map<number, Heard>();

  constructor(sink: ReaderSink, receiver: DecodedPosition | undefined) {
    this.#sink = sink;
    this.#receiver = receiver;
  }

  /** Call in the order of the input; rows are counted by the reader. */
  take(frame: Frame): void {
    const message = readMessage(frame.bytes);
    if (typeof message === "string") this.#refuse(frame.row, message);
    else this.#listen(message, frame);
  }

  #refuse(row: number, kind: keyof typeof REFUSED): void {
    this.#sink.issue({ kind, row, detail: REFUSED[kind] });
  }

  #listen(message: ModeSMessage, frame: Frame): void {
    const { addressValue, addressKind, proof } = message;
    const isOther = isOtherAddress(addressKind);
    const key = addressValue + (isOther ? 1 << 24 : 0);
    const known = this.#heard.get(key);
    if (proof === "by-address") {
      // Other formats wear their address over the parity: noise gives an address too.
      if (!known || Math.abs(frame.timeMs - known.provenMs) > PROVEN_MS)
        return this.#refuse(frame.row, "address-unproven");
      if (message.squawk >= 0) known.squawk = { value: message.squawk, timeMs: frame.timeMs };
      return;
    }
    const heard = known ?? this.#add(key);
    heard.provenMs = frame.timeMs;
    if (message.squawk >= 0) heard.squawk = { value: message.squawk, timeMs: frame.timeMs };
    if (!message.extended) return;
    const channel = heard.channels.get(addressKind) ?? addChannel(heard, message);
    // 000000 and ffffff are nobody's.
    if (!channel) return this.#refuse(frame.row, "address-invalid");
    this.#listenTo(channel, { message, heard, frame });
  }

  #listenTo(
    channel: Channel,
    { message, heard, frame }: { message: ModeSMessage; heard: Heard; frame: Frame },
  ): void {
    const { timeMs } = frame;
    const extended = message.extended!;
    switch (extended.kind) {
      case "identification":
        if (extended.callsign === undefined) this.#refuse(frame.row, "callsign-invalid");
        else channel.callsign = { value: extended.callsign, timeMs };
        return;
      case "velocity":
        channel.velocity = { value: ofChannel(extended.velocity, channel), timeMs };
        return;
      case "quality":
        channel.quality = merged(channel.quality, extended.quality);
        return;
      case "airborne-position":
      case "surface-position":
        this.#place(channel, { position: extended, message, heard, frame });
    }
  }

  #place(
    channel: Channel,
    sent: {
      readonly position: AirbornePosition | SurfacePosition;
      readonly message: ModeSMessage;
      readonly heard: Heard;
      readonly frame: Frame;
    },
  ): void {
    const { position, frame } = sent;
    const groundSpeedKt =
      position.kind === "surface-position" ? position.groundSpeedKt : Number.NaN;
    const found = findPosition(channel.positions, position.cpr, {
      timeMs: frame.timeMs,
      groundSpeedKt,
      receiver: this.#receiver,
    });
    if (typeof found === "string") return this.#refuse(frame.row, found);
    this.#sink.point(channel.address, pointOf(channel, found, sent));
  }

  #add(key: number): Heard {
    // Beyond the limit the aircraft heard first is forgotten: a receiver does not hear so many.
    if (this.#heard.size >= AIRCRAFT_MAX) {
      const [first] = this.#heard.keys();
      this.#heard.delete(first!);
    }
    const heard: Heard = { provenMs: Number.NaN, squawk: undefined, channels: new Map() };
    this.#heard.set(key, heard);
    return heard;
  }
}

function addChannel(
  heard: Heard,
  { addressValue, addressKind }: ModeSMessage,
): Channel | undefined {
  const digits = addressValue.toString(16).padStart(6, "0");
  const address = parseAddress(isOtherAddress(addressKind) ? `~${digits}` : digits);
  if (!address) return undefined;
  const channel: Channel = {
    address,
    kind: addressKind,
    positions: emptyPositionState(),
    velocity: undefined,
    callsign: undefined,
    quality: undefined,
  };
  heard.channels.set(addressKind, channel);
  return channel;
}

const REFUSED = {
  "length-wrong": "neither 7 nor 14 bytes, or not as many as its format has",
  "format-unknown": "a downlink format without an address, or one that is not read",
  "parity-failed": "the parity does not fit: received damaged",
  "address-unproven": "a reply under an address that was not heard in clear shortly before",
  "address-invalid": "an address that no aircraft has",
  "callsign-invalid": "a callsign with a character that cannot be sent",
  "position-unpaired": "a position without its other half, and none before to read it beside",
  "surface-without-reference":
    "a position on the ground of an aircraft not heard in the air before; give --receiver",
  "position-implausible": "further from the last position than an aircraft comes in that time",
} as const;

/** TIS-B has other fields where aircraft send the difference of their altitudes (RTCA DO-260B, 2.2.17.3.4). */
function ofChannel(velocity: Velocity, { kind }: Channel): Velocity {
  return kind.startsWith("tisb") ? { ...velocity, geometricDifferenceFt: Number.NaN } : velocity;
}

/** A target state knows less than an operational status: what it does not say stays. */
function merged(before: StatedQuality | undefined, now: StatedQuality): StatedQuality {
  return {
    ...now,
    nicSupplementA: now.nicSupplementA ?? before?.nicSupplementA,
    nicSupplementC: now.nicSupplementC ?? before?.nicSupplementC,
  };
}

function pointOf(
  channel: Channel,
  { latDeg, lonDeg }: DecodedPosition,
  {
    position,
    message,
    heard,
    frame,
  }: {
    readonly position: AirbornePosition | SurfacePosition;
    readonly message: ModeSMessage;
    readonly heard: Heard;
    readonly frame: Frame;
  },
): Point {
  const { timeMs } = frame;
  const { quality } = channel;
  const isSurface = position.kind === "surface-position";
  const values = isSurface
    ? surfaceValues(position)
    : airborneValues(position, channel.velocity, timeMs);
  return {
    timeMs,
    latDeg,
    lonDeg,
    altitudeFt: values.altitudeFt,
    geometricAltitudeFt: values.geometricAltitudeFt,
    groundSpeedKt: values.groundSpeedKt,
    trackAngleDeg: values.trackAngleDeg,
    verticalRateFpm: values.verticalRateFpm,
    flags: values.flags,
    // A transponder that says "on the ground" in a message of the air contradicts itself.
    onGround: isSurface ? true : message.isOnGround === true ? undefined : false,
    positionSource: frame.isMlat ? "mlat" : channel.kind,
    nic: nicOf(position.typeCode, supplementsOf(position, quality)),
    nacP: definite(quality?.nacP),
    sil: definite(quality?.sil),
    callsign: recent(channel.callsign, timeMs, NAMED_MS) || undefined,
    squawk: recent(heard.squawk, timeMs, NAMED_MS),
    row: frame.row,
  };
}

function supplementsOf(
  position: AirbornePosition | SurfacePosition,
  quality: StatedQuality | undefined,
): NicSupplements {
  return {
    a: quality?.nicSupplementA,
    b: position.kind === "airborne-position" && position.nicSupplementB,
    c: quality?.nicSupplementC,
    adsbVersion: quality?.adsbVersion ?? Number.NaN,
  };
}

type Values = Pick<
  Point,
  | "altitudeFt"
  | "geometricAltitudeFt"
  | "groundSpeedKt"
  | "trackAngleDeg"
  | "verticalRateFpm"
  | "flags"
>;

/** The direction of a surface message may be a heading: it stays out. */
function surfaceValues({ groundSpeedKt }: SurfacePosition): Values {
  return { groundSpeedKt: definite(groundSpeedKt) };
}

function airborneValues(
  { pressureAltitudeFt, geometricAltitudeFt }: AirbornePosition,
  heardVelocity: Timed<Velocity> | undefined,
  timeMs: number,
): Values {
  const velocity = recent(heardVelocity, timeMs, VELOCITY_MS);
  const difference = velocity?.geometricDifferenceFt ?? Number.NaN;
  // A position of TC 20 to 22 has no pressure altitude; the difference leads back to it when it is known.
  const pressure = definite(pressureAltitudeFt) ?? definite(geometricAltitudeFt - difference);
  const geometric = definite(geometricAltitudeFt) ?? definite(pressureAltitudeFt + difference);
  const isGeometric = pressure === undefined && geometric !== undefined;
  return {
    altitudeFt: pressure ?? geometric,
    geometricAltitudeFt: geometric,
    groundSpeedKt: definite(velocity?.groundSpeedKt),
    trackAngleDeg: definite(velocity?.trackAngleDeg),
    verticalRateFpm: definite(velocity?.verticalRateFpm),
    flags:
      (isGeometric ? FLAG_ALTITUDE_GEOMETRIC : 0) |
      (velocity?.isRateGeometric && !Number.isNaN(velocity.verticalRateFpm)
        ? FLAG_RATE_GEOMETRIC
        : 0),
  };
}

function definite(value: number | undefined): number | undefined {
  return value === undefined || Number.isNaN(value) ? undefined : value;
}

function recent<T>(heard: Timed<T> | undefined, timeMs: number, limitMs: number): T | undefined {
  return heard && Math.abs(timeMs - heard.timeMs) <= limitMs ? heard.value : undefined;
}
