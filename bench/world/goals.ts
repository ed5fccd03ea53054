import { median } from "./statistics.js";
import type { SizeResult, WorldResult } from "./world-result.js";

/** One line of the table: what was measured, and the goal where there is one. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** At most this is good; undefined for figures without a goal. */
  readonly goal?: number;
  /** What to know before the figure is quoted. */
  readonly note?: string;
}

/** Goals as set before anything was built; see docs/performance.md. */
const GOALS = {
  decodeR: 1.7,
  ingestCpuR: 4.5,
  ingestWallR: 3,
  rssMb: 600,
  pointShare: 0.55,
  trackMs: 50,
  areaMs: 250,
  fleetMs: 300,
  startTimes: 3,
} as const;

/** Chosen: time for each further point within a third, and memory within a quarter, count as linear and as flat. */
const LINEAR_WITHIN = 1.33;
const FLAT_WITHIN = 1.25;
const FULL_SIZE_POINTS = 100e6;
const FULL_SIZE_LANDINGS = 1e6;

/** All figures of a run in the order they are shown. */
export function figuresOf(result: WorldResult): Figure[] {
  const size = result.sizes[result.sizes.length - 1]!;
  return [
    ...readingFigures(result),
    ...ingestFigures(size),
    ...growthFigures(result.sizes),
    ...questionFigures(result),
  ];
}

function readingFigures({ peers }: WorldResult): Figure[] {
  const cpuMs = (name: string) => median(peers.ways.find(({ way }) => way === name)?.cpuMs ?? []);
  const [gunzip, own, parse] = ["gunzip", "wheelsdown", "json-parse"].map(cpuMs) as [
    number,
    number,
    number,
  ];
  const { pandas } = peers;
  const note = `${peers.fileCount} files`;
  return [
    { what: "decode to columns, CPU", value: own / gunzip, unit: "R", goal: GOALS.decodeR, note },
    { what: "JSON.parse to the same columns, CPU", value: parse / gunzip, unit: "R", note },
    { what: "JSON.parse against wheelsdown", value: parse / own, unit: "times", note },
    "absent" in pandas
      ? { what: "pandas against wheelsdown", value: Number.NaN, unit: "times", note: pandas.absent }
      : {
          what: "pandas against wheelsdown",
          value: pandas.cpuMs / own,
          unit: "times",
          note: `${note}; pandas ${pandas.pandas}, Python ${pandas.python}`,
        },
  ];
}

function ingestFigures(size: SizeResult): Figure[] {
  const { gunzipMs, world } = size;
  const load = `load ${size.loadBefore.toFixed(1)} before, ${size.loadAfter.toFixed(1)} after`;
  return [
    { what: "R", value: gunzipMs / 1000, unit: "s", note: `${world.pointCount} points` },
    {
      ...{ what: "tar to lake with movements, CPU", value: size.ingestCpuMs / gunzipMs, unit: "R" },
      goal: GOALS.ingestCpuR,
      note: `${(size.ingestCpuMs / 1000).toFixed(1)} s`,
    },
    {
      ...{ what: "tar to lake with movements, wall", value: size.ingestWallMs / gunzipMs },
      ...{ unit: "R", goal: GOALS.ingestWallR },
      note: `${(size.ingestWallMs / 1000).toFixed(1)} s; ${load}`,
    },
    { what: "the same tar once more, wall", value: size.repeatWallMs / gunzipMs, unit: "R" },
    { what: "peak memory of it", value: size.ingestPeakRssMb, unit: "MB", goal: GOALS.rssMb },
    {
      ...{ what: "points in the lake, of gzip bytes", unit: "times", goal: GOALS.pointShare },
      value: size.pointFileBytes / world.gzipByteCount,
      note: `${(size.pointFileBytes / world.pointCount).toFixed(1)} against ${(world.gzipByteCount / world.pointCount).toFixed(1)} bytes a point`,
    },
    {
      ...{ what: "whole lake, of gzip bytes", unit: "times" },
      value: size.lakeBytes / world.gzipByteCount,
    },
  ];
}

