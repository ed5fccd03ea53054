/**
 * Nationality marks: what stands before the hyphen of a registration. A country code, then its marks.
 *
 * Source: ICAO Annex 7 and ITU call-sign series, compiled from general knowledge, compared with the CC0 standing data
 * of Virtual Radar Server. Marks that need more than the part before the hyphen (B-, VP-, VQ-, SU-) are rules in
 * registration.ts.
 */
const MARKS = `
AD C3|AE A6|AF YA|AG V2|AL ZA|AM EK|AO D2|AR LV LQ|AT OE|AU VH|AW P4|AZ 4K|BA E7|BB 8P|BD S2
BE OO|BF XT|BG LZ|BH A9C|BI 9U|BJ TY|BN V8|BO CP|BR PP PR PS PT PU|BS C6|BT A5|BW A2|BY EW
BZ V3|CA C|CD 9Q 9S 9T|CF TL|CG TN|CH HB|CI TU|CK E5|CL CC|CM TJ|CN B|CO HK HJ|CR TI|CU CU
CV D4|CW PJ|CY 5B|CZ OK|DE D|DJ J2|DK OY|DM J7|DO HI|DZ 7T|EC HC|EE ES|EG SU|ER E3|ES EC
ET ET|FI OH|FJ DQ|FM V6|FR F|GA TR|GB G|GD J3|GE 4L|GG 2|GH 9G|GM C5|GN 3X|GQ 3C|GR SX|GT TG
GW J5|GY 8R|HN HR|HR 9A|HT HH|HU HA|ID PK|IE EI EJ|IL 4X 4Z|IM M|IN VT|IQ YI|IR EP|IS TF|IT I
JE ZJ|JM 6Y|JO JY|JP JA|KE 5Y|KG EX|KH XU|KI T3|KM D6|KN V4|KP P|KR HL|KW 9K|KZ UP UN|LA RDPL
LB OD|LC J6|LK 4R|LR A8 EL|LS 7P|LT LY|LU LX|LV YL|LY 5A|MA CN|MC 3A|MD ER|ME 4O|MG 5R|MH V7
MK Z3|ML TZ|MM XY XZ|MN JU|MR 5T|MT 9H|MU 3B|MV 8Q|MW 7Q|MX XA XB XC|MY 9M|MZ C9|NA V5
NE 5U|NG 5N|NI YN|NL PH|NO LN|NP 9N|NR C2|NZ ZK ZL ZM|OM A4O|PA HP|PE OB|PG P2|PH RP|PK AP
PL SP SN|PS E4|PT CS CR|PW T8|PY ZP|QA A7|RO YR|RS YU|RU RA RF|RW 9XR|SA HZ|SB H4|SC S7|SD ST
SE SE|SG 9V|SI S5|SK OM|SL 9L|SM T7|SN 6V 6W|SO 6O|SR PZ|SS Z8|ST S9|SV YS|SY YK|SZ 3DC 3D
TD TT|TG 5V|TH HS U|TJ EY|TL 4W|TM EZ|TN TS|TO A3|TR TC|TT 9Y|TV T2|TZ 5H|UA UR|UG 5X|US N
UY CX|UZ UK|VC J8|VE YV|VN VN XV|VU YJ|WS 5W|XK Z6|YE 7O|ZA ZS ZT ZU|ZM 9J|ZW Z
`;

/** Country by nationality mark; some carry a rule on what may follow, below. */
export const COUNTRY_BY_MARK: ReadonlyMap<string, string> = new Map(
  MARKS.trim()
    .split(/[|\n]/)
    .flatMap((entry) => {
      const [country = "", ...marks] = entry.split(" ");
      return marks.map((mark): [string, string] => [mark, country]);
    }),
);

/** What may follow some marks; other shapes are serials of air forces ("C-080", "B-536", "EP-861"). */
export const REST_BY_MARK: Readonly<Record<string, RegExp>> = {
  "2": /^[A-Z]{4}$/,
  B: /^(?:[A-Z0-9]{4,5}|[HKLM][A-Z]{2})$/,
  C: /^[FGI][A-Z]{3}$/,
  D: /^(?:[A-Z]{4}|\d{4})$/,
  F: /^[A-Z]{4}$/,
  G: /^[A-Z]{4}$/,
  I: /^[A-Z0-9]{4}$/,
  M: /^[A-Z]{4}$/,
  P: /^\d{3}$/,
  U: /^[A-Z0-9]{3}$/,
  Z: /^[A-Z]{3}$/,
  CC: /^[A-Z]{3,4}$/,
  EP: /^[A-Z]{3}$/,
  HC: /^[A-Z]{3}$/,
  HS: /^[A-Z]{3}$/,
  TC: /^[A-Z]{3}$/,
};

/** Third letter of VP- and VQ- marks. */
export const OVERSEAS_BY_MARK: Readonly<Record<string, string>> = {
  "VP-A": "AI",
  "VP-B": "BM",
  "VP-C": "KY",
  "VP-F": "FK",
  "VP-G": "GI",
  "VP-L": "VG",
  "VP-M": "MS",
  "VQ-B": "BM",
  "VQ-C": "KY",
  "VQ-H": "SH",
  "VQ-T": "TC",
};

/** States that write no hyphen, with what follows their mark. */
export const UNHYPHENATED: readonly {
  readonly mark: string;
  readonly country: string;
  readonly rest: RegExp;
}[] = [
  { mark: "JA", country: "JP", rest: /^(?:\d{4}|\d{3}[A-Z]|\d{2}[A-Z]{2}|[A-Z]\d{3})$/ },
  { mark: "HL", country: "KR", rest: /^[A-Z0-9]{4}$/ },
  { mark: "YV", country: "VE", rest: /^(?:[A-Z]?\d{3,4}[A-Z]?|O\d{3,4})$/ },
  { mark: "UK", country: "UZ", rest: /^\d{5}$/ },
  { mark: "HI", country: "DO", rest: /^\d{3,4}[A-Z]{0,2}$/ },
];
