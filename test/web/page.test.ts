import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { ANSWERED, brokenRules, MAP_READY, pageOfFixedAnswers, skip, until } from "./browser.js";
import { TRACK } from "./fixture.js";

/** chosen: a picture is made within a few seconds; crowded machines take longer */
const WAIT_MS = 30_000;
const GAP = TRACK.gaps[0]!.id;

const { withPage, urlOf } = pageOfFixedAnswers();

const SCREENS = [
  "/",
  "/aircraft/1403c0",
  "/search?in=VE",
  "/airport/GOBD",
  `/gap/${GAP}`,
  "/country/SN",
  "/method",
] as const;

for (const scheme of ["light", "dark"] as const) {
  for (const path of SCREENS) {
    test(`${path} in ${scheme} asks no other server, logs no error and keeps axe's rules`, {
      skip,
    }, async () => {
      await withPage({ scheme }, async (page) => {
        await page.goto(urlOf(path));
        await until(page, ANSWERED);
        if (path !== "/" && path !== "/method") await until(page, MAP_READY);
        assert.equal(await page.evaluate("document.documentElement.dataset.theme"), scheme);
        assert.match((await page.textContent("body")) ?? "", /SIMULATED/);
        assert.deepEqual(await brokenRules(page), []);
      });
    });
  }
}

test("on a small screen nothing is wider than the screen, and only its parts scroll", {
  skip,
}, async () => {
  await withPage({ width: 390 }, async (page) => {
    for (const path of SCREENS) {
      await page.goto(urlOf(path));
      await until(page, ANSWERED);
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 390, path);
      const wide = `[...document.querySelectorAll("main, .panel")].filter((each) => each.scrollWidth > each.clientWidth).length`;
      assert.equal(await page.evaluate(wide), 0, path);
      const isHigh = "document.documentElement.scrollHeight > innerHeight";
      assert.equal(await page.evaluate(isHigh), false, `${path} scrolls as a whole`);
    }
  });
});

test("what is withheld stands on the first screen, beside the method and with an aircraft's name", {
  skip,
}, async () => {
  await withPage({}, async (page) => {
    for (const path of ["/", "/method", "/aircraft/1403c0?gfx=lite"]) {
      await page.goto(urlOf(path));
      await until(page, ANSWERED);
      const said = /Positions and movements after 2019-01-24T00:00:00Z are younger than 24 h/;
      assert.match((await page.textContent("main")) ?? "", said, path);
    }
    assert.match((await page.textContent("header.head")) ?? "", /withheld/);
  });
});

test("in the middle of a gap the position is unknown, in words, and an area says where it can be", {
  skip,
}, async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf("/aircraft/1403c0?t=2019-01-23T02:30Z&gfx=lite"));
    await until(page, MAP_READY);
    await until(page, `document.querySelector("[data-state]")`);
    assert.match(
      (await page.textContent("[data-state]")) ?? "",
      /^Position unknown\. Last heard 01:00Z, next 04:00Z/,
    );
    assert.match(
      (await page.getAttribute("input[type=range]", "aria-valuetext")) ?? "",
      /Position unknown/,
    );
    await until(page, `document.querySelector(".canvas").dataset.lens === "1"`);
    await page.fill("input[type=range]", String(Date.parse("2019-01-23T00:30:00Z")));
    assert.match((await page.textContent("[data-state]")) ?? "", /^Received\. 34,000 ft · 450 kt/);
    await until(page, `document.querySelector(".canvas").dataset.lens === "0"`);
    await until(page, `location.search.includes("t=2019-01-23T00:30Z")`);
  });
});

test("a position is shown with both altitudes and its row, in the address and by key", {
  skip,
}, async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf("/aircraft/1403c0?t=2019-01-23T00:30Z"));
    await until(page, `document.querySelector("[data-state]")`);
    await page.click("[data-state] button");
    await until(page, `document.querySelector(".point-card dl")`);
    const card = (await page.textContent(".point-card")) ?? "";
    assert.match(card, /2019-01-23 00:30Z.*SIMULATED/);
    assert.match(card, /Pressure altitude \(1013\.25 hPa\)34,000 ft/);
    assert.match(card, /Geometric altitude \(WGS 84\)34,125 ft/);
    assert.match(card, /trace_full_1403c0\.json, row 30/);
    assert.match(card, /NIC 8(?!,)/);
    await until(page, `location.search.includes("sel=point:2019-01-23T00:30Z")`);
    assert.deepEqual(await brokenRules(page), []);
    await page.keyboard.press("Escape");
    await until(page, `!document.querySelector(".point-card")`);
    await page.keyboard.press("v");
    await until(page, `document.querySelector(".point-card")`);
  });
});

