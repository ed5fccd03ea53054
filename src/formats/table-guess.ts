import { describeOwnTable } from "./own-positions.js";
import { unitInName, wordsOf } from "./table-cells.js";
import { isUtcName } from "./table-columns.js";
import { firstRows } from "./table-look.js";
import { OPEN, type TableField, tableMapText, UNITS } from "./table-map.js";
import { timeReading } from "./table-time.js";

/** What a table nobody knows may be: for its user to confirm, never to be read by. */
export interface MapGuess {
  /** A mapping; where it is open it has a "?", which no mapping may have. */
  readonly text: string;
  /** What only its user knows, each a sentence without a full stop; empty when the mapping can be read with. */
  readonly open: readonly string[];
}

/** Names as people give them, without units, signs and spaces, by field in the order of a printed guess. */
const NAMES: readonly (readonly [TableField, RegExp])[] = [
  ["date", /^(?:date|day)(?:utc|gmt)?$/],
  ["lat", /^(?:lat|latitude|y|poslat|latwgs84)$/],
  ["lon", /^(?:lon|lng|long|longitude|x|poslon|lonwgs84)$/],
  [
    "alt",
    /^(?:alt|altitude|altbaro|baroalt|baroaltitude|pressurealtitude|flightlevel|level|height)$/,
  ],
  [
    "geoalt",
    /^(?:altgeom|geoalt|geoaltitude|geometricaltitude|gpsalt|gpsaltitude|gnssaltitude|altgnss)$/,
  ],
  ["speed", /^(?:speed|spd|gs|gspeed|groundspeed|speedgnd|speedground|velocity|sog)$/],
  ["track", /^(?:track|trk|trackgnd|groundtrack|truetrack|trackangle|course|cog)$/],
  // Where the nose points is not where an aircraft goes; some tables mean the second by it, and have no other column.
  ["track", /^(?:heading|hdg|direction|bearing)$/],
  [
    "rate",
    /^(?:rate|verticalrate|vertrate|verticalspeed|vspeed|vs|vsi|roc|barorate|climbrate|climb|vertspeed)$/,
  ],
  [
    "hex",
    /^(?:hex|hexid|hexident|icao|icao24|icaohex|icaoaddress|modes|modeshex|address|addr|transponder|transponderhex)$/,
  ],
  ["reg", /^(?:reg|registration|tail|tailnumber|tailno|r|nnumber)$/],
  ["type", /^(?:type|typecode|aircrafttype|icaotype|typedesignator)$/],
  ["callsign", /^(?:callsign|cs|flight|flightnumber)$/],
  ["squawk", /^(?:squawk|sqk)$/],
  ["ground", /^(?:ground|onground|gnd|isground|isonground)$/],
];

const TIME_NAME =
  /^(?:(?:local|utc|gmt|unix|pos|position|event|seen|received|recorded|log|gps|msg|message)?(?:time|timestamp|datetime|dt|ts|epoch)(?:utc|gmt|local|position)?|utc|t|moment|when|snapshottime|dateandtime|datetimestamp|seenat|lastseen|recordedat|receivedat)$/;
const ROWS_LOOKED_AT = 200;
const UNIT_WORD =
  /^(?:ft|feet|foot|m|meters?|metres?|fl|kts?|kn|knots?|km\/h|kmh|kph|mph|mps|m\/s|fpm|ft\/min|deg|degrees?)$/;

interface Column {
  readonly name: string;
  readonly index: number;
  /** The name's words without units. */
  readonly key: string;
  readonly values: readonly string[];
}

/**
 * @param isZoneKnown whether the user said in which zone times are that name none
 * @returns a guess by the names in the first line; undefined when none says latitude or none longitude
 */
export function guessMap(head: Uint8Array, isZoneKnown = false): MapGuess | undefined {
  const [header, ...rows] = firstRows(head, ROWS_LOOKED_AT);
  // What this program made of positions is read as such or not at all.
  if (!header || describeOwnTable(header.join(",")) !== undefined) return undefined;
  const columns = header.map((name, index): Column => {
    const words = wordsOf(name);
    const key = words.filter((word) => words.length === 1 || !UNIT_WORD.test(word)).join("");
    const values = rows.map((row) => row[index] ?? "").filter((value) => value !== "");
    return { name, index, key, values };
  });
  const guess = new Guess(columns, isZoneKnown);
  for (const [field, pattern] of NAMES) if (field !== "date") guess.byName(field, pattern);
  if (!guess.has("lat") || !guess.has("lon")) return undefined;
  const isTimed = guess.time();
  const isNamed = guess.aircraft();
  // Places without times and aircraft are a list of airports or the like.
  return isTimed || isNamed ? guess.finish() : undefined;
}

class Guess {
  readonly #columns: readonly Column[];
  readonly #isZoneKnown: boolean;
  readonly #parts = new Map<TableField, string>();
  readonly #open: string[] = [];

