import { readFileSync } from "node:fs";
import { link, readFile, rename, rm, unlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { type ErrorCode, WheelsdownError } from "../units/errors.js";

/** What a lock guards, for the message to whoever finds it taken. */
export interface LockOptions {
  /** "the lake ./lake" */
  readonly what: string;
  readonly busyCode: ErrorCode;
}

interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** When that process began, as the system counts it; "" where it does not say. */
  readonly began: string;
}

/** Locks this very process holds: a lock with our process id that is not in here is left from a former boot. */
const heldPaths = new Set<string>();

/**
 * Takes the lock of a folder's one writer. A lock whose process is gone is taken over.
 *
 * @param path the lock's file, in a folder that exists
 * @returns a function that gives the lock back
 * @throws WheelsdownError with `busyCode` when another process holds it
 */
export async function takeLock(path: string, options: LockOptions): Promise<() => Promise<void>> {
  const mine: LockHolder = {
    pid: process.pid,
    host: hostname(),
    began: processBegan(process.pid),
  };
  const text = `${JSON.stringify(mine)}\n`;
  // Two tries: the second follows a takeover. A third would mean that others keep taking it.
  for (let attempt = 0; attempt < 2; attempt++) {
    if (await createWhole(path, text)) {
      heldPaths.add(path);
      return async () => {
        heldPaths.delete(path);
        await rm(path, { force: true });
      };
    }
    const found = await readFile(path, "utf8").catch(() => undefined);
    if (found === undefined) continue;
    const holder = parseHolder(found);
    if (holder && holds(path, holder)) throw busy(path, holder, options);
    await setAside(path, found);
  }
  throw busy(path, undefined, options);
}

/** @returns true when a process of this machine with that id runs */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, under another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function holds(path: string, holder: LockHolder): boolean {
  // A shared folder: nothing can be known about a process of another machine.
  if (holder.host !== hostname()) return true;
  if (holder.pid === process.pid) return heldPaths.has(path);
  if (!isAlive(holder.pid)) return false;
  // Process ids come round again, in containers at once: same id but another beginning is another process.
  const began = processBegan(holder.pid);
  return began === "" || holder.began === "" || began === holder.began;
}

/** Creates the lock with its content in one step; @returns false when there is one */
async function createWhole(path: string, text: string): Promise<boolean> {
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, text);
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EEXIST") return false;
    // File systems without hard links (exFAT, some network ones): create, then fill.
    return await writeFile(path, text, { flag: "wx" }).then(
      () => true,
      (cause: NodeJS.ErrnoException) => {
        if (cause.code === "EEXIST") return false;
        throw cause;
      },
    );
  } finally {
    await rm(draft, { force: true });
  }
}

/** Moves a dead lock away; if another process replaced it meanwhile, its lock is put back. */
async function setAside(path: string, expected: string): Promise<void> {
  const aside = `${path}.stale-${process.pid}`;
  try {
    await rename(path, aside);
  } catch {
    return; // Someone else was faster; the next try sees who.
  }
  const moved = await readFile(aside, "utf8");
  if (moved !== expected) await link(aside, path).catch(() => {});
  await unlink(aside);
}

function parseHolder(text: string): LockHolder | undefined {
  try {
    const holder = JSON.parse(text) as Partial<LockHolder>;
    if (typeof holder.pid !== "number" || !(holder.pid > 0)) return undefined;
    return { pid: holder.pid, host: String(holder.host), began: String(holder.began ?? "") };
  } catch {
    return undefined; // Killed between creating and filling it: nobody's lock.
  }
}

/** Linux: boot id and start tick of a process (proc(5), field 22 of stat). Elsewhere "". */
function processBegan(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const tick = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}:${tick}`;
  } catch {
    return "";
  }
}

function busy(
  path: string,
  holder: LockHolder | undefined,
  { what, busyCode }: LockOptions,
): WheelsdownError {
  const who = holder ? `process ${holder.pid} on ${holder.host}` : "another process";
  return new WheelsdownError(
    busyCode,
    `${who} is writing to ${what}; wait for it, or remove ${path} if it no longer runs`,
  );
}
