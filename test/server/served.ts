import assert from "node:assert/strict";
import { after, before } from "node:test";
import { type RunningServer, startServer } from "../../src/server/serve.js";
import { runWell, temporaryFolder } from "../cli/run.js";
import { landingTrace, put } from "../cli/trace.js";

export const DAY_MS = 86_400_000;
const JANUARY_23_MS = Date.UTC(2019, 0, 23);

/** An answer with what its headers say. */
export interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A server over a small SIMULATED lake, for the tests of one file. */
export interface ServedFixture {
  readonly url: string;
  readonly port: number;
  /** Notes of the server, bugs among them. */
  readonly notes: readonly string[];
  readonly lake: string;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Got>;
  /** An answer that must be one. */
  json(path: string): Promise<Record<string, unknown>>;
}

/** Three aircraft land at Maiquetía on 2019-01-23, one of them again a day later: a gap of a day lies between. */
export function served(): ServedFixture {
  const folder = temporaryFolder();
  const notes: string[] = [];
  let server: RunningServer;
  before(async () => {
    const all = [
      { hex: "4ca7b3", registration: "EI-DEO" },
      { hex: "140001", registration: "RA-00001", callsign: "RSD1", type: "IL96" },
      { hex: "140001", registration: "RA-00001", type: "IL96", dayMs: JANUARY_23_MS + DAY_MS },
      { hex: "3c0001", registration: "D-AAAA", callsign: "<b>&\"'" },
    ];
    for (const [index, options] of all.entries())
      put(folder, `in/${index}.json`, landingTrace({ ...options, simulated: true }));
    await runWell(["ingest", "in", "--lake", "lake", "--licence", "CC0-1.0"], { cwd: folder });
    const lake = `${folder}/lake`;
    server = await startServer({ lake, port: 0, onNote: (text) => notes.push(text) });
  });
  after(async () => {
    await server.close();
    assert.deepEqual(
      notes.filter((text) => text.includes("bug of wheelsdown")),
      [],
    );
  });
  const get = async (path: string, headers: Readonly<Record<string, string>> = {}) => {
    const response = await fetch(new URL(path, server.url), { headers });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return {
    get url() {
      return server.url;
    },
    get port() {
      return server.port;
    },
    get lake() {
      return `${folder}/lake`;
    },
    notes,
    get,
    async json(path) {
      const { status, text } = await get(path);
      assert.equal(status, 200, `${path}: ${text}`);
      return JSON.parse(text) as Record<string, unknown>;
    },
  };
}
