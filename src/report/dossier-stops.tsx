import type { VNode } from "preact";
import { type Captions, captionOfLanding } from "./captions.js";
import type { JourneyModel } from "./dossier-model.js";
import {
  Basis,
  Caption,
  Cell,
  EvidenceTag,
  MovementTime,
  SimulatedTag,
  Table,
  Utc,
} from "./dossier-table.js";
import type { ExhibitList } from "./exhibit-list.js";
import type { StopJson } from "./journey-shape.js";
import { countryText, isHiddenStop, positionText, shortAirportName } from "./place-words.js";
import type { MovementJson } from "./shapes.js";
import { candidatesText, kindText, openEndSentence, shareText } from "./wording.js";

const STOP_COLUMNS = ["#", "Place", "Arrival", "Departure", "Evidence"] as const;

interface StopsProps {
  readonly model: JourneyModel;
  readonly number: number;
  readonly exhibits: ExhibitList;
  readonly captions: Captions;
  /** False where what the stops rest on stands elsewhere. */
  readonly withBasis: boolean;
}

/** Stops of one journey, each with what it rests on; its open ends stand in line, without a number. */
export function StopsTable({ model, number, exhibits, captions, withBasis }: StopsProps): VNode {
  return (
    <Table caption="Stops" columns={STOP_COLUMNS} className={withBasis ? "grouped stops" : "stops"}>
      {model.journey.stops.map((stop) => {
        const id = `stop-${number}-${stop.number}`;
        return stop.openEnd ? (
          <OpenEndRow key={stop.number} stop={stop} id={id} model={model} />
        ) : (
          <StopRows
            key={stop.number}
            stop={stop}
            id={id}
            model={model}
            exhibits={withBasis ? exhibits : undefined}
            caption={stop.landing ? captionOfLanding(captions, stop.landing) : undefined}
          />
        );
      })}
    </Table>
  );
}

/** What each stop rests on, where the table of stops does not say it. */
export function StopBases(props: { model: JourneyModel; exhibits: ExhibitList }): VNode {
  return (
    <div class="bases">
      {props.model.journey.stops.map((stop) =>
        stop.openEnd ? null : (
          <div key={stop.number} class="basis">
            <p>
              <b>{`Stop ${stop.number}, ${stop.airport ?? "not named"}`}</b>
            </p>
            <Bases stop={stop} exhibits={props.exhibits} />
            <FieldsAhead stop={stop} model={props.model} />
          </div>
        ),
      )}
    </div>
  );
}

interface StopRowsProps {
  readonly stop: StopJson;
  readonly id: string;
  readonly model: JourneyModel;
  readonly exhibits: ExhibitList | undefined;
  readonly caption: string | undefined;
}

function StopRows(props: StopRowsProps): VNode {
  const { stop } = props;
  const [number, place, arrival, departure, evidence] = STOP_COLUMNS;
  const from = stop.arrival ?? stop.departure;
  const to = stop.departure ?? stop.arrival;
  const classes = [stop.landing?.class, stop.takeoff?.class].filter((one) => one);
  return (
    <tbody
      id={props.id}
      role="rowgroup"
      class="stop-rows"
      data-from={from ? Date.parse(from) : undefined}
      data-to={to ? Date.parse(to) : undefined}
    >
      <tr role="row">
        <Cell label={number}>
          <span class={`bullet ${stop.evidence}`}>{stop.number}</span>
        </Cell>
        <Cell label={place}>
          {isHiddenStop(stop) ? (
            <>
              <i>Not known</i>
              <span class="local">{`Last heard at ${positionText(stop.lat, stop.lon)}`}</span>
            </>
          ) : (
            <Place
              at={{ ...stop, offAirport: (stop.landing ?? stop.takeoff)?.offAirport ?? false }}
            />
          )}
          <SimulatedTag shown={stop.simulated} />
        </Cell>
        <Cell label={arrival}>
          <MovementTime movement={stop.landing} none="no landing received" />
        </Cell>
        <Cell label={departure}>
          <MovementTime movement={stop.takeoff} none="no take-off received" />
        </Cell>
        <Cell label={evidence}>
          <EvidenceTag evidence={stop.evidence} />
          <span class="local">{`Class ${[...new Set(classes)].join(", ")}`}</span>
        </Cell>
      </tr>
      <BasisRow {...props} />
    </tbody>
  );
}

