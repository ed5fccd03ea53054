import type { Address } from "../aircraft/address.js";
import { parseHttpUrl } from "../io/http-client.js";
import { WheelsdownError } from "../units/errors.js";
import { traceFolder } from "./asked.js";

/** What a template may hold. */
const NAMES = ["hex", "hex2", "yyyy", "mm", "dd"] as const;
/** What it has to hold: without them several questions would get one file. */
const NEEDED = ["hex", "yyyy", "mm", "dd"] as const;

/** Where a site keeps the trace of an aircraft and a day. */
export interface UrlTemplate {
  readonly text: string;
  /** Host and port, as a folder may be called. */
  readonly source: string;
}

/** @throws WheelsdownError "usage", saying what a template looks like */
export function parseUrlTemplate(text: string): UrlTemplate {
  const names = [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name = ""]) => name);
  const unknown = names.find((name) => !NAMES.some((known) => known === name));
  const missing = NEEDED.find((name) => !names.includes(name));
  if (unknown !== undefined || missing !== undefined) {
    const what =
      unknown === undefined ? `without {${missing}}` : `with {${unknown}}, which is not known`;
    throw new WheelsdownError(
      "usage",
      `an address ${what}; write it such as 'https://example.org/globe_history/{yyyy}/{mm}/{dd}/traces/{hex2}/trace_full_{hex}.json'`,
    );
  }
  const { host } = parseHttpUrl(text.replace(/[{}]/g, ""), "the address");
  return { text, source: host.replace(/[^\w.-]/g, "_") };
}

export function fillTemplate({ text }: UrlTemplate, day: string, address: Address): string {
  const [yyyy = "", mm = "", dd = ""] = day.split("-");
  const values = { hex: address, hex2: traceFolder(address), yyyy, mm, dd };
  return text.replace(/\{(\w+)\}/g, (_, name: string) => values[name as keyof typeof values]);
}
