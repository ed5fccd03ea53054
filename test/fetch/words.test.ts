import assert from "node:assert/strict";
import { test } from "node:test";
import { type Address, parseAddress } from "../../src/aircraft/address.js";
import { nextAssetName, parsePreferred } from "../../src/fetch/adsblol.js";
import { covers, FolderSet, joinAsked, tracePath } from "../../src/fetch/asked.js";
import { parseDays } from "../../src/fetch/day-range.js";
import { parseDayRecord } from "../../src/fetch/day-record.js";
import { fillTemplate, parseUrlTemplate } from "../../src/fetch/url-template.js";

function address(text: string): Address {
  return parseAddress(text)!;
}

test("days are one or a range with both its ends", () => {
  assert.deepEqual(parseDays("2024-02-28..2024-03-01"), ["2024-02-28", "2024-02-29", "2024-03-01"]);
  assert.deepEqual(parseDays("2025-12-31"), ["2025-12-31"]);
  assert.equal(parseDays("2025-12-30..2026-01-02").length, 4);
  for (const text of [
    "",
    "2025-02-30",
    "2025-10",
    "2025-10-02..2025-10-01",
    "2025-10-01..2025-10-02..2025-10-03",
    "2025-10-01T00:00Z",
    "2000-01-01..2025-01-01",
  ])
    assert.throws(() => parseDays(text), { code: "usage" }, text);
});

test("a trace lies under the last two digits of its address", () => {
  assert.equal(
    tracePath("2025-10-01", address("154078")),
    "2025/10/01/traces/78/trace_full_154078.json",
  );
  assert.match(
    tracePath("2025-10-01", address("~2a3b4c")),
    /traces\/4c\/trace_full_~2a3b4c\.json$/,
  );
});

test("what is asked for adds up", () => {
  const [one, two] = [[address("154078")], [address("140001")]];
  assert.deepEqual(joinAsked(one, two), ["140001", "154078"]);
  assert.equal(joinAsked(one, "all"), "all");
  assert.ok(covers("all", one) && covers(one, one) && covers(one, []));
  assert.ok(!covers(one, "all") && !covers(one, two));
});

test("folders are counted once, and kept as text", () => {
  const folders = new FolderSet();
  for (const hex of ["154078", "a00078", "~00ff01"]) folders.add(address(hex));
  assert.equal(folders.count, 2);
  const again = new FolderSet(folders.toString());
  again.add(address("400001"));
  assert.equal(again.count, 2);
  again.add(address("400002"));
  assert.equal(again.count, 3);
});

test("the part after aa is ab, after az is ba, and one file has no next", () => {
  assert.equal(nextAssetName("x.tar.aa"), "x.tar.ab");
  assert.equal(nextAssetName("x.tar.az"), "x.tar.ba");
  assert.equal(nextAssetName("x.tar.zz"), undefined);
  assert.equal(nextAssetName("x.tar"), undefined);
});

test("the archive's list of preferred releases is read by names, and odd lines are passed over", () => {
  const tag = "v2025.08.19-planes-readsb-staging-0";
  const url = (name: string) => `https://example.org/r/releases/download/${tag}/${name}`;
  const text = [
    `${url(`${tag}.tar.ab`)},${url(`${tag}.tar.aa`)}`,
    "",
    "not a line",
    `https://example.org/download/v2025.08.18-x/../../etc/passwd`,
    `${url("other.tar")}`,
  ].join("\n");
  const releases = parsePreferred(text, "globe_history_2025");
  assert.deepEqual([...releases.keys()], ["2025-08-19"]);
  assert.deepEqual(releases.get("2025-08-19"), {
    repository: "globe_history_2025",
    tag,
    assets: [{ name: `${tag}.tar.aa` }, { name: `${tag}.tar.ab` }],
    isListed: true,
  });
});

test("a template is filled, and one that gives every day the same file is refused", () => {
  const template = parseUrlTemplate("https://a.example:81/{yyyy}/{mm}/{dd}/{hex2}/{hex}.json");
  assert.equal(template.source, "a.example_81");
  assert.equal(
    fillTemplate(template, "2025-10-01", address("154078")),
    "https://a.example:81/2025/10/01/78/154078.json",
  );
  for (const text of [
    "https://a.example/{hex}.json",
    "https://a.example/{yyyy}{mm}{dd}",
    "https://a.example/{yyyy}{mm}{dd}{hex}{reg}",
    "file:///{yyyy}{mm}{dd}{hex}",
  ])
    assert.throws(() => parseUrlTemplate(text), { code: "usage" }, text);
});

test("a record that is not ours counts for nothing", () => {
  for (const text of ["", "{}", "[1]", '{"schema":"wheelsdown/fetched-day/1"}'])
    assert.equal(parseDayRecord(text), undefined);
});
