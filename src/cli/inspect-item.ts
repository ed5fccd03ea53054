import type { Address } from "../aircraft/address.js";
import { detectReader } from "../formats/detect.js";
import type { Reader } from "../formats/reader.js";
import { guessMap } from "../formats/table-guess.js";
import { isTableLike } from "../formats/table-look.js";
import { shellWord } from "../formats/table-map.js";
import {
  optionsNamedIn,
  optionsOf,
  type ReadingTerms,
  startMsInName,
  termsText,
} from "../formats/terms.js";
import { STDIN } from "../io/list-inputs.js";
import { formOf, readBytes, unpackedHead, whyUnread } from "../io/read-input.js";
import { PACKING_BYTES } from "../io/unpack.js";
import { type InspectedJson, readValues, unreadInput } from "../report/inspect-shape.js";
import { PointCounter } from "../track/point-count.js";
import { WheelsdownError } from "../units/errors.js";
import { openItem, type ReadItem } from "./read-item.js";

/** What looking at an input gave. */
export interface Inspected {
  readonly json: InspectedJson;
  readonly addresses: readonly Address[];
  /** Something is wrong that whoever gave this input has to know of: the exit code says so. */
  readonly isFaulty: boolean;
}

/** Looks at one input and keeps nothing of it. What is wrong with it is part of the answer; bugs of ours are thrown. */
export async function inspectItem(item: ReadItem, terms: ReadingTerms): Promise<Inspected> {
  const { path, named } = item;
  let known: InspectedJson = unreadInput(path);
  try {
    const input = await openItem(item);
    const packing = formOf(await input.head(PACKING_BYTES));
    known = { ...known, bytes: input.byteCount, packing };
    const reason = await whyUnread(input, { named, terms });
    const head = await unpackedHead(input);
    if (reason !== undefined) return unreadable(known, { reason, head, terms, named });
    const reader = detectReader(head, path, { named, terms });
    if (reader) known = { ...known, ...formatOf(reader) };
    const counter = new PointCounter();
    const read = await readBytes(input, counter, { named, terms });
    if ("reason" in read) return unreadable(known, { reason: read.reason, head, terms, named });
    const json = {
      ...known,
      ...readValues(read, counter.counts(read)),
      outcome: read.complete ? ("read" as const) : ("partial" as const),
      bytes: read.byteCount,
      sha256: read.sha256,
      next: read.keptCount > 0 ? commandOf(path, said(terms)) : null,
    };
    const isFaulty = !read.complete || (read.rowCount > 0 && read.keptCount === 0);
    return { json, addresses: read.addresses, isFaulty };
  } catch (error) {
    if (!(error instanceof WheelsdownError) || error.code === "interrupted") throw error;
    return refused(known, withoutPath(error.message, path), terms);
  }
}

function formatOf(reader: Reader): Pick<InspectedJson, "format" | "title" | "takes"> {
  return { format: reader.id, title: reader.title, takes: optionsOf(reader) };
}

function withoutPath(message: string, path: string): string {
  return message.startsWith(`${path}: `) ? message.slice(path.length + 2) : message;
}

function unreadable(
  known: InspectedJson,
  {
    reason,
    head,
    terms,
    named,
  }: {
    readonly reason: string;
    readonly head: Uint8Array;
    readonly terms: ReadingTerms;
    readonly named: boolean;
  },
): Inspected {
  const guess =
    terms.map === undefined && isTableLike(head)
      ? guessMap(head, terms.timeZone !== undefined)
      : undefined;
  const next = guess
    ? commandOf(known.file, [`--map ${shellWord(guess.text)}`, ...said(terms)])
    : null;
  const needs = guess ? ["--map"] : [];
  const json: InspectedJson = { ...known, outcome: "unknown", reason, needs, next };
  return { json, addresses: [], isFaulty: named };
}

/** What stands in for an option's value where nobody knows it yet. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  "--tz": "ZONE",
  "--start": "TIME",
  "--receiver": "LAT,LON",
};

function refused(known: InspectedJson, reason: string, terms: ReadingTerms): Inspected {
  const takes = new Set(known.takes);
  const needs = optionsNamedIn(reason).filter((option) => takes.has(option));
  const words = needs
    .filter((option) => option in PLACEHOLDERS)
    .map((option) => `${option} ${placeholder(option, known.file)}`);
  const next = words.length > 0 ? commandOf(known.file, [...said(terms), ...words]) : null;
  return {
    json: { ...known, outcome: "refused", reason, needs, next },
    addresses: [],
    isFaulty: true,
  };
}

function placeholder(option: string, file: string): string {
  const isInName = option === "--start" && startMsInName(file) !== undefined;
  return isInName ? "name" : PLACEHOLDERS[option]!;
}

/** What was said, as it is typed. */
export function said(terms: ReadingTerms): string[] {
  const all = { terms: ["map", "timeZone", "receiver", "clock"] } as const;
  const text = termsText(all, terms, "");
  const { start } = terms;
  if (start === undefined) return text === "" ? [] : [text];
  const written = start === "name" ? start : new Date(start).toISOString();
  return [...(text === "" ? [] : [text]), `--start ${written}`];
}

/** @returns the command that reads an input; of a member of an archive, the archive */
function commandOf(file: string, words: readonly string[]): string {
  const path = file === STDIN ? STDIN : file.replace(/!.*$/s, "");
  return ["wheelsdown movements", ...words, shellWord(path)].join(" ");
}
