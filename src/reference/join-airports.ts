import { around } from "geokdbush";
import KDBush from "kdbush";
import { sphereDistanceM } from "../geo/sphere.js";
import type { Airport, AirportKind } from "../place/airport.js";
import {
  CORRECTIONS,
  DENIED_IDENTS,
  MILITARY_IDENTS,
  NO_IDENTS,
  REVIEWED_MOVES,
  SAME_AIRPORT,
  soundsMilitary,
  WITHDRAWN_NAME,
} from "../place/corrections.js";
import { joinRunways } from "./join-runways.js";
import { fillHeadings } from "./runway-variation.js";
import type { NewerAirport, OlderAirport } from "./source-rows.js";

const MOVE_MAX_M = 5_000;
/** A new ident this near to one that vanished is the same field renamed. Chosen; names are compared too. */
const RENAME_RADIUS_KM = 2;

/** How many rows were left out, and why. */
export interface JoinCounts {
  readonly denied: number;
  readonly movedUnseen: number;
  readonly balloonPorts: number;
  readonly renamed: number;
}

export interface JoinedAirports {
  /** In order of ident, by code unit, so that the same packages give the same bytes. */
  readonly airports: readonly Airport[];
  readonly counts: JoinCounts;
}

interface Pair {
  readonly older?: OlderAirport;
  readonly newer?: NewerAirport;
}

/**
 * Joins the two airport tables. The older has every row, names and surfaces; the newer has current names,
 * kinds and elevations, and runway ends. A field is closed only if both say so: what is closed today
 * may have been open on the day one asks about.
 */
export function joinAirports(
  olderRows: readonly OlderAirport[],
  newerRows: readonly NewerAirport[],
): JoinedAirports {
  const counts = { denied: 0, movedUnseen: 0, balloonPorts: 0, renamed: 0 };
  const airports: Airport[] = [];
  const pairs = pairRows(olderRows, newerRows);
  const idents = new Set(pairs.filter((pair) => !isDenied(pair)).map(identOf));
  for (const pair of pairs) {
    const ident = identOf(pair);
    const kind = kindOf(pair);
    if (isDenied(pair)) counts.denied++;
    else if (kind === undefined) counts.balloonPorts++;
    else if (isMovedUnseen(pair)) counts.movedUnseen++;
    else {
      if (pair.older && pair.newer && pair.older.identifier !== ident) counts.renamed++;
      airports.push(airportOf(pair, kind, idents));
    }
  }
  airports.sort((a, b) => (a.ident < b.ident ? -1 : 1));
  return { airports: fillHeadings(airports), counts };
}

function identOf({ older, newer }: Pair): string {
  return newer?.ident ?? older!.identifier;
}

function pairRows(olderRows: readonly OlderAirport[], newerRows: readonly NewerAirport[]): Pair[] {
  const newerByIdent = new Map(newerRows.map((row) => [row.ident, row]));
  const olderIdents = new Set(olderRows.map((row) => row.identifier));
  const vanished = olderRows.filter((row) => !newerByIdent.has(row.identifier));
  const renamed = renamesOf(
    newerRows.filter((row) => !olderIdents.has(row.ident)),
    vanished,
  );
  const pairs: Pair[] = [];
  for (const older of olderRows) {
    const newer = newerByIdent.get(older.identifier) ?? renamed.get(older.identifier);
    pairs.push(newer ? { older, newer } : { older });
  }
  const taken = new Set([...renamed.values()].map((row) => row.ident));
  for (const newer of newerRows) {
    if (!olderIdents.has(newer.ident) && !taken.has(newer.ident)) pairs.push({ newer });
  }
  return pairs;
}

/** Newer rows under a new ident, by the ident they had in the older table. */
function renamesOf(
  appeared: readonly NewerAirport[],
  vanished: readonly OlderAirport[],
): Map<string, NewerAirport> {
  const byRunway = new Map<string, OlderAirport>();
  for (const row of vanished) for (const { id } of row.runways) byRunway.set(id, row);
  const index = new KDBush(vanished.length);
  for (const row of vanished) index.add(row.longitude, row.latitude);
  index.finish();
  const renames = new Map<string, NewerAirport>();
  for (const newer of appeared) {
    const near = around(index, newer.lonDeg, newer.latDeg, 5, RENAME_RADIUS_KM);
    const sameRunway = newer.runways.map(({ id }) => byRunway.get(id)).find(Boolean);
    const older =
      sameRunway ?? near.map((place) => vanished[place]!).find((row) => row.name === newer.name);
    if (older && !renames.has(older.identifier)) renames.set(older.identifier, newer);
  }
  return renames;
}

