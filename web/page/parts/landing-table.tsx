import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { LandingJson, MovementJson } from "../../../src/api/shapes.js";
import { HOUR_MS } from "../../../src/units/quantity.js";
import { writeView } from "../url.js";
import {
  capitalised,
  type EvidenceShape,
  evidenceShape,
  grouped,
  minuteText,
  placeText,
} from "../words.js";
import { Badge, Simulated } from "./badge.js";
import { MovementTime } from "./time.js";

/** Shown around a landing. chosen: most legs are shorter */
const AROUND_MS = 12 * HOUR_MS;

/** @returns the address of the aircraft's screen at a movement, the whole window included in which it may have been */
export function hrefOfMovement({ hex, time, timeFrom, timeTo }: MovementJson): string {
  const timeMs = Date.parse(time);
  const params = {
    from: minuteText(Math.min(timeMs - AROUND_MS, Date.parse(timeFrom) - HOUR_MS)),
    to: minuteText(Math.max(timeMs + AROUND_MS, Date.parse(timeTo) + HOUR_MS)),
    t: minuteText(timeMs),
  };
  return writeView({ screen: "aircraft", id: hex, params });
}

/** How a landing stands to the place that was asked about. */
function relationText({ relation, distanceKm, distanceStatement }: LandingJson): string {
  if (distanceStatement === null && distanceKm === null) return "";
  if (relation === "in") return "in it";
  if (relation === "near")
    return distanceKm === null ? "near it" : `near it, ${grouped(distanceKm)} km`;
  return relation;
}

/** The rows a statement rests on. */
function Rows({ movement }: { readonly movement: MovementJson }) {
  return (
    <small class="rows">
      {movement.exhibits.map(({ file, rowFrom, rowTo }) => (
        <span key={`${file} ${rowFrom}`}>
          {file}, rows {rowFrom}–{rowTo}
        </span>
      ))}
    </small>
  );
}

/**
 * A row of a table of movements. Why a thing is said opens below it, over all columns: what is read is not narrow, and
 * the columns stay where they are.
 */
export function MovementRow({
  movement,
  shape,
  columnCount,
  children,
}: {
  readonly movement: MovementJson;
  readonly shape: EvidenceShape;
  readonly columnCount: number;
  /** The cells; the one with the evidence is made by `evidence`. */
  readonly children: (evidence: ComponentChildren) => ComponentChildren;
}) {
  const [isOpen, setOpen] = useState(false);
  const evidence = (
    <td role="cell">
      <Badge shape={shape} detail={movement.class} />
      <div>
        <button type="button" class="link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          Why
        </button>
      </div>
    </td>
  );
  return (
    <>
      <tr role="row" class={isOpen ? "opened" : undefined}>
        {children(evidence)}
      </tr>
      {isOpen && (
        <tr role="row" class="why">
          <td role="cell" colSpan={columnCount}>
            {capitalised(movement.basis)}.
            {movement.runway === null ? "" : ` Runway ${movement.runway}.`}
            <Rows movement={movement} />
          </td>
        </tr>
      )}
    </>
  );
}

/** The first cells of a landing: time, aircraft, place. */
function LandingCells({ movement }: { readonly movement: MovementJson }) {
  const { registration, hex, type, callsign, airport, airportName, country } = movement;
  return (
    <>
      <td role="cell">
        <MovementTime movement={movement} />
      </td>
      <td role="cell">
        <a href={hrefOfMovement(movement)}>{registration ?? hex}</a>{" "}
        {movement.simulated && <Simulated />}
        <span class="local">{[type, callsign].filter((each) => each !== null).join(" · ")}</span>
      </td>
      <td role="cell">
        {airport === null ? placeText(movement) : <a href={`/airport/${airport}`}>{airport}</a>}
        <span class="local">
          {[airportName, country].filter((each) => each !== null).join(", ")}
        </span>
      </td>
    </>
  );
}

function LandingHeads({ hasRelation }: { readonly hasRelation: boolean }) {
  return (
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col">
          Landed, UTC and local
        </th>
        <th role="columnheader" scope="col">
          Aircraft
        </th>
        <th role="columnheader" scope="col">
          Airport
        </th>
        <th role="columnheader" scope="col">
          Evidence
        </th>
        {hasRelation && (
          <th role="columnheader" scope="col">
            Place asked for
          </th>
        )}
      </tr>
    </thead>
  );
}

/** Landings as a table. */
export function LandingTable({
  landings,
  caption,
}: {
  readonly landings: readonly LandingJson[];
  readonly caption: string;
}) {
  // Where all lie in the place, a column that says so says nothing.
  const hasRelation = landings.some((each) => !["", "in it"].includes(relationText(each)));
  return (
    <div class="scroll">
      <table class="movements" role="table">
        <caption class="hidden">{caption}</caption>
        <LandingHeads hasRelation={hasRelation} />
        <tbody role="rowgroup">
          {landings.map((landing) => (
            <MovementRow
              key={`${landing.movement.hex} ${landing.movement.timeFrom}`}
              movement={landing.movement}
              shape={evidenceShape(landing.movement)}
              columnCount={hasRelation ? 5 : 4}
            >
              {(evidence) => (
                <>
                  <LandingCells movement={landing.movement} />
                  {evidence}
                  {hasRelation && (
                    <td
                      role="cell"
                      data-label="Place asked for:"
                      title={landing.distanceStatement ?? ""}
                    >
                      {relationText(landing)}
                    </td>
                  )}
                </>
              )}
            </MovementRow>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Landings that stand to the place asked for in some way, and, folded away, stops that nothing places anywhere. */
export function PlacedAndNot({ landings }: { readonly landings: readonly LandingJson[] }) {
  const placed = landings.filter(({ relation }) => relation !== "unknown");
  const unplaced = landings.filter(({ relation }) => relation === "unknown");
  return (
    <>
      {placed.length > 0 && <LandingTable landings={placed} caption="Landings" />}
      {unplaced.length > 0 && (
        <details open={placed.length === 0}>
          <summary>
            {unplaced.length} in this part of the list that nothing places, here or elsewhere
          </summary>
          <LandingTable landings={unplaced} caption="Stops that nothing places" />
        </details>
      )}
    </>
  );
}
