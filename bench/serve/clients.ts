import { Agent, request } from "node:http";
import { setTimeout } from "node:timers/promises";
import { type RandomSource, seededRandom, seedOf } from "../../src/sim/random.js";

/** One answer: how long it took to arrive whole, how long it is, and its status. */
export interface Answered {
  readonly name: string;
  readonly tookMs: number;
  readonly byteCount: number;
  readonly status: number;
}

/** How clients ask. */
export interface AskingPlan {
  readonly origin: string;
  readonly clientCount: number;
  readonly lastMs: number;
  /** Each client pauses after an answer: this long on average, evenly between none and twice as much. */
  readonly pauseMs: number;
  /** @returns what a client asks next */
  next(random: RandomSource): { readonly name: string; readonly path: string };
}

/** Lets clients ask at the same time, each one question after the other. */
export async function askAll(plan: AskingPlan): Promise<Answered[]> {
  const all: Answered[] = [];
  const endMs = performance.now() + plan.lastMs;
  const ask = async (client: number) => {
    const random = seededRandom(seedOf(`client ${client}`));
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    // They do not begin in step.
    await setTimeout(random() * 2 * plan.pauseMs);
    while (performance.now() < endMs) {
      const { name, path } = plan.next(random);
      const startMs = performance.now();
      const { status, byteCount } = await get(new URL(path, plan.origin), agent);
      all.push({ name, tookMs: performance.now() - startMs, byteCount, status });
      await setTimeout(random() * 2 * plan.pauseMs);
    }
    agent.destroy();
  };
  await Promise.all(Array.from({ length: plan.clientCount }, (_, client) => ask(client)));
  return all;
}

async function get(url: URL, agent: Agent): Promise<{ status: number; byteCount: number }> {
  return await new Promise((resolve, reject) => {
    const asked = request(url, { agent }, (response) => {
      let byteCount = 0;
      response.on("data", (chunk: Buffer) => (byteCount += chunk.length));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, byteCount }));
      response.on("error", reject);
    });
    asked.on("error", (error: NodeJS.ErrnoException) => {
      // A server may close a connection that rests just as it is used again.
      if (error.code === "ECONNRESET" && asked.reusedSocket) resolve(get(url, agent));
      else reject(error);
    });
    asked.end();
  });
}
