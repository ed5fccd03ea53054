/** Options in the order a person would type them; where the packet is written does not change it. */
const ORDER = [
  "in",
  "near",
  "within",
  "fleet",
  "aircraft",
  "hex",
  "state",
  "operator",
  "type",
  "callsign",
  "military",
  "include-private",
  "from",
  "to",
  "title",
  "note",
  "leave-out",
  "caption",
  "coverage",
  "lake",
];

/** Options that are on unless they are switched off. */
const ON_BY_ITSELF = "coverage";

/** Lists that are written as one word with commas, because they may be long. */
const WITH_COMMAS: ReadonlySet<string> = new Set(["leave-out"]);

type Given = Readonly<Record<string, string | readonly string[] | boolean>>;

/**
 * The options that `commandLine` writes, as values: what a question can be asked again from.
 *
 * @param options by their names in code, "leaveOut"
 * @returns by their long names, "leave-out", in a fixed order; what was not given, or is as it is by itself, is left out
 */
export function askedOptions(
  options: object,
): Record<string, string | readonly string[] | boolean> {
  const given = options as Given;
  return Object.fromEntries(
    ORDER.flatMap((option) => {
      const value = given[nameInCode(option)];
      const isGiven =
        option === ON_BY_ITSELF ? value === false : value !== undefined && value !== false;
      return isGiven ? [[option, value!]] : [];
    }),
  );
}

/** The command that gives the same answer again, quoted for a POSIX shell. */
export function commandLine(name: string, options: object): string {
  const given = options as Readonly<Record<string, unknown>>;
  const words = ORDER.flatMap((option) => {
    const value = given[nameInCode(option)];
    if (option === ON_BY_ITSELF) return value === false ? [`--no-${option}`] : [];
    if (value === undefined || value === false) return [];
    if (value === true) return [`--${option}`];
    const all = (Array.isArray(value) ? value : [value]) as readonly unknown[];
    const written = WITH_COMMAS.has(option) ? [all.join(",")] : all;
    return written.flatMap((one) => [`--${option}`, quoted(String(one))]);
  });
  return ["wheelsdown", name, ...words].join(" ");
}

/** @returns "leaveOut" of "leave-out" */
export function nameInCode(option: string): string {
  return option.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function quoted(text: string): string {
  return /^[\w./:,+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
