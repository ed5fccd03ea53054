import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { served } from "../server/served.js";
import { brokenRules, browserOf, MAP_READY, skip, until } from "./browser.js";

const server = served();
const origin = () => server.url.replace(/\/$/, "");
const withPage = browserOf(origin);

/** Around the airport where all three aircraft of the lake land. */
const AREA = "in=10,-68+10,-66+11,-66+11,-68";
const ANSWERED = `document.querySelector("[data-finding]") && !document.querySelector(".waiting")`;

async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${origin()}${path}`);
}

async function params(page: Page): Promise<URLSearchParams> {
  return new URLSearchParams(String(await page.evaluate("location.search")));
}

for (const scheme of ["light", "dark"] as const)
  test(`areas in ${scheme} keep axe's rules, asked and not asked, and mark what is simulated`, {
    skip,
  }, async () => {
    await withPage({ scheme }, async (page) => {
      await open(page, "/area");
      await until(page, `document.querySelector("form.question")`);
      await until(page, `document.body.textContent.includes("SIMULATED")`);
      assert.deepEqual(await brokenRules(page), []);
      await open(page, `/area?${AREA}&also=SVMI&also-near=30km`);
      await until(page, ANSWERED);
      await until(page, `document.querySelector(".day-chart")`);
      await page.click(".day-chart summary");
      assert.deepEqual(await brokenRules(page), []);
    });
  });

test("an area of the address is answered as visits, as aircraft, by day and as a command", {
  skip,
}, async () => {
  await withPage({}, async (page) => {
    await open(page, `/area?${AREA}&state=RU`);
    await until(page, ANSWERED);
    assert.match(
      (await page.textContent("[data-finding]")) ?? "",
      /^1 aircraft was heard in area A/,
    );
    assert.equal(await page.locator(".visits tbody tr").count(), 2);
    assert.match(
      (await page.getAttribute(".day-chart svg[role=img]", "aria-label")) ?? "",
      /2019-01-23 to 2019-01-24: something on 2 of 2/,
    );
    assert.equal(
      await page.textContent(".command code"),
      "wheelsdown area --in '10,-68 10,-66 11,-66 11,-68' --state RU --lake LAKE",
    );
    const csv = await page.getAttribute(".exports a[href*='.csv']", "href");
    const file = await server.get(csv!);
    assert.equal(file.text.trimEnd().split("\r\n").length, 1 + 2);
    await page.click(".tabs a:last-child");
    await until(page, `document.querySelectorAll(".visits tbody tr").length === 1`);
    assert.equal((await params(page)).get("show"), "aircraft");
    await page.goBack();
    await until(page, `document.querySelectorAll(".visits tbody tr").length === 2`);
  });
});

test("heads sort the table both ways, and the address says how", { skip }, async () => {
  await withPage({}, async (page) => {
    await open(page, `/area?${AREA}`);
    await until(page, ANSWERED);
    const first = async () => (await page.textContent(".visits tbody tr:first-child")) ?? "";
    assert.match(await first(), /2019-01-23/);
    await page.click(".visits th a >> text=Inside");
    await until(page, `location.search.includes("sort=-time")`);
    assert.match(await first(), /2019-01-24/);
    assert.equal(await page.getAttribute(".visits th:first-child", "aria-sort"), "descending");
    await page.click(".visits th a >> text=Aircraft");
    await until(page, `location.search.includes("sort=aircraft")`);
    assert.match(await first(), /D-AAAA/);
  });
});

test("a hand draws a rectangle, drags a corner of it, asks, and goes the same way back", {
  skip,
}, async () => {
  await withPage({}, async (page) => {
    await open(page, "/area?v=-67,10.5,7&gfx=lite");
    await until(page, MAP_READY);
    await page.click("text=Rectangle");
    await until(page, `document.querySelector(".canvas").dataset.sketch === "drawing"`);
    const map = (await page.locator(".map").boundingBox())!;
    const at = (x: number, y: number) => [map.x + map.width * x, map.y + map.height * y] as const;
    await page.mouse.click(...at(0.2, 0.2));
    await until(page, `document.querySelector(".sketching").textContent.includes("1 so far")`);
    await page.mouse.click(...at(0.8, 0.7));
    await until(page, `location.search.includes("draft=1")`);
    const drawn = (await params(page)).get("in")!.split(",").map(Number);
    assert.equal(drawn.length, 4);
    assert.ok(drawn[0]! < drawn[2]! && drawn[1]! < drawn[3]!);
    assert.match((await page.textContent(".unasked")) ?? "", /Not asked yet/);
    await until(page, `document.querySelector(".canvas").dataset.areas === "2"`);
    await page.waitForTimeout(1500);
    await page.mouse.move(...at(0.8, 0.7));
    await page.mouse.down();
    await page.mouse.move(...at(0.9, 0.8), { steps: 4 });
    await page.mouse.up();
    await until(page, `!location.search.includes("in=${drawn.join(",")}")`);
    const dragged = (await params(page)).get("in")!.split(",").map(Number);
    assert.deepEqual([dragged[0], dragged[3]], [drawn[0], drawn[3]], "the other corner stays");
    assert.ok(dragged[2]! > drawn[2]! && dragged[1]! < drawn[1]!);
    await page.click("button.primary");
    await until(page, ANSWERED);
    assert.equal((await params(page)).get("draft"), null);
    await page.goBack();
    await until(page, `document.querySelector(".unasked")`);
    await page.goBack();
    await until(page, `document.querySelector("input[name='in word']").value === ""`);
  });
});

