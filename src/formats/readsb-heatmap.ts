import { type Address, parseAddress } from "../aircraft/address.js";
import type { PositionSource } from "../track/track.js";
import type { Reader, ReaderSink, SniffBid } from "./reader.js";
import { parseSquawk, textOrUndefined } from "./text.js";

// Layout of a readsb heatmap chunk, `heatmap/00.bin.ttf` to `47.bin.ttf`: half an hour of everything heard, unpacked.
// Records of 16 bytes, little-endian: i32 hex, i32 lat, i32 lon, i16 alt, i16 gs.
//
//   record     hex                              lat                     lon                 alt             gs
//   index      number of a slice's record       0                       0                   0               0
//   slice      0x0e7f7c9d                       time, ms, high 32 bits  low 32 bits         its length, ms  0
//   position   bits 0-23 address, 24 not        deg * 1e6               deg * 1e6           25 ft, -123     0.1 kt,
//              ICAO's, 27-31 source                                                         ground, -124 ?  -1 ?
//   identity   the same                         2^30 + squawk           callsign, 8 letters from lon to gs
//
// Index records come first, one for each slice; then each slice with its identities and positions. A slice holds the first
// position of each aircraft in it: when in it that was, is not kept.

const RECORD_BYTES = 16;
const SLICE_MARK = 0x0e7f7c9d;
const IDENTITY_BIT = 0x4000_0000;
const NON_ICAO_BIT = 0x0100_0000;
const SOURCE_SHIFT = 27;
const ALTITUDE_STEP_FT = 25;
const ALTITUDE_GROUND = -123;
const ALTITUDE_UNKNOWN = -124;
const SPEED_STEPS_PER_KT = 10;
const DEGREE_STEPS = 1e6;

/** By number, as readsb counts the ways in which a position comes about. */
const SOURCES: readonly PositionSource[] = [
  "adsb_icao",
  "adsb_icao_nt",
  "adsr_icao",
  "tisb_icao",
  "adsc",
  "mlat",
  "other",
  "mode_s",
  "adsb_other",
  "adsr_other",
  "tisb_trackfile",
  "tisb_other",
];

/** Reads readsb heatmap chunks, to half a slice (5 to 15 s): coarser than the traces that lie beside them. */
export const readsbHeatmapReader: Reader = {
  id: "readsb-heatmap",
  title: "readsb heatmap chunk (NN.bin.ttf)",
  sniff,
  read,
};

function sniff(head: Uint8Array): SniffBid {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  for (let at = 0; at + RECORD_BYTES <= head.length; at += RECORD_BYTES) {
    if (view.getInt32(at, true) === SLICE_MARK) return 3;
    // Anything but an index in front of the first slice is another format.
    if (view.getInt32(at, true) <= 0) return 0;
    for (let i = at + 4; i < at + RECORD_BYTES; i++) if (head[i] !== 0) return 0;
  }
  return 0;
}

async function read(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sink: ReaderSink,
): Promise<void> {
  const records = new HeatRecords(sink);
  let rest = new Uint8Array(0);
  for await (const chunk of chunks) {
    let bytes = chunk;
    if (rest.length > 0) {
      bytes = new Uint8Array(rest.length + chunk.length);
      bytes.set(rest);
      bytes.set(chunk, rest.length);
    }
    const whole = bytes.length - (bytes.length % RECORD_BYTES);
    records.take(new DataView(bytes.buffer, bytes.byteOffset, whole));
    rest = new Uint8Array(bytes.subarray(whole));
  }
  records.end(rest.length > 0);
}

/** Takes records in their order; what an aircraft was called holds until it is called something else. */
class HeatRecords {
  readonly #sink: ReaderSink;
  readonly #called = new Map<Address, { callsign?: string; squawk?: number }>();
  #record = 0;
  #indexed = 0;
  #slices = 0;
  #sliceMs: number | undefined;

  constructor(sink: ReaderSink) {
    this.#sink = sink;
  }

  take(view: DataView): void {
    for (let at = 0; at < view.byteLength; at += RECORD_BYTES) {
      const hex = view.getInt32(at, true);
      const lat = view.getInt32(at + 4, true);
      const record = this.#record++;
      if (hex === SLICE_MARK) this.#beginSlice(view, at);
      else if (this.#sliceMs === undefined) this.#indexed++;
      else if (lat >= IDENTITY_BIT) this.#identity(view, at, hex);
      else this.#position(view, at, { hex, lat, record, sliceMs: this.#sliceMs });
    }
  }

  /** The middle of the slice is at most half a slice from when a position of it was heard. */
  #beginSlice(view: DataView, at: number): void {
    const startMs = view.getInt32(at + 4, true) * 2 ** 32 + view.getUint32(at + 8, true);
    this.#sliceMs = startMs + view.getUint16(at + 12, true) / 2;
    this.#slices++;
  }

  #identity(view: DataView, at: number, hex: number): void {
    const address = addressOf(hex);
    if (!address) return;
    const letters = new Uint8Array(view.buffer, view.byteOffset + at + 8, 8);
    const callsign = textOrUndefined(String.fromCharCode(...letters));
    const squawk = parseSquawk(view.getInt32(at + 4, true) & 0xffff);
    this.#called.set(address, {
      ...(callsign !== undefined && /^[\x20-\x7e]+$/.test(callsign) && { callsign }),
      // 0 stands for none.
      ...(squawk && { squawk }),
    });
  }

  #position(
    view: DataView,
    at: number,
    { hex, lat, record, sliceMs }: { hex: number; lat: number; record: number; sliceMs: number },
  ): void {
    this.#sink.row();
    const address = addressOf(hex);
    if (!address) {
      const detail = `${(hex & 0xffffff).toString(16)} is no aircraft address`;
      this.#sink.issue({ kind: "address-invalid", row: record, detail });
      return;
    }
    const altitude = view.getInt16(at + 12, true);
    const speed = view.getInt16(at + 14, true);
    const onGround = altitude === ALTITUDE_GROUND;
    const isUnknown = altitude === ALTITUDE_UNKNOWN;
    this.#sink.point(address, {
      timeMs: sliceMs,
      latDeg: lat / DEGREE_STEPS,
      lonDeg: view.getInt32(at + 8, true) / DEGREE_STEPS,
      altitudeFt: onGround || isUnknown ? undefined : altitude * ALTITUDE_STEP_FT,
      groundSpeedKt: speed === -1 ? undefined : speed / SPEED_STEPS_PER_KT,
      onGround: onGround ? true : isUnknown ? undefined : false,
      positionSource: SOURCES[hex >>> SOURCE_SHIFT] ?? "unknown",
      ...this.#called.get(address),
      row: record,
    });
  }

  end(hasRest: boolean): void {
    if (!hasRest && this.#slices >= this.#indexed && this.#slices > 0) return;
    this.#sink.issue({
      kind: "truncated",
      row: -1,
      detail: `the file breaks off: ${this.#slices} of ${this.#indexed} slices are there`,
    });
  }
}

function addressOf(hex: number): Address | undefined {
  const digits = (hex & 0xffffff).toString(16).padStart(6, "0");
  return parseAddress((hex & NON_ICAO_BIT) === 0 ? digits : `~${digits}`);
}
