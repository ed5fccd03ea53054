import type { Address } from "../aircraft/address.js";
import { normalRegistration } from "../aircraft/registration.js";
import { wrongPosition } from "../track/plausible.js";
import { emptyPoint, type WritablePoint } from "../track/track.js";
import { WheelsdownError } from "../units/errors.js";
import { readAddressCell } from "./address-cell.js";
import { CsvRow } from "./csv-row.js";
import { eachCsvRow } from "./csv-rows.js";
import { NO_CSV, TableCells } from "./csv-table.js";
import type { ReadContext, Reader, ReaderSink, SniffBid } from "./reader.js";
import { type DecimalSign, decimalSignOf, delimiterIn, readNumber } from "./table-cells.js";
import { layoutOf, type PlacedColumn, type TableLayout } from "./table-columns.js";
import { isTableLike } from "./table-look.js";
import { parseTableMap, type TableField } from "./table-map.js";
import { addressOfText, type FirstPosition, positionText } from "./unnamed-aircraft.js";

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
  await eachCsvRow(chunks, {
    delimiterOf: (firstLine) => delimiterIn(firstLine) ?? ",",
    row(row) {
      if (reading) return reading.line(row);
      const layout = layoutOf(row.raw(), mapping, timeZone);
      reading = new TableReading(layout, sink);
      if (!layout.hasHeader) reading.line(row);
      else if (row.isOpen)
        sink.issue({ ...BROKEN_OFF, detail: "nothing but its first line is there" });
    },
    malformed(row, isOpen) {
      // Without a first line there is no table.
      if (!reading) layoutOf("", mapping, timeZone);
      reading?.malformed(row, isOpen);
    },
  });
  reading?.end();
}

const BROKEN_OFF = {
  kind: "truncated",
  row: -1,
  detail: "the table breaks off; lines before that were read",
} as const;

const POINT = 46;
const GROUND_WORD = /^(?:ground|grnd|gnd)$/i;

/** Written out: looking fields up by name for each cell takes longer than reading them. */
function columnsOf(columns: ReadonlyMap<TableField, PlacedColumn>) {
  return {
    time: columns.get("time"),
    date: columns.get("date"),
    lat: columns.get("lat"),
    lon: columns.get("lon"),
    alt: columns.get("alt"),
    geoalt: columns.get("geoalt"),
    speed: columns.get("speed"),
    track: columns.get("track"),
    rate: columns.get("rate"),
    hex: columns.get("hex"),
    reg: columns.get("reg"),
    id: columns.get("id"),
    type: columns.get("type"),
    callsign: columns.get("callsign"),
    squawk: columns.get("squawk"),
    ground: columns.get("ground"),
  } as const;
}

class TableReading {
  readonly #layout: TableLayout;
  readonly #sink: ReaderSink;
  readonly #cells = new TableCells([]);
  readonly #at: ReturnType<typeof columnsOf>;
  /** Row of the first line that holds values, in lines. */
  readonly #firstRow: number;
  #line = new CsvRow();
  #row = -1;
  #groundText = "";
  #isGround: boolean | undefined;
  #wrongAddress: string | undefined;
  /** Latitude and longitude were plain numbers; else `#sign` says how the row writes decimals. */
  #isPlainPlace = false;
  #sign: DecimalSign;
  readonly #point = emptyPoint();
  #timedCount = 0;
  #zonelessTime: string | undefined;
  readonly #madeUpOf = new Map<string, Address>();
  readonly #made = new Set<Address>();
  readonly #stated = new Set<string>();

  constructor(layout: TableLayout, sink: ReaderSink) {
    this.#layout = layout;
    this.#sink = sink;
    this.#at = columnsOf(layout.columns);
    this.#firstRow = layout.hasHeader ? 1 : 0;
  }

