import { resolve } from "node:path";
import { type Archive, findArchives, listMembers } from "../io/archive.js";
import { type InputPath, listInputs, STDIN } from "../io/list-inputs.js";
import { WheelsdownError } from "../units/errors.js";
import type { ReadItem } from "./read-item.js";

/** Inputs that belong together: those of one aircraft, or all whose name does not say. */
export interface FileGroup {
  readonly items: readonly ReadItem[];
  /** Archives that can only be read in their order. */
  readonly archives: readonly Archive[];
}

export interface GroupOptions {
  /** Put every track together, also where an aircraft's files lie scattered over compressed archives. */
  readonly whole: boolean;
}

/** An archive that breaks off, and why as `listMembers` and `streamMembers` give it. */
export interface BrokenArchive {
  readonly path: string;
  readonly reason: string;
}

const NO_ARCHIVES: readonly Archive[] = [];

/** What there is to read. */
export interface ListedGroups {
  readonly groups: readonly FileGroup[];
  readonly itemCount: number;
  /** Archives that break off: what they still hold is read. */
  readonly broken: readonly BrokenArchive[];
  /** Folders that cannot be listed and archives that cannot be read at all. */
  readonly failed: readonly string[];
}

/**
 * Lists what there is to read, grouped by the aircraft that names tell. Groups and the inputs in them are in the order of
 * their names, whatever the order of `paths`: the same files give the same answer.
 */
export async function listGroups(
  paths: readonly string[],
  { whole }: GroupOptions,
): Promise<ListedGroups> {
  const unlisted: string[] = [];
  const inputs = await listOnce(paths, (message) => unlisted.push(message));
  const { files, archives, unreadable } = await findArchives(inputs);
  const items: ReadItem[] = files.map(({ path, named }) => ({
    path,
    named,
    place: { kind: "file", path },
  }));
  const broken: BrokenArchive[] = [];
  const failed = [...unlisted, ...unreadable.map(({ path, reason }) => `${path}: ${reason}`)];
  for (const archive of archives) {
    if (!archive.isOpen) continue;
    try {
      const index = await listMembers(archive);
      for (const { path, place: member } of index.members)
        items.push({ path, named: false, place: { kind: "member", member } });
      failed.push(...index.refused);
      if (index.broken !== undefined) broken.push({ path: archive.path, reason: index.broken });
    } catch (error) {
      if (!(error instanceof WheelsdownError)) throw error;
      failed.push(error.message);
    }
  }
  items.sort((a, b) => (a.path < b.path ? -1 : 1));
  const streams = archives.filter(({ isOpen }) => !isOpen);
  const groups = groupsOf(items, { streams, whole });
  return { groups, itemCount: items.length, broken, failed };
}

/** One file may be named twice, "a" and "./a": it is read once, under the name that sorts first. */
async function listOnce(
  paths: readonly string[],
  onUnreadable: (message: string) => void,
): Promise<InputPath[]> {
  const listed = new Map<string, InputPath>();
  for await (const input of listInputs(paths, onUnreadable)) {
    const place = input.path === STDIN ? STDIN : resolve(input.path);
    const before = listed.get(place);
    const path = before && before.path < input.path ? before.path : input.path;
    listed.set(place, { path, named: input.named || (before?.named ?? false) });
  }
  return [...listed.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function groupsOf(
  items: readonly ReadItem[],
  { streams, whole }: { readonly streams: readonly Archive[]; readonly whole: boolean },
): FileGroup[] {
  // Nobody knows where in a compressed archive an aircraft comes, so all tracks have to be held until its end.
  if (whole && streams.length > 0) return [{ items, archives: streams }];
  const byName = new Map<string, ReadItem[]>();
  for (const item of items) {
    const address = /trace_(?:full|recent)_(~?[0-9a-f]{6})\.json/i.exec(item.path)?.[1];
    // What may hold any number of aircraft is put together only where it must be: it may be all that anyone heard.
    const key = address?.toLowerCase() ?? (whole ? "other" : `other ${item.path}`);
    const group = byName.get(key);
    if (group) group.push(item);
    else byName.set(key, [item]);
  }
  const groups = [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => ({ items: group, archives: NO_ARCHIVES }));
  return [...groups, ...streams.map((archive) => ({ items: [], archives: [archive] }))];
}
