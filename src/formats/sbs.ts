import { type Address, parseAddress } from "../aircraft/address.js";
import type { Point } from "../track/track.js";
import { WheelsdownError } from "../units/errors.js";
import { localClock, type NoMoment } from "../units/local-time.js";
import { MINUTE_MS, SECOND_MS } from "../units/quantity.js";
import { eachLine, type LineSpan, lineText } from "./byte-lines.js";
import type { ReadContext, Reader, ReaderSink, SniffBid } from "./reader.js";
import {
  FIELD,
  LocalTimes,
  numberOf,
  OTHER_ADDRESS,
  packedHexOf,
  SBS_FIELDS,
  SbsFields,
} from "./sbs-fields.js";
import { parseSquawk } from "./text.js";

/** Reads BaseStation text, as receivers send it on port 30003. The layout is in sbs-fields.ts. */
export const sbsReader: Reader = {
  id: "sbs",
  title: "SBS (BaseStation) text",
  terms: ["timeZone"],
  sniff,
  read,
};

/**
 * A speed, direction, rate or altitude is put beside positions no further away in time: receivers send them in lines of their
 * own. chosen: twenty times the interval at which aircraft send them
 */
const VALUES_MS = 10 * SECOND_MS;
/** A callsign or squawk is put beside positions up to this long after. chosen: shorter than any stop between two flights */
const NAMED_MS = 20 * MINUTE_MS;
/** Aircraft remembered at once. chosen: ten times those in the air all over the world; 60 MB */
const AIRCRAFT_MAX = 200_000;

const LINE = /^(?:(?:MSG|MLAT),[1-8](?:,[^,\n]*){20,}|(?:SEL|ID|AIR|STA|CLK)(?:,[^,\n]*){9,})$/;
const SNIFF_LINES = 5;

function sniff(head: Uint8Array): SniffBid {
  const text = new TextDecoder().decode(head.subarray(0, 2048));
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (lines.length > 1) lines.pop();
  const first = lines.slice(0, SNIFF_LINES);
  const good = first.filter((line) => LINE.test(line)).length;
  if (good === 0) return 0;
  return good === first.length ? 3 : 2;
}

async function read(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sink: ReaderSink,
  context?: ReadContext,
): Promise<void> {
  const reading = new SbsReading(sink, context);
  await eachLine(chunks, {
    line: (bytes, span) => reading.line(bytes, span),
    tooLong: () => reading.malformed("a line that is too long"),
  });
  reading.end();
}

/** What was last said of one aircraft, and when. Times and numbers are NaN before anything was. */
interface Said {
  readonly address: Address;
  altitudeFt: number;
  altitudeMs: number;
  groundSpeedKt: number;
  directionDeg: number;
  velocityMs: number;
  verticalRateFpm: number;
  rateMs: number;
  callsign: string;
  callsignMs: number;
  squawk: number;
  squawkMs: number;
}

class SbsReading {
  readonly #sink: ReaderSink;
  readonly #toUtc: ((localMs: number) => number | NoMoment) | undefined;
  readonly #fields = new SbsFields();
  readonly #times = new LocalTimes();
  readonly #said = new Map<number, Said>();
  #row = 0;
  #timedCount = 0;
  #untimedCount = 0;

  constructor(sink: ReaderSink, context: ReadContext | undefined) {
    this.#sink = sink;
    const timeZone = context?.terms.timeZone;
    this.#toUtc = timeZone === undefined ? undefined : localClock(timeZone);
  }

  line(bytes: Uint8Array, span: LineSpan): void {
    const { start, end } = span;
    if (start === end) return;
    const isMlat = startsWith(bytes, span, MLAT);
    if (!isMlat && !startsWith(bytes, span, MSG)) return this.#otherLine(bytes, span);
    if (this.#fields.cut(bytes, start, end) < SBS_FIELDS) {
      if (!span.isEnded) this.#sink.issue(CUT_OFF);
      else this.malformed(`"${lineText(bytes, span)}" has too few fields`);
      return;
    }
    this.#sink.row();
    this.#message(this.#row++, isMlat);
  }

  malformed(detail: string): void {
    this.#sink.row();
    this.#sink.issue({ kind: "row-malformed", row: this.#row++, detail });
  }