  line(row: CsvRow): void {
    const { width } = this.#layout;
    // A last line without its end and with too few cells was cut: its last number may be half a number.
    if (row.isOpen && row.count < width) return this.#sink.issue(BROKEN_OFF);
    this.#sink.row();
    this.#row = row.row - this.#firstRow;
    this.#line = row;
    if (row.cellsBehind(width) > 0)
      return this.#issue(
        "row-malformed",
        `${row.count} cells where the first line has ${width}: commas in numbers between commas, or in texts without quotes`,
      );
    this.#readRow();
  }

  /** A line that is no row. */
  malformed(row: number, isOpen: boolean): void {
    if (isOpen) return this.#sink.issue(BROKEN_OFF);
    this.#sink.row();
    this.#row = row - this.#firstRow;
    this.#issue("row-malformed", NO_CSV);
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
    if (this.#wrongAddress !== undefined) return this.#issue("address-invalid", this.#wrongAddress);
    const point = this.#point;
    point.timeMs = this.#timeMs();
    if (Number.isNaN(point.timeMs)) return;
    this.#timedCount++;
    if (!this.#place(point)) return;
    const address = known ?? this.#madeUp(point);
    this.#fill(point);
    this.#state(address);
    this.#sink.point(address, point);
  }

  /** @returns NaN, and counts the row, where there is no moment */
  #timeMs(): number {
    const { quick, read: readText } = this.#layout.timeOf;
    const column = this.#at.time!.index;
    const row = this.#line;
    const quickMs = quick && column < row.count ? quick(row, column) : Number.NaN;
    if (!Number.isNaN(quickMs)) return quickMs;
    const time = readText(this.#text(this.#at.time), this.#text(this.#at.date));
    if (time.kind === undefined) return time.timeMs;
    if (time.kind === "time-without-zone") this.#zonelessTime ??= time.detail;
    this.#issue(time.kind, time.detail);
    return Number.NaN;
  }

  /** Writes where the row is, and which sign parts its decimals. @returns false, and counts the row, where there is no position */
  #place(point: WritablePoint): boolean {
    const row = this.#line;
    point.latDeg = row.plain(this.#at.lat!.index);
    point.lonDeg = row.plain(this.#at.lon!.index);
    this.#isPlainPlace = !Number.isNaN(point.latDeg) && !Number.isNaN(point.lonDeg);
    if (this.#isPlainPlace) return true;
    this.#sign = decimalSignOf(this.#text(this.#at.lat), this.#text(this.#at.lon));
    const latitude = readNumber(this.#text(this.#at.lat), this.#sign, "latitude");
    const longitude = readNumber(this.#text(this.#at.lon), this.#sign, "longitude");
    if (latitude.value !== undefined && longitude.value !== undefined) {
      point.latDeg = latitude.value;
      point.lonDeg = longitude.value;
      return true;
    }
    this.#issue(
      "row-without-position",
      latitude.wrong ?? longitude.wrong ?? "latitude or longitude is missing",
    );
    return false;
  }

  /** Writes what the row says beside its time and place. */
  #fill(point: WritablePoint): void {
    const at = this.#at;
    // Readsb and those who copied it write "ground" instead of an altitude.
    const isGroundWord = this.#isNoNumber(at.alt) && GROUND_WORD.test(this.#text(at.alt));
    point.altitudeFt = isGroundWord ? Number.NaN : this.#number(at.alt);
    point.geometricAltitudeFt = this.#number(at.geoalt);
    point.groundSpeedKt = this.#number(at.speed);
    point.trackAngleDeg = this.#number(at.track);
    point.verticalRateFpm = this.#number(at.rate);
    point.onGround = isGroundWord ? true : this.#ground();
    point.callsign = this.#text(at.callsign) || undefined;
    point.squawk = this.#squawk();
    point.row = this.#row;
  }

  #issue(kind: string, detail: string): void {
    this.#sink.issue({ kind, row: this.#row, detail });
  }

  #text(column: PlacedColumn | undefined): string {
    if (!column) return "";
    return column.index < 0 ? column.constant : (this.#cells.text(this.#line, column.only) ?? "");
  }

  #squawk(): number | undefined {
    const column = this.#at.squawk;
    return column && this.#cells.squawk(this.#line, column.only);
  }

  /** True where something stands that is no plain number. */
  #isNoNumber(column: PlacedColumn | undefined): boolean {
    return (
      column !== undefined &&
      !this.#line.isEmpty(column.index) &&
      Number.isNaN(this.#line.plain(column.index))
    );
  }

  #decimalSign(): DecimalSign {
    if (!this.#isPlainPlace) return this.#sign;
    const [lat, lon] = [this.#at.lat!.index, this.#at.lon!.index];
    return this.#line.holds(lat, POINT) || this.#line.holds(lon, POINT) ? "." : undefined;
  }

  /** In feet, knots, ft/min or degrees; NaN unknown. */
  #number(column: PlacedColumn | undefined): number {
    if (!column) return Number.NaN;
    // With decimal commas a point may part thousands.
    const isPlain = this.#isPlainPlace || this.#sign !== ",";
    const plain = isPlain ? this.#line.plain(column.index) : Number.NaN;
    if (!Number.isNaN(plain)) return plain * column.factor;
    const text = this.#text(column);
    if (text === "") return Number.NaN;
    const bare = column.unit === "fl" ? text.replace(/^FL\s*/i, "") : text;
    const { value, wrong } = readNumber(bare, this.#decimalSign(), column.name);
    if (wrong !== undefined) this.#issue("value-malformed", wrong);
    return value === undefined ? Number.NaN : value * column.factor;
  }

  #ground(): boolean | undefined {
    const text = this.#text(this.#at.ground);
    if (text === "") return undefined;
    // Nearly always what the row before said.
    if (text === this.#groundText) return this.#isGround;
    const isGround = /^(?:true|t|1|-1|yes|y|g|ground|on ground)$/i.test(text);
    if (!isGround && !/^(?:false|f|0|no|n|a|air|airborne|in air)$/i.test(text)) {
      this.#issue(
        "value-malformed",
        `${JSON.stringify(text.toLowerCase().slice(0, 24))} says neither ground nor air`,
      );
      return undefined;
    }
    this.#groundText = text;
    this.#isGround = isGround;
    return isGround;
  }

  /** @returns undefined where the row has none, and says in `#wrongAddress` why, or one has to be made up */
  #knownAddress(): Address | undefined {
    const { hex, reg, id } = this.#at;
    this.#wrongAddress = undefined;
    const address = hex && hex.index >= 0 ? this.#cells.address(this.#line, hex.only) : undefined;
    if (address !== undefined) return address;
    const text = this.#text(hex);
    if (text !== "" || !(reg || id)) {
      const cell = readAddressCell(text);
      this.#wrongAddress = cell.wrong;
      return cell.address;
    }
    if (this.#text(reg) === "" && this.#text(id) === "")
      this.#wrongAddress = "nothing that tells whose position it is";
    return undefined;
  }

  /**
   * Makes up an address for what a table calls by another name. Registrations change hands, so what an address would be by
   * rule is no word of the table; ids mean something in one table only.
   */
  #madeUp(place: FirstPosition): Address {
    const registration = normalRegistration(this.#text(this.#at.reg));
    const key = registration === "" ? `id ${this.#text(this.#at.id)}` : registration;
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
    if (!this.#at.reg && !this.#at.type) return;
    const registration = normalRegistration(this.#text(this.#at.reg));
    const type = this.#text(this.#at.type).toUpperCase();
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
