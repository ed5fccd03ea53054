/** The answer as tables: visit by visit, or aircraft by aircraft. */

import type { ComponentChildren } from "preact";
import type { AreaOutcome, AreaVisitsJson } from "../../../src/api/shapes.js";
import { Simulated } from "../parts/badge.js";
import { Time } from "../parts/time.js";
import { type View, withParams, writeView } from "../url.js";
import { durationText, grouped } from "../words.js";
import { hrefAround } from "./area-drawing.js";
import { type AircraftRow, insideS, readSort, type SortKey, type VisitRow } from "./rows.js";

/** What each outcome is called; with the restraint of the command's own table. */
export const DID_WORDS: Readonly<Record<AreaOutcome, string>> = {
  landed: "landed or stood there",
  possible: "may have landed",
  passed: "passed over",
};

function Sortable({
  view,
  by,
  children,
}: {
  readonly view: View;
  readonly by: SortKey;
  readonly children: string;
}) {
  const { key, isDown } = readSort(view.params["sort"]);
  const isThis = key === by;
  const next = isThis && !isDown ? `-${by}` : by;
  return (
    <th
      role="columnheader"
      scope="col"
      aria-sort={isThis ? (isDown ? "descending" : "ascending") : undefined}
    >
      <a href={writeView(withParams(view, { sort: next, offset: undefined }))}>
        {children}
        {isThis && <span aria-hidden="true">{isDown ? " ↓" : " ↑"}</span>}
      </a>
    </th>
  );
}

function Aircraft({ found }: { readonly found: AreaVisitsJson }) {
  const { hex, registration, type, callsigns, simulated, firstHeard, lastHeard } = found.area;
  const detail = [type, callsigns.slice(0, 2).join(" ")].filter(
    (each) => each != null && each !== "",
  );
  return (
    <td role="cell">
      <a href={hrefAround(hex, firstHeard, lastHeard)}>{registration ?? hex}</a>{" "}
      {simulated && <Simulated />}
      <span class="local">{detail.join(" · ")}</span>
    </td>
  );
}

function lowestText(groundPositions: number, altitudeFt: number | null | undefined): string {
  if (groundPositions > 0) return "on the ground";
  return altitudeFt == null ? "unknown" : `${grouped(altitudeFt)} ft`;
}

/** The visits to the second area, the nearest first. */
function Second({ found }: { readonly found: AreaVisitsJson }) {
  const { also } = found.area;
  if (!also) return null;
  const more = also.visits.length - 1;
  return (
    <td role="cell" data-label="in B">
      <Time iso={also.visits[0]?.from ?? null} />
      <span class="local">
        {more > 0 ? `and ${more} more; ` : ""}
        {also.apartS === 0 ? "at the same time" : `${durationText(also.apartS)} between, at least`}
      </span>
    </td>
  );
}

/** A table's frame, with heads that sort it. */
function Frame({
  caption,
  heads,
  view,
  hasSecond,
  children,
}: {
  readonly caption: string;
  readonly heads: readonly (readonly [SortKey, string])[];
  readonly view: View;
  readonly hasSecond: boolean;
  readonly children: ComponentChildren;
}) {
  return (
    <div class="scroll">
      <table class="visits" role="table">
        <caption class="hidden">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {heads.map(([by, label]) => (
              <Sortable key={by} view={view} by={by}>
                {label}
              </Sortable>
            ))}
            {hasSecond && (
              <th role="columnheader" scope="col">
                First in B
              </th>
            )}
          </tr>
        </thead>
        <tbody role="rowgroup">{children}</tbody>
      </table>
    </div>
  );
}

const VISIT_HEADS = [
  ["time", "Inside, UTC"],
  ["aircraft", "Aircraft"],
  ["lowest", "Lowest"],
  ["did", "What it did"],
] as const;

const AIRCRAFT_HEADS = [
  ["aircraft", "Aircraft"],
  ["visits", "Visits"],
  ["inside", "Inside, in all"],
  ["time", "First, last, UTC"],
  ["lowest", "Lowest"],
  ["did", "What it did"],
] as const;

/** A row for each visit. */
export function VisitTable({
  rows,
  view,
  hasSecond,
}: {
  readonly rows: readonly VisitRow[];
  readonly view: View;
  readonly hasSecond: boolean;
}) {
  return (
    <Frame caption="Visits" heads={VISIT_HEADS} view={view} hasSecond={hasSecond}>
      {rows.map(({ found, visit, outcome }) => (
        <tr role="row" key={`${found.area.hex} ${visit.from}`}>
          <td role="cell">
            <a href={hrefAround(found.area.hex, visit.from, visit.to)}>
              <Time iso={visit.from} />
            </a>
            <span class="local">
              {visit.entry === "seen" ? "came in" : "first heard inside"};{" "}
              {durationText(insideS(visit))}; {visit.exit === "seen" ? "left" : "last heard inside"}
            </span>
          </td>
          <Aircraft found={found} />
          <td role="cell" data-label="lowest">
            {lowestText(visit.groundPositions, visit.lowest?.altitudeFt)}
          </td>
          <td role="cell">
            {DID_WORDS[outcome]}
            <details class="basis">
              <summary>Rows</summary>
              {visit.positions} positions, from {visit.first.file?.split("/").pop()}, row{" "}
              {visit.first.row}, to {visit.last.file?.split("/").pop()}, row {visit.last.row};
              longest silence {durationText(visit.largestGapS)}
            </details>
          </td>
          {hasSecond && <Second found={found} />}
        </tr>
      ))}
    </Frame>
  );
}

/** A row for each aircraft, with its totals. */
export function AircraftTable({
  rows,
  view,
  hasSecond,
}: {
  readonly rows: readonly AircraftRow[];
  readonly view: View;
  readonly hasSecond: boolean;
}) {
  return (
    <Frame caption="Totals by aircraft" heads={AIRCRAFT_HEADS} view={view} hasSecond={hasSecond}>
      {rows.map(({ found, insideS: inside }) => {
        const { area } = found;
        return (
          <tr role="row" key={area.hex}>
            <Aircraft found={found} />
            <td role="cell" data-label="visits">
              {area.visits.length}
            </td>
            <td role="cell" data-label="inside">
              {durationText(inside)}
            </td>
            <td role="cell">
              <Time iso={area.firstHeard} />
              <span class="local">
                <Time iso={area.lastHeard} />
              </span>
            </td>
            <td role="cell" data-label="lowest">
              {lowestText(area.groundPositions, area.lowestAltitudeFt)}
            </td>
            <td role="cell">{DID_WORDS[area.outcome]}</td>
            {hasSecond && <Second found={found} />}
          </tr>
        );
      })}
    </Frame>
  );
}
