import type { AirportKind } from "./airport.js";

/**
 * Rows that name no place. The first five are advertising entered in April 2025, gone from later OurAirports
 * tables; the others were turned by OurAirports editors into "duplicate" or "non-existent" and moved far away.
 *
 * Source: comparison of the April 2025, February 2026 and later OurAirports tables.
 */
export const DENIED_IDENTS: ReadonlySet<string> = new Set([
  "BD-0044",
  "CSVS",
  "XCBA",
  "BR-3255",
  "MY-0046",
  "FAHS",
  "US-5097",
  "US-5102",
]);

/**
 * What stands in a plan for an aerodrome without an indicator, and in some rows in place of one.
 *
 * Source: ICAO Doc 4444, appendix 2, items 13 and 16: ZZZZ.
 */
export const NO_IDENTS: ReadonlySet<string> = new Set(["ZZZZ"]);

/** Names OurAirports editors give to rows they take out: "(Duplicate)Wolf's Fang Runway". */
export const WITHDRAWN_NAME = /^[({[]\W*duplicate|^non-existent/i;

/**
 * Places more than 5 km apart in the two tables, each looked at: a third, later OurAirports table agrees with
 * the newer position. A move that is not listed here drops the row, because nobody has looked at it.
 */
export const REVIEWED_MOVES: ReadonlySet<string> = new Set(
  (
    "1NJ5 25PN 46PN 97NC BR-0609 BR-2466 BR-2480 BR-2534 BR-2885 CO79 ENQE ENQO ENUA ENUK FAHT FLKZ GAKO GUXN " +
    "RU-0495 SHAU SNBZ SVDP SVDX SVHR SVNB SVSH SVUM SWAZ SWEF SWUX VE-0037 VE-0094 VE-0121 VE-0187 VE-0196 " +
    "VTPU YALC YTUG"
  ).split(" "),
);

/**
 * Codes of one airport over time or by another State's numbering, in no order; whichever is the ident in the
 * table, the others become aliases of it.
 *
 * Source: general knowledge of location indicators that changed (ICAO Doc 7910 was not read) and of the ones
 * Russian sources use for Simferopol and Belbek; FAHS is a duplicate that OurAirports withdrew.
 */
export const SAME_AIRPORT: readonly (readonly string[])[] = [
  ["HSSK", "HSSS"],
  ["HJJJ", "HSSJ"],
  ["UAFM", "UCFM"],
  ["UAFO", "UCFO"],
  ["UTTT", "UZTT"],
  ["BKPR", "LYPR"],
  ["ORBI", "ORBS"],
  ["UDYZ", "UGEE"],
  ["UKFF", "URFF"],
  ["UKFB", "URFB"],
  ["FAHT", "FAHS"],
  ["OSLK", "Khmeimim Air Base", "Bassel Al-Assad International Airport"],
  ["UUBW", "Ramenskoye", "Gromov Flight Research Institute"],
  ["UUMU", "Chkalovsky"],
  ["RU-0764", "Kubinka"],
  ["SVMI", "Maiquetia"],
];

/** What this project states instead of what the tables say. */
export interface AirportCorrection {
  readonly name?: string;
  readonly kind?: AirportKind;
  readonly elevationFt?: number;
  /** Where the right value is found. */
  readonly source: string;
}

export const CORRECTIONS: Readonly<Record<string, AirportCorrection>> = {
  UUBW: {
    elevationFt: 404,
    source: "published aerodrome elevation from general knowledge, AIP not read; tables: 377 ft",
  },
  OSLK: {
    name: "Latakia International Airport / Hmeimim Air Base",
    source: "both tables: civil terminal and Russian air base share the field",
  },
  MUSA: {
    name: "San Antonio de los Baños Air Base",
    source: "general knowledge: an air force field; the tables call it an airfield",
  },
};

const MILITARY_WORDS = new RegExp(
  [
    "\\b(air|army|navy|marine corps|coast guard|space force|guard) (base|station|airfield|airbase)\\b",
    "\\bair ?(base|force)\\b|\\bnaval\\b|\\bmilitary\\b|\\bjoint base\\b|\\barmy (air|heli)",
    "\\b(base a[eé]rea|base aeronaval|base aérienne|fliegerhorst)(?!\\p{L})",
    "авиабаза",
  ].join("|"),
  "iu",
);
// Capitals matter here: Bam is a town in Iran, RAF an air force.
const MILITARY_INITIALS =
  /\b(AFB|NAS|NAF|MCAS|RAF|RAAF|RNZAF|RNAS|NAWS|NOLF|JRB|CFB|AAF|ARB|ANGB|AFS)\b/;

/**
 * Whether a name says that an air arm uses the field. Joint use counts: the words say who may be there.
 * A base that hides behind a town's name is missed; `MILITARY_IDENTS` holds those that matter most.
 */
export function soundsMilitary(name: string): boolean {
  return MILITARY_WORDS.test(name) || MILITARY_INITIALS.test(name);
}

/**
 * Military fields whose name does not say so.
 *
 * Source: general knowledge of the fields as bases of their air arms (Chkalovsky 8th Special Purpose Aviation
 * Division; San Antonio de los Baños; Palo Negro; Al Khadim and Al Jufra; Hmeimim; Tiyas; Shayrat; Engels).
 */
export const MILITARY_IDENTS: ReadonlySet<string> = new Set(
  "UUMU MUSA MUGM SVBL OSLK HL59 HL69 OS58 OS65 RU-0764 RU-0152 KADW PGUA KNUW FJDG".split(" "),
);
