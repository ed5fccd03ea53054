import type { AirportDirectory } from "../src/place/airport-table.js";
import { realCases } from "./corpora/all.js";
import { engineOf, methodOf } from "./engine.js";
import { askCompare } from "./questions/compare.js";
import { askCoverage } from "./questions/coverage.js";
import { askDegraded } from "./questions/degraded.js";
import { askFloors } from "./questions/floors.js";
import { askFull } from "./questions/full.js";
import { askJoint } from "./questions/joint.js";
import { askNegatives } from "./questions/negatives.js";
import { askParts, askSimulated } from "./questions/parts.js";
import { askReach, type SaysImpossible } from "./questions/reach.js";
import { askReliability } from "./questions/reliability.js";
import { askRoutes } from "./questions/routes.js";
import type { ReducedEngine, Setting } from "./questions/setting.js";
import { askStops } from "./questions/stops.js";
import { Report } from "./report.js";

/** What a run may be told. */
export interface RunOptions {
  readonly dataFolder: string;
  readonly airports: AirportDirectory;
  readonly quick: boolean;
  /** Makes a reduced engine; give it once the engine can be reduced. */
  readonly reduced?: ReducedEngine;
  /** Says whether a visit is impossible; give it once reach is computed. */
  readonly saysImpossible?: SaysImpossible;
}

/** Asks every question and prints a table for each. */
export async function runAccuracy(options: RunOptions): Promise<Report> {
  const { dataFolder, airports, quick } = options;
  const report = new Report();
  const setting: Setting = {
    airports,
    dataFolder,
    cases: await realCases(dataFolder, airports),
    engine: methodOf("wheelsdown", engineOf(airports)),
    reduced: options.reduced,
    report,
    quick,
  };
  askFull(setting);
  askFloors(setting);
  askDegraded(setting);
  askStops(setting);
  askNegatives(setting);
  askReliability(setting);
  askJoint(setting);
  askCompare(setting);
  askParts(setting);
  await askRoutes(setting);
  await askCoverage(setting);
  if (options.saysImpossible) askReach(setting, options.saysImpossible);
  await askSimulated(setting);
  return report;
}
