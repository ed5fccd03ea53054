import type { Address } from "../aircraft/address.js";
import { ALL_PARTS, endsOf, filesOf } from "./manifest.js";
import { currentManifest, onceForManifest, type Reading, rowsOfKind } from "./reading.js";
import { addressFromHex } from "./records.js";

/** What decides of a lake what an answer may have to withhold. */
export interface Withholdable {
  /**
   * Aircraft that any input marks as private, with a privacy address (PIA) or as of limited display (LADD), ascending; with
   * the registrations that inputs give them. None of a simulated lake, whose aircraft are nobody's.
   */
  readonly privateAircraft: ReadonlyMap<Address, readonly string[]>;
  /** The last moment any position or movement speaks of, milliseconds since 1970 UTC; -Infinity when there is none. */
  readonly lastMs: number;
  /** A lake is simulated as a whole, or not at all. */
  readonly isSimulated: boolean;
}

/** Reads it once for each state of the lake; what was read is kept, so that asking again costs no query. */
export async function readWithholdable(reading: Reading): Promise<Withholdable> {
  return await onceForManifest(reading, "withholdable", () => readNow(reading));
}

async function readNow(reading: Reading): Promise<Withholdable> {
  const manifest = await currentManifest(reading);
  const timed = [
    ...filesOf(manifest, "points", ALL_PARTS),
    ...filesOf(manifest, "movements", ALL_PARTS),
    ...endsOf(manifest),
  ];
  const isSimulated = manifest.simulated ?? false;
  const marked = isSimulated ? [] : await readMarked(reading);
  return {
    privateAircraft: new Map(marked.map(({ address, registrations }) => [address, registrations])),
    lastMs: timed.reduce(
      (last, { toMs }) => Math.max(last, toMs ?? Number.NEGATIVE_INFINITY),
      Number.NEGATIVE_INFINITY,
    ),
    isSimulated,
  };
}

async function readMarked(reading: Reading) {
  return await rowsOfKind(
    reading,
    { kind: "identities" },
    {
      select: "hex, string_agg(DISTINCT registration, '\n' ORDER BY registration)",
      // Marked ones first: of all others no registration need be gathered.
      from: (files) =>
        `${files} SEMI JOIN (SELECT hex FROM ${files} WHERE privacy_address OR limited_display) USING (hex)`,
      rest: "GROUP BY hex ORDER BY hex",
      make: ([hex, registrations]) => ({
        address: addressFromHex(Number(hex)),
        registrations: String(registrations ?? "")
          .split("\n")
          .filter((one) => one !== ""),
      }),
    },
  );
}