test("an exact time can be typed, and what is no time of the period is refused in words", {
  skip,
}, async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf("/aircraft/1403c0"));
    await until(page, `document.querySelector("[data-state]")`);
    await page.keyboard.press("t");
    await until(page, `document.activeElement.getAttribute("aria-label") === "Time, UTC"`);
    await page.keyboard.insertText("2020-01-01");
    await page.keyboard.press("Enter");
    await until(
      page,
      `/^Shown is 2019-01-22/.test(document.querySelector(".typed [role=alert]")?.textContent)`,
    );
    await page.fill(".typed input", "00:30:15");
    await page.keyboard.press("Enter");
    await until(page, `/00:30:15Z/.test(document.querySelector(".clock .now")?.textContent)`);
    await until(page, `location.search.includes("t=2019-01-23T00:30:15Z")`);
  });
});

test("the map stands alone for a picture, with source, boundaries and the mark of simulated data, and is saved as one", {
  skip,
}, async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf("/aircraft/1403c0?gfx=lite&alt=..20000"));
    await until(page, MAP_READY);
    await until(page, `document.querySelector("[data-state]")`);
    await page.keyboard.press("p");
    await until(
      page,
      `document.querySelector(".caption") && !document.querySelector(".dock") && !document.querySelector(".top").checkVisibility()`,
    );
    await until(page, `location.search.includes("shot=1")`);
    await until(page, `/licence: not stated/.test(document.querySelector(".caption").textContent)`);
    const body = (await page.textContent("main")) ?? "";
    assert.match(body, /RA-00960 \(1403c0\) SIMULATED/);
    assert.match(body, /Boundaries: Natural Earth/);
    assert.match(body, /Drawn only: positions up to 20,000 ft/);
    assert.deepEqual(await brokenRules(page), []);
    const download = page.waitForEvent("download", { timeout: WAIT_MS });
    await page.evaluate(`document.querySelector(".picture-tools button").click()`);
    const file = await download;
    assert.equal(file.suggestedFilename(), "wheelsdown-aircraft-1403c0.png");
    const bytes = readFileSync(await file.path());
    assert.equal(bytes.subarray(1, 4).toString(), "PNG");
    // As wide as the screen, and higher than the map alone by its caption.
    assert.equal(bytes.readUInt32BE(16), 960);
    const mapHeight = Number(await page.evaluate(`document.querySelector(".canvas").clientHeight`));
    assert.ok(bytes.readUInt32BE(20) > mapHeight + 60);
    await page.keyboard.press("Escape");
    await until(page, `document.querySelector(".dock") && !location.search.includes("shot")`);
  });
});

test("the way back leads through the screens as they were", { skip }, async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf("/search?in=VE"));
    await until(page, ANSWERED);
    await page.click("table.movements a[href^='/aircraft/']");
    await until(
      page,
      `location.pathname === "/aircraft/1403c0" && document.querySelector(".gap-link")`,
    );
    await page.click(".gap-link");
    await until(page, `location.pathname.startsWith("/gap/")`);
    await page.goBack();
    await until(
      page,
      `location.pathname === "/aircraft/1403c0" && document.querySelector("[data-finding]")`,
    );
    assert.match((await page.textContent("[data-finding]")) ?? "", /UUWW – GOBD/);
    await page.goBack();
    await until(
      page,
      `location.pathname === "/search" && document.querySelector("input[name=in]")?.value === "VE"`,
    );
  });
});

test("words that mean one thing lead there, and the way back does not lead to them again", {
  skip,
}, async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf("/method"));
    await until(page, ANSWERED);
    await page.keyboard.press("/");
    await page.keyboard.insertText("RA-00960");
    await page.keyboard.press("Enter");
    await until(page, `location.pathname === "/aircraft/1403c0"`);
    await page.goBack();
    await until(page, `location.pathname === "/method"`);
  });
});

test("scrubbing leaves no trail in the history", { skip }, async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf("/aircraft/1403c0"));
    await until(page, `document.querySelector("input[type=range]")`);
    const length = await page.evaluate("history.length");
    for (let minute = 0; minute < 50; minute += 10)
      await page.fill(
        "input[type=range]",
        String(Date.parse("2019-01-23T00:00:00Z") + minute * 60_000),
      );
    await until(page, `location.search.includes("t=")`);
    assert.equal(await page.evaluate("history.length"), length);
  });
});

