import { findingOf } from "../finding.js";
import type { Scene } from "../scene.js";
import { minuteText } from "../words.js";
import { DossierLink } from "./dossier-link.js";

/**
 * The finding, its words of evidence set off, and the way to a dossier of it.
 *
 * @param others addresses of aircraft that stand beside it
 */
export function Finding({
  scene,
  others,
}: {
  readonly scene: Scene;
  readonly others: readonly string[];
}) {
  const hex = [scene.track.hex, ...others].join(",");
  const period = { from: minuteText(scene.fromMs), to: minuteText(scene.toMs) };
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
      <DossierLink params={{ hex, ...period }} />
    </section>
  );
}
