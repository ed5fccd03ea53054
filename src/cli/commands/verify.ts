import type { Command } from "commander";
import { VERSION } from "../../io/version.js";
import { ENGINE_VERSION } from "../../movement/engine-version.js";
import {
  type AgainJson,
  type FileCheckJson,
  type InputCheckJson,
  VERIFICATION_EXIT,
  type VerificationJson,
  verificationResult,
} from "../../report/verification-shape.js";
import { addExamples, addFormats, type FormatOptions } from "../options.js";
import { runCommand } from "../run-command.js";
import type { Terminal } from "../terminal.js";
import { verificationLines } from "../verification-text.js";
import { checkFiles, type OpenDossier, openDossier } from "../verify-files.js";

interface VerifyOptions extends FormatOptions {
  readonly inputs?: readonly string[];
  readonly lake?: string;
}

export function addVerifyCommand(program: Command): void {
  const command = program
    .command("verify")
    .description(
      "Checks a dossier that came from somebody: whether its files are as its manifest says, whether the inputs it rests on " +
        "are the ones you have, and whether its question gives the same files again. Ends with 0 when all is whole and equal, " +
        "with 1 when something is changed, missing or different, with 2 when its question could not be asked again.",
    )
    .argument("<dossier>", "folder of the dossier, or its manifest.json")
    .option(
      "--inputs <path...>",
      "also look for its inputs among these files, folders and archives, by their hash",
    )
    .option("--lake <dir>", "also ask its question again, of this lake, and compare file by file");
  addFormats(command, ["json"]);
  addExamples(command, [
    "verify caracas",
    "verify caracas --inputs downloads --lake ./lake",
    "verify caracas/manifest.json --json",
  ]);
  command.action((dossier: string, options: VerifyOptions) =>
    runCommand(command, (terminal) => verifyDossier(dossier, options, terminal)),
  );
}

async function verifyDossier(
  path: string,
  options: VerifyOptions,
  terminal: Terminal,
): Promise<void> {
  const dossier = await openDossier(path);
  const { version, engineVersion, simulated } = dossier.manifest;
  const checked = await checkFiles(dossier);
  terminal.checkInterrupt();
  const inputs = await checkInputs(options, { dossier, files: checked.files, terminal });
  terminal.checkInterrupt();
  const again = await checkAnswer(options, dossier, terminal);
  const found: VerificationJson = {
    schema: "wheelsdown/verification/1",
    dossier: path,
    simulated,
    result: verificationResult({ files: checked.files, inputs, again }),
    madeBy: { version, engineVersion },
    checkedBy: { version: VERSION, engineVersion: ENGINE_VERSION },
    ...checked,
    inputs,
    again,
  };
  await terminal.line(options.json ? JSON.stringify(found) : verificationLines(found).join("\n"));
  process.exitCode = VERIFICATION_EXIT[found.result];
}

async function checkInputs(
  { inputs }: VerifyOptions,
  tools: {
    readonly dossier: OpenDossier;
    readonly files: readonly FileCheckJson[];
    readonly terminal: Terminal;
  },
): Promise<InputCheckJson[] | null> {
  if (!inputs) return null;
  const { dossier, files, terminal } = tools;
  const { findInputs, MODEL_NAME, namedInputs } = await import("../verify-inputs.js");
  const isWhole = files.some(({ file, state }) => file === MODEL_NAME && state === "whole");
  if (!isWhole)
    terminal.warn(
      `${MODEL_NAME} is not whole, so only inputs that the manifest names are looked for`,
    );
  return await findInputs(await namedInputs(dossier, isWhole), inputs, terminal);
}

async function checkAnswer(
  { lake }: VerifyOptions,
  dossier: OpenDossier,
  terminal: Terminal,
): Promise<AgainJson | null> {
  if (lake === undefined) return null;
  // Loaded only here: checking files needs no engine.
  const { askAgain } = await import("../verify-again.js");
  return await askAgain(dossier, lake, terminal);
}
