/** A dossier in the making: which events it tells, the author's words, how it looks, and the ways to take it away. */

import { useEffect } from "preact/hooks";
import type { DossierAnswerJson } from "../../../src/api/dossier-shapes.js";
import "../style/dossier.css";
import { DossierEvents, PutBack } from "../parts/dossier-events.js";
import { DossierTake } from "../parts/dossier-take.js";
import { Notes } from "../parts/notes.js";
import { adjust, isScreenSimulated } from "../state.js";
import { type View, writeView } from "../url.js";
import { askedOf, type DossierState, questionOf, useDossier } from "./dossier-answer.js";

function Question({
  params,
  value,
}: {
  readonly params: View["params"];
  readonly value: DossierAnswerJson | undefined;
}) {
  const { hex, aircraft, ...others } = questionOf(params);
  // The form has one field for both.
  const named = [aircraft, hex].filter((each) => each !== undefined).join(",");
  const asked = { ...others, ...(named !== "" && { aircraft: named }) };
  const form = writeView({ screen: "search", id: "", params: asked });
  return (
    <header class="head">
      <h1>Dossier</h1>
      <p class="asked">{value?.question ?? "The question is being read …"}</p>
      <p>
        <a href={form}>Change the question</a>
      </p>
    </header>
  );
}

/** The author's own words; they stand in the address, as all that is shown does. */
function Words({
  params,
  title,
}: {
  readonly params: View["params"];
  readonly title: string | undefined;
}) {
  return (
    <section aria-labelledby="words">
      <h2 id="words">Your words</h2>
      <div class="words">
        <label>
          <span>Title</span>
          <input
            type="text"
            name="title"
            maxLength={200}
            autocomplete="off"
            placeholder={params["title"] === undefined ? title : ""}
            value={params["title"] ?? ""}
            onInput={(event) => adjust({ title: event.currentTarget.value })}
          />
        </label>
        <label>
          <span>Note</span>
          <textarea
            name="note"
            rows={4}
            maxLength={2000}
            value={params["note"] ?? ""}
            onInput={(event) => adjust({ note: event.currentTarget.value })}
          />
        </label>
        <p class="fine">
          Note and captions stand apart from the findings, and the dossier says that no exhibit
          vouches for them. They also stand in the address of this page.
        </p>
      </div>
    </section>
  );
}

function Preview({ state }: { readonly state: DossierState }) {
  const { made, isMaking, failed } = state;
  return (
    <section class="preview" aria-label="Preview" aria-busy={isMaking}>
      <p class="status" role="status">
        {isMaking
          ? "Making the dossier …"
          : failed === undefined
            ? "Preview: these are the bytes of dossier.html"
            : made
              ? "Preview of the last one that could be made"
              : "No dossier"}
      </p>
      {!made && isMaking && (
        <p class="status">
          The whole track of each of its aircraft is read: seconds for few, longer for many.
        </p>
      )}
      {made && (
        // A frame of its own for each: one that is led on would leave steps in the history.
        <iframe
          key={made.asked}
          class={isMaking ? "old" : ""}
          title={`Dossier: ${made.value.title}`}
          sandbox="allow-scripts"
          src={`/api/dossier.html?${made.asked}`}
        />
      )}
    </section>
  );
}

function Failed({ failed, params }: { readonly failed: string; readonly params: View["params"] }) {
  return (
    <div>
      <p class="failed" role="alert">
        {failed}
      </p>
      <PutBack params={params} />
    </div>
  );
}

function NoQuestion() {
  return (
    <div class="document">
      <h1>A dossier answers a question</h1>
      <p>
        <a href="/search">Ask for landings</a> by place, aircraft or period, or open an aircraft, an
        airport or a country: “Make a dossier” is there.
      </p>
    </div>
  );
}

/** The screen. */
export function DossierScreen({ params }: { readonly params: View["params"] }) {
  if (Object.keys(questionOf(params)).length === 0) return <NoQuestion />;
  return <Builder params={params} />;
}

function Builder({ params }: { readonly params: View["params"] }) {
  const state = useDossier(askedOf(params));
  const { made, failed } = state;
  useEffect(() => {
    if (made) isScreenSimulated.value = made.value.simulated;
  }, [made]);
  return (
    <div class="builder">
      <div class="panel">
        <Question params={params} value={made?.value} />
        {failed !== undefined && <Failed failed={failed} params={params} />}
        {made && (
          <>
            <section class="finding" aria-labelledby="lead">
              <h2 id="lead">First finding</h2>
              <p>{made.value.lead}</p>
              <Notes notes={made.value.notes} />
            </section>
            <DossierEvents params={params} value={made.value} />
          </>
        )}
        <Words params={params} title={made?.value.title} />
        {made && <DossierTake asked={made.asked} value={made.value} isOld={state.isMaking} />}
      </div>
      <Preview state={state} />
    </div>
  );
}
