/** A question in a line of words, for lists of questions. */

import type { View } from "./url.js";

const FILTERS: Readonly<Record<string, string>> = {
  fleet: "fleet",
  aircraft: "",
  hex: "",
  state: "State",
  operator: "operator",
  type: "type",
  callsign: "callsign",
  altitude: "altitude",
  speed: "speed",
  angle: "direction",
};

/** chosen: a list of addresses may be a page long */
const VALUE_MAX = 40;

function shortened(text: string): string {
  return text.length > VALUE_MAX ? `${text.slice(0, VALUE_MAX - 1)}…` : text;
}

/** A place as it was written, drawn ones in words. */
function placeWords(word: string | undefined, beyond: string | undefined): string {
  if (word === undefined) return "";
  const corners = word.trim().split(/\s*;\s*|\s+/).length;
  const isDrawn = /^[-+\d.,;\s]+$/.test(word);
  const place = isDrawn && corners > 2 ? `a polygon of ${corners} corners` : shortened(word);
  return beyond === undefined ? place : `${place} and ${beyond} around`;
}

/** @returns "Landings in VE and 300km around, 2018-12-10 to 2018-12-15, State RU" */
export function questionTitle({ screen, params }: View): string {
  const { in: place, near, within, also, from, to } = params;
  const where =
    place === undefined && near !== undefined
      ? `within ${within ?? "100km"} of ${placeWords(near, undefined)}`
      : place === undefined
        ? ""
        : `in ${placeWords(place, near)}`;
  const second = also === undefined ? "" : `and in ${placeWords(also, params["also-near"])}`;
  const what = screen === "area" ? "Heard" : "Landings";
  const period =
    from === undefined && to === undefined
      ? []
      : [`${from ?? "the beginning"} to ${to ?? "the end"}`];
  const filters = Object.entries(FILTERS).flatMap(([name, word]) => {
    const value = params[name];
    return value === undefined ? [] : [`${word} ${shortened(value)}`.trim()];
  });
  if (params["military"] === "1") filters.push("military");
  const head = [what, where, second].filter((part) => part !== "").join(" ");
  return [head, ...period, ...filters].join(", ");
}
