import { isoSeconds } from "../units/time.js";
import type { ReachEdge, ReachPurpose } from "./reach-question.js";

export type ReachVerdictWord = "impossible" | "extreme" | "plausible" | "undetermined";

/** One line of reckoning; `result` follows from `values` by `formula`, with a calculator. */
export interface ProofStep {
  readonly name: string;
  readonly formula: string;
  readonly values: Readonly<Record<string, number>>;
  readonly result: number;
  readonly unit: "km" | "min" | "km/h";
}

export interface ProofEdge {
  readonly time: string;
  readonly lat: number;
  readonly lon: number;
  readonly altitudeFt: number | null;
  readonly onGround: boolean;
  readonly positionErrorKm: number;
  readonly source: string;
}

/** How such aircraft usually fly; a landing is reckoned to the field that needs the least time. */
export interface SoftRecord {
  readonly cruiseWithWindKt: number;
  readonly lowSpeedWithWindKt: number;
  readonly field: string | null;
  readonly usableFieldCount: number | null;
  readonly toFieldMin: number | null;
  readonly groundMin: number | null;
  readonly fromFieldMin: number | null;
  readonly neededMin: number | null;
}

/** A proof as plain JSON. Times are ISO 8601 UTC; unknown is null; minutes and kilometres to a tenth. */
export interface ProofRecord {
  readonly schema: "wheelsdown/reach/1";
  readonly purpose: ReachPurpose;
  readonly verdict: ReachVerdictWord;
  readonly statement: string;
  readonly simulated: boolean;
  readonly target: {
    readonly label: string;
    readonly kind: string;
    readonly source: string;
    readonly radiusKm: number;
    readonly marginKm: number;
  };
  readonly aircraft: {
    readonly hex: string | null;
    readonly registration: string | null;
    readonly type: string | null;
    readonly hardSpeedKt: number;
    readonly cruiseKt: number;
    readonly performanceSource: string;
  };
  /** Null for a gap that is open at that end. */
  readonly before: ProofEdge | null;
  readonly after: ProofEdge | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly steps: readonly ProofStep[];
  readonly availableMin: number | null;
  readonly leastTimeMin: number | null;
  /** Time available less the least time needed at the hard bound; negative when impossible. */
  readonly slackMin: number | null;
  /** The point of the target for which the way is shortest. */
  readonly nearest: { readonly lat: number; readonly lon: number } | null;
  /** Null when impossible or undetermined. */
  readonly soft: SoftRecord | null;
}

/** Guards `Math.floor` and `Math.ceil` against 0.1 not being a binary fraction. */
const BINARY_DUST = 1e-9;

/** @returns tenths, never above the value (but for binary dust) */
export function floor1(value: number): number {
  return Math.floor(value * 10 + BINARY_DUST) / 10;
}

/** @returns tenths, never below the value (but for binary dust) */
export function ceil1(value: number): number {
  return Math.ceil(value * 10 - BINARY_DUST) / 10 + 0;
}

export function round1(value: number): number {
  return Math.round(value * 10) / 10 + 0;
}

export function round5(value: number): number {
  return Math.round(value * 1e5) / 1e5 + 0;
}

/** The edge of a gap as the proof prints it; null for an open end. */
export function edgeRecord(edge: ReachEdge | undefined): ProofEdge | null {
  if (!edge || !Number.isFinite(edge.timeMs + edge.latDeg + edge.lonDeg)) return null;
  return {
    time: isoSeconds(edge.timeMs),
    lat: round5(edge.latDeg),
    lon: round5(edge.lonDeg),
    altitudeFt: Number.isFinite(edge.altitudeFt) ? Math.round(edge.altitudeFt) : null,
    onGround: edge.onGround,
    positionErrorKm: ceil1(edge.positionErrorM / 1000),
    source: edge.source,
  };
}

/** @returns "1,234.5" */
export function minuteText(value: number): string {
  const [whole = "", part = "0"] = value.toFixed(1).split(".");
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${part}`;
}

/** A proof in eight to twelve lines that a reader can check with a calculator. */
export function proofText(proof: ProofRecord): string {
  const { aircraft, target } = proof;
  const name = aircraft.registration ?? aircraft.hex ?? "the aircraft";
  const mark = proof.simulated ? "SIMULATED, none of this happened: " : "";
  const lines = [
    `${mark}${name} (${aircraft.type ?? "type unknown"}), ${proof.from ?? "?"} to ${proof.to ?? "?"}`,
    proof.statement,
    edgeLine("last heard", proof.before),
    edgeLine("heard again", proof.after),
    `target: ${target.label} (${target.source})${proof.nearest ? `; the shortest way meets it at ${proof.nearest.lat}, ${proof.nearest.lon}` : ""}`,
  ];
  for (const step of proof.steps.filter((each) => each.name !== "time available")) {
    lines.push(stepLine(step));
  }
  if (proof.slackMin !== null && proof.leastTimeMin !== null && proof.availableMin !== null) {
    const word = proof.slackMin < 0 ? "short by" : "to spare";
    lines.push(
      `${minuteText(proof.leastTimeMin)} min needed at least, ${minuteText(proof.availableMin)} min available: ${word} ${minuteText(Math.abs(proof.slackMin))} min`,
    );
  }
  if (proof.soft) lines.push(softLine(proof.soft));
  return `${lines.map((line, at) => (at === 0 ? line : `  ${line}`)).join("\n")}\n`;
}

function edgeLine(word: string, edge: ProofEdge | null): string {
  if (!edge) return `${word}: not in the period asked for`;
  const height = edge.onGround
    ? "on the ground"
    : edge.altitudeFt === null
      ? "height unknown"
      : `${edge.altitudeFt} ft`;
  return `${word}: ${edge.time} at ${edge.lat}, ${edge.lon}, ${height} (${edge.source}, good to ${edge.positionErrorKm} km)`;
}

function stepLine({ name, formula, values, result, unit }: ProofStep): string {
  const list = Object.entries(values)
    .map(([key, value]) => `${key} ${value}`)
    .join(", ");
  return `${name}: ${formula}: ${list}: ${minuteText(result)} ${unit}`;
}

function softLine(soft: SoftRecord): string {
  const speeds = `${soft.cruiseWithWindKt} kt cruise and ${soft.lowSpeedWithWindKt} kt below 10,000 ft, wind included`;
  if (soft.neededMin === null) return `as such aircraft fly: no usable field is known there`;
  if (soft.field === null)
    return `as such aircraft fly (${speeds}): ${minuteText(soft.neededMin)} min`;
  return `as such aircraft fly (${speeds}): ${minuteText(soft.toFieldMin ?? 0)} to ${soft.field} + ${soft.groundMin ?? 0} on the ground + ${minuteText(soft.fromFieldMin ?? 0)} = ${minuteText(soft.neededMin)} min`;
}
