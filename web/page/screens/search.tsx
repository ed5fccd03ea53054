/** The question form: which aircraft, where, when; answers as table and map. */

import { useEffect } from "preact/hooks";
import type { LandingListJson, SearchJson } from "../../../src/api/shapes.js";
import { type Answer, useAnswer, valueOf } from "../api.js";
import { viewOfLink } from "../import-link.js";
import { drawing, legendParts, mapCaption, partNote } from "../map/map-state.js";
import { landingDrawing } from "../map/movement-drawing.js";
import { DayChart } from "../parts/day-chart.js";
import { DossierLink } from "../parts/dossier-link.js";
import { PlacedAndNot } from "../parts/landing-table.js";
import { ListEnd } from "../parts/list-end.js";
import { NameQuestion } from "../parts/saved-questions.js";
import { viewOfFound } from "../parts/search-box.js";
import { Wait } from "../parts/wait.js";
import { questionTitle } from "../question-title.js";
import { noteQuestion } from "../saved.js";
import { goInstead, isScreenSimulated } from "../state.js";
import { queryOf, type View, withParams, writeView } from "../url.js";
import { partOfListText } from "../words.js";
import { QUESTION_FIELDS, QuestionForm } from "./question-form.js";

/** The parameters the API takes, out of those of the view. */
function questionOf(params: View["params"]): Record<string, string> {
  const question: Record<string, string> = {};
  for (const name of [...QUESTION_FIELDS, "offset"])
    if (params[name] !== undefined) question[name] = params[name];
  return question;
}

function FoundList({
  answer,
  words,
}: {
  readonly answer: Answer<SearchJson>;
  readonly words: string;
}) {
  return (
    <section aria-labelledby="found">
      <h2 id="found">Found for “{words}”</h2>
      <Wait answer={answer} what="what that may mean">
        {({ found }) =>
          found.length === 0 ? (
            <p class="empty">Nothing of that name is known here.</p>
          ) : (
            <ul class="found">
              {found.map((one) => (
                <li key={`${one.kind} ${one.id}`}>
                  <a href={writeView(viewOfFound(one))}>
                    <b>{one.title}</b> {one.detail}
                  </a>
                  <small>
                    {one.kind}
                    {one.inLake === false ? ", not in the lake" : ""}
                  </small>
                </li>
              ))}
            </ul>
          )
        }
      </Wait>
    </section>
  );
}

function useWords(words: string | undefined): Answer<SearchJson> {
  const answer = useAnswer<SearchJson>(
    words === undefined ? undefined : `/api/search?q=${encodeURIComponent(words)}`,
  );
  const found = valueOf(answer)?.found;
  useEffect(() => {
    const linked = words === undefined ? undefined : viewOfLink(words);
    if (linked) goInstead(linked);
    else if (found?.length === 1) goInstead(viewOfFound(found[0]!));
  }, [words, found]);
  return answer;
}

const SERIES = [
  { name: "seen", look: "solid" },
  { name: "inferred", look: "half" },
  { name: "possible", look: "hatch" },
] as const;

/** All landings of the answer by day, also those on other parts of the list. */
function Days({
  view,
  list: { days, undated, unplaced },
}: {
  readonly view: View;
  readonly list: LandingListJson;
}) {
  const left = [
    undated > 0 ? `${undated} that may have been on one of several days` : "",
    unplaced > 0 ? `${unplaced} that nothing places, here or elsewhere` : "",
  ].filter((each) => each !== "");
  return (
    <DayChart
      days={days.map(({ day, seen, inferred, possible }) => ({
        day,
        counts: [seen, inferred, possible],
      }))}
      series={SERIES}
      unit="Landings"
      note={`A line below marks days the lake holds.${left.length > 0 ? ` Not in it: ${left.join("; ")}.` : ""}`}
      href={(from, to) => writeView(withParams(view, { from, to, offset: undefined }))}
    />
  );
}

/** Results of the question. */
function Results({
  view,
  answer,
}: {
  readonly view: View;
  readonly answer: Answer<LandingListJson>;
}) {
  const question = questionOf(view.params);
  return (
    <Wait answer={answer} what="landings">
      {(list) => {
        const { items, total, next, notes } = list;
        return (
          <section aria-labelledby="results">
            <h2 id="results">Answer</h2>
            {notes[0] !== undefined && <p class="finding">{notes[0]}</p>}
            {items.length === 0 ? (
              <p class="empty">
                No such landing is shown. That does not mean that none took place.
              </p>
            ) : (
              <>
                <DossierLink params={{ ...question, offset: undefined }} />
                <Days view={view} list={list} />
                <PlacedAndNot landings={items} />
              </>
            )}
            <ListEnd
              view={view}
              list={{ items, total, next }}
              notes={notes.slice(1)}
              path="/api/landings"
              params={question}
            />
            <NameQuestion view={view} />
          </section>
        );
      }}
    </Wait>
  );
}

/** Landings search. */
export function SearchScreen({ view }: { readonly view: View }) {
  const words = view.params["q"];
  const found = useWords(words);
  const query = queryOf(questionOf(view.params));
  const isAsked = words === undefined;
  const answer = useAnswer<LandingListJson>(
    isAsked ? `/api/landings?${query === "" ? "" : `${query}&`}limit=100` : undefined,
  );
  const list = valueOf(answer);
  useEffect(() => {
    const key = list ? `search ${query}` : "";
    const marks = landingDrawing(key, list?.items ?? []);
    // Marks say what is shown; without any the place asked for does.
    drawing.value = marks.bounds ? marks : landingDrawing(key, [], list?.frame);
    legendParts.value = isAsked ? ["seen", "inferred"] : [];
    partNote.value = list
      ? partOfListText(Number(view.params["offset"] ?? 0), list.items.length, list.total)
      : "";
    mapCaption.value = list ? { title: questionTitle(view), text: list.notes[0] ?? "" } : null;
    if (list) isScreenSimulated.value = list.simulated;
    if (list && query !== "") noteQuestion(view);
  }, [list, query, isAsked]);
  return (
    <>
      <header class="head">
        <h1>Landings</h1>
      </header>
      {words !== undefined && <FoundList answer={found} words={words} />}
      <QuestionForm params={view.params} />
      {isAsked && <Results view={view} answer={answer} />}
    </>
  );
}
