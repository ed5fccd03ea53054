import { type Address, parseAddress } from "../aircraft/address.js";
import { ChangedOnServer } from "../io/download.js";
import type { HttpClient } from "../io/http-client.js";
import { streamSource, type TarEntry, TarWalk } from "../io/tar.js";
import { VERSION } from "../io/version.js";
import { WheelsdownError } from "../units/errors.js";
import {
  ADSBLOL_ATTRIBUTION,
  ADSBLOL_LICENCE,
  type AdsblolArchive,
  type Release,
} from "./adsblol.js";
import { type Asked, covers, FolderSet, joinAsked, TRACE_FOLDERS } from "./asked.js";
import type { DayRecord, KeptFile } from "./day-record.js";
import type { FetchFolder } from "./fetch-folder.js";
import { Journal, type JournalState, readJournal, removeJournal } from "./journal.js";
import { NoRelease, PartStream, WrongBytes } from "./part-stream.js";
import { traceFault, unpackTrace } from "./trace-fault.js";

/** Received between two notes of how far a day is: what a killed run loses at most. chosen: test/cli/fetch.test.ts */
const CHECKPOINT_BYTES = 4 << 20;
/** A trace is at most a few MB. chosen: test/fetch/archive-day.test.ts */
const MEMBER_MAX_BYTES = 64 << 20;
/** How often a day is begun anew because it changed on the server meanwhile. */
const BEGINNINGS_MAX = 2;

/** What became of a day. */
export type DayOutcome =
  | {
      readonly kind: "fetched" | "was-here";
      readonly day: string;
      readonly record: DayRecord;
    }
  | { readonly kind: "missing"; readonly day: string }
  /** No aircraft was asked for on that day. */
  | { readonly kind: "not-asked"; readonly day: string }
  /** Begun or not, something stopped it; the next run goes on. */
  | { readonly kind: "failed"; readonly day: string; readonly reason: string };

/** Hears how much of a day is done; 0 in all while that is not known. */
export type ProgressListener = (done: number, total: number, unit: "bytes" | "files") => void;

/** What a day is fetched with. */
export interface DayTools {
  readonly client: HttpClient;
  readonly folder: FetchFolder;
  readonly onNote: (text: string) => void;
  readonly onProgress: ProgressListener;
  readonly checkInterrupt: () => void;
  /** Received between two notes of how far a day is; 4 MiB if left out. */
  readonly checkpointBytes?: number | undefined;
}

/**
 * Fetches one day of the archive: streams it, keeps the traces asked for, goes on where an earlier run stopped.
 *
 * @throws WheelsdownError when the day cannot be had now
 */
export async function fetchArchiveDay(
  day: string,
  wanted: Asked,
  tools: DayTools & { readonly archive: AdsblolArchive },
): Promise<DayOutcome> {
  const { folder, onNote } = tools;
  if (wanted !== "all" && wanted.length === 0) return { kind: "not-asked", day };
  const record = await folder.readRecord(day);
  if (record && covers(record.asked, wanted)) {
    const changedCount = await folder.countChanged(day, record.kept);
    if (changedCount === 0) return { kind: "was-here", day, record };
    onNote(`${day}: ${changedCount} kept files are gone or changed; the day is fetched again`);
  }
  const left = await readJournal(folder, day);
  // What is here stays part of the day, so that every file beside the record is in it.
  const asked = [record?.asked ?? [], left?.begin.asked ?? []].reduce(joinAsked, wanted);
  let state = left && (await usable(day, left, { asked, wanted, tools }));
  for (let beginning = 1; ; beginning++) {
    state ??= await begin(day, asked, tools.archive);
    if (!state) return { kind: "missing", day };
    try {
      const reading = await DayReading.start(day, state, tools);
      if (reading) return { kind: "fetched", day, record: await reading.run() };
      onNote(`${day}: what an earlier run left cannot be taken up; begun anew`);
    } catch (error) {
      if (error instanceof NoRelease) {
        await removeJournal(folder, day);
        return { kind: "missing", day };
      }
      if (error instanceof WrongBytes) {
        await folder.removeDay(day);
        throw new WheelsdownError("input-invalid", `${error.message}; removed, run this again`);
      }
      if (!(error instanceof ChangedOnServer)) throw error;
      if (beginning >= BEGINNINGS_MAX)
        throw new WheelsdownError("io-failed", `${error.message}, again and again`);
      onNote(`${day}: ${error.message}; begun anew`);
    }
    state = undefined;
  }
}

