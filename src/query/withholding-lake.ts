import type { Address } from "../aircraft/address.js";
import type { Heard, HeardQuery } from "../lake/heard.js";
import type { Lake, Period } from "../lake/lake.js";
import type { MovementQuery } from "../lake/movement-query.js";
import type { MovementRow } from "../lake/movement-row.js";
import type { TracksNearQuery } from "../lake/near-tracks.js";
import type { IdentityRecord } from "../lake/records.js";
import type { Track } from "../track/track.js";
import { trackUntil } from "../track/track-until.js";

/** What is shown of a lake; as in `Withholding`. */
export interface ShownPart {
  readonly untilMs: number | undefined;
  isPrivate(address: Address): boolean;
  sift(address: Address): boolean;
}

/**
 * A lake that gives what may be shown of another one: nothing of aircraft that are withheld, nothing later than a moment.
 * How much it holds in all, and of which days, it tells as before: that is of no aircraft.
 */
export function lakeShowing(whole: Lake, part: ShownPart): Lake {
  const { untilMs, isPrivate } = part;
  const shown = (addresses: readonly Address[]) => addresses.filter((one) => !isPrivate(one));
  return {
    ...whole,
    addresses: async () => shown(await whole.addresses()),
    async track(address, period: Period = {}) {
      if (isPrivate(address)) return undefined;
      const toMs = earlier(period.toMs, untilMs);
      return await whole.track(address, { ...period, toMs });
    },
    tracks: (addresses) => cutTracks(whole.tracks(shown(addresses)), part),
    tracksNear: (query) => tracksNear(query, whole, part),
    heard: (query) => heard(query, whole, part),
    movements: (query) => movements(query, whole, part),
    moved: async (query) => shown(await whole.moved({ ...query, endedByMs: untilMs })),
    async identities(address) {
      const records = await whole.identities(address);
      return records.filter((one) => !isPrivate(one.address)).map((one) => heardBy(one, untilMs));
    },
    positionDays: async (address) =>
      address !== undefined && isPrivate(address)
        ? []
        : await whole.positionDays(address, address === undefined ? undefined : untilMs),
    notKept: (query) => whole.notKept({ ...query, toMs: earlier(query?.toMs, untilMs) }),
  };
}

function earlier(toMs: number | undefined, untilMs: number | undefined): number | undefined {
  if (toMs === undefined || untilMs === undefined) return toMs ?? untilMs;
  return Math.min(toMs, untilMs);
}

async function* cutTracks(
  tracks: AsyncIterable<Track>,
  { untilMs }: ShownPart,
): AsyncGenerator<Track> {
  for await (const track of tracks) {
    const cut = trackUntil(track, untilMs);
    if (cut.length > 0) yield cut;
  }
}

async function* tracksNear(
  query: TracksNearQuery,
  whole: Lake,
  part: ShownPart,
): AsyncGenerator<Track> {
  const { untilMs, sift } = part;
  const toMs = Math.min(query.toMs, untilMs ?? query.toMs);
  if (toMs < query.fromMs) return;
  // The hours around a position come along, also those behind the moment.
  for await (const track of cutTracks(whole.tracksNear({ ...query, toMs }), part))
    if (sift(track.address)) yield track;
}

async function heard(
  query: HeardQuery,
  whole: Lake,
  { untilMs, sift, isPrivate }: ShownPart,
): Promise<Heard> {
  const toMs = Math.min(query.toMs, untilMs ?? query.toMs);
  if (toMs < query.fromMs) return { aircraft: [], tracks: async function* () {} };
  const found = await whole.heard({ ...query, toMs });
  return {
    aircraft: found.aircraft.filter(({ address }) => sift(address)),
    async *tracks() {
      for await (const track of found.tracks()) if (!isPrivate(track.address)) yield track;
    },
  };
}

async function* movements(
  query: MovementQuery | undefined,
  whole: Lake,
  { untilMs, isPrivate }: ShownPart,
): AsyncGenerator<MovementRow> {
  for await (const row of whole.movements({ ...query, endedByMs: untilMs }))
    if (!isPrivate(row.address)) yield row;
}

/** Who an aircraft is said to be stays known; a time after the moment is not (NaN), and a position by it is none. */
function heardBy(record: IdentityRecord, untilMs: number | undefined): IdentityRecord {
  if (untilMs === undefined || !(record.lastMs > untilMs)) return record;
  if (record.firstMs <= untilMs) return { ...record, lastMs: Number.NaN };
  return { ...record, firstMs: Number.NaN, lastMs: Number.NaN, pointCount: 0 };
}
