/** The answer: how far the question is, three counts, a chart by day, tables, files and the command that says the same. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { LakeJson } from "../../../src/api/shapes.js";
import { useAnswer, valueOf } from "../api.js";
import { Command } from "../parts/command.js";
import { DayChart } from "../parts/day-chart.js";
import { Exports } from "../parts/exports.js";
import { Notes } from "../parts/notes.js";
import { Pages } from "../parts/pages.js";
import { NameQuestion } from "../parts/saved-questions.js";
import { sentenceOf } from "../parts/wait.js";
import { type View, withParams, writeView } from "../url.js";
import { grouped } from "../words.js";
import { AircraftTable, VisitTable } from "./area-table.js";
import { areaQuestion, commandOf } from "./command.js";
import {
  aircraftKey,
  aircraftRows,
  areaDays,
  outcomeCounts,
  readSort,
  sortedBy,
  visitKey,
  visitRows,
} from "./rows.js";
import { type AreaRun, FOUND_MAX, isJustAsked, runArea, stopArea } from "./run.js";

/** Rows of one part of a table; as `Pages` steps. */
const ROWS_MAX = 100;

const SERIES = [
  { name: "landed or stood there, seen or inferred", look: "solid" },
  { name: "may have landed", look: "hatch" },
  { name: "passed over", look: "open" },
] as const;