/** @returns what an earlier run left, when it fits what is asked now */
async function usable(
  day: string,
  left: JournalState,
  { asked, wanted, tools }: { asked: Asked; wanted: Asked; tools: DayTools },
): Promise<JournalState | undefined> {
  const { folder, onNote } = tools;
  if (!left.checkpoint) return undefined;
  if (!covers(left.begin.asked, asked)) {
    onNote(`${day}: more aircraft are asked for than before; begun anew`);
    return undefined;
  }
  if ((await folder.countChanged(day, left.kept)) > 0) {
    onNote(`${day}: kept files are gone or changed; begun anew`);
    return undefined;
  }
  if (!covers(wanted, left.begin.asked))
    onNote(`${day}: an unfinished run asked for more aircraft; it goes on with all of them`);
  return left;
}

async function begin(
  day: string,
  asked: Asked,
  archive: AdsblolArchive,
): Promise<JournalState | undefined> {
  const release = await archive.find(day);
  if (!release) return undefined;
  const assets = release.assets.map((asset) => ({ ...asset }));
  const words = { ...release, assets };
  return {
    begin: { asked: asked === "all" ? asked : [...asked], release: words },
    checkpoint: undefined,
    kept: [],
  };
}

/** A trace met in an archive. */
interface TakenTrace {
  readonly address: Address;
  /** Not there when nobody asked for it, or when it was left out. */
  readonly kept?: KeptFile;
  readonly fault?: string;
}

/** One day being streamed. */
class DayReading {
  readonly #day: string;
  readonly #asked: Asked;
  readonly #wanted: ReadonlySet<Address> | undefined;
  readonly #release: Release;
  readonly #tools: DayTools;
  readonly #journal: Journal;
  readonly #stream: PartStream;
  readonly #folders: FolderSet;
  readonly #faults: string[];
  readonly #kept: Map<Address, KeptFile>;
  /** Kept since the last checkpoint. */
  #fresh: KeptFile[] = [];
  #traceCount: number;
  #memberCount = 0;
  #isBroken = false;
  /** The trace taken last, which counts once all of it was received. */
  #unsettled: TakenTrace | undefined;

  private constructor(
    day: string,
    { begin: { asked, release }, checkpoint, kept }: JournalState,
    { tools, journal, stream }: { tools: DayTools; journal: Journal; stream: PartStream },
  ) {
    this.#day = day;
    this.#asked = asked;
    this.#wanted = asked === "all" ? undefined : new Set(asked);
    this.#release = release;
    this.#tools = tools;
    this.#journal = journal;
    this.#stream = stream;
    this.#folders = new FolderSet(checkpoint?.folders);
    this.#faults = [...(checkpoint?.faults ?? [])];
    this.#kept = new Map(kept.map((one) => [one.address, one]));
    this.#traceCount = checkpoint?.traceCount ?? 0;
  }

  /** @returns undefined when what is there cannot be taken up */
  static async start(
    day: string,
    state: JournalState,
    tools: DayTools & { readonly archive: AdsblolArchive },
  ): Promise<DayReading | undefined> {
    const { client, archive } = tools;
    const { begin: words, checkpoint } = state;
    const { release } = words;
    const stream = await PartStream.create({
      client,
      archive,
      release,
      checkpoint,
      onProgress: (doneBytes, totalBytes) => tools.onProgress(doneBytes, totalBytes, "bytes"),
    });
    if (!stream) return undefined;
    const journal = await Journal.start(tools.folder, day, state);
    return new DayReading(day, state, { tools, journal, stream });
  }

