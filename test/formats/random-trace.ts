import type { RandomSource } from "../../src/sim/random.js";

// Traces nobody flew, for comparing two ways of reading. Most are in readsb's form; some have what a document may have
// without being any trace: other number forms, odd values, repeated and escaped names, values in values, white space.

function oneOf<T>(random: RandomSource, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)]!;
}

const ODD_NUMBERS = [
  ..."0 -0 -0.0 1e3 1E+2 2.5e-3 -1.5E1 1e400 -1e400 1e-400 01 1. .5 - +1 1e 0x10 NaN Infinity 00".split(
    " ",
  ),
  ..."123456789012345 1234567890123456 12345678901234567890 0.000000000000001 5e-324".split(" "),
  ..."0.1234567890123456 9007199254740993 179769313486231570000 1.7976931348623157e308 4.35".split(
    " ",
  ),
];
const ODD_VALUES = [
  ...[
    "true",
    "false",
    "null",
    '"x"',
    "[]",
    "{}",
    "[1,[2]]",
    '{"a":{"b":1}}',
    "nul",
    '"\\u0041"',
    "",
  ],
  ...['"ground "', '"\\"', '"a\tb"', '"ÅÉ€"', "[null]", "tru", "[1,]"],
];

/** @param odd how often something odd stands here instead, 0 to 1 */
function value(random: RandomSource, odd: number, usual: () => string): string {
  if (random() >= odd) return usual();
  return random() < 0.6 ? oneOf(random, ODD_NUMBERS) : oneOf(random, ODD_VALUES);
}

function fixed(random: RandomSource, span: number, places: number): string {
  return ((random() - 0.5) * span).toFixed(places);
}

const SOURCES = ['"adsb_icao"', '"mlat"', '"adsb_icao_nt"', '"other"', '"new_kind"', "null"];
const CALLSIGNS = ["RSD123  ", "UAL2164 ", "        ", "ÅÉ€", "", "\uFEFFA", "A B"];

type Member = readonly [name: string, usual: (random: RandomSource) => string];

const MEMBERS: readonly Member[] = [
  ["type", (random) => oneOf(random, SOURCES)],
  ["flight", (random) => `"${oneOf(random, CALLSIGNS)}"`],
  ["alt_geom", (random) => oneOf(random, ["28725", "-25", "null", "150000", "300"])],
  ["track", (random) => fixed(random, 700, 2)],
  ["baro_rate", (random) => oneOf(random, ["0", "-64", "1088"])],
  ["squawk", (random) => oneOf(random, ['"3255"', '"0042"', '"d276"', "7700", '"77000"', "42"])],
  ["emergency", () => '"none"'],
  ["category", () => '"A3"'],
  ["nav_qnh", () => "1012.8"],
  ["nav_modes", (random) => oneOf(random, ['["autopilot","vnav"]', "[]", '["lnav"]'])],
  ["nic", (random) => oneOf(random, ["8", "0", "300", "null", '"x"', "-1", "7.5"])],
  ["rc", () => "186"],
  ["nac_p", (random) => oneOf(random, ["9", "10", "16"])],
  ["sil", (random) => oneOf(random, ["3", "2"])],
  ["sil_type", () => '"perhour"'],
  ["spi", () => "0"],
];

/** Details of one trace: like the one before in most members, as real ones are. */
class Details {
  readonly #random: RandomSource;
  readonly #odd: number;
  readonly #values: string[];

  constructor(random: RandomSource, odd: number) {
    this.#random = random;
    this.#odd = odd;
    this.#values = MEMBERS.map(([, usual]) => usual(random));
  }

