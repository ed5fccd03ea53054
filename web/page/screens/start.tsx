/** The first screen: where to begin, and what the lake can answer. */

import { useEffect } from "preact/hooks";
import type { LakeJson, LandingJson, ListJson } from "../../../src/api/shapes.js";
import { useAnswer, valueOf } from "../api.js";
import { Simulated } from "../parts/badge.js";
import { Calendar } from "../parts/calendar.js";
import { LandingTable } from "../parts/landing-table.js";
import { Notes } from "../parts/notes.js";
import { SavedQuestions } from "../parts/saved-questions.js";
import { SearchBox } from "../parts/search-box.js";
import { Wait } from "../parts/wait.js";
import { isScreenSimulated } from "../state.js";
import { writeView } from "../url.js";
import { grouped } from "../words.js";

function Lake({ lake }: { readonly lake: LakeJson }) {
  if (lake.positionCount === 0)
    return (
      <p>
        It is empty. Fill it with <code>wheelsdown ingest FILE...</code>, or begin with{" "}
        <code>wheelsdown demo</code>.
      </p>
    );
  const partial = lake.days.filter(({ state }) => state === "partial").length;
  const [first, last] = [lake.days[0]?.day, lake.days[lake.days.length - 1]?.day];
  const facts: [string, string][] = [
    [grouped(lake.positionCount), "positions"],
    [grouped(lake.aircraftCount), "aircraft"],
    [grouped(lake.movementCount), "landings and take-offs"],
    [grouped(lake.days.length), lake.days.length === 1 ? "day" : "days"],
  ];
  return (
    <>
      <dl class="facts">
        {facts.map(([count, what]) => (
          <div key={what}>
            <dd>{count}</dd>
            <dt>{what}</dt>
          </div>
        ))}
      </dl>
      {first !== undefined && (
        <p>
          From {first} to {last}
          {partial === 0 ? "" : `; of ${partial} days parts are missing (hollow)`}.{" "}
          {lake.simulated && <Simulated />} <a href="/method">Sources and licences</a>
        </p>
      )}
      <Notes notes={lake.withheld} />
      <Calendar
        days={lake.days.map(({ day, positionCount, state }) => ({
          day,
          count: positionCount,
          isPartial: state === "partial",
        }))}
        href={(day) => `/search?from=${day}&to=${day}`}
        unit="positions"
      />
    </>
  );
}

const COUNTRY_NAMES = new Intl.DisplayNames("en", { type: "region" });

/** The most frequent of some words, the first of equals. */
function mostOf(words: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].reduce<[string, number] | undefined>(
    (best, each) => (best && best[1] >= each[1] ? best : each),
    undefined,
  )?.[0];
}

/** Questions that this very lake can be asked. */
function Examples({ landings }: { readonly landings: readonly LandingJson[] }) {
  const seen = new Set<string>();
  const examples = landings
    .map(({ movement }) => movement)
    .filter(({ airport, country }) => airport !== null && country !== null)
    .filter(({ country }) => !seen.has(country!) && seen.add(country!))
    .slice(0, 2);
  const journey = landings[0]?.movement;
  const usual = mostOf(
    landings.map(({ movement }) => movement.country).filter((each) => each !== null),
  );
  return (
    <ul class="examples">
      {usual !== undefined && (
        <li>
          <a href={`/search?in=${usual}&near=300km`}>
            Which landings in or within 300 km of {COUNTRY_NAMES.of(usual)} are known?
          </a>
        </li>
      )}
      {examples.map(({ airport, airportName, country }) => (
        <li key={airport}>
          <a href={`/airport/${airport}`}>
            Who came to {airportName} ({airport}), and how well is it heard?
          </a>{" "}
          <a href={`/country/${country}`}>And in {COUNTRY_NAMES.of(country!)} as a whole?</a>
        </li>
      ))}
      {journey && (
        <li>
          <a href={writeView({ screen: "aircraft", id: journey.hex, params: {} })}>
            Where was {journey.registration ?? journey.hex}, and what happened while nobody heard
            it?
          </a>
        </li>
      )}
    </ul>
  );
}

/** Start. */
export function StartScreen() {
  const lake = useAnswer<LakeJson>("/api/lake");
  const landings = useAnswer<ListJson<LandingJson>>("/api/landings?limit=200");
  const items = valueOf(landings)?.items ?? [];
  const isNone = landings.state === "ready" && items.length === 0;
  const held = valueOf(lake);
  useEffect(() => {
    if (held) isScreenSimulated.value = held.simulated;
  }, [held]);
  return (
    <div class="document start">
      <section class="hero" aria-labelledby="hero">
        <h1 id="hero">Which aircraft landed where, and how is it known?</h1>
        <p class="lead">
          Search for an aircraft, an airport or a country. Or paste a link from a tar1090 site
          (ADS-B Exchange, adsb.lol, adsb.fi, airplanes.live) or from Flightradar24: it opens the
          same aircraft and time here.
        </p>
        <SearchBox large />
        <p>
          Or ask <a href="/search">which landings are known</a> by aircraft, place and period, or{" "}
          <a href="/area">who was heard in an area</a> drawn on the map.
        </p>
      </section>
      <div class="columns">
        <section aria-labelledby="lake">
          <h2 id="lake">In the lake</h2>
          <Wait answer={lake} what="what the lake holds">
            {(value) => <Lake lake={value} />}
          </Wait>
        </section>
        {!isNone && (
          <section aria-labelledby="examples">
            <h2 id="examples">Ask, for example</h2>
            <Wait answer={landings} what="examples">
              {() => <Examples landings={items} />}
            </Wait>
          </section>
        )}
      </div>
      <SavedQuestions />
      {!isNone && (
        <section aria-labelledby="first">
          <h2 id="first">First landings in the lake</h2>
          <Wait answer={landings} what="landings">
            {() => (
              <>
                <LandingTable landings={items.slice(0, 8)} caption="First landings in the lake" />
                <p>
                  <a href="/search">All landings, and how to ask for some of them</a>
                </p>
              </>
            )}
          </Wait>
        </section>
      )}
    </div>
  );
}
