import type { ComponentChildren, VNode } from "preact";
import { MINUTE_MS } from "../units/quantity.js";
import { utcMinutes } from "../units/time.js";
import { CAPTION_LABEL } from "./captions.js";
import type { ExhibitList } from "./exhibit-list.js";
import type { MovementJson } from "./shapes.js";
import { evidenceSentences, hasTime } from "./wording.js";

/**
 * A table that becomes a list of cards on a narrow screen. Roles are written out, because turning table parts
 * into blocks makes browsers forget what they were.
 */
export function Table(props: {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly className?: string;
  readonly children: ComponentChildren;
}): VNode {
  return (
    <table class={props.className} role="table">
      <caption>{props.caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {props.columns.map((column) => (
            <th key={column} scope="col" role="columnheader">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      {props.children}
    </table>
  );
}

/** One cell; `label` is its column's name, shown before it on a narrow screen. */
export function Cell(props: {
  readonly label: string;
  readonly className?: string;
  readonly children?: ComponentChildren;
}): VNode {
  return (
    <td role="cell" data-label={props.label} class={props.className}>
      <div>{props.children}</div>
    </td>
  );
}

/** The mark that every row made from simulated input carries. */
export function SimulatedTag({ shown }: { shown: boolean }): VNode | null {
  return shown ? <strong class="simtag">SIMULATED</strong> : null;
}

/** "Seen" in a full frame, "Inferred" in a dashed one. */
export function EvidenceTag({ evidence }: { evidence: "seen" | "inferred" }): VNode {
  return <span class={`tag ${evidence}`}>{evidence === "seen" ? "Seen" : "Inferred"}</span>;
}

/** UTC, then local time with weekday, then the interval where it is wider than a minute. */
export function MovementTime(props: {
  readonly movement: MovementJson | null;
  readonly none: string;
}): VNode {
  const { movement } = props;
  if (!movement) return <span class="none">{props.none}</span>;
  const fromMs = Date.parse(movement.timeFrom);
  const toMs = Date.parse(movement.timeTo);
  const wide = toMs - fromMs > MINUTE_MS;
  // An estimate somewhere inside hours or days would be read as a time, and is none.
  if (!hasTime(movement)) {
    return (
      <>
        between <Utc iso={movement.timeFrom} /> and <Utc iso={movement.timeTo} />
      </>
    );
  }
  return (
    <>
      <Utc iso={movement.time} about={wide} />
      {movement.timeLocal ? <span class="local short">{movement.timeLocal}</span> : null}
      {wide ? (
        <span class="local">
          between <span class="utc">{utcMinutes(fromMs)}</span> and{" "}
          <span class="utc">{utcMinutes(toMs)}</span>
        </span>
      ) : null}
    </>
  );
}

/** A time in UTC for people and machines; "about" where it is an estimate inside an interval. */
export function Utc(props: { readonly iso: string; readonly about?: boolean }): VNode {
  return (
    <span class="utc">
      {props.about ? "about " : ""}
      <time dateTime={props.iso}>{utcMinutes(Date.parse(props.iso))}</time>
    </span>
  );
}

/** Evidence word, class, probability and basis of one movement, with links to its exhibits. */
export function Basis(props: {
  readonly what: string;
  readonly movement: MovementJson;
  readonly exhibits: ExhibitList;
}): VNode {
  const { movement } = props;
  return (
    <p>
      <b>{props.what}</b> <EvidenceTag evidence={movement.evidence} />{" "}
      <SimulatedTag shown={movement.simulated} />
      {`${evidenceSentences(movement)} `}
      <ExhibitLinks labels={props.exhibits.labelsOf(movement)} />
    </p>
  );
}

/** What the author says of one event: under a heading that keeps it apart from what was found. */
export function Caption({ text }: { text: string | undefined }): VNode | null {
  if (text === undefined) return null;
  return (
    <p class="caption">
      <b>{CAPTION_LABEL}</b> <bdi>{text}</bdi>
    </p>
  );
}

export function ExhibitLinks({ labels }: { labels: readonly string[] }): VNode {
  return (
    <span class="exhibits">
      {labels.map((label) => (
        <a key={label} href={`#${label}`}>
          {label}
        </a>
      ))}
    </span>
  );
}

/** A SHA-256 in groups of eight digits: it can be compared by eye, and broken over lines. */
export function Hash({ sha256 }: { sha256: string }): VNode {
  const groups = sha256.match(/.{1,8}/g) ?? [];
  return (
    <code class="hash">
      {groups.flatMap((group, index) => (index === 0 ? [group] : [<wbr key={index} />, group]))}
    </code>
  );
}

/** A part of the dossier under its heading. */
export function Section(props: {
  readonly title: string;
  readonly className?: string;
  readonly children: ComponentChildren;
}): VNode {
  return (
    <section class={props.className}>
      <h2>{props.title}</h2>
      {props.children}
    </section>
  );
}
