// What a picture editor would send back: words over words, and things that jump.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ANSWERS } from "./answers.js";
import { ANSWERED, pageOfFixedAnswers, skip, until } from "./browser.js";

const { withPage, urlOf } = pageOfFixedAnswers();

/** Pairs of words in a drawing that lie over each other; half a pixel is rounding. */
const OVERLAPPING = `[...document.querySelectorAll("main svg")].flatMap((svg) => {
  const boxes = [...svg.querySelectorAll("text")].map((each) => [each.textContent, each.getBoundingClientRect()]);
  return boxes.flatMap(([a, p], i) => boxes.slice(i + 1).flatMap(([b, q]) =>
    p.left < q.right - 0.5 && q.left < p.right - 0.5 && p.top < q.bottom - 0.5 && q.top < p.bottom - 0.5
      ? [svg.getAttribute("class") + ": " + a + " over " + b] : []));
})`;

test("in charts and diagrams no words lie over others, on any width of screen", {
  skip,
}, async () => {
  for (const width of [390, 1024, 1440])
    await withPage({ width }, async (page) => {
      for (const path of ["/", "/aircraft/1403c0?gfx=lite", "/airport/GOBD?gfx=lite", "/method"]) {
        await page.goto(urlOf(path));
        await until(page, ANSWERED);
        await page.evaluate(
          `document.querySelectorAll("main details").forEach((each) => { each.open = true; })`,
        );
        await until(page, `document.querySelector("main svg text")`);
        assert.deepEqual(await page.evaluate(OVERLAPPING), [], `${path} at ${width}`);
      }
    });
});

test("a field for the time makes the dock no higher", { skip }, async () => {
  await withPage({ width: 1440 }, async (page) => {
    await page.goto(urlOf("/aircraft/1403c0?gfx=lite"));
    await until(page, `document.querySelector("[data-state]")`);
    const height = `document.querySelector(".dock").offsetHeight`;
    const shown = await page.evaluate(height);
    await page.keyboard.press("t");
    await until(page, `document.querySelector(".typed input")`);
    assert.equal(await page.evaluate(height), shown);
  });
});

test("a lake with nothing in it says so, and shows no empty calendar, table or list", {
  skip,
}, async () => {
  await withPage({}, async (page) => {
    const lake = { ...(ANSWERS["/api/lake"] as object), positionCount: 0, days: [] };
    await page.route("**/api/lake", (route) => route.fulfill({ json: lake }));
    await page.route("**/api/landings*", (route) =>
      route.fulfill({ json: { ...(ANSWERS["/api/landings"] as object), items: [] } }),
    );
    await page.goto(urlOf("/"));
    await until(page, ANSWERED);
    assert.match((await page.textContent("main")) ?? "", /It is empty.*wheelsdown ingest/);
    assert.equal(await page.locator("main svg.calendar, main table, .examples").count(), 0);
    await page.goto(urlOf("/method"));
    await until(page, ANSWERED);
    assert.equal(await page.locator("main svg.calendar").count(), 0);
  });
});
