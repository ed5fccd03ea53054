import assert from "node:assert/strict";
import { test } from "node:test";
import { served } from "./served.js";

const server = served();

/** A circle of so many corners. */
function corners(count: number): string {
  return Array.from({ length: count }, (_, i) => {
    const turn = (2 * Math.PI * i) / count;
    return `${(10 + Math.sin(turn)).toFixed(4)},${(20 + Math.cos(turn)).toFixed(4)}`;
  }).join("+");
}

/** What is asked, which status it gets, and what the answer says: the parameter and the cure. */
const WRONG: readonly (readonly [string, number, RegExp])[] = [
  ["/api/landings?from=x", 400, /"from".*write 2019-01-23/],
  ["/api/landings?from=2019-13-01", 400, /"from".*write 2019-01-23/],
  ["/api/landings?from=2019-02-01&to=2019-01-01", 400, /"to" 2019-01-01 is before "from"/],
  ["/api/landings?limit=0", 400, /"limit".*from 1 to 1000/],
  ["/api/landings?limit=1001", 400, /"limit".*from 1 to 1000/],
  ["/api/landings?limit=1e3", 400, /"limit".*whole number/],
  ["/api/landings?offset=-1", 400, /"offset".*whole number/],
  ["/api/landings?foo=1", 400, /"foo".*not known: this address takes in, near/],
  ["/api/landings?__proto__=1", 400, /"__proto__".*not known/],
  ["/api/landings?constructor=1", 400, /"constructor".*not known/],
  ["/api/landings?in=VE&in=CU", 400, /"in": is given twice: give it once/],
  ["/api/landings?hex=140001&hex=4ca7b3", 400, /"hex": is given twice.*commas/],
  ["/api/landings?in=Atlantis", 400, /"in": unknown area Atlantis; did you mean/],
  ["/api/landings?limit=1&in=Atlantis1", 400, /^parameter "in": unknown area Atlantis1/],
  ["/api/landings?in=/etc/passwd", 400, /"in".*write a country/],
  ["/api/landings?in=..%2F..%2Fx.geojson", 400, /"in".*write a country/],
  ["/api/landings?in=area.geojson", 400, /"in".*write a country/],
  ["/api/landings?in=a%E2%80%A8.json", 400, /"in".*write a country/],
  ["/api/landings?in=%7B%7D", 400, /"in".*write a country/],
  ["/api/landings?in=%00", 400, /"in": holds a control character: leave it out/],
  ["/api/landings?in=%ff", 400, /"in".*write %25/],
  ["/api/landings?in=91,0", 400, /"in": point 91,0: latitude comes first/],
  ["/api/landings?in=10,20,5,10", 400, /"in": box .*write west,south,east,north/],
  ["/api/landings?near=300km", 400, /"near" 300km needs "in"/],
  ["/api/landings?in=VE&within=5km", 400, /"within" goes with "near"/],
  ["/api/landings?near=SVMI&within=5", 400, /"within".*write 50km/],
  ["/api/landings?fleet=../x.csv", 400, /"fleet".*names of fleets/],
  ["/api/landings?fleet=nope", 400, /"fleet": no fleet "nope"/],
  ["/api/landings?aircraft=QQ-1", 400, /"aircraft": no aircraft "QQ-1".*give the address/],
  ["/api/landings?hex=12", 400, /"hex" 12 is no address: six hex digits/],
  ["/api/landings?state=Narnia", 400, /"state": no State "Narnia".*such as RU/],
  ["/api/landings?operator=zzz", 400, /"operator": no operator.*"callsign"/],
  ["/api/landings?type=TOOLONG", 400, /"type".*such as IL96/],
  ["/api/landings?callsign=%3Cb%3E", 400, /"callsign".*such as RSD\*/],
  ["/api/landings?military=yes", 400, /"military".*write 1/],
  ["/api/search", 400, /"q": is missing: write/],
  ["/api/search?q=", 400, /"q": is empty: write a word/],
  ["/api/coverage", 400, /"at": is missing: write an airport/],
  ["/api/coverage?at=VE", 400, /"at" VE is no airport.*write an airport such as SVMI/],
  ["/api/area", 400, /"in": is missing: write in=VE/],
  ["/api/area?in=VE&within-time=1h", 400, /"within-time": goes with "also"/],
  ["/api/area?in=VE&order=in-first", 400, /"order": goes with "also"/],
  ["/api/area?in=VE&also-near=5km", 400, /"also-near": goes with "also"/],
  ["/api/area?in=VE&also=CU&order=both", 400, /"order".*in-first or also-first/],
  ["/api/area?in=VE&also=CU&also-near=5", 400, /"also-near".*write 300km/],
  ["/api/area?in=1,1+9,9+1,9+9,1", 400, /"in": polygon from 1,1 on: crosses.*corners 1 and 3/],
  ["/api/area?in=VE&also=1,1+9,9+1,9+9,1", 400, /"also": polygon from 1,1 on: crosses/],
  ["/api/area?in=1,1+9,9", 400, /"in": polygon from 1,1 on: needs three different corners/],
  ["/api/area?in=1,1+9,9+NaN,1", 400, /"in": polygon from 1,1 on: corner 3 is no lat,lon/],
  ["/api/area?in=1,1+9,9+1e9,1", 400, /"in": polygon from 1,1 on: corner 3 is no lat,lon/],
  ["/api/area?in=1,1+9,181+1,9", 400, /"in": polygon.*corner 2 lies on no globe/],
  ["/api/area?in=1,1+2,2+3,3", 400, /"in": polygon.*has no inside/],
  ["/api/area?in=0,0+0,180+9,9", 400, /"in": polygon.*spans half the globe/],
  [`/api/area?in=${corners(101)}`, 400, /"in": polygon.*has 101 corners: write at most 100/],
  [`/api/area?in=${corners(400)}`, 400, /"in".*write a country/],
  ["/api/area?in=VE&altitude=low", 400, /"altitude".*write 1000\.\.5000/],
  ["/api/area?in=VE&altitude=..", 400, /"altitude" "\.\." is no range/],
  ["/api/area?in=VE&speed=300..100", 400, /"speed" "300\.\.100" is no range/],
  ["/api/area?in=VE&angle=0..361", 400, /"angle" "0\.\.361" is no range of directions/],
  ["/api/area?in=VE&also=CU&within-time=3x", 400, /"within-time".*write 12h/],
  ["/api/area?in=VE&also=Atlantis", 400, /"also": unknown area Atlantis/],
  ["/api/aircraft/140001/track?max=1", 400, /"max".*from 100 to 200000/],
  ["/api/aircraft/140001/journeys?max-stop=0", 400, /"max-stop".*from 1 to 8760/],
  ["/api/lake?x=1", 400, /"x": is not known: this address takes no parameters/],
  ["/api/airport/XXXX", 404, /^no airport "XXXX"; nearest/],
  ["/api/airport/XXXX/arrivals", 404, /^no airport "XXXX"/],
  ["/api/country/QQ", 404, /^"QQ" is no country.*such as VE/],
  ["/api/aircraft/zzz", 404, /^"zzz" is no address.*six hex digits/],
  ["/api/aircraft/140001/position", 400, /"at": is missing: write a UTC time/],
  ["/api/aircraft/140001/position?at=2019-13-99", 400, /"at": is no time: write/],
  ["/api/aircraft/140001/position?at=2001-01-01", 404, /no position of 140001 within a minute/],
  ["/api/aircraft/7c1234/track", 404, /no position of 7c1234.*the lake holds positions/],
  ["/api/gap/140001-1", 404, /^the lake has no gap "140001-1"/],
  ["/api/gap/nonsense", 404, /^"nonsense" is no name of a gap.*157713-1548248400/],
  ["/api/nothing", 404, /\/api\/openapi\.json lists all/],
  ["/api/nothing.json", 404, /\/api\/openapi\.json lists all/],
  ["/api", 404, /\/api\/openapi\.json lists all/],
  ["/api/lake/", 404, /\/api\/openapi\.json lists all/],
  ["/api/area.kml?in=VE", 406, /not to be had as \.kml: \.json, \.jsonl, \.csv, \.geojson/],
  ["/api/lake.csv", 406, /not to be had as \.csv: \.json/],
  ["/nowhere", 404, /no such page/],
  ["/aircraft", 404, /no such page/],
];

