import type { Address } from "../aircraft/address.js";
import {
  type Encounter,
  findEncounters,
  piecesOf,
  type Sight,
  sightsOf,
} from "../journey/encounters.js";
import { findStays, overlapOf, type Stay } from "../journey/stays.js";
import type { Lake } from "../lake/lake.js";
import type { Movement } from "../movement/movement.js";
import type { AirportTable } from "../place/airport.js";
import type { MovementIdentity } from "../report/shapes.js";
import { cleanTrack } from "../track/clean.js";
import { findContacts } from "../track/contacts.js";
import { isSimulated } from "../track/track.js";
import { identityOf } from "./known-identity.js";
import { historiesOf, type LakeWeigher } from "./weigh-lake.js";
import { withholdingOf } from "./withhold.js";

/** What asking works with. */
export interface TogetherTools {
  readonly lake: Lake;
  readonly airports: AirportTable;
  readonly weigher: LakeWeigher;
  readonly period: { readonly fromMs: number; readonly toMs: number };
  readonly signal: AbortSignal;
}

/** Two aircraft on the ground of one airport at one time. */
export interface SharedStay {
  readonly kind: "stay";
  readonly address: Address;
  readonly other: Address;
  readonly stay: Stay;
  readonly otherStay: Stay;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Aircraft whose histories are read at once. chosen: as in weigh-lake.ts */
const HISTORIES_AT_ONCE = 5_000;

/** Who stood at the same airport at the same time as one of some aircraft, in order of time. */
export async function askForSharedStays(
  addresses: readonly Address[],
  tools: TogetherTools,
): Promise<SharedStay[]> {
  const { lake, period } = tools;
  const own = (await staysOf(addresses, tools)).filter(
    ({ stay }) => stay.fromMs <= period.toMs && stay.toMs >= period.fromMs,
  );
  if (own.length === 0) return [];
  const idents = [...new Set(own.map(({ stay }) => stay.airport.ident))];
  const fromMs = Math.min(...own.map(({ stay }) => stay.fromMs));
  const toMs = Math.max(...own.map(({ stay }) => stay.toMs));
  // Whoever stood there then landed before or took off after: a movement there, though perhaps long before.
  const others = new Set<Address>();
  const { unsifted, sift } = withholdingOf(lake);
  for await (const row of unsifted.movements({ airports: idents })) others.add(row.address);
  const found: SharedStay[] = [];
  const list = [...others];
  for (let at = 0; at < list.length; at += HISTORIES_AT_ONCE) {
    const some = list.slice(at, at + HISTORIES_AT_ONCE);
    for (const theirs of await staysOf(some, { ...tools, lake: unsifted })) {
      if (theirs.stay.toMs < fromMs || theirs.stay.fromMs > toMs) continue;
      for (const { address, stay } of own) {
        const overlap = theirs.address === address ? undefined : overlapOf(stay, theirs.stay);
        if (!overlap || overlap.fromMs > period.toMs || overlap.toMs < period.fromMs) continue;
        const other = theirs.address;
        if (!sift(other)) continue;
        found.push({ kind: "stay", address, other, stay, otherStay: theirs.stay, ...overlap });
      }
    }
  }
  return found.sort((a, b) => a.fromMs - b.fromMs || (a.other < b.other ? -1 : 1));
}

async function staysOf(
  addresses: readonly Address[],
  { lake, airports, weigher }: TogetherTools,
): Promise<{ readonly address: Address; readonly stay: Stay }[]> {
  const found: { address: Address; stay: Stay }[] = [];
  for (const history of await historiesOf(lake, addresses, { airports })) {
    const weighed: readonly Movement[] = await weigher.weigh(history);
    for (const stay of findStays(weighed)) found.push({ address: history[0]!.address, stay });
  }
  return found;
}

/** Two aircraft near each other in the air. */
export interface FoundEncounter {
  readonly kind: "air";
  readonly address: Address;
  readonly identity: MovementIdentity;
  readonly other: Address;
  readonly otherIdentity: MovementIdentity;
  readonly encounter: Encounter;
  readonly simulated: boolean;
}

/** Who flew near one aircraft, in order of time. */
export async function askForEncounters(
  address: Address,
  limits: { readonly withinM: number; readonly leastMs: number },
  { lake, period, signal }: TogetherTools,
): Promise<FoundEncounter[]> {
  const raw = await lake.track(address, period);
  if (!raw) return [];
  const { track } = cleanTrack(raw);
  const { unsifted, sift } = withholdingOf(lake);
  const seen = new Map<Address, { sights: Sight[]; identity: MovementIdentity }>();
  for (const piece of piecesOf(track, findContacts(track), limits.withinM)) {
    const near = { boxes: [piece.box], fromMs: piece.fromMs, toMs: piece.toMs, signal };
    for await (const other of unsifted.tracksNear(near)) {
      if (other.address === address) continue;
      const sights = sightsOf(track, piece, cleanTrack(other).track);
      const before = seen.get(other.address);
      if (before) before.sights.push(...sights);
      else seen.set(other.address, { sights, identity: identityOf(other) });
    }
  }
  const identity = identityOf(track);
  const simulated = isSimulated(track);
  return [...seen]
    .flatMap(([other, { sights, identity: otherIdentity }]) =>
      findEncounters(sights, limits).map(
        (encounter): FoundEncounter => ({
          kind: "air",
          address,
          identity,
          other,
          otherIdentity,
          encounter,
          simulated,
        }),
      ),
    )
    .filter(({ other }) => sift(other))
    .sort((a, b) => a.encounter.fromMs - b.encounter.fromMs || (a.other < b.other ? -1 : 1));
}

/** Registration and type of aircraft, as the lake's movements have them. */
export async function identitiesOf(
  lake: Lake,
  addresses: readonly Address[],
): Promise<ReadonlyMap<Address, MovementIdentity>> {
  const found = new Map<Address, MovementIdentity>();
  if (addresses.length === 0) return found;
  for await (const { address, registration, typeDesignator } of lake.movements({ addresses }))
    found.set(address, { registration, typeDesignator });
  return found;
}
