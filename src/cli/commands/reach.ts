import type { Command } from "commander";
import type { Address } from "../../aircraft/address.js";
import { reachVerdict } from "../../journey/reach.js";
import { type ReachAircraft, reachAircraft } from "../../journey/reach-bounds.js";
import { airborneSince, mustHaveLanded } from "../../journey/reach-endurance.js";
import { reachGaps } from "../../journey/reach-gaps.js";
import { minuteText, type ProofRecord, proofText } from "../../journey/reach-proof.js";
import { type ReachTarget, reachTarget } from "../../journey/reach-target.js";
import { Analyst } from "../../movement/analyse.js";
import { isInside } from "../../place/area.js";
import type { MaritimeBorders } from "../../place/country.js";
import { askForAircraft } from "../../query/ask-lake.js";
import { analysedUntil } from "../../query/find-journeys.js";
import { LeftOut } from "../../query/kept-positions.js";
import { identityOf } from "../../query/known-identity.js";
import type { QuestionOptions } from "../../query/question.js";
import { coverageSentence, type LakeTools, withLake } from "../../query/with-lake.js";
import type { ShowingOptions } from "../../query/withhold.js";
import { readSource } from "../../reference/sources.js";
import { reachAreaFeatures, reachGeoJson } from "../../report/reach-geojson.js";
import { type JudgedGap, reachGapJson } from "../../report/reach-shape.js";
import { isSimulated, type Track } from "../../track/track.js";
import { WheelsdownError } from "../../units/errors.js";
import { MINUTE_MS } from "../../units/quantity.js";
import { formatDuration, utcMinutes } from "../../units/time.js";
import {
  addAircraftFilter,
  addExamples,
  addFormats,
  addLake,
  addPeriod,
  addPlace,
  type FormatOptions,
} from "../options.js";
import { runCommand } from "../run-command.js";
import { addShowing, showingNow, tellWithheld } from "../showing.js";
import type { Terminal } from "../terminal.js";

export interface ReachOptions extends QuestionOptions, FormatOptions, ShowingOptions {
  readonly lake: string;
  readonly proof?: boolean;
}

export function addReachCommand(program: Command): void {
  const command = program
    .command("reach")
    .description(
      "For each stretch in which nobody heard the aircraft: could it have landed in a place, or passed over it?\n" +
        "impossible (a proof), extreme (possible only beyond usual performance), plausible, or undetermined.",
    )
    .option("--proof", "print the proofs, each to be checked with a calculator");
  addAircraftFilter(command);
  addPlace(command);
  addPeriod(command);
  addShowing(command);
  addLake(command);
  addFormats(command, ["json", "geojson"]);
  addExamples(command, [
    "reach --aircraft RA-96019 --in VE --from 2019-01-20 --to 2019-01-31",
    "reach --hex 157713 --in SVMI --near 200km --from 2019-01-20 --to 2019-01-31 --proof",
  ]);
  command.action((options: ReachOptions) =>
    runCommand(command, (terminal) => showReach(options, terminal)),
  );
}

/** Answers the question on the terminal. */
export async function showReach(options: ReachOptions, terminal: Terminal): Promise<void> {
  if (!options.in && !options.near)
    throw new WheelsdownError("usage", "say which place: --in VE, --in SVMI or --near 10.6,-66.9");
  const showing = showingNow(options);
  await withLake({ ...options, showing }, terminal, async (tools) => {
    const { lake, question } = tools;
    const target = await targetOf(tools);
    const addresses = await askForAircraft(lake, question);
    const features: Parameters<typeof reachGeoJson>[0][number][] = [];
    let gapCount = 0;
    const leftOut = new LeftOut();
    let judgedCount = 0;
    for (const address of addresses) {
      terminal.checkInterrupt();
      if (await leftOut.has(lake, address)) continue;
      const found = await judge(address, target, tools);
      if (!found) continue;
      judgedCount++;
      gapCount += found.gaps.length;
      if (options.geojson) features.push(...areasOf(found));
      else if (options.json) await writeJson(found, terminal);
      else await writeText(found, options, { target, terminal });
    }
    leftOut.tell("reach", terminal, judgedCount > 0);
    if (options.geojson) await terminal.write(reachGeoJson(features));
    const coverage = await coverageSentence(lake, question);
    terminal.note(`${gapCount} silences of ${addresses.length} aircraft; ${coverage}`);
    if (addresses.length === 0)
      terminal.note(
        "no input of the lake heard such an aircraft: there is no place to reckon from",
      );
    if (question.fromMs === undefined || question.toMs === undefined)
      terminal.note(
        "with --from and --to, the time before its first contact and after its last counts too",
      );
    await tellWithheld(lake, options, terminal);
  });
}

async function targetOf({ question, reference }: LakeTools): Promise<ReachTarget> {
  const { area, nearM } = question.place!;
  const maritime =
    area.kind === "country"
      ? (JSON.parse((await readSource("maritime")).bytes.toString("utf8")) as MaritimeBorders)
      : undefined;
  return reachTarget(area, { airports: reference.airports, maritime, nearM });
}

interface Judged {
  readonly track: Track;
  readonly aircraft: ReachAircraft;
  readonly gaps: readonly JudgedGap[];
  /** Points received inside the target in the period: what reach does not speak of. */
  readonly insideCount: number;
  readonly jumpCount: number;
}

