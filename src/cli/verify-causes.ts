import type { DossierManifest, ManifestInput, NamedHash } from "../report/dossier-manifest.js";
import { counted } from "../units/counted.js";

/** Names listed one by one; of more, the number is said. */
const NAMED_MAX = 3;

/**
 * Why a dossier made again may differ, as far as the two manifests tell.
 *
 * @param then of the dossier
 * @param now of the one made again
 * @param isEqual whether all files are equal, so that nothing needs a reason
 * @returns sentences without a full stop; at least one when files differ
 */
export function differencesOf(
  then: DossierManifest,
  now: DossierManifest,
  isEqual: boolean,
): string[] {
  const causes = [
    ...versionWords(then, now),
    ...tableWords(then, now),
    ...lakeWords(then, now),
    ...readAsWords(then.inputs, now.inputs),
    ...inputWords(then.inputs, now.inputs),
  ];
  if (causes.length > 0 || isEqual) return causes;
  return [
    "program, tables, inputs and coverage are the same: what differs was changed after it was written, or this Node knows other rules of time zones",
  ];
}

function versionWords(then: DossierManifest, now: DossierManifest): string[] {
  const program =
    then.version === now.version
      ? []
      : [`it was made by wheelsdown ${then.version}, and this is ${now.version}`];
  const engine =
    then.engineVersion === now.engineVersion
      ? []
      : [
          `it was inferred by engine ${then.engineVersion}, and this is engine ${now.engineVersion}: findings may differ`,
        ];
  return [...program, ...engine];
}

function tableWords(then: DossierManifest, now: DossierManifest): string[] {
  const before = new Map((then.restsOn?.tables ?? []).map((table) => [table.name, table]));
  const after = now.restsOn?.tables ?? [];
  const other = after.flatMap(({ name, version, sha256 }) => {
    const table = before.get(name);
    before.delete(name);
    if (table?.sha256 === sha256 && table.version === version) return [];
    return table
      ? [
          `table "${name}" is another one: ${table.version}, sha256 ${short(table.sha256)} then; ${version}, sha256 ${short(sha256)} now`,
        ]
      : [`table "${name}" was not used then`];
  });
  return [...other, ...[...before.keys()].map((name) => `table "${name}" is not used any more`)];
}

function lakeWords(then: DossierManifest, now: DossierManifest): string[] {
  const [before, after] = [then.restsOn, now.restsOn];
  if (!before || !after) return [];
  const words: string[] = [];
  if (before.lake.inputsSha256 !== after.lake.inputsSha256) {
    const more = after.lake.inputCount - before.lake.inputCount;
    const held = counted(before.lake.inputCount, "input", "inputs");
    words.push(
      more === 0
        ? `this lake holds as many inputs (${before.lake.inputCount}), and not the same ones`
        : `its lake held ${held}, and this one holds ${Math.abs(more)} ${more > 0 ? "more" : "fewer"}`,
    );
  }
  if (before.coverage !== after.coverage)
    words.push("the measurement of coverage that weighed in is another one");
  return words;
}

/** The same bytes, of which something else was said: another time zone is another answer. */
function readAsWords(then: readonly ManifestInput[], now: readonly ManifestInput[]): string[] {
  const after = new Map(now.map((input) => [input.sha256, input]));
  return then.flatMap(({ file, sha256, readAs = "" }) => {
    const other = after.get(sha256);
    if (!other || (other.readAs ?? "") === readAs) return [];
    return [`${file} was read ${saidWords(readAs)} then, and ${saidWords(other.readAs)} here`];
  });
}

function saidWords(said: string | undefined): string {
  return said ? `with ${said}` : "without a word on it";
}

function inputWords(then: readonly NamedHash[], now: readonly NamedHash[]): string[] {
  const before = new Map(then.map((input) => [input.sha256, input.file]));
  const after = new Map(now.map((input) => [input.sha256, input.file]));
  const gone = then.filter(({ sha256 }) => !after.has(sha256));
  const added = now.filter(({ sha256 }) => !before.has(sha256));
  const renamed = then.filter(({ file, sha256 }) => (after.get(sha256) ?? file) !== file);
  const [first] = renamed;
  return [
    ...namedWords(gone, "of the dossier", "not in this answer"),
    ...namedWords(added, "of this answer", "not in the dossier"),
    ...(first
      ? [
          `${counted(renamed.length, "input has", "inputs have")} the same content and another name here: ${first.file} is ${after.get(first.sha256)}`,
        ]
      : []),
  ];
}

function namedWords(inputs: readonly NamedHash[], whose: string, what: string): string[] {
  if (inputs.length === 0) return [];
  const names = inputs.slice(0, NAMED_MAX).map(({ file }) => file);
  const more = inputs.length > NAMED_MAX ? `, and ${inputs.length - NAMED_MAX} more` : "";
  const verb = inputs.length === 1 ? "is" : "are";
  return [
    `${counted(inputs.length, "input", "inputs")} ${whose} ${verb} ${what}: ${names.join(", ")}${more}`,
  ];
}

function short(sha256: string): string {
  return sha256.slice(0, 12);
}
