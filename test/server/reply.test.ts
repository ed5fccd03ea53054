import assert from "node:assert/strict";
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { sendText } from "../../src/server/reply.js";
import { turns } from "../../src/server/turns.js";

interface Sent {
  pieces: number;
  isEnded: boolean;
}

/** A text without an end, which counts how much of it was made. */
async function* endless(sent: Sent): AsyncGenerator<string> {
  try {
    for (;;) {
      sent.pieces++;
      yield "x".repeat(1 << 18);
    }
  } finally {
    sent.isEnded = true;
  }
}

/** Asks a server that answers without an end. @returns the connection, which reads nothing yet, and the answer */
async function askEndless(
  sent: Sent,
  slowMs: number,
): Promise<{ socket: Socket; done: Promise<void>; close: () => void }> {
  let whenAsked: (response: ServerResponse) => void;
  const asked = new Promise<ServerResponse>((resolve) => (whenAsked = resolve));
  const server = createServer((_request, response) => whenAsked(response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.pause();
  socket.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
  const response = await asked;
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  const text = { type: "text/plain", text: endless(sent) };
  const done = sendText(response, text, { signal: gone.signal, slowMs });
  return { socket, done, close: () => server.close() };
}

test("a reader that takes nothing is waited for and then cut off, and no more is made for it", async () => {
  const sent: Sent = { pieces: 0, isEnded: false };
  const { socket, done, close } = await askEndless(sent, 400);
  await done;
  assert.equal(sent.isEnded, true, "what makes the answer is stopped");
  // What the system's own buffers hold, and one piece.
  assert.ok(sent.pieces < 100, `${sent.pieces} pieces were made`);
  socket.destroy();
  close();
});

test("when the reader goes, the answer stops at once", async () => {
  const sent: Sent = { pieces: 0, isEnded: false };
  const { socket, done, close } = await askEndless(sent, 60_000);
  socket.resume();
  await wait(50);
  socket.destroy();
  await done;
  assert.equal(sent.isEnded, true);
  close();
});

test("a text is cut into pieces without harm to characters of two halves", async () => {
  const whole = `${"a".repeat(65_535)}😀${"b".repeat(65_534)}😀😀é`;
  const server = createServer((_request, response) => {
    void sendText(
      response,
      { type: "text/plain; charset=utf-8", text: whole },
      { signal: new AbortController().signal },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  assert.equal(await (await fetch(`http://127.0.0.1:${port}`)).text(), whole);
  server.closeAllConnections();
  server.close();
});

test("few run at once, some wait in order, the rest is sent away with a word when to come", async () => {
  const never = new AbortController().signal;
  const gate = turns({ running: 1, waiting: 2 });
  const order: string[] = [];
  const end = await gate.take(never);
  const second = gate.take(never).then((done) => (order.push("second"), done));
  const leaving = new AbortController();
  const third = gate.take(leaving.signal);
  await assert.rejects(gate.take(never), (error: Error & { status?: number; headers?: object }) => {
    assert.equal(error.status, 503);
    assert.deepEqual(error.headers, { "retry-after": "5" });
    return /1 questions are being answered and 2 wait: ask again/.test(error.message);
  });
  leaving.abort();
  await assert.rejects(third, /nobody waits/);
  const fourth = gate.take(never).then((done) => (order.push("fourth"), done));
  end();
  end();
  (await second)();
  (await fourth)();
  assert.deepEqual(order, ["second", "fourth"]);
  (await gate.take(never))();
});