  constructor(columns: readonly Column[], isZoneKnown: boolean) {
    this.#columns = columns;
    this.#isZoneKnown = isZoneKnown;
  }

  has(field: TableField): boolean {
    return this.#parts.has(field);
  }

  byName(field: TableField, pattern: RegExp): void {
    if (this.has(field)) return;
    const found = this.#columns.filter((one) => pattern.test(one.key) && isFit(field, one));
    const keys = new Set(found.map(({ key }) => key));
    const units = UNITS[field].filter((unit) => unit !== "deg");
    const inUnit = found.find(({ name }) => unitInName(name, units) !== undefined);
    const column = inUnit ?? found[0];
    if (!column) return;
    if (keys.size > 1 || (found.length > 1 && !inUnit)) {
      this.#parts.set(field, `${field}=${OPEN}`);
      this.#open.push(`${field} may be ${namesOf(found)}: say which`);
      return;
    }
    const isUnitless = units.length > 0 && inUnit === undefined;
    this.#parts.set(field, part(field, column, this.#columns, isUnitless ? OPEN : undefined));
    if (isUnitless)
      this.#open.push(`what ${JSON.stringify(column.name)} is in: ${units.join(", ")}`);
  }

  /** @returns false when no column holds times */
  time(): boolean {
    const dates = this.#columns.filter(({ key }) => /^(?:date|day)(?:utc|gmt)?$/.test(key));
    const named = this.#columns.filter(({ key }) => TIME_NAME.test(key));
    const ofDay = named.filter((one) => one.values.every(isTimeOfDay) && one.values.length > 0);
    const whole = [...named, ...dates].filter((one) => isWholeTime(one));
    if (whole.length === 0 && ofDay.length === 1 && dates.length === 1) {
      this.#timeAndDate(ofDay[0]!, dates[0]!);
      return true;
    }
    const [first] = whole;
    if (!first || !areSameTimes(whole)) {
      const others = first ? whole : this.#columns.filter(isWholeTime);
      this.#parts.set("time", `time=${OPEN}`);
      this.#open.push(
        others.length > 0
          ? `the time may be ${namesOf(others)}: say which`
          : "no column was found that holds times; say which does",
      );
      return others.length > 0;
    }
    const form = formOf(first.values);
    this.#parts.set("time", part("time", first, this.#columns, form.pattern));
    this.#askForm(first, form);
    return true;
  }

  #timeAndDate(time: Column, date: Column): void {
    const form = dayFormOf(date.values);
    this.#parts.set("time", part("time", time, this.#columns, halfDayForm(time.values[0]!)));
    this.#parts.set("date", part("date", date, this.#columns, form.pattern));
    this.#askForm(time, { ...form, isZoneless: !isUtcName(date.name) });
  }

  #askForm(column: Column, { isZoneless, pattern }: TimeFormGuess): void {
    if (pattern === OPEN)
      this.#open.push(
        "whether day or month comes first in its dates, as a pattern: DD/MM/YYYY or MM/DD/YYYY, with HH:mm:ss where the time " +
          "stands in it too",
      );
    if (isZoneless && !this.#isZoneKnown && !isUtcName(column.name))
      this.#open.push(
        "which zone its times are in: add --tz, such as --tz Europe/Paris or --tz UTC",
      );
  }

  /** @returns false when no column says which aircraft it is */
  aircraft(): boolean {
    if (this.has("hex") || this.has("reg")) return true;
    this.#parts.set("hex", `hex==${OPEN}`);
    this.#open.push(
      "which aircraft it is: hex==4ca7b3, or reg==RA-96019 where no address is known, or id=COLUMN where another column tells " +
        "aircraft apart",
    );
    return false;
  }

  finish(): MapGuess {
    const order = new Set<TableField>(["time", ...NAMES.map(([field]) => field)]);
    const text = [...order].flatMap((field) => this.#parts.get(field) ?? []).join(",");
    return { text, open: this.#open };
  }
}

function part(
  field: TableField,
  { name, index }: Column,
  columns: readonly Column[],
  unit: string | undefined,
): string {
  const lower = name.toLowerCase();
  const isOnly = columns.filter((one) => one.name.toLowerCase() === lower).length === 1;
  const source =
    isOnly && name !== ""
      ? ({ kind: "name", name } as const)
      : ({ kind: "number", number: index + 1 } as const);
  const isOpen = unit === OPEN;
  const text = tableMapText(new Map([[field, { field, source, unit: isOpen ? undefined : unit }]]));
  return isOpen ? `${text}:${OPEN}` : text;
}

function namesOf(columns: readonly Column[]): string {
  return columns.map(({ name }) => JSON.stringify(name)).join(" or ");
}

/** "icao" may be an airport, "r" anything: what stands there decides whether a name is taken at its word. */
function isFit(field: TableField, { values }: Column): boolean {
  if (field === "hex") return values.some((value) => /^(?:0x)?~?[0-9a-f]{6}$/i.test(value));
  if (field === "reg") return values.some((value) => /^[A-Z0-9]{1,5}-?[A-Z0-9]{1,5}$/i.test(value));
  if (field === "lat" || field === "lon")
    return values.length === 0 || values.some((value) => /^[+-]?\d{1,3}(?:[.,]\d+)?$/.test(value));
  return true;
}

function isTimeOfDay(value: string): boolean {
  return TIME_OF_DAY.test(value);
}

const TIME_OF_DAY = /^(\d{1,2}):\d{2}(:\d{2})?(?:[.,]\d+)?( ?[AP]M)?$/i;

const DAY_FIRST =
  /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:[ T]+(\d{1,2}):\d{2}(:\d{2})?(?:[.,]\d+)?( ?[AP]M)?)?$/i;
