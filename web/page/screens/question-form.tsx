/** The form of the question about landings. */

import { go } from "../state.js";
import type { View } from "../url.js";

/** Names of its fields, as the API has them. */
export const QUESTION_FIELDS = [
  ...["in", "near", "within", "from", "to", "fleet", "aircraft", "hex"],
  ...["state", "operator", "type", "callsign", "military"],
] as const;

/** A field of text. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
}

const PLACE: readonly Field[] = [
  { name: "in", label: "In", hint: "VE, Venezuela, SVMI, or west,south,east,north" },
  { name: "near", label: "And near it, or near", hint: "300km, or SVMI" },
];
/** When. */
export const PERIOD_FIELDS: readonly Field[] = [
  { name: "from", label: "From", hint: "YYYY-MM-DD" },
  { name: "to", label: "To (its end)", hint: "YYYY-MM-DD" },
];
/** Which aircraft, by name. */
export const WHO_FIELDS: readonly Field[] = [
  { name: "fleet", label: "Fleet", hint: "name of a list" },
  { name: "aircraft", label: "Registrations or addresses", hint: "RA-96019, 157713" },
];
/** Which aircraft, by what they are. */
export const MORE_FIELDS: readonly Field[] = [
  { name: "within", label: "Within, when near a place", hint: "50km" },
  { name: "state", label: "State of the address", hint: "RU" },
  { name: "operator", label: "Operator", hint: "RSD" },
  { name: "type", label: "Type", hint: "IL96" },
  { name: "callsign", label: "Callsign", hint: "RSD*" },
];

/** Fields with what the address has in them. */
export function Fields({
  fields,
  params,
}: {
  readonly fields: readonly Field[];
  readonly params: View["params"];
}) {
  return (
    <div class="fields">
      {fields.map(({ name, label, hint }) => (
        <label key={name}>
          <span>{label}</span>
          <input
            // Another answer to the same question: the form starts anew from the address.
            key={params[name] ?? ""}
            name={name}
            type="text"
            placeholder={hint}
            autocomplete="off"
            spellcheck={false}
            defaultValue={params[name] ?? ""}
          />
        </label>
      ))}
    </div>
  );
}

function submit(event: SubmitEvent): void {
  event.preventDefault();
  const params: Record<string, string> = {};
  for (const [name, value] of new FormData(event.currentTarget as HTMLFormElement))
    if (typeof value === "string" && value.trim() !== "") params[name] = value.trim();
  go({ screen: "search", id: "", params });
}

/** Which aircraft, where, when. */
export function QuestionForm({ params }: { readonly params: View["params"] }) {
  const isOpen = [...MORE_FIELDS.map(({ name }) => name), "military"].some(
    (name) => params[name] !== undefined,
  );
  return (
    <form class="question" aria-label="Landings" onSubmit={submit}>
      <Fields fields={PLACE} params={params} />
      <Fields fields={PERIOD_FIELDS} params={params} />
      <Fields fields={WHO_FIELDS} params={params} />
      <details open={isOpen}>
        <summary>More about the aircraft</summary>
        <Fields fields={MORE_FIELDS} params={params} />
        <label class="check">
          <input
            type="checkbox"
            name="military"
            value="1"
            defaultChecked={params["military"] === "1"}
          />{" "}
          Military only
        </label>
      </details>
      <div class="buttons">
        <button type="submit" class="primary">
          Ask
        </button>
        <a class="button" href="/search">
          Clear
        </a>
      </div>
    </form>
  );
}
