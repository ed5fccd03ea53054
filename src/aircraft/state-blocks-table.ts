/**
 * The 24-bit address blocks that ICAO gave to States.
 *
 * Source: ICAO Annex 10, Vol. III, part I, chapter 9, table 9-1, compiled from general knowledge; the sizes of the
 * smallest blocks (2,048 addresses) follow later amendments. Registrations seen on the air confirm the upper halves of
 * Croatia, Latvia, Lithuania, Malta, Mongolia, Moldova, San Marino, Slovakia, Slovenia and Uzbekistan; for the other
 * small blocks nothing seen speaks for or against the upper half.
 */

/** Block sizes by their letter in the table below. */
const SIZE_BY_LETTER: Readonly<Record<string, number>> = {
  S: 0x800,
  M: 0x1000,
  D: 0x2000,
  L: 0x8000,
  X: 0x40000,
  Y: 0x100000,
};

/** A size letter, then entries of an ISO 3166-1 alpha-2 code and the block's first address. */
const BLOCKS = `
S AL501000 AG0CA000 AM600000 AZ600800 BB0AA000 BY510000 BZ0AB000 BJ094000 BT680000 BA513000
S BW030000 BN895000 CV096000 KM035000 CK901000 HR501800 CY4C8000 DJ098000 ER202000 EE511000
S GE514000 GD0CC000 GW048000 KZ683000 KIC8E000 KG601000 LV502800 LS04A000 LT503800 LU4D0000
S MV05A000 MT4D2000 MH900000 MR05E000 MU060000 FM681000 MC4D4000 MN682000 ME516000 NA201000
S NRC8A000 OM70C000 PW684000 MD504800 LCC8C000 VC0BC000 WS902000 SM500000 ST09E000 SC074000
S SL076000 SK505800 SI506800 SB897000 SZ07A000 TJ515000 MK512000 TOC8D000 TM601800 UZ507800
S VUC90000 ZW004000 TW899000 ADC91000 DMC92000 KNC93000 SSC94000 TLC95000 TVC97000
M QA06A000 AF700000 AO090000 BS0A8000 BH894000 BD702000 BOE94000 BF09C000 BI032000 KH70E000
M CM034000 CF06C000 TD084000 CLE80000 CG036000 CR0AE000 CI038000 CU0B0000 CD08C000 DO0C4000
M ECE84000 SV0B2000 GQ042000 ET040000 FJC88000 GA03E000 GM09A000 GH044000 GT0B4000 GN046000
M GY0B6000 HT0B8000 HN0BA000 IS4CC000 IE4CA000 JM0BE000 KE04C000 KW706000 LA708000 LR050000
M MG054000 MW058000 ML05C000 MZ006000 MM704000 NP70A000 NI0C0000 NE062000 NG064000 PA0C2000
M PG898000 PYE88000 PEE8C000 RW06E000 SN070000 SO078000 SD07C000 SR0C8000 TG088000 TT0C6000
M UG068000 AE896000 TZ080000 UYE90000 YE890000 ZM08A000
D CO0AC000
L DZ0A0000 AT440000 BE448000 BG450000 CZ498000 KP720000 DK458000 EG010000 FI460000 GR468000
L HU470000 ID8A0000 IR730000 IQ728000 IL738000 JO740000 LB748000 LY018000 MY750000 MX0D0000
L MA020000 NL480000 NZC80000 NO478000 PK760000 PH758000 PL488000 PT490000 KR718000 RO4A0000
L SA710000 RS4C0000 SG768000 ZA008000 LK770000 SE4A8000 CH4B0000 SY778000 TH880000 TN028000
L TR4B8000 UA508000 VE0D8000 VN888000
X ARE00000 AU7C0000 BRE40000 CAC00000 CN780000 FR380000 DE3C0000 IN800000 IT300000 JP840000
X ES340000 GB400000
Y RU100000 USA00000
`;

/** Addresses `start` to `end`, both included. */
export interface AddressBlock {
  readonly country: string;
  readonly start: number;
  readonly end: number;
  readonly note?: string;
}

/** Every State's block, by first address. */
export const STATE_BLOCKS: readonly AddressBlock[] = BLOCKS.trim()
  .split("\n")
  .flatMap((line) => {
    const [letter = "", ...entries] = line.split(" ");
    return entries.map((entry) => {
      const start = Number.parseInt(entry.slice(2), 16);
      return { country: entry.slice(0, 2), start, end: start + (SIZE_BY_LETTER[letter] ?? 0) - 1 };
    });
  })
  .sort((a, b) => a.start - b.start);

const TERRITORY =
  "inside the block of the State that answers for it; range drawn from registrations seen";

function territory(country: string, start: number, end: number): AddressBlock {
  return { country, start, end, note: TERRITORY };
}