const YEAR_FIRST =
  /^(\d{4})([/.])(\d{1,2})\2(\d{1,2})(?:[ T]+(\d{1,2}):\d{2}(:\d{2})?(?:[.,]\d+)?)?$/;

function isWholeTime({ values }: Column): boolean {
  const [value] = values;
  if (value === undefined) return false;
  if (/^\d{9,10}(?:[.,]\d+)?$|^(?:\d{12,13}|\d{15,16}|\d{18,19})$/.test(value)) return true;
  const { read: asClockShows } = timeReading({
    unit: "iso",
    date: undefined,
    timeZone: "UTC",
  });
  if (asClockShows(value, "").timeMs !== undefined) return true;
  return value.includes(":") && (DAY_FIRST.test(value) || YEAR_FIRST.test(value));
}

/** Columns that say the same moments are no question. */
function areSameTimes(columns: readonly Column[]): boolean {
  if (columns.length < 2) return true;
  const { read } = timeReading({ unit: undefined, date: undefined, timeZone: undefined });
  const moments = columns.map(({ values }) =>
    values.map((value) => Math.floor((read(value, "").timeMs ?? Number.NaN) / 1000)).join(","),
  );
  return moments.every((one) => one === moments[0] && !one.includes("NaN"));
}

interface TimeFormGuess {
  /** Undefined where none is needed, "?" where it cannot be told. */
  readonly pattern: string | undefined;
  readonly isZoneless: boolean;
}

function formOf(values: readonly string[]): TimeFormGuess {
  const value = values[0]!;
  if (/^\d+(?:[.,]\d+)?$/.test(value)) return { pattern: undefined, isZoneless: false };
  const day = dayFormOf(values);
  if (day.pattern === undefined) {
    const { read: zoned } = timeReading({ unit: "iso", date: undefined, timeZone: undefined });
    return { pattern: undefined, isZoneless: zoned(value, "").kind === "time-without-zone" };
  }
  if (day.pattern === OPEN) return day;
  const [, , , , , hour = "", second, half] = DAY_FIRST.exec(value) ?? YEAR_FIRST.exec(value) ?? [];
  return {
    pattern: `${day.pattern} ${clockForm(hour, second, half)}`,
    isZoneless: true,
  };
}

function clockForm(hour: string, second: string | undefined, half: string | undefined): string {
  const hours = half === undefined ? "H" : "h";
  const end = half === undefined ? "" : half.startsWith(" ") ? " A" : "A";
  return `${hour.length === 1 ? hours : hours.repeat(2)}:mm${second === undefined ? "" : ":ss"}${end}`;
}

/** @returns the pattern of a time of day with AM or PM; others are read without one */
function halfDayForm(value: string): string | undefined {
  const [, hour = "", second, half] = TIME_OF_DAY.exec(value) ?? [];
  return half === undefined ? undefined : clockForm(hour, second, half);
}

/** The pattern of days, by all values that are there: 23/01 says that days come first, 01/02 says nothing. */
function dayFormOf(values: readonly string[]): TimeFormGuess {
  const value = values[0] ?? "";
  const yearFirst = YEAR_FIRST.exec(value);
  if (yearFirst) {
    const sign = yearFirst[2]!;
    return { pattern: `YYYY${sign}MM${sign}DD`, isZoneless: true };
  }
  const found = values.map((one) => DAY_FIRST.exec(one)).filter((one) => one !== null);
  if (found.length === 0) return { pattern: undefined, isZoneless: true };
  const isDayFirst = found.some(([, first]) => Number(first) > 12);
  const isMonthFirst = found.some(([, , , second]) => Number(second) > 12);
  if (isDayFirst === isMonthFirst) return { pattern: OPEN, isZoneless: true };
  const sign = found[0]![2]!;
  const isShort = found.some(([, first, , second]) => first!.length + second!.length < 4);
  const [day, month] = isShort ? ["D", "M"] : ["DD", "MM"];
  const [one, two] = isDayFirst ? [day, month] : [month, day];
  return { pattern: `${one}${sign}${two}${sign}YYYY`, isZoneless: true };
}
