import {
  between,
  type RandomSource,
  roughNormal,
  seededRandom,
  seedOf,
} from "../../src/sim/random.js";
import type { TraceRow } from "../../src/sim/trace-recorder.js";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/units/quantity.js";
import {
  drawAddress,
  drawShare,
  GLIMPSE_SHARE,
  GROUND_ONLY_SHARE,
  OUTAGE_SHARE,
  TISB_SHARE,
  WORLD_KINDS,
} from "./mix.js";
import { type DayTemplate, WORLD_DAY_MS } from "./templates.js";

/** How positions of one aircraft came about; readsb's word for it. */
export type WorldSource = "adsb_icao" | "mlat" | "tisb_other";

/** One aircraft of the world's day, ready to be written. */
export interface AircraftDay {
  /** "4ca7b3", or "~4ca7b3" where ground radar gave it a number of its own. */
  readonly address: string;
  readonly template: DayTemplate;
  readonly source: WorldSource;
  /** Begins its callsigns; the number of the leg follows. */
  readonly callsign: string;
  /** Of `WORLD_DAY_MS`, oldest first, at least one. */
  readonly rows: readonly TraceRow[];
}

/**
 * Addresses of a world, in the order a day's archive has them: by their last two digits, then by number.
 *
 * @returns six digits each, all different
 */
export function worldAddresses(count: number, seed: number): string[] {
  const random = seededRandom(seedOf(`world ${seed} addresses`));
  const taken = new Set<number>();
  while (taken.size < count) taken.add(drawAddress(random, taken));
  const texts = [...taken].map((address) => address.toString(16).padStart(6, "0"));
  return texts.sort((a, b) => (folderFirst(a) < folderFirst(b) ? -1 : 1));
}

function folderFirst(address: string): string {
  return address.slice(4) + address;
}

/**
 * One aircraft's day: a template at other hours, with noise of its own, partly unheard.
 *
 * @param digits its address; all draws depend on it and the seed alone, not on the aircraft before it
 */
export function aircraftDay(
  digits: string,
  templates: readonly DayTemplate[],
  seed: number,
): AircraftDay {
  const random = seededRandom(seedOf(`world ${seed} ${digits}`));
  const kind = drawShare(random, WORLD_KINDS, ({ share }) => share);
  const fitting = templates.filter((template) => template.kind === kind);
  const choice = fitting.length > 0 ? fitting : templates;
  const template = choice[Math.floor(random() * choice.length)]!;
  const isTisb = random() < TISB_SHARE;
  const isMlat = !isTisb && random() < kind.mlatShare;
  const source: WorldSource = isTisb ? "tisb_other" : isMlat ? "mlat" : "adsb_icao";
  let rows = shifted(template.rows, random);
  if (random() < OUTAGE_SHARE) rows = withoutOutage(rows, random);
  if (random() < GROUND_ONLY_SHARE)
    rows = orAll(
      rows.filter(({ onGround }) => onGround),
      rows,
    );
  if (random() < GLIMPSE_SHARE) rows = glimpse(rows, random);
  // Multilateration needs four stations, radar turns every few seconds: fewer positions, none on the ground.
  if (source !== "adsb_icao")
    rows = orAll(
      rows.filter(({ onGround }) => !onGround && random() < 0.5),
      rows,
    );
  const callsign = `SIM${Math.floor(random() * 10_000)}`;
  return { address: isTisb ? `~${digits}` : digits, template, source, callsign, rows };
}

function orAll(some: readonly TraceRow[], all: readonly TraceRow[]): readonly TraceRow[] {
  return some.length > 0 ? some : all;
}

/** Moves a programme in time, cut at both midnights, and shakes each position as another receiver would. */
function shifted(rows: readonly TraceRow[], random: RandomSource): readonly TraceRow[] {
  const firstMs = rows[0]!.timeMs;
  const lastMs = rows[rows.length - 1]!.timeMs;
  // It may begin before the day or end after it, but some of it lies inside.
  const earliestMs = WORLD_DAY_MS - Math.min(6 * HOUR_MS, (lastMs - firstMs) / 2);
  const latestMs = WORLD_DAY_MS + DAY_MS - Math.max(HOUR_MS, (lastMs - firstMs) / 2);
  const shiftMs =
    Math.round((between(random, earliestMs, Math.max(earliestMs, latestMs)) - firstMs) / 10) * 10;
  const moved: TraceRow[] = [];
  for (const row of rows) {
    const timeMs = row.timeMs + shiftMs;
    if (timeMs < WORLD_DAY_MS || timeMs >= WORLD_DAY_MS + DAY_MS) continue;
    const still = row.onGround && row.groundSpeedKt < 1;
    // Chosen: 3e-5 degrees are some 3 m, what ADS-B positions scatter by.
    moved.push({
      ...row,
      timeMs: Math.min(
        WORLD_DAY_MS + DAY_MS - 10,
        timeMs + 10 * Math.floor(between(random, 0, 20)),
      ),
      latDeg: still ? row.latDeg : row.latDeg + 3e-5 * roughNormal(random),
      lonDeg: still ? row.lonDeg : row.lonDeg + 3e-5 * roughNormal(random),
      groundSpeedKt: still ? row.groundSpeedKt : Math.max(0, row.groundSpeedKt + random() - 0.5),
    });
  }
  return moved.length > 0 ? moved.sort((a, b) => a.timeMs - b.timeMs) : rows.slice(0, 2);
}

/** Chosen: 10 to 90 minutes without any position, anywhere in the day. */
function withoutOutage(rows: readonly TraceRow[], random: RandomSource): readonly TraceRow[] {
  const from = rows[Math.floor(random() * rows.length)]!.timeMs;
  const toMs = from + between(random, 10, 90) * MINUTE_MS;
  return orAll(
    rows.filter(({ timeMs }) => timeMs < from || timeMs > toMs),
    rows,
  );
}

/** Chosen: 2 to 200 positions in a row, short ones more often than long ones. */
function glimpse(rows: readonly TraceRow[], random: RandomSource): readonly TraceRow[] {
  const count = Math.round(2 * 100 ** random());
  const start = Math.floor(random() * Math.max(1, rows.length - count));
  return rows.slice(start, start + count);
}
