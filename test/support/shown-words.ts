/** The words in a source file that a person may read: strings, templates and text between tags; not names or comments. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "vite";

/** Text of a source file, and where it stands. */
export interface ShownText {
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

/** Parts of the tree whose strings nobody reads: names of modules, and types. */
const UNREAD =
  /^(?:ImportDeclaration|ExportAllDeclaration|ImportExpression|TS(?!As|NonNull|Satisfies))/;

/** @returns files of a folder with these endings, subfolders included */
export function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => /\.tsx?$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/**
 * @returns every text, lines of one joined by a space
 * @throws Error for a file that is no TypeScript
 */
export function shownTexts(path: string): ShownText[] {
  const source = readFileSync(path, "utf8");
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`);
  const found: ShownText[] = [];
  const left: unknown[] = [program];
  while (left.length > 0) {
    const node = left.pop() as Record<string, unknown> | null;
    if (typeof node !== "object" || node === null) continue;
    if (Array.isArray(node)) {
      left.push(...node);
      continue;
    }
    const type = String(node["type"]);
    if (UNREAD.test(type)) continue;
    const text = textOf(type, node);
    if (text !== undefined) {
      const line = source.slice(0, Number(node["start"])).split("\n").length;
      found.push({ text: text.replace(/\s+/g, " "), line });
    }
    left.push(...Object.values(node));
  }
  return found.sort((a, b) => a.line - b.line);
}

function textOf(type: string, { value }: Record<string, unknown>): string | undefined {
  if ((type === "Literal" || type === "JSXText") && typeof value === "string") return value;
  if (type !== "TemplateElement") return undefined;
  return (value as { readonly cooked?: string }).cooked ?? undefined;
}
