/** One gap: its edges, what was in reach, who else was heard. */

import { useEffect } from "preact/hooks";
import type { GapAnswerJson, GapEdgeJson } from "../../../src/api/shapes.js";
import { HOUR_MS } from "../../../src/units/quantity.js";
import { useAnswer, valueOf } from "../api.js";
import { gapDrawing } from "../map/gap-drawing.js";
import { drawing, legendParts, mapCaption } from "../map/map-state.js";
import { Badge, Simulated } from "../parts/badge.js";
import { Exports } from "../parts/exports.js";
import { Table } from "../parts/table.js";
import { Time } from "../parts/time.js";
import { NotThere, Wait } from "../parts/wait.js";
import { isScreenSimulated } from "../state.js";
import { writeView } from "../url.js";
import {
  altitudeText,
  distanceText,
  durationText,
  evidenceShape,
  grouped,
  minuteText,
  placeText,
} from "../words.js";

function Edge({ title, edge }: { readonly title: string; readonly edge: GapEdgeJson }) {
  const { time, lat, lon, altitudeFt, speedKt, onGround, file, row } = edge;
  return (
    <div class="edge">
      <h3>{title}</h3>
      <p>
        <Time iso={time} />
      </p>
      <p>
        <code>
          {lat.toFixed(4)}, {lon.toFixed(4)}
        </code>
      </p>
      <p>
        {altitudeText(altitudeFt, onGround)}
        {speedKt === null ? "" : `, ${grouped(speedKt)} kt`}
      </p>
      <p class="fine">{file === null ? `row ${row}` : `${file.split("/").pop()}, row ${row}`}</p>
    </div>
  );
}

/** Months of silence allow every place: a list of them would look like a finding. */
function Anywhere({ gap }: { readonly gap: GapAnswerJson }) {
  return (
    <section aria-labelledby="reach">
      <h2 id="reach">In reach</h2>
      <p class="statement">Anywhere was in reach.</p>
      <p>
        {durationText(gap.durationS)} are enough to fly at {grouped(gap.cruiseKt)} kt (
        {gap.cruiseFrom}) to any place on Earth and from there to where it was heard next. Distance
        rules no airport out, so none is listed. Stops for fuel are not reckoned with.
      </p>
    </section>
  );
}

function Reach({ gap }: { readonly gap: GapAnswerJson }) {
  if (gap.anywhere) return <Anywhere gap={gap} />;
  return (
    <section aria-labelledby="reach">
      <h2 id="reach">Larger airports in reach</h2>
      <p>
        Flying straight at {grouped(gap.cruiseKt)} kt ({gap.cruiseFrom}). Time left is what would
        have remained for a stop there.
      </p>
      {gap.airports.length === 0 ? (
        <p class="empty">None.</p>
      ) : (
        <Table
          heads={[
            "Airport",
            { number: "Time left" },
            { number: "From last" },
            { number: "To next" },
            { number: "Longest runway" },
          ]}
          rows={gap.airports.map((one) => ({
            key: one.airport,
            class: one.longEnough === false ? "excluded" : undefined,
            cells: [
              <>
                <a href={`/airport/${one.airport}`}>{one.airport}</a>
                <span class="local">
                  {one.airportName}, {one.country}
                </span>
              </>,
              durationText(one.spareS),
              `${grouped(one.fromLastKm)} km`,
              `${grouped(one.toNextKm)} km`,
              <>
                {one.longestRunwayM === null ? "–" : `${grouped(one.longestRunwayM)} m`}
                {one.longEnough === false && <span class="local">too short for the type</span>}
              </>,
            ],
          }))}
        />
      )}
      {gap.airportsLeftOut > 0 && (
        <p class="fine">{grouped(gap.airportsLeftOut)} more in reach are not listed.</p>
      )}
    </section>
  );
}

function Inferred({ gap }: { readonly gap: GapAnswerJson }) {
  if (gap.movements.length === 0)
    return <p class="empty">No landing and no take-off is inferred inside this gap.</p>;
  return (
    <ul class="found">
      {gap.movements.map((one) => (
        <li key={`${one.kind} ${one.time}`}>
          <Badge shape={evidenceShape(one)} detail={one.class} />{" "}
          {one.kind === "landing" ? "Landing" : "Take-off"}, {placeText(one)}: {one.basis}.
        </li>
      ))}
    </ul>
  );
}

function GapParts({ gap }: { readonly gap: GapAnswerJson }) {
  const [fromMs, toMs] = [Date.parse(gap.last.time), Date.parse(gap.next.time)];
  const params = {
    from: minuteText(fromMs - 6 * HOUR_MS),
    to: minuteText(toMs + 6 * HOUR_MS),
    t: minuteText((fromMs + toMs) / 2),
    sel: `gap:${gap.id}`,
  };
  return (
    <>
      <header class="head">
        <h1>
          Not heard for {durationText(gap.durationS)} {gap.simulated && <Simulated />}
        </h1>
        <p>
          <a href={writeView({ screen: "aircraft", id: gap.hex, params })}>
            Aircraft <code>{gap.hex}</code> around that time
          </a>{" "}
          · {distanceText(gap.distanceKm)} between the two positions
        </p>
      </header>
      <section aria-labelledby="edges">
        <h2 id="edges">Edges</h2>
        <p class="statement">{gap.sentence}</p>
        <div class="edges">
          <Edge title="Last heard" edge={gap.last} />
          <Edge title="Next heard" edge={gap.next} />
        </div>
      </section>
      <section aria-labelledby="others">
        <h2 id="others">Others heard then</h2>
        <p>
          Within 100 km, {gap.othersHeard.atLast} other aircraft where it was last heard and{" "}
          {gap.othersHeard.atNext} where it was heard next.
        </p>
      </section>
      <section aria-labelledby="inferred">
        <h2 id="inferred">Inferred inside it</h2>
        <Inferred gap={gap} />
      </section>
      <Reach gap={gap} />
      <Exports label="This gap" path={`/api/gap/${gap.id}`} formats={["geojson", "json"]} />
    </>
  );
}

/** Gap. */
export function GapScreen({ id }: { readonly id: string }) {
  const answer = useAnswer<GapAnswerJson>(`/api/gap/${encodeURIComponent(id)}`);
  const gap = valueOf(answer);
  useEffect(() => {
    if (!gap) return;
    drawing.value = gapDrawing(gap);
    legendParts.value = gap.anywhere
      ? ["gap", "edge"]
      : ["gap", "edge", "reach", "possible", "excluded"];
    mapCaption.value = {
      title: `Aircraft ${gap.hex}, not heard for ${durationText(gap.durationS)}`,
      text: gap.sentence,
    };
    isScreenSimulated.value = gap.simulated;
  }, [gap]);
  if (answer.state === "failed") return <NotThere title={`Gap ${id}`} detail={answer.detail} />;
  return (
    <Wait answer={answer} what="the gap">
      {(value) => <GapParts gap={value} />}
    </Wait>
  );
}
