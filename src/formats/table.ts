import type { Address } from "../aircraft/address.js";
import { normalRegistration } from "../aircraft/registration.js";
import { wrongPosition } from "../track/plausible.js";
import type { Point } from "../track/track.js";
import { WheelsdownError } from "../units/errors.js";
import { type AddressCell, readAddressCell } from "./address-cell.js";
import { linesOf } from "./lines.js";
import type { ReadContext, Reader, ReaderSink, SniffBid } from "./reader.js";
import { cellsOf, type DecimalSign, decimalSignOf, factorOf, readNumber } from "./table-cells.js";
import { layoutOf, type PlacedColumn, type TableLayout } from "./table-columns.js";
import { isTableLike } from "./table-look.js";
import { parseTableMap, type TableField } from "./table-map.js";
import { parseSquawk } from "./text.js";
import { addressOfText, type FirstPosition, positionText } from "./unnamed-aircraft.js";

/** chosen: thirty times the longest line of the tables in ../docs/formats */
const LINE_BYTES_MAX = 65_536;

/**
 * Reads any table in CSV of which its user said what its columns are. It reads nothing without that, so it is asked only
 * where a mapping was given.
 */
export const tableReader: Reader = {
  id: "table",
  title: "table with a mapping",
  terms: ["map", "timeZone"],
  sniff,
  read,
};

function sniff(head: Uint8Array): SniffBid {
  return isTableLike(head) ? 2 : 0;
}

async function read(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sink: ReaderSink,
  context?: ReadContext,
): Promise<void> {
  const { map, timeZone } = context?.terms ?? {};
  if (map === undefined)
    throw new WheelsdownError("input-invalid", "a table that is read only with --map");
  const mapping = parseTableMap(map);
  let reading: TableReading | undefined;
  for await (const { text, isOpen } of linesOf(chunks, LINE_BYTES_MAX)) {
    if (text !== undefined && text.trim() === "") continue;
    if (reading) reading.line(text, isOpen);
    else {
      const first = text ?? "";
      const layout = layoutOf(first, mapping, timeZone);
      reading = new TableReading(layout, sink);
      if (!layout.hasHeader) reading.line(first, isOpen);
      else if (isOpen) sink.issue({ ...BROKEN_OFF, detail: "nothing but its first line is there" });
    }
  }
  reading?.end();
}

const BROKEN_OFF = {
  kind: "truncated",
  row: -1,
  detail: "the table breaks off; lines before that were read",
} as const;

class TableReading {
  readonly #layout: TableLayout;
  readonly #sink: ReaderSink;
  #row = -1;
  #cells: readonly string[] = [];
  #timedCount = 0;
  #zonelessTime: string | undefined;
  readonly #madeUpOf = new Map<string, Address>();
  readonly #made = new Set<Address>();
  readonly #stated = new Set<string>();

  constructor(layout: TableLayout, sink: ReaderSink) {
    this.#layout = layout;
    this.#sink = sink;
  }

