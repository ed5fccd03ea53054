import type { LandingJson, MovementJson } from "../../../src/api/shapes.js";
import { HOUR_MS } from "../../../src/units/quantity.js";
import { writeView } from "../url.js";
import { evidenceShape, grouped, minuteText, placeText } from "../words.js";
import { Badge, Simulated } from "./badge.js";
import { Time } from "./time.js";

/** Shown around a landing. chosen: most legs are shorter */
const AROUND_MS = 12 * HOUR_MS;

/** @returns the address of the aircraft's screen at a movement */
export function hrefOfMovement({ hex, time }: MovementJson): string {
  const timeMs = Date.parse(time);
  const params = {
    from: minuteText(timeMs - AROUND_MS),
    to: minuteText(timeMs + AROUND_MS),
    t: minuteText(timeMs),
  };
  return writeView({ screen: "aircraft", id: hex, params });
}

/** How a landing stands to the place that was asked about. */
function relationText({ relation, distanceKm, distanceStatement }: LandingJson): string {
  if (distanceStatement === null && distanceKm === null) return "";
  if (relation === "in") return "in";
  if (relation === "near") return distanceKm === null ? "near" : `near, ${grouped(distanceKm)} km`;
  return relation;
}

/** @returns whether a movement's time is not known to the minute */
export function isAbout({ timeFrom, timeTo }: MovementJson): boolean {
  return Date.parse(timeTo) - Date.parse(timeFrom) > 60_000;
}

/** The cells every table of movements has: time, aircraft, place, evidence. */
export function MovementCells({ movement }: { readonly movement: MovementJson }) {
  const { registration, hex, type, callsign, airport, airportName, country } = movement;
  return (
    <>
      <td role="cell">
        <Time iso={movement.time} local={movement.timeLocal} isAbout={isAbout(movement)} />
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
      <td role="cell">
        <Badge shape={evidenceShape(movement)} detail={movement.class} />
        <details class="basis">
          <summary>Why</summary>
          {movement.basis}.{movement.runway === null ? "" : ` Runway ${movement.runway}.`}
        </details>
      </td>
    </>
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
  const hasRelation = landings.some((each) => !["", "in"].includes(relationText(each)));
  return (
    <div class="scroll">
      <table class="movements" role="table">
        <caption class="hidden">{caption}</caption>
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
        <tbody role="rowgroup">
          {landings.map((landing) => (
            <tr role="row" key={`${landing.movement.hex} ${landing.movement.timeFrom}`}>
              <MovementCells movement={landing.movement} />
              {hasRelation && (
                <td role="cell" title={landing.distanceStatement ?? ""}>
                  {relationText(landing)}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