function growthFigures(sizes: readonly SizeResult[]): Figure[] {
  const [first, middle, last] = sizes;
  if (!first || !middle || !last) return [];
  return [
    {
      // What starting costs is in all sizes alike: in a mean for each point it would hide a growth worse than linear.
      ...{ what: "growth: CPU of each further point", unit: "times", goal: LINEAR_WITHIN },
      value: furtherPointMs(middle, last) / furtherPointMs(first, middle),
      note: `from ${aircraftOf(middle)} on against from ${aircraftOf(first)} on`,
    },
    {
      ...{ what: "growth: peak memory, 16 times the day", unit: "times", goal: FLAT_WITHIN },
      value: last.ingestPeakRssMb / first.ingestPeakRssMb,
      note: `${first.ingestPeakRssMb.toFixed(0)} MB with ${aircraftOf(first)}`,
    },
    {
      ...{ what: "growth: peak memory, 4 times the day", unit: "times", goal: FLAT_WITHIN },
      value: last.ingestPeakRssMb / middle.ingestPeakRssMb,
      note: `${middle.ingestPeakRssMb.toFixed(0)} MB with ${aircraftOf(middle)}`,
    },
  ];
}

function aircraftOf({ world }: SizeResult): string {
  return `${world.aircraftCount} aircraft`;
}

function furtherPointMs(from: SizeResult, to: SizeResult): number {
  return (to.ingestCpuMs - from.ingestCpuMs) / (to.world.pointCount - from.world.pointCount);
}

function questionFigures({ queries, start, landings, sizes }: WorldResult): Figure[] {
  const { pointCount } = sizes[sizes.length - 1]!.world;
  const over = `${(pointCount / 1e6).toFixed(1)} of ${FULL_SIZE_POINTS / 1e6} M points`;
  const figures: Figure[] = [
    {
      what: "one aircraft's day",
      value: queries.trackMs,
      unit: "ms",
      goal: GOALS.trackMs,
      note: over,
    },
    {
      ...{ what: "area and two hours, by SQL", value: queries.areaMs, unit: "ms" },
      ...{ goal: GOALS.areaMs, note: `${over}; ${queries.areaAircraftCount} aircraft` },
    },
    {
      ...{ what: "landings of a fleet in a country", value: queries.fleetMs, unit: "ms" },
      ...{ goal: GOALS.fleetMs, note: `over ${queries.movementCount} movements` },
    },
  ];
  if (landings)
    figures.push({
      ...{ what: "the same, 30 days of landings", value: landings.medianMs, unit: "ms" },
      goal: GOALS.fleetMs,
      note: `over ${landings.landingCount} of ${FULL_SIZE_LANDINGS} landings, ${landings.fleetCount} aircraft, ${landings.foundCount} found`,
    });
  const bare = `node -e 0: ${start.nodeMs.toFixed(0)} ms`;
  figures.push(
    { what: "start to help", value: start.helpMs / start.nodeMs, unit: "times", note: bare },
    startFigure("start to what the lake holds", start.statusMs, start.nodeMs),
    startFigure("start to landings of an aircraft", start.landingsMs, start.nodeMs),
  );
  return figures;
}

function startFigure(what: string, takenMs: number, nodeMs: number): Figure {
  const note = `${takenMs.toFixed(0)} ms`;
  return { what, value: takenMs / nodeMs, unit: "times", goal: GOALS.startTimes, note };
}

/** The figures as a table of text, one line each. */
export function figureLines(figures: readonly Figure[]): string[] {
  return figures.map(({ what, value, unit, goal, note }) => {
    const shown = Number.isNaN(value) ? "-" : value >= 100 ? value.toFixed(0) : value.toFixed(2);
    const aim = goal === undefined ? "" : `goal ${goal}: ${value <= goal ? "met" : "missed"}`;
    return `${what.padEnd(38)}${`${shown} ${unit}`.padStart(13)}  ${aim.padEnd(18)}${note ?? ""}`.trimEnd();
  });
}