  next(): string {
    const random = this.#random;
    const members: string[] = [];
    MEMBERS.forEach(([name, usual], i) => {
      if (random() < 0.2) this.#values[i] = value(random, this.#odd, () => usual(random));
      if (random() < 0.08) return;
      members.push(`"${name}":${this.#values[i]}`);
      if (random() < this.#odd) members.push(`"${name}":${usual(random)}`);
    });
    if (random() < this.#odd)
      members.push(oneOf(random, ['"\\u006eic":1', '"x" :1', '"__proto__":5']));
    if (random() < this.#odd) members.reverse();
    return random() < 0.02 ? "{}" : `{${members.join(",")}}`;
  }
}

interface RowStyle {
  readonly random: RandomSource;
  readonly odd: number;
  readonly columns: number;
  readonly details: Details;
}

function rowText({ random, odd, columns, details }: RowStyle, offsetS: number): string {
  const ground = random() < 0.2;
  const number = (usual: () => string) => value(random, odd, usual);
  const orNull = (usual: () => string) => (random() < 0.1 ? "null" : number(usual));
  const cells = [
    number(() => offsetS.toFixed(2)),
    number(() => (random() < 0.02 ? "412.5" : fixed(random, 180, 6))),
    number(() => (random() < 0.02 ? "0.000000" : fixed(random, 360, 6))),
    ground ? '"ground"' : orNull(() => oneOf(random, ["35000", "-225", "0", "27075", "200000"])),
    orNull(() => oneOf(random, ["485.1", "0.0", "12", "-3", "9999.9"])),
    orNull(() => fixed(random, 720, 1)),
    number(() => oneOf(random, ["0", "1", "2", "8", "9", "15", "16"])),
    orNull(() => oneOf(random, ["1088", "-640", "0", "70000"])),
    random() < 0.3 ? details.next() : value(random, odd, () => "null"),
    value(random, odd, () => oneOf(random, SOURCES)),
    orNull(() => oneOf(random, ["28725", "-100", "200000"])),
    ...["null", "280", "-1.5", "null"].map((text) => value(random, odd, () => text)),
  ];
  return `[${cells.slice(0, columns).join(random() < odd ? ", " : ",")}]`;
}

/** @returns a trace of up to `rowsMax` rows; about half of them in readsb's own form */
export function randomTrace(random: RandomSource, rowsMax: number): string {
  const odd = random() < 0.55 ? 0 : oneOf(random, [0.002, 0.01, 0.05]);
  const columns = random() < odd ? Math.floor(random() * 17) : oneOf(random, [7, 8, 9, 14, 14, 14]);
  const details = new Details(random, odd);
  let offsetS = random() * 80_000;
  const rows = Array.from({ length: Math.floor(random() * (rowsMax + 1)) }, () => {
    offsetS += random() < 0.05 ? -50 : random() * 60;
    return random() < odd
      ? oneOf(random, ODD_VALUES)
      : rowText({ random, odd, columns, details }, offsetS);
  });
  const members = [
    `"icao":"${oneOf(random, ["4243a2", "~2a4f11"])}"`,
    `"r":"${oneOf(random, ["VP-BJG", "É \\u0041", "[trace]"])}"`,
    `"dbFlags":${Math.floor(random() * 16)}`,
    `"timestamp": ${oneOf(random, ["1548286867.123", "1693353600.000", "1e9", "-5"])}`,
  ];
  if (random() < odd * 5) members.push(oneOf(random, ODD_MEMBERS));
  const open = oneOf(random, ['"trace":[ \n', '"trace":[', '"trace" : [\r\n']);
  const between = oneOf(random, [",\n", ",", "\n,\t"]);
  members.splice(
    random() < 0.8 ? 4 : 2,
    0,
    `${open}${rows.join(between)}${oneOf(random, ["]", " ]\n"])}`,
  );
  if (random() < odd * 3) members.push(`"trace":[${rows.slice(0, 1).join("")}]`);
  const text = `{${members.join(",\n")}}${oneOf(random, ["", "\n", " \n"])}`;
  return random() < odd ? `\uFEFF${text}` : text;
}

const ODD_MEMBERS = [
  ...[
    '"simulated":true',
    '"trace":[]',
    '"x":{"trace":[[1,2,3,4,5,6,7]]}',
    '"trace":1',
    '"x":"\\"trace\\":["',
  ],
  ...['"icao":"zz"', '"y":[', '"a":1,,', '"\\u0074race":[]', '"timestamp":null', '"x"'],
];