/**
 * Ranges that a State gave to a territory with a register of its own. Only ranges where (nearly) every known airframe
 * carries that territory's prefix are listed; elsewhere the State's own code is the answer.
 *
 * Source: registrations in public airframe databases of 2026, 14 to 325 airframes a range (Turks and Caicos: 37).
 */
export const TERRITORY_BLOCKS: readonly AddressBlock[] = [
  territory("BM", 0x400080, 0x4001bf),
  territory("KY", 0x4001c0, 0x4002ff),
  territory("TC", 0x400340, 0x4003bf),
  territory("BM", 0x424040, 0x4240ff),
  territory("KY", 0x424140, 0x4241bf),
  territory("BM", 0x424200, 0x4244ff),
  territory("BM", 0x424640, 0x4246bf),
  territory("KY", 0x424700, 0x4248bf),
  territory("BM", 0x424900, 0x424a3f),
  territory("IM", 0x424b00, 0x424cff),
  territory("BM", 0x43be80, 0x43bebf),
  territory("IM", 0x43e700, 0x43eabf),
  territory("GG", 0x43eb00, 0x43f1bf),
  territory("GG", 0x43f680, 0x43f83f),
  territory("HK", 0x789000, 0x789fff),
];

/** What has to be said whenever one of these States is named from an address. */
export const STATE_NOTES: Readonly<Record<string, string>> = {
  GB: "the block also serves overseas territories and Crown dependencies (VP-, VQ-, M-, 2-)",
  NL: "the block also serves Aruba, Curacao and Sint Maarten (P4-, PJ-)",
  CN: "the block also serves Hong Kong and Macao (B-H, B-K, B-L, B-M)",
  DK: "the block also serves Greenland and the Faroe Islands",
  FR: "the block also serves France's overseas territories",
  RU: "state, military and civil aircraft share the block",
  TW: "ICAO special block in use in Taiwan",
};

/**
 * Blocks that belong to ICAO itself, for temporary use or special purposes.
 *
 * Source: ICAO Annex 10, Vol. III, part I, table 9-1, notes; from general knowledge.
 */
export const ICAO_BLOCKS: readonly { readonly start: number; readonly end: number }[] = [
  { start: 0xf00000, end: 0xf07fff },
  { start: 0xf09000, end: 0xf097ff },
];

/** `known` airframes of public databases in the range, of which `military` are listed as military. */
export interface MilitaryRange extends AddressBlock {
  readonly known: number;
  readonly military: number;
}

function range(country: string, span: string, counts: readonly [number, number]): MilitaryRange {
  const [start = "", end = ""] = span.split("-");
  return {
    country,
    start: Number.parseInt(start, 16),
    end: Number.parseInt(end, 16),
    known: counts[0],
    military: counts[1],
  };
}

/**
 * Ranges that hold military aircraft and hardly anything else. Each lies inside its State's block. Left out on purpose:
 * 400000-40003F (only ground stations known), 444000-446FFF (no military airframe known) and E40000-E41FFF (44 % civil).
 *
 * Source: ranges in use among receiver operators, each counted against public airframe databases of 2026.
 */
export const MILITARY_RANGES: readonly MilitaryRange[] = [
  range("US", "adf7c8-afffff", [11724, 11635]),
  range("EG", "010070-01008f", [26, 23]),
  range("DZ", "0a4000-0a4fff", [56, 53]),
  range("IT", "33ff00-33ffff", [95, 93]),
  range("ES", "350000-37ffff", [118, 108]),
  range("FR", "3aa000-3affff", [339, 334]),
  range("FR", "3b7000-3bffff", [601, 563]),
  range("DE", "3ea000-3ebfff", [31, 25]),
  range("DE", "3f4000-3fbfff", [248, 205]),
  range("GB", "43c000-43cfff", [854, 833]),
  range("BE", "44f000-44ffff", [140, 139]),
  range("BG", "457000-457fff", [21, 21]),
  range("DK", "45f400-45f4ff", [42, 41]),
  range("GR", "468000-4683ff", [44, 44]),
  range("HU", "473c00-473c0f", [13, 12]),
  range("NO", "478100-4781ff", [28, 26]),
  range("NL", "480000-480fff", [206, 203]),
  range("PL", "48d800-48d87f", [31, 31]),
  range("PT", "497c00-497cff", [97, 96]),
  range("CZ", "498420-49842f", [12, 12]),
  range("CH", "4b7000-4b7fff", [147, 143]),
  range("TR", "4b8200-4b82ff", [93, 90]),
  range("OM", "70c070-70c07f", [8, 8]),
  range("SA", "710258-71028f", [17, 17]),
  range("SA", "710380-71039f", [22, 22]),
  range("IL", "738a00-738aff", [34, 34]),
  range("AU", "7cf800-7cfaff", [341, 334]),
  range("IN", "800200-8002ff", [129, 128]),
  range("CA", "c20000-c3ffff", [204, 203]),
];
