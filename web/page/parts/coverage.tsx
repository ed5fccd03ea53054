import type { CoverageModel } from "../../../src/api/shapes.js";
import { grouped } from "../words.js";
import { Table } from "./table.js";

const CELL = 15;
const LEFT = 112;

/** Share of aircraft heard, by band of height and hour of the UTC day; hollow where there was too little traffic. */
function Heard({ coverage }: { readonly coverage: CoverageModel }) {
  const { bands } = coverage;
  return (
    <svg
      class="heard"
      viewBox={`0 0 ${LEFT + 24 * CELL} ${bands.length * CELL + 18}`}
      role="img"
      aria-label="Share of aircraft heard, by height and hour of the day (UTC); the table below has the whole day"
    >
      {bands.map(({ name, hours }, row) => (
        <g key={name} transform={`translate(0 ${row * CELL})`}>
          <text x={LEFT - 6} y={11} text-anchor="end">
            {name}
          </text>
          {hours.map(({ share }, hour) => (
            <rect
              // oxlint-disable-next-line react/no-array-index-key -- an hour is its place
              key={hour}
              class={share === null ? "cell none" : "cell"}
              x={LEFT + hour * CELL + 1}
              y={1}
              width={CELL - 2}
              height={CELL - 2}
              style={{ "--share": String(share ?? 0) }}
            />
          ))}
        </g>
      ))}
      {[0, 6, 12, 18].map((hour) => (
        <text key={hour} x={LEFT + hour * CELL} y={bands.length * CELL + 13}>
          {String(hour).padStart(2, "0")}Z
        </text>
      ))}
    </svg>
  );
}

function BandTable({ coverage }: { readonly coverage: CoverageModel }) {
  return (
    <details>
      <summary>As a table</summary>
      <Table
        heads={["Height", { number: "Share heard" }, { number: "Aircraft hours" }]}
        rows={coverage.bands.map(({ name, allDay: { share, aircraftHours } }) => ({
          key: name,
          cells: [
            name,
            share === null ? (
              <span class="none">too little traffic</span>
            ) : (
              `${Math.round(share * 100)} %`
            ),
            grouped(aircraftHours),
          ],
        }))}
      />
    </details>
  );
}

/** What silence at a place means: sentences first, then the picture. */
export function Coverage({ coverage }: { readonly coverage: CoverageModel }) {
  const { sentences, measured, bands } = coverage;
  return (
    <>
      {sentences.length === 0 ? (
        <p class="empty">Nothing can be said of landings there.</p>
      ) : (
        sentences.map((each) => (
          <p class="statement" key={each}>
            {each}
          </p>
        ))
      )}
      {bands.length > 0 && <Heard coverage={coverage} />}
      {bands.length > 0 && <BandTable coverage={coverage} />}
      <p class="fine">
        Measured from {grouped(measured.positions)} positions of {grouped(measured.aircraftDays)}{" "}
        aircraft days; {measured.daysHeld} of {measured.days} days are held.
      </p>
    </>
  );
}
