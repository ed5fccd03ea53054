import assert from "node:assert/strict";
import { request } from "node:http";
import { test } from "node:test";
import { type PositionsPart, positionsReader } from "../../src/api/positions-code.js";
import { served } from "./served.js";

const server = served();
const DAY = "from=2019-01-23&to=2019-01-23";

async function parts(query: string): Promise<PositionsPart[]> {
  const response = await fetch(new URL(`/api/positions.bin?${query}`, server.url));
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "application/vnd.wheelsdown.positions");
  const reader = positionsReader();
  const found = reader.push(new Uint8Array(await response.arrayBuffer()));
  assert.ok(reader.isWhole());
  return found;
}

test("everything heard in an area and a period comes aircraft by aircraft, marked as simulated", async () => {
  const [head, ...rest] = await parts(`in=VE&near=500km&${DAY}`);
  assert.ok(head?.kind === "head" && head.simulated);
  assert.equal(head.fromMs, Date.parse("2019-01-23T00:00:00Z"));
  const end = rest.pop();
  const blocks = rest.filter((part) => part.kind === "aircraft");
  assert.equal(blocks.length, rest.length);
  assert.deepEqual(
    blocks.map(({ hex, registration }) => [hex, registration]),
    [
      ["140001", "RA-00001"],
      ["3c0001", "D-AAAA"],
      ["4ca7b3", "EI-DEO"],
    ],
  );
  for (const block of blocks) {
    assert.ok(block.simulated);
    assert.equal(block.heardCount, block.timeMs.length, "nothing is thinned");
    assert.ok(block.timeMs.every((timeMs) => timeMs < 86_400_000));
  }
  const sentCount = blocks.reduce((sum, { timeMs }) => sum + timeMs.length, 0);
  assert.ok(end?.kind === "end");
  assert.deepEqual(
    [end.sentCount, end.heardCount, end.aircraftCount, end.leftOutCount],
    [sentCount, sentCount, 3, 0],
  );
  const json = await server.json(`/api/positions?in=VE&near=500km&${DAY}`);
  assert.equal(json["positionCount"], sentCount);
  assert.equal((json["aircraft"] as unknown[]).length, 3);
  assert.equal(json["simulated"], true);
});

test("positions of the columns are those of the track", async () => {
  const box = "in=-70,5,-60,15";
  const blocks = (await parts(`${box}&${DAY}`)).filter((part) => part.kind === "aircraft");
  const block = blocks.find(({ hex }) => hex === "4ca7b3")!;
  const track = (await server.json(`/api/aircraft/4ca7b3/track?${DAY}`)) as unknown as {
    time: number[];
    lat: number[];
  };
  const latOf = new Map(track.time.map((timeS, i) => [timeS, track.lat[i]!]));
  const startS = Date.parse("2019-01-23T00:00:00Z") / 1000;
  assert.ok(block.timeMs.length > 10);
  for (const [i, timeMs] of block.timeMs.entries())
    assert.ok(Math.abs(latOf.get(startS + timeMs / 1000)! - block.latE6[i]! / 1e6) < 1e-5);
});

test("an area without anybody, across 180 degrees too, is an answer with nothing in it", async () => {
  for (const box of ["in=170,-10,-170,10", "in=100,80,110,85"]) {
    const [head, end, ...more] = await parts(`${box}&${DAY}`);
    assert.ok(head?.kind === "head" && end?.kind === "end", box);
    assert.deepEqual([end.heardCount, end.sentCount, more.length], [0, 0, 0]);
  }
});

test("what cannot be asked is refused with the parameter's name and what to write", async () => {
  const refused: readonly [string, RegExp][] = [
    ["", /"in": is missing/],
    ["in=", /"in"/],
    ["in=1,2,3", /"in"/],
    ["in=0,10,10,5", /"in"/],
    ["in=0,0,1e9,1", /"in"/],
    ["in=NaN,0,1,1", /"in"/],
    ["in=/etc/passwd", /"in"/],
    ["in=VE&max=0", /"max"/],
    ["in=VE&max=-1", /"max"/],
    ["in=VE&max=3000000", /"max"/],
    ["in=VE&max=1e6", /"max"/],
    ["in=VE&from=2019-01-01&to=2019-02-05", /"to": is more than 31 days/],
    ["in=VE&from=2019-01-25&to=2019-01-24", /from|to/],
    ["in=VE&hex=140001", /"hex": is not known/],
    ["in=VE&in=CU", /given twice/],
  ];
  for (const format of ["", ".bin"])
    for (const [query, words] of refused) {
      const { status, text } = await server.get(`/api/positions${format}?${query}`);
      assert.equal(status, 400, `${query}: ${text}`);
      assert.match((JSON.parse(text) as { detail: string }).detail, words, query);
    }
  assert.equal((await server.get("/api/positions.csv?in=VE")).status, 406);
});

test("who goes away in the middle leaves a server that answers", async () => {
  const url = new URL(`/api/positions.bin?in=-180,-90,180,90&${DAY}`, server.url);
  for (let i = 0; i < 5; i++)
    await new Promise<void>((resolve) => {
      const asking = request(url, (response) => {
        response.once("data", () => asking.destroy());
        response.on("error", () => undefined);
      });
      asking.on("error", () => undefined);
      asking.on("close", resolve);
      asking.end();
      if (i % 2 === 1) setTimeout(() => asking.destroy(), 5);
    });
  assert.equal((await server.get("/api/lake")).status, 200);
});
