/** The question of the screen as the command line asks it. */

/** Parameters of the address that the question is made of, and the options they are. */
const OPTIONS: Readonly<Record<string, string>> = {
  in: "in",
  near: "near",
  within: "within",
  also: "also",
  "also-near": "also-near",
  "within-time": "apart",
  order: "order",
  from: "from",
  to: "to",
  fleet: "fleet",
  aircraft: "aircraft",
  hex: "hex",
  state: "state",
  operator: "operator",
  type: "type",
  callsign: "callsign",
  altitude: "altitude",
  speed: "speed",
  angle: "angle",
};

/** Names of the parameters that `/api/area` takes. */
export const AREA_FIELDS: readonly string[] = [...Object.keys(OPTIONS), "military"];

/** @returns the parameters the API takes, out of those of the view */
export function areaQuestion(
  params: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const question: Record<string, string> = {};
  for (const name of AREA_FIELDS) if (params[name] !== undefined) question[name] = params[name];
  return question;
}

/**
 * @param showing options the server was started with
 * @returns the command line of a question, for a POSIX shell; the folder of the lake stands for itself
 */
export function commandOf(
  command: "area" | "landings",
  question: Readonly<Record<string, string>>,
  showing: readonly string[] = [],
): string {
  const words = Object.entries(OPTIONS).flatMap(([name, option]) => {
    const value = question[name];
    if (value === undefined) return [];
    const values = option === "fleet" ? value.split(",") : [value];
    // A value that begins with a minus would be taken for an option.
    return values.map((each) => `--${option}${each.startsWith("-") ? "=" : " "}${quoted(each)}`);
  });
  if (question["military"] === "1") words.push("--military");
  return ["wheelsdown", command, ...words, ...showing, "--lake LAKE"].join(" ");
}

function quoted(text: string): string {
  return /^[\w.,:@%+/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
