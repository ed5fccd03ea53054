import { detectReader, readerWithId, SNIFF_BYTES } from "../formats/detect.js";
import { isTableLike } from "../formats/table-look.js";
import { formatText, type ReadingTerms, termsText } from "../formats/terms.js";
import { type MemberPlace, openMember } from "../io/archive.js";
import { fileBytes, type InputBytes, memoryBytes } from "../io/input-bytes.js";
import { type ReadInput, readBytes, unpackedHead, whyUnread } from "../io/read-input.js";
import type { TrackCollector } from "../track/collector.js";
import { WheelsdownError } from "../units/errors.js";

/** Where an input is: plain values, so that any thread can open it. */
export type ItemPlace =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "member"; readonly member: MemberPlace }
  /** A member of an archive that can only be read in its order. */
  | { readonly kind: "bytes"; readonly bytes: Uint8Array; readonly isCutOff: boolean };

/** One input to read: a file, or a member of an archive. */
export interface ReadItem {
  readonly path: string;
  /** True when the user named this very file; what is met inside a folder or an archive may be anything. */
  readonly named: boolean;
  readonly place: ItemPlace;
}

/** What came of one input. */
export type ItemOutcome =
  | { readonly kind: "read"; readonly input: ReadInput }
  /** Of no format that is read. */
  | { readonly kind: "unknown"; readonly path: string; readonly reason: string; named: boolean }
  | { readonly kind: "failed"; readonly message: string }
  /** Passed over without a word: the lake has it. */
  | { readonly kind: "known"; readonly sha256: string }
  /** The same bytes as the input called `first`, which was read. */
  | { readonly kind: "same"; readonly path: string; readonly first: string };

/** Opens an input where it lies. @throws WheelsdownError when it cannot be opened */
export async function openItem({ path, place }: ReadItem): Promise<InputBytes> {
  if (place.kind === "file") return await fileBytes(place.path);
  if (place.kind === "member") return await openMember(place.member);
  const { buffer, byteOffset, byteLength } = place.bytes;
  return memoryBytes(path, Buffer.from(buffer, byteOffset, byteLength), place.isCutOff);
}

/** Inputs that were read, to know one that comes again under another name. */
export class SeenInputs {
  /** Sizes that were met: most inputs differ in it, and need not be hashed to tell them apart. */
  readonly #sizes = new Set<number>();
  readonly #paths = new Map<string, string>();

  /** @returns the name under which the same bytes were read before */
  async firstPath(input: InputBytes): Promise<string | undefined> {
    if (this.#sizes.has(input.byteCount)) return this.#paths.get(await input.sha256());
    this.#sizes.add(input.byteCount);
    return undefined;
  }

  has(sha256: string): boolean {
    return this.#paths.has(sha256);
  }

  add({ sha256, path, byteCount }: ReadInput): void {
    this.#sizes.add(byteCount);
    this.#paths.set(sha256, path);
  }
}

export interface ItemContext {
  readonly collector: TrackCollector;
  /** Passes over inputs with these hashes. */
  readonly isKnown?: ((sha256: string) => boolean) | undefined;
  readonly seen: SeenInputs;
  /** What the user says of inputs that do not say it themselves. */
  readonly terms: ReadingTerms;
  /** How inputs that are known were read, by hash, where something was said of them or might have been. */
  readonly readAs?: ReadonlyMap<string, string> | undefined;
}

/** Reads one input into a collector. What is wrong with it is an outcome, and stops no others; bugs of ours are thrown. */
export async function readItem(item: ReadItem, context: ItemContext): Promise<ItemOutcome> {
  const { path, named } = item;
  try {
    const input = await openItem(item);
    const reason = await whyUnread(input, { named, terms: context.terms });
    if (reason !== undefined && !(await isKnownTable(input, context)))
      return { kind: "unknown", path, reason, named };
    if (context.isKnown) {
      const sha256 = await input.sha256();
      if (context.isKnown(sha256)) {
        const before = context.readAs?.get(sha256);
        if (before !== undefined) await checkReadAs(before, { input, named, terms: context.terms });
        return { kind: "known", sha256 };
      }
    }
    const first = await context.seen.firstPath(input);
    if (first !== undefined) return { kind: "same", path, first };
    const { collector, terms } = context;
    const read = await readBytes(input, collector, { named, terms });
    if ("reason" in read) return { kind: "unknown", ...read, named };
    context.seen.add(read);
    return { kind: "read", input: read };
  } catch (error) {
    if (!(error instanceof WheelsdownError) || error.code === "interrupted") throw error;
    return { kind: "failed", message: error.message };
  }
}

/** A table that was read with a mapping is there already, also when nobody repeats the mapping. */
async function isKnownTable(input: InputBytes, { isKnown, terms }: ItemContext): Promise<boolean> {
  if (!isKnown || terms.map !== undefined) return false;
  return isTableLike(await input.head(SNIFF_BYTES)) && isKnown(await input.sha256());
}

/**
 * The same bytes read in another time zone are another statement: they are not "there already", and beside the first they
 * would contradict it.
 *
 * @throws WheelsdownError "input-invalid"
 */
async function checkReadAs(
  before: string,
  {
    input,
    named,
    terms,
  }: { readonly input: InputBytes; readonly named: boolean; readonly terms: ReadingTerms },
): Promise<void> {
  const { path } = input;
  // A mapping reads what another reader read before, or what none did.
  const reader =
    terms.map === undefined
      ? readerWithId(before.split(" ")[0]!)
      : detectReader(await unpackedHead(input), path, { named, terms });
  // Whoever says nothing of it asks for no other reading.
  if (!reader || termsText(reader, terms, path) === "") return;
  const now = formatText(reader, terms, path);
  if (now === before) return;
  throw new WheelsdownError(
    "input-invalid",
    `${path}: the lake has these bytes, read as ${before}, and not as ${now}: one lake cannot hold both; ` +
      "give what it was read with, or ingest into a new --lake",
  );
}