  /** @throws WheelsdownError "input-invalid" when nothing in it has a time */
  end(): void {
    if (this.#timedCount > 0 || this.#untimedCount === 0) return;
    throw new WheelsdownError(
      "input-invalid",
      "SBS lines whose dates and times are all empty: when they were received cannot be known; record with times",
    );
  }

  #otherLine(bytes: Uint8Array, span: LineSpan): void {
    const text = lineText(bytes, span);
    if (/^(SEL|ID|AIR|STA|CLK),/.test(text)) {
      this.#sink.row();
      this.#row++;
      // What a screen showed, and when; an aircraft says its callsign itself.
      return;
    }
    if (text.trim() === "") return;
    if (!span.isEnded) this.#sink.issue(CUT_OFF);
    else this.malformed(`"${text}" is no SBS line`);
  }

  #message(row: number, isMlat: boolean): void {
    const fields = this.#fields;
    const packed = packedHexOf(fields, FIELD.address);
    const said = packed < 0 ? undefined : (this.#said.get(packed) ?? this.#add(packed));
    if (!said) {
      const detail = `"${fields.text(FIELD.address)}" is no aircraft address`;
      return this.#sink.issue({ kind: "address-invalid", row, detail });
    }
    const timeMs = this.#timeMs(row);
    if (Number.isNaN(timeMs)) return;
    const isGround = this.#remember(said, timeMs);
    if (fields.isEmpty(FIELD.latitude) && fields.isEmpty(FIELD.longitude)) return;
    const latDeg = numberOf(fields, FIELD.latitude);
    const lonDeg = numberOf(fields, FIELD.longitude);
    if (Number.isNaN(latDeg) || Number.isNaN(lonDeg)) {
      const detail = `"${fields.text(FIELD.latitude)}, ${fields.text(FIELD.longitude)}" is no position`;
      return this.#sink.issue({ kind: "row-malformed", row, detail });
    }
    this.#sink.point(
      said.address,
      pointOf(said, { timeMs, latDeg, lonDeg, isGround, isMlat, row }),
    );
  }

  /** @returns NaN, and counts the row, where there is no one moment */
  #timeMs(row: number): number {
    const fields = this.#fields;
    if (fields.isEmpty(FIELD.date) && fields.isEmpty(FIELD.time)) {
      this.#untimedCount++;
      this.#sink.issue({ kind: "time-missing", row, detail: "date and time are empty" });
      return Number.NaN;
    }
    const localMs = this.#times.read(fields, FIELD.date);
    if (Number.isNaN(localMs)) {
      const detail = `"${fields.text(FIELD.date)} ${fields.text(FIELD.time)}" is no date with a time`;
      this.#sink.issue({ kind: "time-invalid", row, detail });
      return Number.NaN;
    }
    if (!this.#toUtc) throw zoneMissing();
    this.#timedCount++;
    const timeMs = this.#toUtc(localMs);
    if (typeof timeMs === "number") return timeMs;
    this.#sink.issue({ kind: `local-time-${timeMs}`, row, detail: NO_MOMENT[timeMs] });
    return Number.NaN;
  }

  /** Takes what the line says beside its position. @returns whether it is on the ground, undefined when it does not say */
  #remember(said: Said, timeMs: number): boolean | undefined {
    const fields = this.#fields;
    const type = fields.bytes[fields.starts[FIELD.type]!]!;
    if (!fields.isEmpty(FIELD.altitude)) {
      said.altitudeFt = numberOf(fields, FIELD.altitude);
      said.altitudeMs = timeMs;
    }
    if (!fields.isEmpty(FIELD.groundSpeed)) {
      said.groundSpeedKt = numberOf(fields, FIELD.groundSpeed);
      said.directionDeg = numberOf(fields, FIELD.direction);
      said.velocityMs = timeMs;
    }
    if (!fields.isEmpty(FIELD.verticalRate)) {
      said.verticalRateFpm = numberOf(fields, FIELD.verticalRate);
      said.rateMs = timeMs;
    }
    if (!fields.isEmpty(FIELD.callsign)) {
      // Nearly always the one it had.
      if (!fields.isText(FIELD.callsign, said.callsign))
        said.callsign = fields.text(FIELD.callsign);
      said.callsignMs = timeMs;
    }
    if (!fields.isEmpty(FIELD.squawk)) {
      // Some write numbers, without zeros before them; in lines of other types 0 means that none is known.
      const squawk = parseSquawk(fields.text(FIELD.squawk).padStart(4, "0"));
      if (squawk !== undefined && (squawk > 0 || type === SQUAWK_TYPE)) {
        said.squawk = squawk;
        said.squawkMs = timeMs;
      }
    }
    if (type === SURFACE_TYPE) return true;
    return groundOf(fields);
  }

  #add(packed: number): Said | undefined {
    const isOther = packed >= OTHER_ADDRESS;
    const digits = (packed % OTHER_ADDRESS).toString(16).padStart(6, "0");
    const address = parseAddress(isOther ? `~${digits}` : digits);
    if (!address) return undefined;
    if (this.#said.size >= AIRCRAFT_MAX) {
      const [first] = this.#said.keys();
      this.#said.delete(first!);
    }
    const said: Said = {
      address,
      altitudeFt: Number.NaN,
      altitudeMs: Number.NaN,
      groundSpeedKt: Number.NaN,
      directionDeg: Number.NaN,
      velocityMs: Number.NaN,
      verticalRateFpm: Number.NaN,
      rateMs: Number.NaN,
      callsign: "",
      callsignMs: Number.NaN,
      squawk: -1,
      squawkMs: Number.NaN,
    };
    this.#said.set(packed, said);
    return said;
  }
}

