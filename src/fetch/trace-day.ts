import type { Address } from "../aircraft/address.js";
import { htmlInstead } from "../io/download.js";
import { BrokenConnection, type HttpAnswer, type HttpClient } from "../io/http-client.js";
import { gather } from "../io/unpack.js";
import { VERSION } from "../io/version.js";
import { WheelsdownError } from "../units/errors.js";
import type { DayOutcome, DayTools } from "./archive-day.js";
import type { DayRecord, KeptFile } from "./day-record.js";
import { traceFault, unpackTrace } from "./trace-fault.js";
import { fillTemplate, type UrlTemplate } from "./url-template.js";

/** A trace is at most a few MB packed. chosen: test/cli/fetch.test.ts */
const FILE_MAX_BYTES = 64 << 20;

/** What is known of a day so far. */
interface DayState {
  readonly kept: Map<Address, KeptFile>;
  readonly absent: Set<Address>;
  readonly faults: Map<Address, string>;
}

/**
 * Fetches the traces of one day from a site that serves one file for each aircraft and day. The record is written after
 * each file, so that a run that was killed goes on behind the last one.
 *
 * @throws WheelsdownError when the site does not give them now
 */
export async function fetchTraceDay(
  day: string,
  wanted: readonly Address[],
  tools: DayTools & { readonly template: UrlTemplate },
): Promise<DayOutcome> {
  const { folder, client, template, onProgress, checkInterrupt } = tools;
  if (wanted.length === 0) return { kind: "not-asked", day };
  const before = await folder.readRecord(day);
  const asked = [...new Set([...askedOf(before), ...wanted])].sort();
  const state = await takeUp(before, tools);
  const open = asked.filter((one) => !state.kept.has(one) && !state.absent.has(one));
  if (before && open.length === 0 && asked.length === askedOf(before).length)
    return { kind: "was-here", day, record: before };
  for (const [i, address] of open.entries()) {
    checkInterrupt();
    const url = fillTemplate(template, day, address);
    const found = await fetchTrace(client, url, address);
    if (found === "absent") state.absent.add(address);
    else if (found instanceof Uint8Array)
      state.kept.set(address, { ...(await folder.keep(day, address, found)), url });
    else state.faults.set(address, found.fault);
    onProgress(i + 1, open.length, "files");
    await folder.writeRecord(recordOf(day, { asked, state, template }));
  }
  const record = recordOf(day, { asked, state, template });
  await folder.writeRecord(record);
  return { kind: "fetched", day, record };
}

function askedOf(record: DayRecord | undefined): readonly Address[] {
  return record && record.asked !== "all" ? record.asked : [];
}

/** What a record is worth: files that are as they were; what was not there is asked for again by a later run. */
async function takeUp(record: DayRecord | undefined, { folder }: DayTools): Promise<DayState> {
  const kept = new Map<Address, KeptFile>();
  for (const file of record?.kept ?? []) {
    if ((await folder.countChanged(record?.day ?? "", [file])) === 0) kept.set(file.address, file);
  }
  const isUnfinished = record !== undefined && record.unknown.length > 0;
  return { kept, absent: new Set(isUnfinished ? record.absent : []), faults: new Map() };
}

function recordOf(
  day: string,
  words: { asked: readonly Address[]; state: DayState; template: UrlTemplate },
): DayRecord {
  const { asked, state, template } = words;
  const unknown = asked.filter((one) => !state.kept.has(one) && !state.absent.has(one));
  const unasked = unknown.filter((one) => !state.faults.has(one)).length;
  const faults = [...state.faults].sort().map(([address, fault]) => `${address}: ${fault}`);
  if (unasked > 0) faults.push(`${unasked} of ${asked.length} aircraft not asked for yet`);
  return {
    day,
    source: template.source,
    licence: null,
    attribution: null,
    program: `wheelsdown ${VERSION}`,
    release: null,
    parts: [],
    complete: faults.length === 0,
    faults,
    folderCount: null,
    traceCount: null,
    asked,
    kept: [...state.kept.values()].sort((a, b) => (a.address < b.address ? -1 : 1)),
    absent: [...state.absent].sort(),
    unknown,
  };
}

/** @returns the bytes as they came, "absent" when there is no such file, or what is wrong with it */
async function fetchTrace(
  client: HttpClient,
  url: string,
  address: Address,
): Promise<Uint8Array | "absent" | { readonly fault: string }> {
  for (let failureCount = 0; ; failureCount++) {
    const answer = await client.get(url, { "accept-encoding": "gzip" });
    if (answer.status === 404 || answer.status === 410) {
      answer.discard();
      return "absent";
    }
    try {
      refuseStrange(url, answer);
      const content = await gather(answer.body, FILE_MAX_BYTES);
      if (!content) return { fault: `larger than ${FILE_MAX_BYTES} bytes, left out` };
      const fault = await findFault(content, url, address);
      return fault === undefined ? content : { fault };
    } catch (error) {
      answer.discard();
      if (!(error instanceof BrokenConnection)) throw error;
      await client.waitToRetry(url, error, failureCount);
    }
  }
}

function refuseStrange(url: string, answer: HttpAnswer): void {
  if (answer.status !== 200)
    throw new WheelsdownError("io-failed", `${url}: the server answers ${answer.status}`);
  if (/^\s*text\/html/i.test(answer.header("content-type") ?? "")) throw htmlInstead(url);
  const encoding = answer.header("content-encoding") ?? "identity";
  if (encoding !== "identity" && encoding !== "gzip")
    throw new WheelsdownError("input-invalid", `${url}: sent as ${encoding}, which is not read`);
}

/** Looks whether it is a whole trace of that aircraft. What is kept is the bytes as they came, packed or not. */
async function findFault(
  content: Uint8Array,
  url: string,
  address: Address,
): Promise<string | undefined> {
  const text = await unpackTrace(content);
  if (text && /^\s*</.test(text.subarray(0, 64).toString("latin1"))) throw htmlInstead(url);
  return traceFault(text, address);
}
