import type { VNode } from "preact";
import { formatDuration } from "../units/time.js";
import { type Captions, captionOfLanding } from "./captions.js";
import type { DossierModel, JourneyModel, LandingRow } from "./dossier-model.js";
import { Place } from "./dossier-stops.js";
import {
  Basis,
  Caption,
  Cell,
  EvidenceTag,
  Hash,
  MovementTime,
  SimulatedTag,
  Table,
  Utc,
} from "./dossier-table.js";
import type { ExhibitList } from "./exhibit-list.js";
import type { LegJson } from "./journey-shape.js";
import { positionText } from "./place-words.js";
import type { GapEdgeJson, GapJson } from "./shapes.js";
import { distanceText, feetText, grouped, kindText, percentText } from "./wording.js";

const LANDING_COLUMNS = ["#", "Aircraft", "Place", "Time (UTC, then local)", "Evidence"] as const;

/** Landings and other movements, in the order given. */
export function LandingsTable(props: {
  readonly landings: readonly LandingRow[];
  readonly exhibits: ExhibitList;
  readonly captions: Captions;
}): VNode {
  const [number, aircraft, place, time, evidence] = LANDING_COLUMNS;
  return (
    <Table caption="Landings" columns={LANDING_COLUMNS} className="grouped landings">
      {props.landings.map((landing, index) => (
        <tbody key={index} role="rowgroup">
          <tr role="row">
            <Cell label={number}>{index + 1}</Cell>
            <Cell label={aircraft}>
              <b>{landing.registration ?? landing.hex}</b>
              <span class="local">
                {[landing.type, landing.registration ? landing.hex : null, landing.callsign]
                  .filter((text) => text !== null)
                  .join(" · ")}
              </span>
              <SimulatedTag shown={landing.simulated} />
            </Cell>
            <Cell label={place}>
              <Place at={landing} />
              {landing.runway ? <span class="local">{`Runway ${landing.runway}`}</span> : null}
            </Cell>
            <Cell label={time}>
              <MovementTime movement={landing} none="" />
            </Cell>
            <Cell label={evidence}>
              <EvidenceTag evidence={landing.evidence} />
              <span class="local">{`Class ${landing.class}`}</span>
            </Cell>
          </tr>
          <tr role="row" class="basis">
            <td role="cell" colSpan={LANDING_COLUMNS.length}>
              <Caption text={captionOfLanding(props.captions, landing)} />
              <Basis what={kindText(landing.kind)} movement={landing} exhibits={props.exhibits} />
            </td>
          </tr>
        </tbody>
      ))}
    </Table>
  );
}

const LEG_COLUMNS = [
  "Leg",
  "Length (great circle)",
  "Duration",
  "Largest gap",
  "Time in contact",
] as const;

