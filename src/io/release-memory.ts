import { MessageChannel } from "node:worker_threads";

/** What is smaller may lie in memory that Node deals out to many, in pieces of `Buffer.poolSize`, and is soon collected. */
const RELEASED_BYTES_MIN = 2 * Buffer.poolSize;

const { port1: sink, port2: other } = new MessageChannel();
// What is posted to nobody is dropped, and its memory with it. Until the closing has come through it would be kept.
let isClosed = false;
sink.once("close", () => {
  isClosed = true;
});
other.close();
sink.unref();

/**
 * Gives memory back at once, instead of when the collector learns of it: it waits for a hundred megabytes outside its heap,
 * and until then each piece is new memory that the system has to map and clear. Whatever looks into it is empty afterwards.
 *
 * @param memories each given once; small ones are left to the collector, and all in the first moments of a thread
 */
export function releaseMemory(memories: Iterable<ArrayBufferLike>): void {
  if (!isClosed) return;
  for (const memory of memories) {
    if (memory instanceof ArrayBuffer && memory.byteLength >= RELEASED_BYTES_MIN)
      sink.postMessage(undefined, [memory]);
  }
}
