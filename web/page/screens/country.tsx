/** One country: landings, possible landings, overflights, and what nothing places: counts that are never added up. */

import { useEffect } from "preact/hooks";
import type { CountryJson, LandingJson, ListJson } from "../../../src/api/shapes.js";
import { counted } from "../../../src/units/counted.js";
import { useAnswer, valueOf } from "../api.js";
import { drawing, legendParts, mapCaption, partNote } from "../map/map-state.js";
import { farAirports, landingDrawing } from "../map/movement-drawing.js";
import { DossierLink } from "../parts/dossier-link.js";
import { PlacedAndNot } from "../parts/landing-table.js";
import { ListEnd } from "../parts/list-end.js";
import { PeriodForm } from "../parts/period-form.js";
import { Table } from "../parts/table.js";
import { NotThere, Wait } from "../parts/wait.js";
import { isScreenSimulated } from "../state.js";
import { queryOf, type View } from "../url.js";
import { grouped, partOfListText } from "../words.js";

interface Count {
  /** What is counted, in the plural: landings and aircraft are two units. */
  readonly unit: "landings" | "aircraft";
  readonly what: string;
  /** Null when not looked up. */
  readonly count: number | null;
  readonly beside?: string;
}

function countsOf({
  aircraft,
  landings,
  possibleLandings,
  overflights,
  unplacedAircraft,
  unplacedStops,
}: CountryJson): Count[] {
  const by = (key: "landings" | "possibleLandings") =>
    `by ${aircraft.filter((one) => one[key] > 0).length} aircraft`;
  return [
    { unit: "landings", what: "in it", count: landings, beside: by("landings") },
    {
      unit: "landings",
      what: "that may have been in it",
      count: possibleLandings,
      beside: by("possibleLandings"),
    },
    { unit: "aircraft", what: "heard above it, no landing known", count: overflights },
    {
      unit: "aircraft",
      what: "with a stop that nothing places, here or elsewhere",
      count: unplacedAircraft,
      beside: counted(unplacedStops, "such stop"),
    },
  ];
}

function Counts({ country }: { readonly country: CountryJson }) {
  return (
    <section aria-labelledby="counts">
      <h2 id="counts">Four counts, never added up</h2>
      <dl class="facts units">
        {countsOf(country).map(({ unit, what, count, beside }) => (
          <div key={what}>
            <dd>
              {count === null ? "–" : grouped(count)}
              <small>{unit}</small>
            </dd>
            <dt>
              {what}
              {count === null && ": not looked up"}
              {beside !== undefined && count !== 0 && <span>{beside}</span>}
            </dt>
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
      <Table
        heads={["Aircraft", "Type", { number: "Landings" }, { number: "Possible" }]}
        rows={country.aircraft.map((one) => ({
          key: one.hex,
          cells: [
            <a href={`/aircraft/${one.hex}`}>{one.registration ?? one.hex}</a>,
            one.type ?? "–",
            one.landings,
            one.possibleLandings,
          ],
        }))}
      />
    </details>
  );
}

function Landings({
  view,
  list: { items, total, next, notes },
  frame,
}: {
  readonly view: View;
  readonly list: ListJson<LandingJson>;
  readonly frame: CountryJson["frame"] | undefined;
}) {
  const far = frame ? farAirports(items, frame) : [];
  const { from, to, near } = view.params;
  const base = `/api/country/${encodeURIComponent(view.id)}`;
  return (
    <>
      {items.length === 0 ? (
        <p class="empty">None in this period is shown. That does not mean that none took place.</p>
      ) : (
        <>
          <DossierLink params={{ in: view.id, near, from, to }} />
          <PlacedAndNot landings={items} />
        </>
      )}
      {far.length > 0 && <p class="fine">Far from what the map begins with: {far.join(", ")}.</p>}
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

/** What a picture of the map says. */
function captionOf({ name, ...country }: CountryJson, { from, to }: View["params"]) {
  const [landings, possible] = countsOf({ name, ...country }).map(({ count, unit, what }) =>
    count === null ? "" : `${grouped(count)} ${unit} ${what}`,
  );
  const isAll = from === undefined && to === undefined;
  const period = isAll
    ? "all that the lake holds"
    : `${from ?? "the beginning"} to ${to ?? "the end"}`;
  return { title: `Landings in ${name}, ${period}`, text: `${landings}; ${possible}.` };
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
  const frame = valueOf(country)?.frame;
  useEffect(() => {
    const shown = list === undefined ? "" : frame === undefined ? "marks" : "frame";
    drawing.value = landingDrawing(`country ${id} ${query} ${shown}`, list?.items ?? [], frame);
    legendParts.value = ["seen", "inferred"];
    partNote.value = list ? partOfListText(Number(offset ?? 0), list.items.length, list.total) : "";
    if (list) isScreenSimulated.value = list.simulated;
  }, [list, query, id, frame]);
  const known = valueOf(country);
  useEffect(() => {
    if (known) mapCaption.value = captionOf(known, params);
  }, [known, from, to]);
  if (country.state === "failed")
    return <NotThere title={`Country ${id}`} detail={country.detail} />;
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
          {(value) => <Landings view={view} list={value} frame={frame} />}
        </Wait>
      </section>
    </>
  );
}