  line(text: string | undefined, isOpen: boolean): void {
    const { delimiter, width } = this.#layout;
    const cells = text === undefined ? undefined : cellsOf(text, delimiter);
    // A last line without its end and with too few cells was cut: its last number may be half a number.
    if (isOpen && (cells?.length ?? 0) < width) return this.#sink.issue(BROKEN_OFF);
    this.#sink.row();
    this.#row++;
    if (!cells) return this.#issue("row-malformed", "a line that is no CSV, or too long for one");
    if (cells.slice(width).some((cell) => cell !== ""))
      return this.#issue(
        "row-malformed",
        `${cells.length} cells where the first line has ${width}: commas in numbers between commas, or in texts without quotes`,
      );
    this.#cells = cells;
    this.#readRow();
  }

  /** @throws WheelsdownError "input-invalid" when all that keeps it from being read is a time zone */
  end(): void {
    if (this.#timedCount > 0 || this.#zonelessTime === undefined) return;
    throw new WheelsdownError(
      "input-invalid",
      `its times name no zone (${this.#zonelessTime}); give --tz with the zone they are in, such as Europe/Paris or UTC`,
    );
  }

  #readRow(): void {
    const known = this.#knownAddress();
    if (known?.wrong !== undefined) return this.#issue("address-invalid", known.wrong);
    const time = this.#layout.timeOf(this.#text("time"), this.#text("date"));
    if (time.kind !== undefined) {
      if (time.kind === "time-without-zone") this.#zonelessTime ??= time.detail;
      return this.#issue(time.kind, time.detail);
    }
    this.#timedCount++;
    const [lat, lon] = [this.#text("lat"), this.#text("lon")];
    const sign = decimalSignOf(lat, lon);
    const latitude = readNumber(lat, sign, "latitude");
    const longitude = readNumber(lon, sign, "longitude");
    if (latitude.value === undefined || longitude.value === undefined)
      return this.#issue(
        "row-without-position",
        latitude.wrong ?? longitude.wrong ?? "latitude or longitude is missing",
      );
    const place = { timeMs: time.timeMs, latDeg: latitude.value, lonDeg: longitude.value };
    const address = known?.address ?? this.#madeUp(place);
    const point = this.#point(place, sign);
    this.#state(address);
    this.#sink.point(address, point);
  }

  #point(place: FirstPosition, sign: DecimalSign): Point {
    // Readsb and those who copied it write "ground" instead of an altitude.
    const isGroundWord = /^(?:ground|grnd|gnd)$/i.test(this.#text("alt"));
    // Written out: a spread here takes longer than all the rest of a row.
    return {
      timeMs: place.timeMs,
      latDeg: place.latDeg,
      lonDeg: place.lonDeg,
      altitudeFt: isGroundWord ? undefined : this.#number("alt", sign),
      geometricAltitudeFt: this.#number("geoalt", sign),
      groundSpeedKt: this.#number("speed", sign),
      trackAngleDeg: this.#number("track", sign),
      verticalRateFpm: this.#number("rate", sign),
      onGround: isGroundWord ? true : this.#ground(),
      callsign: this.#text("callsign") || undefined,
      squawk: parseSquawk(this.#text("squawk")),
      row: this.#row,
    };
  }

  #issue(kind: string, detail: string): void {
    this.#sink.issue({ kind, row: this.#row, detail });
  }

  #text(field: TableField): string {
    const column = this.#layout.columns.get(field);
    if (!column) return "";
    return column.index < 0
      ? column.constant
      : (this.#cells[column.index] ?? "").replaceAll("\0", "");
  }

  /** Of the field's column, in feet, knots, ft/min or degrees. */
  #number(field: TableField, sign: DecimalSign): number | undefined {
    const column: PlacedColumn | undefined = this.#layout.columns.get(field);
    if (!column) return undefined;
    const text = this.#text(field);
    const bare = column.unit === "fl" ? text.replace(/^FL\s*/i, "") : text;
    const { value, wrong } = readNumber(bare, sign, column.name);
    if (wrong !== undefined) this.#issue("value-malformed", wrong);
    return value === undefined ? undefined : value * factorOf(field, column.unit);
  }

  #ground(): boolean | undefined {
    const text = this.#text("ground").toLowerCase();
    if (/^(?:true|t|1|-1|yes|y|g|ground|on ground)$/.test(text)) return true;
    if (/^(?:false|f|0|no|n|a|air|airborne|in air)$/.test(text)) return false;
    if (text !== "")
      this.#issue(
        "value-malformed",
        `${JSON.stringify(text.slice(0, 24))} says neither ground nor air`,
      );
    return undefined;
  }

  /** @returns the row's address or why it has none; undefined where one has to be made up */
  #knownAddress(): AddressCell | undefined {
    const { columns } = this.#layout;
    const hex = this.#text("hex");
    if (hex !== "" || !(columns.has("reg") || columns.has("id"))) return readAddressCell(hex);
    return this.#text("reg") === "" && this.#text("id") === ""
      ? { wrong: "nothing that tells whose position it is" }
      : undefined;
  }

  /**
   * Makes up an address for what a table calls by another name. Registrations change hands, so what an address would be by
   * rule is no word of the table; ids mean something in one table only.
   */
  #madeUp(place: FirstPosition): Address {
    const registration = normalRegistration(this.#text("reg"));
    const key = registration === "" ? `id ${this.#text("id")}` : registration;
    const before = this.#madeUpOf.get(key);
    if (before !== undefined) return before;
    const seed = registration === "" ? positionText(place) : registration;
    let address = addressOfText(seed);
    // Two of 24 bits may meet by chance, and among thousands will.
    for (let i = 1; this.#made.has(address); i++) address = addressOfText(`${seed},${i}`);
    // What the sink will refuse names no track.
    if (wrongPosition(place)) return address;
    this.#made.add(address);
    this.#madeUpOf.set(key, address);
    this.#sink.issue({
      kind: "aircraft-unnamed",
      row: -1,
      detail: `the table gives no address of ${key}; its track is listed as ${address}`,
    });
    return address;
  }

  /** Says once what the table says of an aircraft; a later word wins. */
  #state(address: Address): void {
    const registration = normalRegistration(this.#text("reg"));
    const type = this.#text("type").toUpperCase();
    if (registration === "" && type === "") return;
    const said = `${address} ${registration} ${type}`;
    if (this.#stated.has(said)) return;
    this.#stated.add(said);
    this.#sink.identity(address, {
      ...(registration !== "" && { registration }),
      ...(type !== "" && { typeDesignator: type }),
    });
  }
}
