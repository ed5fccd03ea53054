import type { ArrivalJson } from "../../../src/api/shapes.js";
import { type EvidenceShape, evidenceShape, placeText } from "../words.js";
import { Simulated } from "./badge.js";
import { hrefOfMovement, MovementRow } from "./landing-table.js";
import { MovementTime } from "./time.js";

function shapeOf({ relation, movement }: ArrivalJson): EvidenceShape {
  return relation === "possible" ? "possible" : evidenceShape(movement);
}

function ArrivalRow({ item }: { readonly item: ArrivalJson }) {
  const { movement, other } = item;
  return (
    <MovementRow movement={movement} shape={shapeOf(item)} columnCount={4}>
      {(evidence) => (
        <>
          <td role="cell">
            <MovementTime movement={movement} />
          </td>
          <td role="cell">
            <a href={hrefOfMovement(movement)}>{movement.registration ?? movement.hex}</a>{" "}
            {movement.simulated && <Simulated />}
            <span class="local">
              {[movement.type, movement.callsign].filter((each) => each !== null).join(" · ")}
            </span>
          </td>
          {evidence}
          <td role="cell" data-label={item.direction === "arrival" ? "From" : "To"}>
            {other === null ? (
              <span class="none">not known</span>
            ) : other.airport === null ? (
              placeText(other)
            ) : (
              <a href={`/airport/${other.airport}`}>{other.airport}</a>
            )}
            {other !== null && (
              <span class="local">{other.evidence === "seen" ? "seen" : "inferred"}</span>
            )}
          </td>
        </>
      )}
    </MovementRow>
  );
}

/** Arrivals or departures, each with the other end of the leg as far as it is known. */
export function ArrivalTable({ items }: { readonly items: readonly ArrivalJson[] }) {
  const isArrival = items[0]?.direction === "arrival";
  return (
    <div class="scroll">
      <table class="movements" role="table">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              {isArrival ? "Landed" : "Took off"}, UTC and local
            </th>
            <th role="columnheader" scope="col">
              Aircraft
            </th>
            <th role="columnheader" scope="col">
              Evidence
            </th>
            <th role="columnheader" scope="col">
              {isArrival ? "From" : "To"}
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {items.map((item) => (
            <ArrivalRow key={`${item.movement.hex} ${item.movement.timeFrom}`} item={item} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