  async run(): Promise<DayRecord> {
    const stream = this.#stream;
    // In the middle of an archive there has been a tar header before.
    const isBegun = stream.startBytes > 0;
    const broken = await this.#readMembers();
    if (this.#memberCount === 0 && !isBegun) throw noArchive(stream, broken);
    this.#isBroken = broken !== undefined || !stream.hasEndMark;
    if (this.#isBroken) this.#faults.push(`the archive ${broken ?? "breaks off in its end mark"}`);
    const record = this.#record();
    await this.#tools.folder.writeRecord(record);
    await removeJournal(this.#tools.folder, this.#day);
    return record;
  }

  /** @returns why the archive ends before its end, undefined when it does not */
  async #readMembers(): Promise<string | undefined> {
    const stream = this.#stream;
    const { checkpointBytes = CHECKPOINT_BYTES } = this.#tools;
    const source = streamSource(stream.chunks());
    const walk = new TarWalk(source, stream.startBytes);
    let end = stream.startBytes;
    let settledEnd = end;
    let notedBytes = stream.doneBytes;
    try {
      for (let entry = await walk.next(); entry; entry = await walk.next()) {
        // Only here is it sure that all of the member before was received.
        this.#settle();
        settledEnd = end;
        if (stream.doneBytes - notedBytes >= checkpointBytes) {
          await this.#writeCheckpoint(settledEnd);
          notedBytes = stream.doneBytes;
        }
        this.#memberCount++;
        this.#unsettled = await this.#take(entry, walk);
        end = entry.end;
      }
      // A file that was kept had been received whole, even if what comes after it is damaged.
      if (walk.broken === undefined || this.#unsettled?.kept) this.#settle();
      return walk.broken;
    } catch (error) {
      if (error instanceof WheelsdownError) await this.#writeCheckpoint(settledEnd);
      throw error;
    } finally {
      await source.close();
    }
  }

  /** Counts the member that was taken last. */
  #settle(): void {
    if (!this.#unsettled) return;
    const { address, kept, fault } = this.#unsettled;
    this.#unsettled = undefined;
    this.#traceCount++;
    this.#folders.add(address);
    if (fault !== undefined) this.#faults.push(fault);
    if (!kept) return;
    this.#kept.set(address, kept);
    this.#fresh.push(kept);
  }

  async #writeCheckpoint(end: number): Promise<void> {
    await this.#journal.add(this.#fresh, {
      ...this.#stream.checkpoint(end),
      folders: this.#folders.toString(),
      traceCount: this.#traceCount,
      faults: this.#faults,
    });
    this.#fresh = [];
  }

  /** @returns undefined for a member that is no trace, or not there to its end */
  async #take({ name, size }: TarEntry, walk: TarWalk): Promise<TakenTrace | undefined> {
    this.#tools.checkInterrupt();
    const address = addressOf(name);
    if (!address) return undefined;
    if (this.#wanted && !this.#wanted.has(address)) return { address };
    if (size > MEMBER_MAX_BYTES)
      return { address, fault: `the trace of ${address} has ${size} bytes and was left out` };
    const content = await walk.body();
    if (content.length < size) return undefined;
    const fault = traceFault(await unpackTrace(content), address);
    if (fault !== undefined) return { address, fault: `${address}: ${fault}` };
    return { address, kept: await this.#tools.folder.keep(this.#day, address, content) };
  }

  #record(): DayRecord {
    const { repository, tag } = this.#release;
    const folderCount = this.#folders.count;
    const faults = [...this.#faults];
    if (folderCount < TRACE_FOLDERS)
      faults.push(`${folderCount} of ${TRACE_FOLDERS} folders of traces`);
    const notKept = this.#asked === "all" ? [] : this.#asked.filter((one) => !this.#kept.has(one));
    // Where folders are missing, those that are there may be cut too.
    const isWhole = !this.#isBroken && folderCount === TRACE_FOLDERS;
    const isAbsent = (address: Address) =>
      isWhole && !faults.some((fault) => fault.includes(address));
    return {
      day: this.#day,
      source: "adsblol",
      licence: ADSBLOL_LICENCE,
      attribution: ADSBLOL_ATTRIBUTION,
      program: `wheelsdown ${VERSION}`,
      release: { repository, tag },
      parts: this.#stream.records(),
      complete: faults.length === 0,
      faults,
      folderCount,
      traceCount: this.#traceCount,
      asked: this.#asked,
      kept: [...this.#kept.values()].sort((a, b) => (a.address < b.address ? -1 : 1)),
      absent: notKept.filter(isAbsent),
      unknown: notKept.filter((address) => !isAbsent(address)),
    };
  }
}

/** @returns undefined when a member is no trace of a whole day */
function addressOf(name: string): Address | undefined {
  const match = /(?:^|\/)traces\/[0-9a-f]{2}\/trace_full_(~?[0-9a-f]{6})\.json$/.exec(name);
  return match?.[1] === undefined ? undefined : parseAddress(match[1]);
}

function noArchive({ doneBytes }: PartStream, broken = "holds no file"): WheelsdownError {
  return new WheelsdownError(
    "input-invalid",
    `what came is no tar archive (${doneBytes} bytes; it ${broken})`,
  );
}
