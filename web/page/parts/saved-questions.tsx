import { useState } from "preact/hooks";
import {
  clearRecent,
  forgetNamed,
  isRemembering,
  namedQuestions,
  nameQuestion,
  recentQuestions,
  switchRemembering,
} from "../saved.js";
import type { View } from "../url.js";

/** Named and recent questions, on the first screen. */
export function SavedQuestions() {
  const named = namedQuestions.value;
  const recent = recentQuestions.value;
  return (
    <section aria-labelledby="saved">
      <h2 id="saved">Your questions</h2>
      {named.length > 0 && (
        <ul class="saved">
          {named.map(({ address, title }) => (
            <li key={title}>
              <a href={address}>{title}</a>
              <button type="button" class="link" onClick={() => forgetNamed(title)}>
                Forget<span class="hidden"> {title}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {recent.length > 0 && (
        <>
          <h3>Recent</h3>
          <ul class="saved">
            {recent.map(({ address, title }) => (
              <li key={address}>
                <a href={address}>{title}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="remember">
        <label class="check">
          <input type="checkbox" checked={isRemembering.value} onChange={switchRemembering} />{" "}
          Remember recent questions in this browser
        </label>
        {recent.length > 0 && (
          <button type="button" class="link" onClick={clearRecent}>
            Clear recent
          </button>
        )}
      </p>
      <p class="fine">
        {isRemembering.value
          ? "What was asked is kept on this machine, for whoever uses this browser. "
          : "Off: nothing is kept but questions you name. "}
        Only the question is kept, with the corners of an area you drew; no answer and no position.
      </p>
    </section>
  );
}

/** Keeps a question under a name. */
export function NameQuestion({ view }: { readonly view: View }) {
  const [saved, setSaved] = useState("");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const name = String(new FormData(form).get("name") ?? "").trim();
    if (name === "") return;
    nameQuestion(view, name);
    setSaved(name);
    form.reset();
  };
  return (
    <form class="name-question" aria-label="Name this question" onSubmit={submit}>
      <label>
        <span>Name this question, to find it on the start screen of this browser</span>
        <input name="name" type="text" maxLength={120} autocomplete="off" />
      </label>
      <button type="submit">Keep</button>
      <span class="fine" role="status">
        {saved === "" ? "" : `Kept as “${saved}”.`}
      </span>
    </form>
  );
}