async function judge(
  address: Address,
  target: ReachTarget,
  { lake, reference, question }: LakeTools,
): Promise<Judged | undefined> {
  const found = await analysedUntil(lake, address, new Analyst(reference.airports));
  if (!found) return undefined;
  const { track, analysis } = found;
  const aircraft = reachAircraft({ address, ...identityOf(track) });
  const simulated = isSimulated(track);
  const gaps = reachGaps(analysis, question).map((gap): JudgedGap => {
    const ask = (purpose: "landing" | "overflight") =>
      reachVerdict({ gap, aircraft, target, purpose, simulated }).proof;
    return {
      gap,
      landing: ask("landing"),
      overflight: ask("overflight"),
      endurance: mustHaveLanded(gap, airborneSince(analysis, gap), aircraft),
    };
  });
  const { clean } = analysis;
  const insideCount = countInside(clean.track, question);
  return { track, aircraft, gaps, insideCount, jumpCount: clean.setAside.jump };
}

function countInside(track: Track, { fromMs, toMs, place }: LakeTools["question"]): number {
  let count = 0;
  for (let i = 0; i < track.length; i++) {
    const timeMs = track.timeMs[i]!;
    if (timeMs < (fromMs ?? -Infinity) || timeMs > (toMs ?? Infinity)) continue;
    if (isInside(place!.area, track.latDeg[i]!, track.lonDeg[i]!)) count++;
  }
  return count;
}

function areasOf({ gaps, aircraft, track }: Judged): ReturnType<typeof reachAreaFeatures> {
  return gaps.flatMap(({ gap }) =>
    reachAreaFeatures({ gap, aircraft, simulated: isSimulated(track) }),
  );
}

async function writeJson({ gaps, aircraft, track }: Judged, terminal: Terminal): Promise<void> {
  const known = { ...aircraft, hex: track.address };
  for (const gap of gaps) await terminal.line(JSON.stringify(reachGapJson(gap, known)));
}

async function writeText(
  found: Judged,
  { proof }: ReachOptions,
  { target, terminal }: { readonly target: ReachTarget; readonly terminal: Terminal },
): Promise<void> {
  const { track, aircraft, gaps, insideCount, jumpCount } = found;
  if (isSimulated(track)) await terminal.line("SIMULATED: none of this happened");
  const name = aircraft.registration ?? track.address;
  const { performance, typeDesignator } = aircraft;
  await terminal.line(
    `${name} (${track.address}), ${typeDesignator ?? "type unknown"}, at most ${performance.hardSpeedBoundKt} kt over ground; ${target.label}`,
  );
  await terminal.line(
    terminal.table(
      ["FROM", "TO", "UNHEARD", "LANDING", "OVERFLIGHT", "SLACK", "NEAREST POINT"],
      gaps.map(gapCells),
    ),
  );
  for (const line of summaryOf(gaps, insideCount, jumpCount)) await terminal.line(line);
  for (const { endurance } of gaps)
    if (endurance) await terminal.line(`${name}: ${endurance.statement}`);
  await terminal.line();
  if (!proof) return;
  for (const { landing, overflight } of gaps) {
    await terminal.line(proofText(landing));
    await terminal.line(proofText(overflight));
  }
}

function gapCells({ gap, landing, overflight }: JudgedGap): string[] {
  const { nearest } = overflight;
  return [
    gap.before ? utcMinutes(gap.fromMs) : `(${utcMinutes(gap.fromMs)})`,
    gap.after ? utcMinutes(gap.toMs) : `(${utcMinutes(gap.toMs)})`,
    formatDuration(gap.toMs - gap.fromMs),
    landing.verdict,
    overflight.verdict,
    slackText(overflight, gap.toMs - gap.fromMs),
    nearest ? `${nearest.lat.toFixed(3)}, ${nearest.lon.toFixed(3)}` : "",
  ];
}

/** Time available less the time needed at the greatest speed, never shown as more than the silence itself. */
function slackText({ slackMin: exactMin }: ProofRecord, silenceMs: number): string {
  if (exactMin === null) return "";
  // What is allowed for clocks and rounding belongs to the proof, not to a column beside the silence.
  const slackMin = Math.min(exactMin, silenceMs / MINUTE_MS);
  // Whole minutes would show an impossible gap as "0 min".
  return Math.abs(slackMin) < 10
    ? `${minuteText(slackMin)} min`
    : formatDuration(slackMin * MINUTE_MS);
}

function summaryOf(
  gaps: readonly JudgedGap[],
  insideCount: number,
  jumpCount: number,
): readonly string[] {
  const out = (purpose: "landing" | "overflight") =>
    gaps.filter((gap) => gap[purpose].verdict === "impossible").length;
  const lines = [
    `${gaps.length} silences: landing impossible in ${out("landing")}, overflight impossible in ${out("overflight")}`,
    `heard inside the place itself at ${insideCount} points of the period; holes of 5 min or less are not listed`,
  ];
  if (jumpCount > 0)
    lines.push(
      `${jumpCount} points that no one aircraft could have flown to were set aside: the silences are reckoned without them`,
    );
  return lines;
}
