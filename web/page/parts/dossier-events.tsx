import type { DossierAnswerJson, DossierEventJson } from "../../../src/api/dossier-shapes.js";
import { counted } from "../../../src/units/counted.js";
import { adjust } from "../state.js";
import type { View } from "../url.js";
import { Badge, Simulated } from "./badge.js";
import { MovementTime, Time } from "./time.js";

function leftOutOf(params: View["params"]): string[] {
  return (params["leave-out"] ?? "").split(",").filter((id) => id !== "");
}

/**
 * What can be chosen. Of a question about a place these are its landings; else journeys, which take their landings with
 * them, and the landings that are in none. Journeys of aircraft asked for by name are answers of their own.
 */
function offered(events: readonly DossierEventJson[], params: View["params"]): DossierEventJson[] {
  const hasPlace = params["in"] !== undefined || params["near"] !== undefined;
  const isByName = params["hex"] !== undefined || params["aircraft"] !== undefined;
  return events.filter(({ kind, journey }) =>
    kind === "landing" ? hasPlace || journey === null : isByName || !hasPlace,
  );
}

/** The author's words by the id of their event, as they stand in the address: a line each. */
function captionsOf({ caption = "" }: View["params"]): Map<string, string> {
  return new Map(
    caption.split("\n").flatMap((line): [string, string][] => {
      const at = line.indexOf("=");
      return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)]];
    }),
  );
}

function Caption({ event, params }: EventProps) {
  const captions = captionsOf(params);
  const write = (text: string) => {
    if (text.trim() === "") captions.delete(event.id);
    else captions.set(event.id, text);
    adjust({ caption: [...captions].map((each) => each.join("=")).join("\n") });
  };
  return (
    <input
      type="text"
      maxLength={300}
      autocomplete="off"
      placeholder="Add a caption"
      aria-label={`Caption: ${event.registration ?? event.hex}, ${event.kind} ${event.time}`}
      value={captions.get(event.id) ?? ""}
      onInput={(input) => write(input.currentTarget.value)}
    />
  );
}

interface EventProps {
  readonly event: DossierEventJson;
  readonly params: View["params"];
}

/** The choice is in the address; what the last dossier made of it shows only in what is told and counted. */
function Row({ event, params, isFixed }: EventProps & Pick<KindProps, "isFixed">) {
  const left = leftOutOf(params);
  const isIn = !left.includes(event.id);
  const choose = (isChosen: boolean) => {
    const next = isChosen ? left.filter((id) => id !== event.id) : [...left, event.id].sort();
    adjust({ "leave-out": next.join(",") });
  };
  return (
    <li class={isIn ? "" : "left"}>
      <label>
        {isFixed ? (
          <i />
        ) : (
          <input
            type="checkbox"
            checked={isIn}
            onChange={(change) => choose(change.currentTarget.checked)}
          />
        )}
        <span>
          {event.kind === "landing" ? <MovementTime movement={event} /> : <Time iso={event.time} />}{" "}
          <b>{event.registration ?? event.hex}</b> {event.simulated && <Simulated />}
          <span class="what">{event.text}</span>
        </span>
        {event.evidence !== null && <Badge shape={event.evidence} />}
      </label>
      {isIn && <Caption event={event} params={params} />}
    </li>
  );
}

interface KindProps {
  readonly name: string;
  readonly events: readonly DossierEventJson[];
  readonly params: View["params"];
  /** They are told with others, and only these can be left out. */
  readonly isFixed?: boolean;
}

function Kind({ name, events, ...rest }: KindProps) {
  if (events.length === 0) return null;
  return (
    <fieldset>
      <legend>{name}</legend>
      <ul class="events">
        {events.map((event) => (
          <Row key={event.id} event={event} {...rest} />
        ))}
      </ul>
    </fieldset>
  );
}

function countsText(landings: number, possible: number, journeys: number): string {
  const named = landings - possible;
  const parts = [
    ...(named > 0 ? [counted(named, "landing")] : []),
    ...(possible > 0 ? [counted(possible, "possible landing")] : []),
    ...(journeys > 0 ? [counted(journeys, "journey")] : []),
  ];
  return parts.length === 0 ? "nothing" : parts.join(", ");
}

function toldText(value: DossierAnswerJson): string {
  const { landingCount, possibleCount, journeyCount, leftOut } = value;
  const told = `Told: ${countsText(landingCount, possibleCount, journeyCount)}.`;
  const gone = countsText(leftOut.landings, leftOut.possible, leftOut.journeys);
  return `${told} Left out: ${gone}${gone === "nothing" ? "" : ", and the dossier says so"}.`;
}

/** Which landings and journeys the dossier tells. */
export function DossierEvents({
  params,
  value,
}: {
  readonly params: View["params"];
  readonly value: DossierAnswerJson;
}) {
  const shown = offered(value.events, params);
  const { journeysNotShown } = value;
  return (
    <section aria-labelledby="told">
      <h2 id="told">What it tells</h2>
      <p>{toldText(value)}</p>
      {journeysNotShown > 0 && (
        <p class="fine">
          {counted(journeysNotShown, "more journey")} would make it too large: leave others out to
          see them, or ask for fewer aircraft.
        </p>
      )}
      <Kind
        name="Landings"
        events={shown.filter(({ kind }) => kind === "landing")}
        params={params}
      />
      <Kind
        name="Journeys"
        events={shown.filter(({ kind }) => kind === "journey")}
        params={params}
      />
      <Kind
        name="Told with them"
        events={value.events.filter((event) => !event.isLeftOut && !shown.includes(event))}
        params={params}
        isFixed
      />
      <PutBack params={params} />
    </section>
  );
}

const WAYS_BACK = [
  ["leave-out", "Put everything back"],
  ["caption", "Take all captions away"],
] as const;

/** Ways back from what the author chose and wrote. */
export function PutBack({ params }: Pick<EventProps, "params">) {
  return (
    <p class="buttons">
      {WAYS_BACK.map(
        ([name, words]) =>
          params[name] !== undefined && (
            <button key={name} type="button" onClick={() => adjust({ [name]: undefined })}>
              {words}
            </button>
          ),
      )}
    </p>
  );
}
