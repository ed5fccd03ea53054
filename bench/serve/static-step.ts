// The least a server can do: sends the first so many bytes of a file.
//
//   node dist/bench/serve/static-step.js FILE
//
// GET /BYTES answers with them. Its address is its only output.
import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream";

const [file = ""] = process.argv.slice(2);
const server = createServer((request, response) => {
  const byteCount = Number(request.url!.slice(1));
  response.setHeader("content-type", "application/json");
  response.setHeader("content-length", byteCount);
  if (byteCount === 0) response.end();
  else pipeline(createReadStream(file, { end: byteCount - 1 }), response, () => undefined);
});
server.listen(0, "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});
