import assert from "node:assert/strict";
import { test } from "node:test";
import { viewOfLink } from "../../web/page/import-link.js";

test("a tar1090 link gives the same aircraft, hours and moment", () => {
  const link =
    "https://globe.adsbexchange.com/?icao=1403c0&showTrace=2019-01-23&leg=2&startTime=08:31:30&endTime=12:00&timestamp=1548236400&lat=14.5&lon=-17&zoom=8.1";
  assert.deepEqual(viewOfLink(link), {
    screen: "aircraft",
    id: "1403c0",
    params: {
      from: "2019-01-23T08:31Z",
      to: "2019-01-23T12:00Z",
      t: "2019-01-23T09:40Z",
      v: "-17,14.5,8.1",
    },
  });
});

test("parameters may be in any case, and more aircraft stand beside the first", () => {
  const view = viewOfLink("adsb.lol/?ICAO=15ABCD,3c6444&SHOWTRACE=2026-03-14");
  assert.equal(view?.id, "15abcd");
  assert.equal(view?.params["with"], "3c6444");
  assert.equal(view?.params["to"], "2026-03-14T23:59Z");
});

test("a replay is a day and a moment", () => {
  const view = viewOfLink("https://adsb.fi/?icao=3c6444&replay=2026-03-14-9:05");
  assert.equal(view?.params["from"], "2026-03-14T00:00Z");
  assert.equal(view?.params["t"], "2026-03-14T09:05Z");
});

test("a Flightradar24 link has no address, so its registration or callsign is searched", () => {
  assert.deepEqual(viewOfLink("https://www.flightradar24.com/data/aircraft/ra-96019"), {
    screen: "search",
    id: "",
    params: { q: "RA-96019" },
  });
  assert.equal(viewOfLink("https://www.flightradar24.com/AFL123/2f00aa")?.params["q"], "AFL123");
  assert.equal(viewOfLink("https://www.flightradar24.com/data/airports/svo")?.params["q"], "SVO");
});

test("what is no such link is left to the search", () => {
  for (const text of [
    "RA-96019",
    "1403c0",
    "Moscow",
    "",
    "https://example.org/",
    "https://x.org/?icao=zzz",
  ])
    assert.equal(viewOfLink(text), undefined, text);
});

test("a date that does not exist gives no period", () => {
  assert.deepEqual(viewOfLink("https://adsb.lol/?icao=3c6444&showTrace=2026-02-30")?.params, {});
});
