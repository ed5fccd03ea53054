import type { CleanTrack } from "./clean.js";
import { POSITION_SOURCES, type Track } from "./track.js";

/** What speaks against taking a track at its word: counts, shares, and doubts in words. */
export interface Integrity {
  readonly pointCount: number;
  /** Points set aside because no one aircraft could have flown to them. */
  readonly jumpCount: number;
  /** Times the track changed between places that no one aircraft could have flown between. */
  readonly jumpRuns: number;
  readonly staleCount: number;
  readonly altitudeSpikeCount: number;
  /** Share of points that say SIL 0 (the aircraft vouches for nothing), of those that say a SIL; NaN when none does. */
  readonly silZeroShare: number;
  /** Share with NACp of 2 or less (over 4 NM of error), of those that say one; NaN when none does. */
  readonly lowAccuracyShare: number;
  /** Share with NIC 0, of those that say one; NaN when none does. */
  readonly nicZeroShare: number;
  readonly mlatShare: number;
  /** Rebroadcast by ground stations, which may be another aircraft's echo. */
  readonly tisbShare: number;
  /** Empty when nothing is wrong; one clause each. */
  readonly doubts: readonly string[];
  /** With a doubt that concerns identity or position as such, nothing may be concluded beyond 0.5. */
  readonly grave: boolean;
}

/** Fewer statements than this are no basis for a share. chosen: test/track/integrity.test.ts */
const SAMPLES_MIN = 25;
/** Source: docs/method.md, integrity: shares seen on invented tracks (14 to 100 %) and on clean days (0 to 1.4 %). */
const SIL_ZERO_GRAVE = 0.6;
const SIL_ZERO_WITH_JUMPS = 0.1;
const LOW_ACCURACY_DOUBT = 0.2;
/** Alternating this often between two places is two emitters, not one error. chosen: test/track/integrity.test.ts */
const TWO_EMITTERS_RUNS = 4;
const TWO_EMITTERS_SHARE = 0.1;
const TISB_DOUBT = 0.5;

/** Weighs a track before anything is concluded from it. */
export function assessIntegrity(clean: CleanTrack): Integrity {
  const { track, setAside, altitudeSpikeCount, jumpRuns } = clean;
  const pointCount = track.length + setAside.jump + setAside.stale + setAside.duplicate;
  const measured = {
    pointCount,
    jumpCount: setAside.jump,
    jumpRuns,
    staleCount: setAside.stale,
    altitudeSpikeCount,
    silZeroShare: shareAtMost(track.sil, 0),
    lowAccuracyShare: shareAtMost(track.nacP, 2),
    nicZeroShare: shareAtMost(track.nic, 0),
    mlatShare: sourceShare(track, MLAT_CODES),
    tisbShare: sourceShare(track, TISB_CODES),
  };
  const grave = graveDoubts(measured);
  return { ...measured, doubts: [...grave, ...lesserDoubts(measured)], grave: grave.length > 0 };
}

type Measured = Omit<Integrity, "doubts" | "grave">;

function graveDoubts({ pointCount, jumpCount, jumpRuns, silZeroShare }: Measured): string[] {
  const doubts: string[] = [];
  if (jumpRuns >= TWO_EMITTERS_RUNS && jumpCount >= TWO_EMITTERS_SHARE * pointCount) {
    doubts.push(
      `positions alternate ${jumpRuns} times between places no one aircraft could fly between: two emitters on one address, or invented positions`,
    );
  }
  if (silZeroShare >= SIL_ZERO_GRAVE || (silZeroShare >= SIL_ZERO_WITH_JUMPS && jumpCount > 0)) {
    doubts.push(
      `${percent(silZeroShare)} of its messages vouch for nothing (SIL 0)${jumpCount > 0 ? ", with impossible jumps" : ""}`,
    );
  }
  return doubts;
}

function lesserDoubts({ jumpCount, jumpRuns, lowAccuracyShare, tisbShare }: Measured): string[] {
  const doubts: string[] = [];
  if (jumpCount > 0 && jumpRuns < TWO_EMITTERS_RUNS)
    doubts.push(
      `${jumpCount} ${jumpCount === 1 ? "position" : "positions"} set aside as impossible jumps`,
    );
  if (lowAccuracyShare >= LOW_ACCURACY_DOUBT) {
    doubts.push(
      `${percent(lowAccuracyShare)} of its positions were sent with an error of over 4 NM (NACp 2 or less), as under jamming`,
    );
  }
  if (tisbShare >= TISB_DOUBT)
    doubts.push(
      `${percent(tisbShare)} of its positions are rebroadcasts (TIS-B), which may be another aircraft's echo`,
    );
  return doubts;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

const UNKNOWN = 255;

function shareAtMost(column: Uint8Array, limit: number): number {
  let stated = 0;
  let low = 0;
  for (let i = 0; i < column.length; i++) {
    const value = column[i]!;
    if (value === UNKNOWN) continue;
    stated++;
    if (value <= limit) low++;
  }
  return stated >= SAMPLES_MIN ? low / stated : Number.NaN;
}

const MLAT_CODES = POSITION_SOURCES.map((name) => name === "mlat");
const TISB_CODES = POSITION_SOURCES.map((name) => name.startsWith("tisb"));

/** @param accepted for each place in `POSITION_SOURCES` whether it counts */
function sourceShare({ length, positionSource }: Track, accepted: readonly boolean[]): number {
  let count = 0;
  for (let i = 0; i < length; i++) if (accepted[positionSource[i]!]) count++;
  return length > 0 ? count / length : 0;
}
