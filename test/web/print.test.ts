import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browserOf, skip, until } from "./browser.js";
import { startFakeServer } from "./fake-server.js";
import { TRACK } from "./fixture.js";

let server: Awaited<ReturnType<typeof startFakeServer>>;
const withPage = browserOf(() => server.origin);

before(async () => {
  if (skip === false) server = await startFakeServer();
});

after(async () => {
  if (skip === false) await server.stop();
});

const ANSWERED = `document.querySelector("h1") && !document.querySelector(".waiting")`;
const MAP_READY = `document.querySelector(".canvas")?.dataset.ready === "yes"`;

/** What would be cut off on paper: whatever is higher than the place it has. */
const CUT = `[...document.querySelectorAll("html, body, #app, main, .panel, .map, .dock")]
  .filter((each) => getComputedStyle(each).overflowY !== "visible" || each.scrollHeight > each.offsetHeight + 1)
  .map((each) => each.className || each.tagName)`;
const COLOUR = `getComputedStyle(document.body).backgroundColor`;

test("paper shows all that the screen would scroll to, dark on white, without what only a hand can use", {
  skip,
}, async () => {
  await withPage({ scheme: "dark" }, async (page) => {
    for (const path of [
      "/aircraft/1403c0?gfx=lite",
      `/gap/${TRACK.gaps[0]!.id}?gfx=lite`,
      "/method",
    ]) {
      await page.goto(`${server.origin}${path}`);
      await until(page, ANSWERED);
      if (path !== "/method") await until(page, MAP_READY);
      assert.notEqual(await page.evaluate(COLOUR), "rgb(255, 255, 255)");
      await page.emulateMedia({ media: "print" });
      assert.equal(await page.evaluate(COLOUR), "rgb(255, 255, 255)", path);
      assert.deepEqual(await page.evaluate(CUT), [], path);
      for (const name of [".top", ".controls", ".legend-toggle", "main input[type=range]"])
        assert.equal(await page.locator(name).filter({ visible: true }).count(), 0, name);
      assert.ok(await page.locator(".simulated").isVisible());
      await page.emulateMedia({ media: null });
    }
  });
});
