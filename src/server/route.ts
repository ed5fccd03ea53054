import type { Format } from "./asking.js";
import { ENDPOINTS, type Endpoint } from "./endpoints.js";
import type { Values } from "./parameters.js";
import { RequestError } from "./problem.js";

const FORMATS: readonly Format[] = [
  ...(["json", "jsonl", "csv", "geojson", "kml", "czml", "gpx", "html", "zip", "bin"] as const),
];

/** What a path asks for. */
export interface Route {
  readonly endpoint: Endpoint;
  readonly names: Values;
  readonly format: Format;
}

const PATTERNS = ENDPOINTS.map((endpoint) => ({ endpoint, parts: endpoint.path.split("/") }));

/**
 * Cuts a path into its parts, decoded.
 *
 * @throws RequestError 400 for what no address of ours looks like: a broken percent sign, a control character, a slash
 *   or a backslash in disguise, "..", two slashes in a row
 */
export function pathParts(path: string): string[] {
  const parts = path.split("/").map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      throw strange();
    }
  });
  const isStrange = parts.some(
    (part, at) =>
      part === "." ||
      part === ".." ||
      // oxlint-disable-next-line no-control-regex -- these are what is looked for
      /[/\\\u0000-\u001f\u007f]/.test(part) ||
      (part === "" && at > 0 && at < parts.length - 1),
  );
  if (isStrange || parts[0] !== "") throw strange();
  return parts;
}

function strange(): RequestError {
  return new RequestError(
    400,
    "usage",
    "the path is none of ours: write it plainly, as /api/openapi.json lists them",
  );
}

/** Finds the endpoint of a path. @throws RequestError 404, or 406 for a format that it does not have */
export function routeOf(parts: readonly string[]): Route {
  const last = parts.at(-1)!;
  const dot = last.lastIndexOf(".");
  const ending = FORMATS.find((format) => last.slice(dot + 1) === format && dot > 0);
  const plain = ending ? [...parts.slice(0, -1), last.slice(0, dot)] : parts;
  for (const { endpoint, parts: pattern } of PATTERNS) {
    const names = matched(pattern, plain);
    if (!names) continue;
    const format = ending ?? "json";
    if (!endpoint.formats.includes(format)) throw noFormat(endpoint, format);
    return { endpoint, names, format };
  }
  throw new RequestError(
    404,
    "not-found",
    "there is no such address; /api/openapi.json lists all of them",
  );
}

function noFormat({ formats }: Endpoint, format: Format): RequestError {
  const there = formats.map((one) => `.${one}`).join(", ");
  return new RequestError(
    406,
    "no-such-format",
    `this answer is not to be had as .${format}: ${there}`,
  );
}

function matched(pattern: readonly string[], parts: readonly string[]): Values | undefined {
  if (pattern.length !== parts.length) return undefined;
  const names: Record<string, string> = {};
  for (const [at, part] of parts.entries()) {
    const wanted = pattern[at]!;
    if (!wanted.startsWith("{")) {
      if (wanted !== part) return undefined;
    } else if (part === "" || part.length > NAME_MAX) return undefined;
    else names[wanted.slice(1, -1)] = part;
  }
  return names;
}

/** No ident, address or id is longer. */
const NAME_MAX = 60;