test("an area is written, refused, corrected and answered by keyboard alone", {
  skip,
}, async () => {
  // Browsers log a refusal.
  await withPage({ expected: /status of 400/ }, async (page) => {
    await open(page, "/area");
    await until(page, `document.querySelector("input[name='in word']")`);
    await page.focus("input[name='in word']");
    await page.keyboard.type("10,-68 11,-66 10,-66 11,-68");
    await page.keyboard.press("Enter");
    await until(page, `document.querySelector("[role=alert]")`);
    assert.match((await page.textContent("[role=alert]")) ?? "", /crosses or touches itself/);
    await page.fill("input[name='in word']", "10.6,-67");
    await page.keyboard.press("Tab");
    await page.keyboard.type("30km");
    await page.keyboard.press("Enter");
    await until(page, ANSWERED);
    assert.match((await page.textContent("[data-finding]")) ?? "", /^3 aircraft were heard/);
    const asked = await params(page);
    assert.deepEqual([asked.get("in"), asked.get("near")], ["10.6,-67", "30km"]);
  });
});

test("a question that runs can be stopped, and what broke off is not taken for whole", {
  skip,
}, async () => {
  await withPage({}, async (page) => {
    const { text } = await server.get(`/api/area.jsonl?${AREA}`);
    const lines = text.trimEnd().split("\n");
    let isHeld = true;
    await page.route("**/api/area.jsonl*", async (route) => {
      // No answer while it is held; then all but the end.
      if (!isHeld) await route.fulfill({ body: `${lines.slice(0, -1).join("\n")}\n` });
    });
    await open(page, `/area?${AREA}`);
    await until(page, `document.querySelector(".progress .waiting")`);
    await page.click("text=Cancel");
    await until(page, `document.querySelector(".progress [role=status]")`);
    assert.match((await page.textContent(".progress")) ?? "", /Stopped before its end.*not all/);
    isHeld = false;
    await page.click("text=Ask again");
    await until(page, `document.querySelector("[role=alert]")`);
    assert.match((await page.textContent("[role=alert]")) ?? "", /broke off.*not all/);
    assert.match((await page.textContent("[data-finding]")) ?? "", /^So far 3 aircraft were heard/);
  });
});

test("questions are kept only when the reader says so, and forgotten when the reader says so", {
  skip,
}, async () => {
  await withPage({}, async (page) => {
    const kept = async () =>
      page.evaluate(
        `Object.keys(localStorage).filter((key) => key.startsWith("questions")).sort()`,
      );
    await open(page, `/area?${AREA}`);
    await until(page, ANSWERED);
    assert.deepEqual(await kept(), []);
    await page.fill(".name-question input", "Maiquetía in January");
    await page.keyboard.press("Enter");
    await until(page, `document.querySelector(".name-question [role=status]").textContent !== ""`);
    assert.deepEqual(await kept(), ["questions-named"]);
    await open(page, "/");
    await until(page, `document.querySelector(".remember")`);
    await page.click(".remember input");
    await page.click(".saved a");
    await until(page, ANSWERED);
    // It is kept after the answer was painted, which on a busy machine is later than the answer can be read.
    await until(page, `localStorage.getItem("questions-recent") !== null`);
    assert.deepEqual(await kept(), ["questions-named", "questions-recent", "questions-remember"]);
    await open(page, "/");
    await until(page, `document.querySelectorAll(".saved a").length === 2`);
    assert.match(
      (await page.textContent("#saved ~ ul:last-of-type")) ?? "",
      /polygon of 4 corners/,
    );
    await page.click(".remember input");
    await page.click(".saved button");
    await until(page, `document.querySelectorAll(".saved a").length === 0`);
    assert.deepEqual(await kept(), []);
  });
});

test("on a small screen the area search is no wider than the screen", { skip }, async () => {
  await withPage({ width: 390 }, async (page) => {
    for (const path of ["/area", `/area?${AREA}&also=SVMI`, `/area?${AREA}&show=aircraft`]) {
      await open(page, path);
      await until(page, `document.querySelector("form.question")`);
      if (path !== "/area") await until(page, ANSWERED);
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 390, path);
      const wide = `[...document.querySelectorAll("main, .panel")].filter((each) => each.scrollWidth > each.clientWidth).length`;
      assert.equal(await page.evaluate(wide), 0, path);
    }
  });
});