/** What the author says of a stop, then what it rests on; the first is never without its heading. */
function BasisRow({ stop, model, exhibits, caption }: StopRowsProps): VNode | null {
  if (!exhibits && caption === undefined) return null;
  return (
    <tr role="row" class="basis">
      <td role="cell" colSpan={STOP_COLUMNS.length}>
        <Caption text={caption} />
        {exhibits ? <Bases stop={stop} exhibits={exhibits} /> : null}
        {exhibits ? <FieldsAhead stop={stop} model={model} /> : null}
      </td>
    </tr>
  );
}

/** Landing and take-off that rest on the same silence are told once. */
function Bases({ stop, exhibits }: { stop: StopJson; exhibits: ExhibitList }): VNode {
  const { landing, takeoff } = stop;
  if (landing && takeoff && landing.class === takeoff.class && landing.basis === takeoff.basis) {
    return <Basis what="Landing and take-off" movement={landing} exhibits={exhibits} />;
  }
  const movements = [landing, takeoff].filter((one): one is MovementJson => one !== null);
  return (
    <>
      {movements.map((movement) => (
        <Basis
          key={movement.kind}
          what={kindText(movement.kind)}
          movement={movement}
          exhibits={exhibits}
        />
      ))}
    </>
  );
}

function OpenEndRow(props: {
  readonly stop: StopJson;
  readonly id: string;
  readonly model: JourneyModel;
}): VNode {
  const { stop, model } = props;
  const [number, place, arrival, departure, evidence] = STOP_COLUMNS;
  const before = stop.openEnd === "before";
  const time = <Utc iso={before ? model.journey.from : model.journey.to} />;
  return (
    <tbody id={props.id} role="rowgroup" class="stop-rows open-end">
      <tr role="row">
        <Cell label={number}>
          <span class="bullet open" role="img" aria-label="not a stop">
            ?
          </span>
        </Cell>
        <Cell label={place}>
          <i>In the air, not a stop.</i>
          <span class="local">{openEndSentence(stop)}</span>
          <SimulatedTag shown={stop.simulated} />
        </Cell>
        <Cell label={arrival}>{before ? "" : <>last heard {time}</>}</Cell>
        <Cell label={departure}>{before ? <>first heard {time}</> : ""}</Cell>
        <Cell label={evidence}>
          <span class="tag open">Heard</span>
        </Cell>
      </tr>
    </tbody>
  );
}

/** The larger fields ahead of where an aircraft was last heard, when nothing better tells where it stopped. */
function FieldsAhead({ stop, model }: { stop: StopJson; model: JourneyModel }): VNode | null {
  const ahead = model.candidatePlaces.filter((one) => one.ahead && one.stop === stop.number);
  if (ahead.length === 0) return null;
  const share = new Map(stop.candidates.map((one) => [one.airport, one.probability]));
  const fields = ahead.map(
    (one) =>
      `${one.airport} ${shortAirportName(one.name)}, ${countryText(one.country)}, ${shareText(share.get(one.airport) ?? 0)}`,
  );
  return (
    <p>
      <b>Fields ahead</b>
      {` of the last position, none of them named as the place (not calibrated): ${fields.join("; ")}.`}
    </p>
  );
}

/** The airport, or why there is none. */
export function Place(props: {
  readonly at: Pick<StopJson, "airport" | "airportName" | "country" | "candidates"> & {
    readonly offAirport?: boolean;
  };
}): VNode {
  const { at } = props;
  if (at.airport) {
    return (
      <>
        <b>{at.airport}</b> {at.airportName}
        {at.country ? <span class="local">{countryText(at.country)}</span> : null}
      </>
    );
  }
  if (at.offAirport) return <i>a surface that is no known airport</i>;
  const candidates = candidatesText(at.candidates);
  return (
    <>
      <i>Not named</i>
      <span class="local">{candidates ? `${candidates} (not calibrated)` : "no candidate"}</span>
    </>
  );
}
