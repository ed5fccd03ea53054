import { bitsOf, meBitsOf } from "../mode-s/bits.js";
import { altitudeFtFromShortCode, squawkFromCode } from "../mode-s/codes.js";
import type { DecodedPosition } from "../mode-s/cpr.js";
import type { AirbornePosition, SurfacePosition } from "../mode-s/extended-squitter.js";
import { isOtherAddress, type ModeSMessage, readMessage } from "../mode-s/message.js";
import { parityRest } from "../mode-s/parity.js";
import { findPosition } from "../mode-s/position-finder.js";
import { readVelocityInto } from "../mode-s/velocity.js";
import { emptyPoint } from "../track/track.js";
import { MINUTE_MS } from "../units/quantity.js";
import {
  addChannel,
  type Channel,
  emptyHeard,
  emptySent,
  fillPoint,
  type Heard,
  rememberQuality,
} from "./mode-s-channel.js";
import type { ReaderSink } from "./reader.js";

/**
 * A reply whose address lies over its parity counts when that address was heard in clear no longer ago. chosen: longer than
 * any pause between squitters of an aircraft in range, short beside 2^24 addresses that noise may hit
 */
const PROVEN_MS = 5 * MINUTE_MS;
/** Aircraft remembered at once. chosen: ten times what the busiest receiver hears in an hour; 150 MB */
const AIRCRAFT_MAX = 100_000;

/** One frame as a reader hands it over. */
export interface Frame {
  /** 7 or 14 bytes; anything else is counted as bad. */
  bytes: Uint8Array;
  /** Milliseconds since 1970 UTC. */
  timeMs: number;
  row: number;
  /** True when the receiver's software made it from several receivers' times, not the aircraft. */
  isMlat: boolean;
}

/** @returns a frame for a reader to write over for each of its own */
export function emptyFrame(): Frame {
  return { bytes: new Uint8Array(0), timeMs: Number.NaN, row: 0, isMlat: false };
}

/**
 * Takes Mode S frames one by one and gives the sink a point for each position that can be decoded. Frames that say something
 * else are remembered and stand beside the positions that follow.
 *
 * What is sent most, by aircraft that were heard before, is read straight from its bits; the rest is taken apart first. Both ways
 * come to the same: test/formats/mode-s-frames.test.ts.
 */
