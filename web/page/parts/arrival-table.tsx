import type { ArrivalJson } from "../../../src/api/shapes.js";
import { type EvidenceShape, evidenceShape, placeText } from "../words.js";
import { Badge, Simulated } from "./badge.js";
import { hrefOfMovement, isAbout } from "./landing-table.js";
import { Time } from "./time.js";

function shapeOf({ relation, movement }: ArrivalJson): EvidenceShape {
  return relation === "possible" ? "possible" : evidenceShape(movement);
}

/** Arrivals or departures, each with the other end of the leg as far as it is known. */
export function ArrivalTable({ items }: { readonly items: readonly ArrivalJson[] }) {
  const isArrival = items[0]?.direction === "arrival";
  return (
    <div class="scroll">
      <table class="movements">
        <thead>
          <tr>
            <th scope="col">{isArrival ? "Landed" : "Took off"}, UTC and local</th>
            <th scope="col">Aircraft</th>
            <th scope="col">Evidence</th>
            <th scope="col">{isArrival ? "From" : "To"}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => {
            const { movement, other } = item;
            return (
              <tr key={`${movement.hex} ${movement.timeFrom}`}>
                <td>
                  <Time
                    iso={movement.time}
                    local={movement.timeLocal}
                    isAbout={isAbout(movement)}
                  />
                </td>
                <td>
                  <a href={hrefOfMovement(movement)}>{movement.registration ?? movement.hex}</a>{" "}
                  {movement.simulated && <Simulated />}
                  <span class="local">
                    {[movement.type, movement.callsign].filter((each) => each !== null).join(" · ")}
                  </span>
                </td>
                <td>
                  <Badge shape={shapeOf(item)} detail={movement.class} />
                  <details class="basis">
                    <summary>Why</summary>
                    {movement.basis}.
                  </details>
                </td>
                <td>
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
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