/** Legs of one journey. */
export function LegsTable({ model }: { model: JourneyModel }): VNode {
  const { stops, legs, simulated } = model.journey;
  const [leg, length, duration, gap, share] = LEG_COLUMNS;
  const name = (number: number) => {
    const stop = stops.find((one) => one.number === number);
    if (stop?.openEnd) return `? ${stop.openEnd === "before" ? "first heard" : "last heard"}`;
    return `${number} ${stop?.airport ?? "not named"}`;
  };
  return (
    <Table caption="Legs" columns={LEG_COLUMNS}>
      <tbody role="rowgroup">
        {legs.map((one: LegJson) => (
          <tr key={one.from} role="row">
            <Cell label={leg}>
              <b>{`${name(one.from)} → ${name(one.to)}`}</b> <SimulatedTag shown={simulated} />
            </Cell>
            <Cell label={length}>
              {one.distanceKm === null ? "unknown" : distanceText(one.distanceKm)}
            </Cell>
            <Cell label={duration} className="short">
              {durationText(one.durationS)}
            </Cell>
            <Cell label={gap} className="short">
              {one.largestGapS ? durationText(one.largestGapS) : "none"}
            </Cell>
            <Cell label={share}>
              {one.seenShare === null ? "unknown" : percentText(one.seenShare)}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

const GAP_COLUMNS = [
  "Last received",
  "Next received",
  "Without signal",
  "Distance between",
  "Least average speed",
] as const;

/** @returns every silence of a journey, those that reach beyond its ends included, each once */
export function allSilences(model: JourneyModel): GapJson[] {
  const all = [model.silenceBefore, ...model.gaps, model.silenceAfter];
  const seen = new Set<string>();
  return all.flatMap((gap) => {
    if (!gap || seen.has(gap.from)) return [];
    seen.add(gap.from);
    return [gap];
  });
}

/** Every stretch in which nobody heard the aircraft. */
export function GapsTable({ gaps }: { gaps: readonly GapJson[] }): VNode {
  const [last, next, duration, between, speed] = GAP_COLUMNS;
  return (
    <Table caption="What was not observed" columns={GAP_COLUMNS}>
      <tbody role="rowgroup">
        {gaps.map((gap) => (
          <tr key={gap.from} role="row">
            <Cell label={last}>
              <Edge edge={gap.last} /> <SimulatedTag shown={gap.simulated} />
            </Cell>
            <Cell label={next}>
              <Edge edge={gap.next} />
            </Cell>
            <Cell label={duration} className="short">
              {durationText(gap.durationS)}
            </Cell>
            <Cell label={between}>{shortDistanceText(gap.distanceKm)}</Cell>
            <Cell label={speed}>
              {gap.averageSpeedKt === null
                ? "unknown"
                : gap.averageSpeedKt < 1
                  ? "under 1 kt"
                  : `${grouped(gap.averageSpeedKt)} kt`}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** "0 km" would say that it did not move at all; rounding cannot show that. */
function shortDistanceText(distanceKm: number | null): string {
  if (distanceKm === null) return "unknown";
  return distanceKm < 1 ? "under 1 km" : distanceText(distanceKm);
}

function Edge({ edge }: { edge: GapEdgeJson }): VNode {
  const position = positionText(edge.lat, edge.lon, 3);
  const altitude = edge.altitudeFt === null ? "altitude unknown" : feetText(edge.altitudeFt);
  return (
    <>
      <Utc iso={edge.time} />
      <span class="local">
        <span class="short">{position}</span>, <span class="short">{altitude}</span>
      </span>
    </>
  );
}

const EXHIBIT_COLUMNS = ["Exhibit", "Input", "Rows", "Format", "Licence"] as const;

/** The rows every statement rests on. */
export function ExhibitsTable({ list }: { list: ExhibitList }): VNode {
  const [label, input, rows, format, licence] = EXHIBIT_COLUMNS;
  return (
    <Table caption="Exhibits" columns={EXHIBIT_COLUMNS}>
      <tbody role="rowgroup">
        {list.exhibits.map((one) => (
          <tr key={one.label} role="row" id={one.label}>
            <Cell label={label}>
              <b>{one.label}</b> <SimulatedTag shown={one.simulated} />
            </Cell>
            <Cell label={input}>
              <span class="file">{one.file}</span>
              <Hash sha256={one.input} />
            </Cell>
            <Cell label={rows}>{`${one.rowFrom} to ${one.rowTo}`}</Cell>
            <Cell label={format}>{one.format}</Cell>
            <Cell label={licence}>{one.licence}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

const INPUT_COLUMNS = [
  "File and SHA-256",
  "Format",
  "Rows",
  "Skipped or read with loss",
  "Origin, licence",
] as const;

/** Everything that was read, used or not. */
export function InputsTable({ inputs }: { inputs: DossierModel["inputs"] }): VNode {
  const [file, format, rows, issues, licence] = INPUT_COLUMNS;
  return (
    <Table caption="Inputs" columns={INPUT_COLUMNS}>
      <tbody role="rowgroup">
        {inputs.map((one) => (
          <tr key={one.sha256 + one.file} role="row">
            <Cell label={file}>
              <span class="file">{one.file}</span>
              <Hash sha256={one.sha256} /> <SimulatedTag shown={one.simulated} />
            </Cell>
            <Cell label={format}>{one.format}</Cell>
            <Cell label={rows}>{`${grouped(one.kept)} of ${grouped(one.rows)} kept`}</Cell>
            <Cell label={issues}>
              {Object.entries(one.issues)
                .map(([kind, count]) => `${kind}: ${grouped(count)}`)
                .join(", ") || "none"}
            </Cell>
            <Cell label={licence}>
              {[one.origin, one.licence].filter((text) => text).join("; ") || "not stated"}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function durationText(durationS: number | null): string {
  return durationS === null ? "unknown" : formatDuration(durationS * 1000);
}