test("a pasted tar1090 link, and one whose host was changed, show the same aircraft and moment", {
  skip,
}, async () => {
  await withPage({}, async (page) => {
    const link = "?icao=1403C0&showTrace=2019-01-23&timestamp=1548207000";
    await page.goto(urlOf("/"));
    await until(page, ANSWERED);
    await page.keyboard.press("/");
    await page.keyboard.insertText(`https://globe.adsbexchange.com/${link}`);
    await page.keyboard.press("Enter");
    await until(
      page,
      `location.pathname === "/aircraft/1403c0" && document.querySelector("[data-state]")`,
    );
    assert.match((await page.textContent(".clock .now")) ?? "", /01:30Z/);
    await page.goto(urlOf(`/${link}`));
    await until(
      page,
      `location.pathname === "/aircraft/1403c0" && document.querySelector("[data-state]")`,
    );
    assert.match((await page.textContent(".clock .now")) ?? "", /01:30Z/);
  });
});

test("single keys do what the list of keys says, until they are turned off", { skip }, async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf("/aircraft/1403c0"));
    await until(page, `document.querySelector("[data-state]")`);
    await page.keyboard.press(".");
    assert.match((await page.textContent(".clock .now")) ?? "", /01:00Z/);
    await page.keyboard.press("b");
    assert.equal(await page.evaluate("document.documentElement.dataset.theme"), "dark");
    await page.keyboard.press("?");
    await until(page, `document.querySelector("dialog").open`);
    await page.click("dialog input[type=checkbox]");
    await page.click("dialog button");
    await page.keyboard.press("b");
    assert.equal(await page.evaluate("document.documentElement.dataset.theme"), "dark");
  });
});

/** Text of the line that says what is drawn of others. */
async function othersText(page: Page): Promise<string> {
  return (await page.textContent("[data-traffic]")) ?? "";
}

test("others are drawn when the legend's switch is on, and the page says how many, of when and that it is simulated", {
  skip,
}, async () => {
  await withPage({}, async (page) => {
    await page.goto(urlOf("/aircraft/1403c0?gfx=lite&t=2019-01-23T00:40Z"));
    await until(page, MAP_READY);
    assert.equal(await page.getAttribute(".canvas", "data-others"), "0");
    await page.check(".traffic input");
    await until(page, `location.search.includes("layers=traffic")`);
    await until(page, `document.querySelector(".canvas").dataset.others === "600"`);
    // The aircraft of the screen is drawn with its gaps and is no other.
    assert.match(await othersText(page), /^600 positions of 2 aircraft, 23 Jan 2019 00:00Z to /);
    assert.match(await othersText(page), /thinned from 4,500, ends of lines kept/);
    assert.match((await page.textContent(".traffic label")) ?? "", /Others heard.*SIMULATED/);
    await page.click(".traffic summary");
    assert.equal(await page.getAttribute(".others a", "href"), "/aircraft/4ca7b3");
    assert.deepEqual(await brokenRules(page), []);
    await page.uncheck(".traffic input");
    await until(page, `!location.search.includes("layers=")`);
    await until(page, `document.querySelector(".canvas").dataset.others === "0"`);
  });
});

test("who is pointed at on the map is named, with a link", { skip }, async () => {
  await withPage({}, async (page) => {
    // The map's middle is where 4ca7b3 is on its way; the country has no clock, so all of it is drawn.
    await page.goto(urlOf("/country/SN?layers=traffic&gfx=lite&v=23,51.5,6"));
    await until(page, `document.querySelector(".canvas")?.dataset.others === "900"`);
    const box = (await (await page.$(".canvas"))!.boundingBox())!;
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await until(page, `document.querySelector(".traffic-card.pinned")`);
    const card = (await page.textContent(".traffic-card")) ?? "";
    assert.match(card, /EI-DEO.*4ca7b3.*SIMULATED.*23 Jan 2019.*35,000 ft/);
    assert.equal(await page.getAttribute(".traffic-card a", "href"), "/aircraft/4ca7b3");
  });
});

test("a server that refuses is quoted, and an address that names nothing says so", {
  skip,
}, async () => {
  await withPage({ expected: /404/ }, async (page) => {
    await page.goto(urlOf("/aircraft/ffffff"));
    await until(page, `document.querySelector("[role=alert]")`);
    assert.match((await page.textContent("[role=alert]")) ?? "", /ffffff/);
    await page.goto(urlOf("/nowhere/at/all"));
    await until(page, `document.querySelector("h1")?.textContent === "There is no such page"`);
  });
});