function isDenied({ older, newer }: Pair): boolean {
  const idents = [older?.identifier, newer?.ident];
  if (idents.some((ident) => ident !== undefined && DENIED_IDENTS.has(ident))) return true;
  return WITHDRAWN_NAME.test(newer?.name ?? older!.name);
}

function isMovedUnseen({ older, newer }: Pair): boolean {
  if (!older || !newer || REVIEWED_MOVES.has(newer.ident)) return false;
  return moveM(older, newer) > MOVE_MAX_M;
}

function moveM(older: OlderAirport, newer: NewerAirport): number {
  return sphereDistanceM(older.latitude, older.longitude, newer.latDeg, newer.lonDeg);
}

const KINDS: Readonly<Record<string, AirportKind>> = {
  large_airport: "large",
  medium_airport: "medium",
  small_airport: "small",
  heliport: "heliport",
  seaplane_base: "seaplane",
  closed: "closed",
};

/** @returns undefined for balloon ports, where no aircraft with an address lands */
function kindOf({ older, newer }: Pair): AirportKind | undefined {
  const corrected = CORRECTIONS[newer?.ident ?? older!.identifier]?.kind;
  const newerKind = newer && KINDS[newer.type];
  const olderKind = older && KINDS[older.type];
  if (corrected) return corrected;
  if (newerKind === "closed" && older) return olderKind;
  return newer ? newerKind : olderKind;
}

function airportOf(pair: Pair, kind: AirportKind, idents: ReadonlySet<string>): Airport {
  const { older, newer } = pair;
  const ident = identOf(pair);
  const correction = CORRECTIONS[ident];
  const name = correction?.name ?? tidy(newer?.name || older!.name);
  const place = placeOf(pair);
  const iata = (newer?.iata || older?.iataCode || "").toUpperCase();
  const names = [older?.name ?? "", newer?.name ?? "", name].map(tidy);
  return {
    ident,
    name,
    kind,
    ...place,
    elevationFt: correction?.elevationFt ?? elevationOf(pair),
    country: newer?.country || older?.country || "",
    municipality: tidy(newer?.municipality || older?.municipality || ""),
    iata: /^[A-Z]{3}$/.test(iata) ? iata : "",
    aliases: aliasesOf(pair, { ident, iata, name, names, idents }),
    scheduled: older?.scheduledService ?? false,
    military: MILITARY_IDENTS.has(ident) || names.some(soundsMilitary),
    runways: joinRunways(older?.runways ?? [], newer?.runways ?? [], place),
  };
}

function tidy(text: string): string {
  return text.normalize("NFC").replace(/\|/g, "/").replace(/\s+/g, " ").trim();
}

/** The older position is nearer to the published one at the airports checked, unless the field was moved. */
function placeOf({ older, newer }: Pair): { latDeg: number; lonDeg: number } {
  const isMoved = older && newer ? moveM(older, newer) > MOVE_MAX_M : false;
  const latDeg = older && !isMoved ? older.latitude : newer!.latDeg;
  const lonDeg = older && !isMoved ? older.longitude : newer!.lonDeg;
  return { latDeg: Math.round(latDeg * 1e6) / 1e6, lonDeg: Math.round(lonDeg * 1e6) / 1e6 };
}

/**
 * The older table writes 0 for unknown; the newer leaves out rows without elevation, so its 0 is a real one,
 * and a row it does not have at all gives no reason to believe a 0.
 */
function elevationOf({ older, newer }: Pair): number {
  if (newer) return newer.elevationFt;
  return older && older.elevation !== 0 ? older.elevation : Number.NaN;
}

interface AliasSources {
  readonly ident: string;
  readonly iata: string;
  readonly name: string;
  readonly names: readonly string[];
  readonly idents: ReadonlySet<string>;
}

function aliasesOf({ older, newer }: Pair, sources: AliasSources): string[] {
  const { ident, iata, name, names, idents } = sources;
  const same = SAME_AIRPORT.find((codes) => codes.includes(ident)) ?? [];
  const codes = [
    older?.identifier,
    older?.gpsCode,
    older?.localCode,
    newer?.local,
    older?.iataCode,
    ...same,
  ].map((code) => tidy(code ?? ""));
  const others = names.filter((each) => each !== name);
  return [...new Set([...codes, ...others])].filter(
    // A code that is another row's ident would never be reached, and would mislead a reader.
    (alias) => ![ident, iata, ""].includes(alias) && !idents.has(alias) && !NO_IDENTS.has(alias),
  );
}
