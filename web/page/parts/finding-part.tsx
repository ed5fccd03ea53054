import { findingOf } from "../finding.js";
import type { Scene } from "../scene.js";

/** The finding, its words of evidence set off. */
export function Finding({ scene }: { readonly scene: Scene }) {
  return (
    <section class="finding" aria-labelledby="finding">
      <h2 id="finding">Finding</h2>
      <p data-finding>
        {findingOf(scene).map(({ text, tone }) =>
          tone === undefined ? (
            text
          ) : (
            <b key={text} class={tone}>
              {text}
            </b>
          ),
        )}
      </p>
    </section>
  );
}
