import type { JourneyJson } from "../../../src/api/shapes.js";
import { counted } from "../../../src/units/counted.js";
import { type Period, periodOfJourney } from "../period.js";
import { go, view } from "../state.js";
import { daysText, dayText, minuteText } from "../words.js";

function isShown(journey: JourneyJson, period: Period | undefined): boolean {
  if (!period) return false;
  const { fromMs, toMs } = periodOfJourney(journey);
  return Math.abs(fromMs - period.fromMs) < 120_000 && Math.abs(toMs - period.toMs) < 120_000;
}

function wayOf({ stops }: JourneyJson): string {
  const names = stops.map((stop) => stop.airport ?? (stop.openEnd ? "…" : "?"));
  return names.length > 5
    ? `${names.slice(0, 4).join(" – ")} … ${names[names.length - 1]}`
    : names.join(" – ");
}

function Options({ journeys }: { readonly journeys: readonly JourneyJson[] }) {
  return (
    <>
      {journeys.map((journey, i) => (
        <option key={journey.from} value={String(i)}>
          {dayText(Date.parse(journey.from))}: {wayOf(journey)}
        </option>
      ))}
    </>
  );
}

/** Which of the aircraft's journeys is shown, and the way to the next one. */
export function JourneyChoice({
  hex,
  journeys,
  period,
}: {
  readonly hex: string;
  readonly journeys: readonly JourneyJson[];
  readonly period: Period | undefined;
}) {
  if (journeys.length === 0) return <p class="empty">No landing and no take-off of it is known.</p>;
  const at = journeys.findIndex((each) => isShown(each, period));
  const show = (index: number) => {
    const journey = journeys[index];
    if (!journey) return;
    const { fromMs, toMs } = periodOfJourney(journey);
    const { with: others } = view.value?.params ?? {};
    const params = {
      from: minuteText(fromMs),
      to: minuteText(toMs),
      ...(others === undefined ? {} : { with: others }),
    };
    go({ screen: "aircraft", id: hex, params });
  };
  return (
    <div class="choice" role="group" aria-label="Journey">
      <button
        type="button"
        aria-label="Journey before"
        disabled={at === 0}
        onClick={() => show(at <= 0 ? 0 : at - 1)}
      >
        ‹
      </button>
      <select
        aria-label="Journey"
        value={String(at)}
        onChange={(event) => show(Number(event.currentTarget.value))}
      >
        {at < 0 && <option value="-1">{period ? daysText(period) : "Choose a journey"}</option>}
        <Options journeys={journeys} />
      </select>
      <button
        type="button"
        aria-label="Journey after"
        disabled={at === journeys.length - 1}
        onClick={() => show(at + 1)}
      >
        ›
      </button>
      <small>
        {at < 0 ? counted(journeys.length, "journey") : `${at + 1} of ${journeys.length}`}
      </small>
    </div>
  );
}