/** Renewed each second while a question runs. */
function useSeconds(isRunning: boolean, startedMs: number): number {
  const [nowMs, setNowMs] = useState(Date.now());
  useEffect(() => {
    if (!isRunning) return undefined;
    setNowMs(Date.now());
    const timer = setInterval(() => setNowMs(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isRunning, startedMs]);
  return Math.max(0, Math.round((nowMs - startedMs) / 1000));
}

/** How far the question is, and how it ended when it ended early. */
function Progress({ run }: { readonly run: AreaRun }) {
  const seconds = useSeconds(run.state === "running", run.startedMs);
  const { examined, found, state } = run;
  const soFar = `${grouped(examined)} aircraft near it looked at, ${grouped(found.length)} found`;
  if (state === "running")
    return (
      <div class="progress">
        <p class="waiting">
          <span role="status">Asking who was heard there …</span> {soFar}, {seconds} s
        </p>
        <button type="button" onClick={stopArea}>
          Cancel
        </button>
      </div>
    );
  if (state === "failed")
    return (
      <div class="progress">
        <p class="failed" role="alert">
          {sentenceOf(run.detail)}
        </p>
        <button type="button" onClick={() => runArea(run.query)}>
          Ask again
        </button>
      </div>
    );
  if (state === "stopped")
    return (
      <div class="progress">
        <p role="status">
          <b>Stopped before its end:</b> {soFar}. What follows is not all.
        </p>
        <button type="button" onClick={() => runArea(run.query)}>
          Ask again
        </button>
      </div>
    );
  return null;
}

/** How many were heard, and whether that is all. */
function heardText({ state, end, found }: AreaRun, hasSecond: boolean): string {
  const where = `heard in area A${hasSecond ? " and in area B" : ""}`;
  const ending = found.length === 0 ? "." : ":";
  if (state === "done" && end?.next != null)
    return `More than ${FOUND_MAX} aircraft were ${where}. Of the first ${FOUND_MAX}:`;
  const verb = found.length === 1 ? "was" : "were";
  const soFar = state === "done" ? "" : "So far ";
  return `${soFar}${grouped(found.length)} aircraft ${verb} ${where}${ending}`;
}

function factsOf(run: AreaRun): readonly (readonly [number, string])[] {
  const counts = outcomeCounts(run.found);
  return [
    [counts.landed, "landed or stood there, seen or inferred"],
    [counts.possible, "may have landed there"],
    [counts.passed, "passed over, as far as anyone heard"],
  ];
}

/** @returns the answer in a line, as a picture of the map says it */
export function areaAnswerText(run: AreaRun, hasSecond: boolean): string {
  const facts = run.found.length === 0 ? [] : factsOf(run);
  const counts = facts.map(([count, what]) => `${grouped(count)} ${what}`).join("; ");
  return `${heardText(run, hasSecond)} ${counts}`.trim();
}

function Counts({ run, hasSecond }: { readonly run: AreaRun; readonly hasSecond: boolean }) {
  return (
    <>
      <p class="finding" data-finding>
        {heardText(run, hasSecond)}
      </p>
      {run.found.length > 0 && (
        <dl class="facts small">
          {factsOf(run).map(([count, what]) => (
            <div key={what}>
              <dd>{grouped(count)}</dd>
              <dt>{what}</dt>
            </div>
          ))}
        </dl>
      )}
      {run.state === "done" && run.end?.next != null && (
        <p>
          <b>Stopped after the first {FOUND_MAX}</b>, in order of address. Counts, chart, table and
          map are of these; files hold all.
        </p>
      )}
    </>
  );
}

function Tables({ view, run }: { readonly view: View; readonly run: AreaRun }) {
  const isByAircraft = view.params["show"] === "aircraft";
  const hasSecond = view.params["also"] !== undefined;
  const sort = readSort(view.params["sort"]);
  const offset = Math.max(0, Number(view.params["offset"] ?? 0) || 0);
  const visits = useMemo(() => visitRows(run.found), [run.found]);
  const aircraft = useMemo(() => aircraftRows(run.found), [run.found]);
  const total = isByAircraft ? aircraft.length : visits.length;
  const end = Math.min(total, offset + ROWS_MAX);
  const tab = (show: string | undefined) =>
    writeView(withParams(view, { show, sort: undefined, offset: undefined }));
  return (
    <>
      <nav class="tabs" aria-label="Table">
        <a href={tab(undefined)} aria-current={isByAircraft ? undefined : "page"}>
          Visits ({grouped(visits.length)})
        </a>
        <a href={tab("aircraft")} aria-current={isByAircraft ? "page" : undefined}>
          By aircraft ({grouped(aircraft.length)})
        </a>
      </nav>
      {isByAircraft ? (
        <AircraftTable
          rows={sortedBy(aircraft, sort, aircraftKey).slice(offset, end)}
          view={view}
          hasSecond={hasSecond}
        />
      ) : (
        <VisitTable
          rows={sortedBy(visits, sort, visitKey).slice(offset, end)}
          view={view}
          hasSecond={hasSecond}
        />
      )}
      <Pages
        view={view}
        offset={offset}
        count={end - offset}
        total={total}
        next={end < total ? end : null}
      />
    </>
  );
}

function AskedAs({ question }: { readonly question: ReturnType<typeof areaQuestion> }) {
  const lake = valueOf(useAnswer<LakeJson>("/api/lake"));
  return <Command command={commandOf("area", question, lake?.showing)} />;
}

/** Everything that answers the question, as far as it is there. */
export function AreaResults({ view, run }: { readonly view: View; readonly run: AreaRun }) {
  const question = areaQuestion(view.params);
  const hasSecond = question["also"] !== undefined;
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    // It stands below a long form.
    if (isJustAsked.peek()) place.current?.scrollIntoView({ block: "start" });
    isJustAsked.value = false;
  }, [run.query]);
  const days = useMemo(
    () =>
      areaDays(visitRows(run.found)).map(({ day, landed, possible, passed }) => ({
        day,
        counts: [landed, possible, passed],
      })),
    [run.found],
  );
  return (
    <section aria-labelledby="results" ref={place}>
      <h2 id="results">Answer</h2>
      <Progress run={run} />
      {(run.state === "done" || run.found.length > 0) && <Counts run={run} hasSecond={hasSecond} />}
      {run.state === "done" && run.found.length === 0 && (
        <p class="empty">Nobody heard there is not nobody there.</p>
      )}
      {run.found.length > 0 && (
        <>
          <DayChart
            days={days}
            series={SERIES}
            unit="Aircraft heard inside area A"
            note="Each counts once a day; a visit over midnight counts on both days. A line below marks days the lake holds."
            href={(from, to) =>
              writeView(withParams(view, { from, to, offset: undefined, draft: undefined }))
            }
          />
          <Tables view={view} run={run} />
          <p class="fine">Lowest is pressure altitude, not height above the ground.</p>
        </>
      )}
      {run.state === "done" && (
        <>
          <Notes notes={run.end?.notes ?? []} />
          <Exports
            label="All of it as CSV, GeoJSON, or JSON (the first 100 aircraft):"
            path="/api/area"
            params={question}
            formats={["csv", "geojson", "json"]}
          />
        </>
      )}
      {run.state !== "failed" && (
        <>
          <AskedAs question={question} />
          <NameQuestion view={view} />
        </>
      )}
    </section>
  );
}