export class FrameListener {
  readonly #sink: ReaderSink;
  readonly #receiver: DecodedPosition | undefined;
  readonly #heard = new Map<number, Heard>();
  // Used again for each message.
  readonly #sent = emptySent();
  readonly #point = emptyPoint();
  readonly #context: {
    timeMs: number;
    groundSpeedKt: number;
    readonly receiver: DecodedPosition | undefined;
  };

  constructor(sink: ReaderSink, receiver: DecodedPosition | undefined) {
    this.#sink = sink;
    this.#receiver = receiver;
    this.#context = { timeMs: Number.NaN, groundSpeedKt: Number.NaN, receiver: this.#receiver };
  }

  /** Call in the order of the input; rows are counted by the reader. The listener keeps nothing of the frame. */
  take(frame: Readonly<Frame>): void {
    const { bytes } = frame;
    const format = bytes[0]! >> 3;
    if (format === 17 && bytes.length === 14) {
      if (this.#takeUsual(frame)) return;
    } else if (bytes.length === (format < 16 ? 7 : 14)) {
      if (IS_BY_ADDRESS[format]) return this.#takeReply(frame, format);
    }
    const message = readMessage(bytes);
    if (typeof message === "string") this.#refuse(frame.row, message);
    else this.#listen(message, frame);
  }

  /** Replies say nothing here but a squawk: all else in them stands beside no position. */
  #takeReply({ bytes, timeMs, row }: Frame, format: number): void {
    // The address lies over the parity: noise gives an address too.
    const known = this.#heard.get(parityRest(bytes));
    if (!known || Math.abs(timeMs - known.provenMs) > PROVEN_MS)
      return this.#refuse(row, "address-unproven");
    if (format !== 5 && format !== 21) return;
    known.squawk = squawkFromCode(bitsOf(bytes, 20, 13));
    known.squawkMs = timeMs;
  }

  /** Takes a velocity or a position in the air of an aircraft that was heard before. @returns false for anything else */
  #takeUsual(frame: Frame): boolean {
    const { bytes, timeMs } = frame;
    const typeCode = bytes[4]! >> 3;
    const isVelocity = typeCode === 19;
    const isAirborne = typeCode >= 9 && typeCode <= 22 && !isVelocity;
    if (!isVelocity && !isAirborne) return false;
    if (parityRest(bytes) !== 0) {
      this.#refuse(frame.row, "parity-failed");
      return true;
    }
    const heard = this.#heard.get((bytes[1]! << 16) | (bytes[2]! << 8) | bytes[3]!);
    const channel = heard?.usual;
    if (!heard || !channel) return false;
    heard.provenMs = timeMs;
    if (isVelocity) {
      if (readVelocityInto(bytes, channel.velocity)) channel.velocityMs = timeMs;
      return true;
    }
    const sent = this.#sent;
    const altitudeFt = altitudeFtFromShortCode(meBitsOf(bytes, 9, 12));
    const isGeometric = typeCode >= 20;
    sent.isSurface = false;
    sent.isOdd = meBitsOf(bytes, 22, 1) === 1;
    sent.latCpr = meBitsOf(bytes, 23, 17);
    sent.lonCpr = meBitsOf(bytes, 40, 17);
    sent.typeCode = typeCode;
    sent.pressureAltitudeFt = isGeometric ? Number.NaN : altitudeFt;
    sent.geometricAltitudeFt = isGeometric ? altitudeFt : Number.NaN;
    sent.groundSpeedKt = Number.NaN;
    sent.nicSupplementB = (bytes[4]! & 1) === 1;
    // CA 4 is on the ground; what the others say is of no use here.
    sent.isOnGround = (bytes[0]! & 7) === 4 ? true : undefined;
    this.#place(channel, heard, frame);
    return true;
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
      if (!known || Math.abs(frame.timeMs - known.provenMs) > PROVEN_MS)
        this.#refuse(frame.row, "address-unproven");
      return;
    }
    const heard = known ?? this.#add(key);
    heard.provenMs = frame.timeMs;
    if (message.squawk >= 0) {
      heard.squawk = message.squawk;
      heard.squawkMs = frame.timeMs;
    }
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
        if (extended.callsign === undefined) return this.#refuse(frame.row, "callsign-invalid");
        channel.callsign = extended.callsign;
        channel.callsignMs = timeMs;
        return;
      case "velocity":
        Object.assign(channel.velocity, extended.velocity);
        channel.velocityMs = timeMs;
        // TIS-B has other fields where aircraft send the difference of their altitudes (RTCA DO-260B, 2.2.17.3.4).
        if (channel.kind.startsWith("tisb")) channel.velocity.geometricDifferenceFt = Number.NaN;
        return;
      case "quality":
        rememberQuality(channel, extended.quality);
        return;
      case "airborne-position":
      case "surface-position":
        this.#describe(extended, message);
        this.#place(channel, heard, frame);
    }
  }

  /** Writes over `#sent` what a message says of a position. */
  #describe(position: AirbornePosition | SurfacePosition, { isOnGround }: ModeSMessage): void {
    const isAirborne = position.kind === "airborne-position";
    Object.assign(this.#sent, position.cpr);
    const sent = this.#sent;
    sent.typeCode = position.typeCode;
    sent.pressureAltitudeFt = isAirborne ? position.pressureAltitudeFt : Number.NaN;
    sent.geometricAltitudeFt = isAirborne ? position.geometricAltitudeFt : Number.NaN;
    sent.groundSpeedKt = isAirborne ? Number.NaN : position.groundSpeedKt;
    sent.nicSupplementB = isAirborne && position.nicSupplementB;
    sent.isOnGround = isOnGround;
  }

  /** Places what stands in `#sent`. */
  #place(channel: Channel, heard: Heard, frame: Frame): void {
    const sent = this.#sent;
    const context = this.#context;
    context.timeMs = frame.timeMs;
    context.groundSpeedKt = sent.groundSpeedKt;
    const found = findPosition(channel.positions, sent, context);
    if (typeof found === "string") return this.#refuse(frame.row, found);
    sent.timeMs = frame.timeMs;
    sent.row = frame.row;
    sent.isMlat = frame.isMlat;
    fillPoint(this.#point, found, { sent, channel, heard });
    this.#sink.point(channel.address, this.#point);
  }

  #add(key: number): Heard {
    // Beyond the limit the aircraft heard first is forgotten: a receiver does not hear so many.
    if (this.#heard.size >= AIRCRAFT_MAX) {
      const [first] = this.#heard.keys();
      this.#heard.delete(first!);
    }
    const heard = emptyHeard();
    this.#heard.set(key, heard);
    return heard;
  }
}

/** Formats that wear their address over the parity (ICAO Annex 10, Vol. IV, 3.1.2.3.2.1.3), by their number. */
const IS_BY_ADDRESS = Array.from({ length: 32 }, (_, format) =>
  [0, 4, 5, 16, 20, 21].includes(format),
);

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
