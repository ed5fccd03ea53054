import assert from "node:assert/strict";
import { test } from "node:test";
import { ANSWERED, MAP_READY, pageOfFixedAnswers, skip, until } from "./browser.js";
import { TRACK } from "./fixture.js";

const { withPage, urlOf } = pageOfFixedAnswers();

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
      await page.goto(urlOf(path));
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