const SURFACE_TYPE = 50;
const SQUAWK_TYPE = 54;
const MSG = Uint8Array.of(77, 83, 71, 44);
const MLAT = Uint8Array.of(77, 76, 65, 84, 44);

const CUT_OFF = {
  kind: "truncated",
  row: -1,
  detail: "the last line breaks off; lines before it were read",
} as const;

const NO_MOMENT: Readonly<Record<NoMoment, string>> = {
  ambiguous: "clocks of the zone were set back and showed this time twice",
  skipped: "clocks of the zone were set forward and never showed this time",
};

function zoneMissing(): WheelsdownError {
  return new WheelsdownError(
    "input-invalid",
    "SBS text has local times and no zone; give --tz with the zone of the receiver's clock, such as --tz Europe/Moscow or --tz UTC",
  );
}

function startsWith(bytes: Uint8Array, { start, end }: LineSpan, wanted: Uint8Array): boolean {
  for (let i = 0; i < wanted.length; i++) if (bytes[start + i] !== wanted[i]) return false;
  return start + wanted.length <= end;
}

/** 0 in the air, -1 or 1 on the ground; anything else says nothing. */
function groundOf({ bytes, starts }: SbsFields): boolean | undefined {
  const start = starts[FIELD.onGround]!;
  const length = starts[FIELD.onGround + 1]! - 1 - start;
  if (length === 1) return bytes[start] === 49 ? true : bytes[start] === 48 ? false : undefined;
  return length === 2 && bytes[start] === 45 && bytes[start + 1] === 49 ? true : undefined;
}

function pointOf(
  said: Said,
  row: {
    readonly timeMs: number;
    readonly latDeg: number;
    readonly lonDeg: number;
    readonly isGround: boolean | undefined;
    readonly isMlat: boolean;
    readonly row: number;
  },
): Point {
  const { timeMs } = row;
  const isVelocity = Math.abs(timeMs - said.velocityMs) <= VALUES_MS;
  return {
    timeMs,
    latDeg: row.latDeg,
    lonDeg: row.lonDeg,
    altitudeFt: Math.abs(timeMs - said.altitudeMs) <= VALUES_MS ? said.altitudeFt : undefined,
    groundSpeedKt: isVelocity ? said.groundSpeedKt : undefined,
    // On the ground it may be where the nose points.
    trackAngleDeg: isVelocity && row.isGround !== true ? said.directionDeg : undefined,
    verticalRateFpm: Math.abs(timeMs - said.rateMs) <= VALUES_MS ? said.verticalRateFpm : undefined,
    onGround: row.isGround,
    positionSource: row.isMlat ? "mlat" : undefined,
    callsign: Math.abs(timeMs - said.callsignMs) <= NAMED_MS ? said.callsign : undefined,
    squawk: Math.abs(timeMs - said.squawkMs) <= NAMED_MS ? said.squawk : undefined,
    row: row.row,
  };
}
