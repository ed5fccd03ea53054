import type { VNode } from "preact";
import type { DossierModel, ItineraryModel } from "./dossier-model.js";
import { Section } from "./dossier-table.js";
import type { StopJson } from "./journey-shape.js";
import { realStops } from "./place-words.js";

/** chosen: so many sentences read as paragraphs; more are a list. */
const PARAGRAPHS_MAX = 2;

/** What was found, in sentences: the lead, then the journeys or the landings one by one. */
export function Findings({ model }: { model: DossierModel }): VNode {
  const [lead, ...others] = model.findings;
  return (
    <Section title="Findings" className="finding">
      <p class="lead">{lead ?? "No finding."}</p>
      <Itineraries model={model} />
      {others.length > PARAGRAPHS_MAX ? (
        <ul class="told">
          {others.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      ) : (
        others.map((sentence) => <p key={sentence}>{sentence}</p>)
      )}
    </Section>
  );
}

/** Journeys in words: each with its list, or all of them as one list where none has its own. */
function Itineraries({ model }: { model: DossierModel }): VNode {
  const { itineraries = [] } = model;
  if (itineraries.length === 1 || itineraries.some(({ lines }) => lines.length > 0))
    return (
      <>
        {itineraries.map((one) => (
          <Itinerary key={one.journey} one={one} model={model} />
        ))}
      </>
    );
  if (itineraries.length === 0) return <></>;
  return (
    <ul class="told">
      {itineraries.map(({ journey, summary }) => (
        <li key={journey}>
          <b>{`Journey ${journey}`}</b>
          <span>{summary}</span>
        </li>
      ))}
    </ul>
  );
}

/** One journey of the findings: its sentence, then its stops or its places. */
function Itinerary({ one, model }: { one: ItineraryModel; model: DossierModel }): VNode | null {
  const { journey, summary, listed, lines } = one;
  if (summary === undefined && lines.length === 0) return null;
  const stops = model.journeys[journey - 1]?.journey.stops ?? [];
  return (
    <div class="itinerary">
      {summary === undefined ? null : (
        <p>
          <b>{`Journey ${journey}.`}</b> {summary}
        </p>
      )}
      {lines.length === 0 ? null : (
        <ul class="told">
          {lines.map(({ number, text }) => (
            <li key={text}>
              {listed === "stops" ? <Bullet number={number} stops={stops} /> : null}
              <span>{text}</span>
            </li>
          ))}
        </ul>
      )}
      {listed === "places" ? (
        <p>{`All ${realStops(stops).length} stops, one by one, are in the table of the journey below.`}</p>
      ) : null}
    </div>
  );
}

/** As the table of stops has it, so that one finds it there. */
function Bullet(props: { number: number | null; stops: readonly StopJson[] }): VNode {
  const stop = props.stops.find(({ number }) => number === props.number);
  return stop && !stop.openEnd ? (
    <span class={`bullet ${stop.evidence}`}>{stop.number}</span>
  ) : (
    <span class="bullet open" role="img" aria-label="not a stop">
      ?
    </span>
  );
}
