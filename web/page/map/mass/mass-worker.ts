/** A thread that asks for positions and lays them out, so that the page's own thread never waits for them. */

import {
  type PositionsBlock,
  type PositionsEnd,
  type PositionsHead,
  positionsReader,
} from "../../../../src/api/positions-code.js";
import { buffersOf, buildMass, type Mass } from "./mass.js";

/** What the thread is told. */
export interface MassWish {
  /** Whole address. */
  readonly url: string;
  /** Addresses of aircraft that are drawn otherwise. */
  readonly omit: readonly string[];
}

/** What it answers: how far it is, and then one of the others. */
export type MassAnswer =
  | { readonly kind: "progress"; readonly positionCount: number }
  | {
      readonly kind: "ready";
      readonly mass: Mass;
      readonly head: PositionsHead;
      readonly end: PositionsEnd;
    }
  | { readonly kind: "failed"; readonly detail: string };

/** Of a worker's own scope, which the page's types do not know. */
const port = globalThis as unknown as {
  postMessage(message: MassAnswer, transfer?: Transferable[]): void;
  addEventListener(type: "message", listen: (event: MessageEvent<MassWish>) => void): void;
};

/** chosen: often enough to show that something comes */
const PROGRESS_EVERY_MS = 200;

port.addEventListener("message", ({ data: wish }) => {
  answer(wish).catch((error: unknown) => {
    port.postMessage({
      kind: "failed",
      detail: error instanceof Error ? error.message : String(error),
    });
  });
});

async function answer({ url, omit }: MassWish): Promise<void> {
  const response = await fetch(url);
  if (!response.ok || !response.body) {
    const problem = (await response.json().catch(() => ({}))) as { detail?: string };
    throw new Error(problem.detail ?? `the server answered ${response.status}`);
  }
  const reader = positionsReader();
  const blocks: PositionsBlock[] = [];
  let head: PositionsHead | undefined;
  let end: PositionsEnd | undefined;
  let positionCount = 0;
  let toldMs = 0;
  const stream = response.body.getReader();
  for (;;) {
    const { done, value } = await stream.read();
    if (done) break;
    for (const part of reader.push(value)) {
      if (part.kind === "head") head = part;
      else if (part.kind === "end") end = part;
      else {
        blocks.push(part);
        positionCount += part.timeMs.length;
      }
    }
    if (performance.now() - toldMs < PROGRESS_EVERY_MS) continue;
    toldMs = performance.now();
    port.postMessage({ kind: "progress", positionCount });
  }
  if (!head || !end || !reader.isWhole()) throw new Error("the answer broke off before its end");
  const mass = buildMass(blocks, omit);
  port.postMessage({ kind: "ready", mass, head, end }, buffersOf(mass));
}
