/** One airport: who came and went, by evidence; its runways; what is heard there. */

import { useEffect } from "preact/hooks";
import type { AirportJson, ArrivalJson, CoverageModel, ListJson } from "../../../src/api/shapes.js";
import { localTime } from "../../../src/units/time.js";
import { type Answer, useAnswer, valueOf } from "../api.js";
import { collectionOf, drawingOf, markFeature } from "../map/drawing.js";
import { drawing, legendParts, mapCaption } from "../map/map-state.js";
import { ArrivalTable } from "../parts/arrival-table.js";
import { Coverage } from "../parts/coverage.js";
import { DossierLink } from "../parts/dossier-link.js";
import { ListEnd } from "../parts/list-end.js";
import { PeriodForm } from "../parts/period-form.js";
import { RunwayDiagram, RunwayTable } from "../parts/runways.js";
import { NotThere, Wait } from "../parts/wait.js";
import { clockTick, isScreenSimulated } from "../state.js";
import { queryOf, type View, withParams, writeView } from "../url.js";
import { grouped } from "../words.js";

function Head({ airport }: { readonly airport: AirportJson }) {
  const { ident, iata, name, countryName, country, municipality, elevationFt, timeZone, military } =
    airport;
  const now = timeZone === null ? undefined : localTime(clockTick.value, timeZone);
  return (
    <header class="head">
      <h1>
        {name} <code>{ident}</code> {iata !== null && <code>{iata}</code>}
      </h1>
      <p>
        {[municipality, military ? "military" : null]
          .filter((each) => each !== null)
          .map((each) => `${each} · `)}
        <a href={`/country/${country}`}>{countryName}</a>
        {elevationFt === null ? "" : ` · elevation ${grouped(elevationFt)} ft`}
      </p>
      {now !== undefined && (
        <p>
          There it is now {now}, {timeZone}
        </p>
      )}
    </header>
  );
}

/** Counts of the part of the list that is shown, by evidence; never added up. */
function Counts({
  items,
  total,
}: {
  readonly items: readonly ArrivalJson[];
  readonly total: number | null;
}) {
  const named = items.filter(({ relation }) => relation === "named");
  const counts: [string, number][] = [
    ["seen", named.filter(({ movement }) => movement.evidence === "seen").length],
    ["inferred", named.filter(({ movement }) => movement.evidence === "inferred").length],
    ["possible", items.length - named.length],
  ];
  return (
    <>
      <dl class="facts small">
        {counts.map(([word, count]) => (
          <div key={word}>
            <dd>{count}</dd>
            <dt>{word}</dt>
          </div>
        ))}
      </dl>
      {total !== items.length && (
        <p class="fine">
          These count the {items.length} below
          {total === null ? "" : `, a part of ${grouped(total)} in all`}.
        </p>
      )}
    </>
  );
}

function Tabs({ view, direction }: { readonly view: View; readonly direction: string }) {
  return (
    <nav class="tabs" aria-label="Direction">
      {(["arrivals", "departures"] as const).map((each) => (
        <a
          key={each}
          href={writeView(withParams(view, { dir: each, offset: undefined }))}
          aria-current={each === direction ? "page" : undefined}
        >
          {each === "arrivals" ? "Arrivals" : "Departures"}
        </a>
      ))}
    </nav>
  );
}

function Movements({
  view,
  direction,
  answer,
}: {
  readonly view: View;
  readonly direction: string;
  readonly answer: Answer<ListJson<ArrivalJson>>;
}) {
  const { from, to } = view.params;
  return (
    <section aria-labelledby="movements">
      <h2 id="movements">Arrivals and departures</h2>
      <Tabs view={view} direction={direction} />
      <PeriodForm view={view} />
      <Wait answer={answer} what={direction}>
        {({ items, total, next, notes }) => (
          <>
            <Counts items={items} total={total} />
            {items.length === 0 ? (
              <p class="empty">None in this period is shown. What that means stands above.</p>
            ) : (
              <>
                {direction === "arrivals" && <DossierLink params={{ in: view.id, from, to }} />}
                <ArrivalTable items={items} />
              </>
            )}
            <ListEnd
              view={view}
              list={{ items, total, next }}
              notes={notes}
              path={`/api/airport/${view.id}/${direction}`}
              params={{ from, to }}
            />
          </>
        )}
      </Wait>
    </section>
  );
}

function useDrawn(airport: AirportJson | undefined): void {
  useEffect(() => {
    if (!airport) return;
    const { ident, lat, lon, name } = airport;
    const mark = markFeature({
      latDeg: lat,
      lonDeg: lon,
      shape: "airport",
      label: ident,
      detail: name,
    });
    drawing.value = drawingOf({
      key: `airport ${ident}`,
      marks: collectionOf([mark]),
      bounds: [lon - 2.5, Math.max(-85, lat - 1.6), lon + 2.5, Math.min(85, lat + 1.6)],
    });
    legendParts.value = [];
    mapCaption.value = { title: `${name} (${ident})`, text: "" };
  }, [airport]);
}

/** Airport. */
export function AirportScreen({ view }: { readonly view: View }) {
  const { id, params } = view;
  const direction = params["dir"] === "departures" ? "departures" : "arrivals";
  const { from, to, offset } = params;
  const airport = useAnswer<AirportJson>(`/api/airport/${encodeURIComponent(id)}`);
  const query = queryOf({ from, to, offset, limit: "100" });
  const list = useAnswer<ListJson<ArrivalJson>>(
    `/api/airport/${encodeURIComponent(id)}/${direction}?${query}`,
  );
  const coverage = useAnswer<CoverageModel>(`/api/coverage?${queryOf({ at: id, from, to })}`);
  useDrawn(valueOf(airport));
  const listed = valueOf(list);
  useEffect(() => {
    if (listed) isScreenSimulated.value = listed.simulated;
  }, [listed]);
  if (airport.state === "failed")
    return <NotThere title={`Airport ${id}`} detail={airport.detail} />;
  return (
    <>
      <Wait answer={airport} what="the airport">
        {(value) => <Head airport={value} />}
      </Wait>
      {/* Before the list, which may have a hundred rows: below them nobody would look. */}
      <details>
        <summary>Runways</summary>
        <Wait answer={airport} what="the runways">
          {(value) => (
            <>
              <RunwayDiagram airport={value} />
              <RunwayTable airport={value} />
            </>
          )}
        </Wait>
      </details>
      <details open={listed?.items.length === 0}>
        <summary>What is heard there</summary>
        <Wait answer={coverage} what="what is heard there">
          {(value) => <Coverage coverage={value} />}
        </Wait>
      </details>
      <Movements view={view} direction={direction} answer={list} />
    </>
  );
}
