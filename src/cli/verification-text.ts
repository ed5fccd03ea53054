import type { AgainFileJson, AgainJson, VerificationJson } from "../report/verification-shape.js";
import { counted } from "../units/counted.js";
import { visibleLine } from "./terminal-text.js";

/** What `verify` found, for people. Names out of a manifest cannot begin a line of their own. */
export function verificationLines(found: VerificationJson): string[] {
  return linesOf(found).map(visibleLine);
}

function linesOf(found: VerificationJson): string[] {
  const { files, unlisted, derived, inputs, again, madeBy } = found;
  const wholeCount = files.filter(({ state }) => state === "whole").length;
  return [
    `${found.simulated ? "SIMULATED " : ""}dossier ${found.dossier}, made by wheelsdown ${madeBy.version}, engine ${madeBy.engineVersion}`,
    "",
    `FILES: ${wholeCount} of ${files.length} whole`,
    ...files.map(
      ({ file, state, detail }) =>
        `  ${state.padEnd(8)} ${file}${detail === null ? "" : `: ${detail}`}`,
    ),
    ...derived.map((name) => `  derived  ${name}: a print of the page, not hashed`),
    ...unlisted.map((name) => `  extra    ${name}: not in the manifest, nothing vouches for it`),
    ...(inputs ? ["", ...inputLines(inputs)] : []),
    ...(again ? ["", ...againLines(again)] : []),
    "",
    resultLine(found),
  ];
}

function inputLines(inputs: NonNullable<VerificationJson["inputs"]>): string[] {
  const presentCount = inputs.filter(({ state }) => state === "present").length;
  return [
    `INPUTS: ${presentCount} of ${inputs.length} present with the same SHA-256`,
    ...inputs.flatMap(({ file, sha256, state, inManifest }) => {
      const unlisted = inManifest ? "" : " (named by an exhibit, not by the manifest)";
      if (state === "present") return inManifest ? [] : [`  present  ${file}${unlisted}`];
      const other = state === "changed" ? "other bytes under this name; " : "";
      return [`  ${state.padEnd(8)} ${file}: ${other}wanted sha256 ${sha256}${unlisted}`];
    }),
  ];
}

function againLines({ ran, reason, lake, files, causes }: AgainJson): string[] {
  if (!ran) return [`ASKED AGAIN of ${lake}: not possible: ${reason}`];
  const equalCount = files.filter(({ state }) => state === "equal").length;
  return [
    `ASKED AGAIN of ${lake}: ${equalCount} of ${counted(files.length, "file", "files")} equal, byte for byte`,
    ...files.flatMap(againFileLines),
    ...causes.map((cause) => `  why: ${cause}`),
  ];
}

function againFileLines({ file, state, first }: AgainFileJson): string[] {
  const words = {
    equal: first ? `as the manifest says; the one that lies there is not, see` : "",
    differs: first ? "from" : "and is not there to compare",
    gone: "the question gives no such file any more",
    new: "the question gives this file, and the dossier has none",
  }[state];
  if (words === "") return [`  ${state.padEnd(8)} ${file}`];
  if (!first) return [`  ${state.padEnd(8)} ${file}: ${words}`];
  return [
    `  ${state.padEnd(8)} ${file}: ${words} line ${first.line}, column ${first.column}`,
    `             dossier: ${first.dossier ?? "(ends here)"}`,
    `             again:   ${first.again ?? "(ends here)"}`,
  ];
}

function resultLine({ result, inputs, again }: VerificationJson): string {
  const asked = [
    "files",
    ...(inputs ? ["inputs"] : []),
    ...(again?.ran ? ["the answer to its question"] : []),
  ].join(", ");
  switch (result) {
    case "whole":
      return `WHOLE: ${asked} as the manifest says`;
    case "differs":
      return "DIFFERS: not everything is as the manifest says";
    case "open":
      return `OPEN: ${asked} as the manifest says; its question could not be asked again`;
  }
}
