// Loaded before a program that is measured (`node --import`): writes what the process used when it ends.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

/** What a process used, with all its threads. */
export interface ProcessUsage {
  readonly cpuMs: number;
  readonly peakRssMb: number;
}

const target = process.env.WHEELSDOWN_BENCH_USAGE;
// Threads of the measured program load this module too; the figures are of the whole process all the same.
if (target && isMainThread)
  process.on("exit", () => writeFileSync(target, JSON.stringify(usageSoFar())));

function usageSoFar(): ProcessUsage {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return { cpuMs: (userCPUTime + systemCPUTime) / 1000, peakRssMb: peakRssKb(maxRSS) / 1000 };
}

/** On Linux a process inherits the maximum of the one that started it; the memory's own high-water mark does not. */
function peakRssKb(maxRssKb: number): number {
  const status = "/proc/self/status";
  if (!existsSync(status)) return maxRssKb;
  const found = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(status, "utf8"));
  return found ? Number(found[1]) : maxRssKb;
}
