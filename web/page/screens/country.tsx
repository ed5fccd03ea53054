/** One country: landings, possible landings and overflights, three counts that are never added up. */

import { useEffect } from "preact/hooks";
import type { CountryJson, LandingJson, ListJson } from "../../../src/api/shapes.js";
import { useAnswer, valueOf } from "../api.js";
import { drawing, legendParts } from "../map/map-state.js";
import { landingDrawing } from "../map/movement-drawing.js";
import { DossierLink } from "../parts/dossier-link.js";
import { PlacedAndNot } from "../parts/landing-table.js";
import { ListEnd } from "../parts/list-end.js";
import { PeriodForm } from "../parts/period-form.js";
import { Wait } from "../parts/wait.js";
import { isScreenSimulated } from "../state.js";
import { queryOf, type View } from "../url.js";

function Counts({ country }: { readonly country: CountryJson }) {
  const counts: [string, number | null][] = [
    ["landings in it", country.landings],
    ["landings that may have been in it", country.possibleLandings],
    ["aircraft heard above it, without a landing", country.overflights],
  ];
  return (
    <section aria-labelledby="counts">
      <h2 id="counts">Three counts, never added up</h2>
      <dl class="facts">
        {counts.map(([word, count]) => (
          <div key={word}>
            <dd>{count ?? "–"}</dd>
            <dt>{count === null ? `${word}: not looked up` : word}</dt>
          </div>
        ))}
      </dl>
      <p class="fine">{country.note}</p>
    </section>
  );
}

function Fleet({ country }: { readonly country: CountryJson }) {
  if (country.aircraft.length === 0) return null;
  return (
    <details>
      <summary>By aircraft ({country.aircraft.length})</summary>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Aircraft</th>
              <th scope="col">Type</th>
              <th scope="col" class="number">
                Landings
              </th>
              <th scope="col" class="number">
                Possible
              </th>
            </tr>
          </thead>
          <tbody>
            {country.aircraft.map((one) => (
              <tr key={one.hex}>
                <td>
                  <a href={`/aircraft/${one.hex}`}>{one.registration ?? one.hex}</a>
                </td>
                <td>{one.type ?? "–"}</td>
                <td class="number">{one.landings}</td>
                <td class="number">{one.possibleLandings}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Landings({
  view,
  list: { items, total, next, notes },
}: {
  readonly view: View;
  readonly list: ListJson<LandingJson>;
}) {
  const { from, to, near } = view.params;
  const base = `/api/country/${encodeURIComponent(view.id)}`;
  return (
    <>
      {items.length === 0 ? (
        <p class="empty">
          None in this period is in the lake. That does not mean that none took place.
        </p>
      ) : (
        <>
          <DossierLink params={{ in: view.id, near, from, to }} />
          <PlacedAndNot landings={items} />
        </>
      )}
      <ListEnd
        view={view}
        list={{ items, total, next }}
        notes={notes}
        path={`${base}/landings`}
        params={{ from, to, near }}
      />
    </>
  );
}

/** Country. */
export function CountryScreen({ view }: { readonly view: View }) {
  const { id, params } = view;
  const { from, to, near, offset } = params;
  const period = queryOf({ from, to });
  const base = `/api/country/${encodeURIComponent(id)}`;
  const country = useAnswer<CountryJson>(`${base}${period === "" ? "" : `?${period}`}`);
  const query = queryOf({ from, to, near, offset, limit: "100" });
  const answer = useAnswer<ListJson<LandingJson>>(`${base}/landings?${query}`);
  const list = valueOf(answer);
  useEffect(() => {
    drawing.value = landingDrawing(list ? `country ${id} ${query}` : "", list?.items ?? []);
    legendParts.value = ["seen", "inferred"];
    if (list) isScreenSimulated.value = list.simulated;
  }, [list, query, id]);
  return (
    <>
      <Wait answer={country} what="the country">
        {(value) => (
          <>
            <header class="head">
              <h1>
                {value.name} <code>{value.code}</code>
              </h1>
            </header>
            <Counts country={value} />
            <Fleet country={value} />
          </>
        )}
      </Wait>
      <section aria-labelledby="landings">
        <h2 id="landings">Landings</h2>
        <PeriodForm view={view} />
        <Wait answer={answer} what="landings">
          {(value) => <Landings view={view} list={value} />}
        </Wait>
      </section>
    </>
  );
}
