import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  readCamera,
  readView,
  type View,
  withParams,
  writeCamera,
  writeView,
} from "../../web/page/url.js";

function read(address: string): View | undefined {
  const [path = "", query = ""] = address.split("?");
  return readView(path, query);
}

test("an address reads as it was written, whatever its parameters hold", () => {
  const screens = fc.constantFrom("gap" as const, "airport" as const, "country" as const);
  const params = fc.dictionary(
    fc.constantFrom(
      ...["from", "to", "t", "sel", "v", "theme", "gfx", "in", "unheard-of", "also", "also-near"],
      ...["within-time", "order", "altitude", "speed", "angle", "sort", "show", "draft"],
    ),
    fc.string({ minLength: 1, maxLength: 12 }),
  );
  fc.assert(
    fc.property(
      screens,
      fc.string({ minLength: 1, maxLength: 8 }),
      params,
      (screen, id, values) => {
        fc.pre(values["theme"] !== "system" && id !== "." && id !== "..");
        const view: View = { screen, id, params: { ...values } };
        assert.deepEqual(read(writeView(view)), view);
      },
    ),
    { seed: 1944 },
  );
});

test("a registration in the place of an address is looked for", () => {
  assert.deepEqual(read("/aircraft/RA-96019?from=2019-01-23"), {
    screen: "search",
    id: "",
    params: { from: "2019-01-23", q: "RA-96019" },
  });
  assert.equal(read("/aircraft/~2AB01C")?.screen, "aircraft");
});

test("addresses are written for people: times and lists without escapes, defaults left out, order fixed", () => {
  const params = {
    t: "2019-01-23T09:12Z",
    proj: "mercator",
    from: "2019-01-22",
    in: "VE,CO",
    x: "1",
  };
  assert.equal(
    writeView({ screen: "aircraft", id: "1403c0", params }),
    "/aircraft/1403c0?in=VE,CO&from=2019-01-22&t=2019-01-23T09:12Z&x=1",
  );
});

test("a path that names no screen is no view, and screens without a thing to show have none", () => {
  for (const path of ["/nothing", "/aircraft", "/aircraft/1403c0/more", "/search/VE", "/gap/"])
    assert.equal(readView(path, ""), undefined, path);
  assert.deepEqual(readView("/", ""), { screen: "start", id: "", params: {} });
});

test("an escape that means nothing is taken as it is", () => {
  assert.equal(readView("/airport/%E0%A4%A", "")?.id, "%E0%A4%A");
});

test("changing parameters takes away those that become empty and keeps the others", () => {
  const view: View = { screen: "search", id: "", params: { in: "VE", near: "300km" } };
  assert.deepEqual(withParams(view, { near: "", to: "2019-01-01" }).params, {
    in: "VE",
    to: "2019-01-01",
  });
});

test("a camera survives its address to within a pixel, and nonsense is no camera", () => {
  const zooms = fc.double({ min: 0, max: 15, noNaN: true });
  const lats = fc.double({ min: -85, max: 85, noNaN: true });
  const lons = fc.double({ min: -200, max: 200, noNaN: true });
  fc.assert(
    fc.property(lons, lats, zooms, (lonDeg, latDeg, zoom) => {
      const back = readCamera(writeCamera({ lonDeg, latDeg, zoom }))!;
      const pixelsPerDeg = (512 * 2 ** zoom) / 360;
      assert.ok(Math.abs(back.lonDeg - lonDeg) * pixelsPerDeg < 8);
      assert.ok(Math.abs(back.zoom - zoom) < 0.01);
    }),
    { seed: 1944 },
  );
  for (const text of [undefined, "", "1,2", "1,,3", "1,91,3", "a,b,c", "0,0,99"])
    assert.equal(readCamera(text), undefined, String(text));
});