test("whatever is asked wrongly is told which parameter it is and what to write", async () => {
  for (const [path, status, says] of WRONG) {
    const got = await server.get(path);
    assert.equal(got.status, status, `${path}: ${got.text}`);
    const body = JSON.parse(got.text) as Record<string, unknown>;
    assert.deepEqual(Object.keys(body), ["schema", "status", "code", "detail"], path);
    assert.equal(body.schema, "wheelsdown/problem/1");
    assert.equal(body.status, status);
    assert.match(String(body.detail), says, path);
    // Words for people: no option of a command, no placeholder of a programmer, no stack.
    assert.doesNotMatch(got.text, /--[a-z]|\{[a-z]+\}|\n\s+at |node_modules/, path);
    assert.match(got.headers.get("content-type")!, /^application\/problem\+json/);
    assert.equal(got.headers.get("cache-control"), "no-store");
  }
});

test("a person who opens an address that is none gets words, a program JSON, and the API always JSON", async () => {
  const person = { accept: "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8" };
  for (const path of ["/nothing", "/aircraft", "/a/b/c"]) {
    const { status, headers, text } = await server.get(path, person);
    assert.equal(status, 404, path);
    assert.match(headers.get("content-type")!, /^text\/html/);
    assert.match(text, /^<!doctype html>/);
  }
  const asked = await server.get("/api/nothing", person);
  assert.match(asked.headers.get("content-type")!, /^application\/problem\+json/);
  const program = await server.get("/nothing", { accept: "*/*" });
  assert.match(program.headers.get("content-type")!, /^application\/problem\+json/);
});

test("an unbuilt page says so, at every address of the page", async () => {
  const pages = ["/", "/map", "/map?ac=1", "/search?q=x", "/area?in=VE", "/method"];
  for (const path of [...pages, "/aircraft/140001", "/airport/SVMI", "/country/VE", "/gap/x-1"]) {
    const { status, headers, text } = await server.get(path);
    assert.equal(status, 200, path);
    assert.match(headers.get("content-type")!, /^text\/html/);
    assert.equal(headers.get("cache-control"), "no-store");
    assert.match(text, /^<!doctype html>/);
  }
});

test("every answer keeps other sites out", async () => {
  for (const path of ["/", "/api/lake", "/api/nothing", "/api/basemap/world.json"]) {
    const { headers } = await server.get(path);
    const policy = headers.get("content-security-policy")!;
    assert.match(policy, /default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'/);
    assert.doesNotMatch(policy, /unsafe-eval|script-src[^;]*unsafe/);
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    assert.equal(headers.get("referrer-policy"), "no-referrer");
    assert.equal(headers.get("cross-origin-resource-policy"), "same-origin");
    assert.equal(headers.get("access-control-allow-origin"), null);
  }
});
