import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { listedAirports } from "../../src/place/airport-rows.js";
import { distanceToArea, isInside, parseArea } from "../../src/place/area.js";
import { distanceToCountryM } from "../../src/place/distance.js";
import { packAirports, packedAirports } from "../../src/place/packed-airports.js";
import { hashOfTable, openSharedAirports } from "../../src/reference/airport-cache.js";
import {
  loadReference,
  loadSharedAirports,
  type Reference,
} from "../../src/reference/reference.js";

let folder = "";
let reference: Reference;
const codesAt = (latDeg: number, lonDeg: number) =>
  reference.countries.at(latDeg, lonDeg).map(({ code }) => code);
const zone = (ident: string) => reference.airports.timeZoneOf(airport(ident));
const airport = (code: string) => {
  const found = reference.airports.find(code);
  assert.ok(found, `${code} is in the table`);
  return found;
};

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "wheelsdown-reference-"));
  reference = await loadReference({ cacheDir: folder });
});
after(() => rm(folder, { recursive: true, force: true }));

test("every airport of the first investigation is found, Khartoum by its former ident", () => {
  const idents =
    "UUWW UUBW UUMU UUEE SVMI SVPA SVBC SVVA MUHA MUSA MUGM MUVR GOBD GOOY SGAS TNCC TNCA MKJP OSLK OSDI UKFF " +
    "FACT LLBG UUDD SBGR OIIE EDDB 88NV KPBI RU-0764 RU-0152 HL59";
  for (const ident of idents.split(" ")) assert.equal(airport(ident).ident, ident);
  assert.equal(airport("HSSS").ident, "HSSK");
  assert.equal(airport("URFF").ident, "UKFF");
  assert.equal(airport("ccs").ident, "SVMI");
  assert.equal(reference.airports.find("no such place"), undefined);
});

test("the airports of the first investigation lie where aeronautical publications put them", () => {
  const places: readonly (readonly [string, number, number])[] = [
    ["SVMI", 10.6031, -66.9906],
    ["MUHA", 22.9892, -82.4091],
    ["GOBD", 14.67, -17.0667],
    ["SGAS", -25.24, -57.52],
    ["UUWW", 55.5917, 37.2615],
    ["SVPA", 5.62, -67.6061],
  ];
  for (const [ident, latDeg, lonDeg] of places) {
    const found = reference.airports.near({ latDeg, lonDeg }, { radiusM: 2_000, limit: 5 });
    assert.ok(
      found.some((each) => each.ident === ident),
      ident,
    );
  }
});

test("advertising and withdrawn rows are out, balloon ports too", () => {
  for (const ident of ["BD-0044", "CSVS", "XCBA", "BR-3255", "MY-0046", "US-5102"])
    assert.equal(reference.airports.find(ident), undefined, ident);
  assert.ok(!reference.airports.airports.some(({ name }) => /duplicate|ok365/i.test(name)));
});

test("ZZZZ, which stands for no indicator, is no airport's code", () => {
  assert.equal(reference.airports.find("ZZZZ"), undefined);
  assert.equal(reference.airports.find("RJX7")?.ident, "JP-3600");
});

test("an elevation of nought is unknown where nobody confirms it, and kept where somebody does", () => {
  assert.ok(Number.isNaN(airport("RU-0152").elevationFt));
  assert.equal(airport("UUBW").elevationFt, 404);
  assert.equal(airport("SVMI").elevationFt, 234);
  assert.ok(reference.airports.airports.some(({ elevationFt }) => elevationFt === 0));
  assert.ok(airport("EHAM").elevationFt < 0);
});

test("runways carry both thresholds and true directions, or a direction from their number alone", () => {
  const vnukovo = airport("UUWW").runways.flatMap(({ ends }) => ends);
  assert.ok(vnukovo.every((end) => Number.isFinite(end.headingDeg)));
  const [runway] = airport("SVMI").runways;
  assert.ok(Math.abs(runway!.ends[0].headingDeg - 76) < 2);
  const [zhukovsky] = airport("UUBW").runways;
  assert.ok(Number.isNaN(zhukovsky!.ends[0].latDeg));
  // Painted 12; the variation near Moscow is 10 to 12 degrees east.
  assert.ok(Math.abs(zhukovsky!.ends[0].headingDeg - 131) <= 5);
});

test("the two ends of every runway point in opposite directions", () => {
  for (const { ident, latDeg, runways } of reference.airports.airports) {
    // At the South Pole the two ends look along meridians 70 degrees apart.
    if (Math.abs(latDeg) > 89) continue;
    for (const { ends } of runways) {
      const turn = Math.abs(ends[0].headingDeg - ends[1].headingDeg);
      if (Number.isFinite(turn)) assert.ok(Math.abs(turn - 180) <= 2.5, `${ident} ${turn}`);
    }
  }
});

test("air bases are marked, a town called Bam is not", () => {
  for (const ident of ["UUMU", "MUSA", "KADW", "RU-0764", "OSLK", "EGVN"])
    assert.equal(airport(ident).military, true, ident);
  for (const ident of ["UUWW", "SVMI", "OIKM", "EDDB"])
    assert.equal(airport(ident).military, false, ident);
});

test("time zones follow the country where it has one and the place where it has several", () => {
  assert.equal(zone("SVMI"), "America/Caracas");
  assert.equal(zone("GOBD"), "Africa/Dakar");
  assert.equal(zone("UUWW"), "Europe/Moscow");
  assert.equal(zone("UHMA"), "Asia/Anadyr");
  assert.equal(zone("NFFN"), "Pacific/Fiji");
});

test("near sees across 180 degrees and over the pole", () => {
  const { airports } = reference;
  const idents = (latDeg: number, lonDeg: number, radiusM: number) =>
    airports.near({ latDeg, lonDeg }, { radiusM, limit: 50 }).map(({ ident }) => ident);
  // Taveuni (179.9 W) and Labasa (179.3 E) lie on either side.
  for (const lonDeg of [179.99, -179.99]) {
    const found = idents(-16.6, lonDeg, 120_000);
    assert.ok(found.includes("NFNM") && found.includes("NFNL"), found.join());
  }
  assert.ok(idents(-90, 100, 5_000).includes("NZSP"));
  assert.equal(idents(0, 0, 30_000_000).length, 50);
  assert.deepEqual(idents(Number.NaN, 0, 5_000), []);
  const fixedWing = airports.near(airport("KPBI"), {
    radiusM: 30_000,
    limit: 10,
    accept: ({ kind }) => kind !== "heliport" && kind !== "closed",
  });
  assert.equal(fixedWing[0]!.ident, "KPBI");
  assert.ok(fixedWing.every(({ kind }) => kind !== "heliport"));
});

test("a misspelt code or half a name leads to the airport", () => {
  const { airports } = reference;
  assert.ok(airports.suggest("SVMII").some(({ ident }) => ident === "SVMI"));
  assert.ok(airports.search("maiquetia").some(({ ident }) => ident === "SVMI"));
  assert.equal(airports.search("havana")[0]!.ident, "MUHA");
  assert.deepEqual(airports.search("  "), []);
});

test("countries hold their islands, territories and the airports either side of 180 degrees", () => {
  assert.deepEqual(codesAt(11.8072, -66.1796), ["VE"]);
  assert.deepEqual(codesAt(11.9449, -66.6694), ["VE"]);
  assert.deepEqual(codesAt(-17.7554, 177.443), ["FJ"]);
  assert.deepEqual(codesAt(-16.6906, -179.8769), ["FJ"]);
  assert.deepEqual(codesAt(64.7349, 177.741), ["RU"]);
  assert.deepEqual(codesAt(66.3, -172), ["RU"]);
  assert.deepEqual(codesAt(19.9065, -75.2071), ["CU"]);
  assert.deepEqual(codesAt(12.1889, -68.9598), ["CW", "NL"]);
  assert.deepEqual(codesAt(-90, 0), ["AQ"]);
  assert.deepEqual(codesAt(90, 0), []);
  assert.deepEqual(codesAt(30, -40), []);
});

test("a place two States claim is disputed; a territory and its State are not", () => {
  assert.deepEqual(codesAt(45.0522, 33.9751), ["UA", "RU"]);
  assert.equal(reference.countries.isDisputed(45.0522, 33.9751), true);
  assert.equal(reference.countries.isDisputed(12.1889, -68.9598), false);
});

test("land and territorial sea are told apart", () => {
  assert.equal(reference.countries.onLand(10.5, -66.9)?.code, "VE");
  assert.deepEqual(codesAt(10.75, -66.9), ["VE"]);
  assert.equal(reference.countries.onLand(10.75, -66.9), undefined);
  assert.equal(reference.countries.onLand(45.0522, 33.9751)?.code, "UA");
  assert.equal(reference.countries.onLand(30, -40), undefined);
});

test("country names are understood in the ways people write them", () => {
  const { countries } = reference;
  const written = { Venezuela: "VE", VEN: "VE", ve: "VE", UK: "GB", Curaçao: "CW", Curacao: "CW" };
  for (const [text, code] of Object.entries(written))
    assert.equal(countries.suggestCode(text), code);
  assert.equal(countries.suggestCode("Venezuala"), undefined);
  assert.equal(countries.similar("Venezuala", 3)[0]!.code, "VE");
  assert.equal(countries.name("VE"), "Venezuela");
  assert.ok(countries.codes().includes("BQ") && countries.codes().includes("SX"));
});

test("distances to a country end at its nearest land, islands and far side of 180 degrees included", () => {
  const { countries } = reference;
  const km = (code: string, latDeg: number, lonDeg: number) =>
    distanceToCountryM(countries, code, latDeg, lonDeg).distanceM / 1000;
  // Aruba's south-eastern point lies about 27 km from Paraguaná, its airport 33 km.
  const aruba = km("VE", 12.412, -69.874);
  assert.ok(aruba > 24 && aruba < 30, `${aruba}`);
  // Curaçao's western point to Paraguaná's coast, about 65 to 80 km.
  const curacao = km("VE", 12.1889, -68.9598);
  assert.ok(curacao > 60 && curacao < 82, `${curacao}`);
  assert.equal(km("VE", 10.5, -66.9), 0);
  assert.equal(km("UA", 45.0522, 33.9751), 0);
  assert.equal(km("RU", 45.0522, 33.9751), 0);
  // Big Diomede is Russian and 4 km from Little Diomede; Chukotka lies beyond 180 degrees from Anadyr.
  assert.ok(km("RU", 65.755, -168.92) < 10);
  assert.ok(km("FJ", -16.7, -179.5) < 45);
  assert.ok(Math.abs(km("GL", 90, 0) - 708) < 12, "Kaffeklubben Island is 713 km from the pole");
  assert.ok(Number.isNaN(km("XX", 0, 0)) && Number.isNaN(km("VE", Number.NaN, 0)));
});

test("a land border is called one, with the larger uncertainty", () => {
  // Cúcuta, Colombia, 6 km from the Venezuelan border.
  const found = distanceToCountryM(reference.countries, "VE", 7.9275, -72.5115);
  assert.equal(found.boundary, "land-border");
  assert.equal(found.uncertaintyM, 5_000);
  assert.ok(found.distanceM < 15_000);
});

test("areas say what they took a word for, and how far it is in words", () => {
  const { airports, countries } = reference;
  const names = { airports, countries };
  const venezuela = parseArea("VE", names);
  assert.equal(venezuela.label, "Venezuela (country VE)");
  assert.ok(isInside(venezuela, 10.6, -66.99) && !isInside(venezuela, 12.5, -70));
  const { statement } = distanceToArea(venezuela, 12.5014, -70.0152);
  assert.match(
    statement,
    /^about 3\d km from the coast of Venezuela \(Natural Earth 1:10m, \+-1 km\)$/,
  );
  assert.match(distanceToArea(venezuela, 10.6, -66.99).statement, /^inside Venezuela/);
  const crimea = distanceToArea(parseArea("Ukraine", names), 45.0522, 33.9751);
  assert.match(crimea.statement, /claimed by Russia too/);
  assert.equal(parseArea("VEN", names).kind, "country");
  assert.equal(parseArea("GIG", names).label.includes("SBGL"), true);
});

test("the second load reads the cache and gives the same tables and figures", async () => {
  const messages: string[] = [];
  const again = await loadReference({
    cacheDir: folder,
    onProgress: (text) => messages.push(text),
  });
  assert.deepEqual(messages, []);
  assert.equal(again.sha256, reference.sha256);
  assert.deepEqual(again.provenance, reference.provenance);
  assert.equal(again.airports.airports.length, reference.airports.airports.length);
});

test("building again gives the same bytes, and the figure is that of the table's text", async () => {
  const [name] = await readdir(folder);
  const path = join(folder, name!);
  const bytes = await readFile(path);
  const again = await loadReference({ cacheDir: folder, rebuild: true });
  assert.ok(bytes.equals(await readFile(path)));
  assert.equal(again.sha256, reference.sha256);
  const [older, newer, table] = again.provenance;
  assert.equal(table!.name, "wheelsdown airport table");
  const { airports } = again.airports;
  assert.equal(table!.sha256, hashOfTable({ airports, sources: [older!, newer!] }));
  const [first, ...others] = airports;
  const moved = [{ ...first!, latDeg: first!.latDeg + 1e-6 }, ...others];
  assert.notEqual(table!.sha256, hashOfTable({ airports: moved, sources: [older!, newer!] }));
  assert.deepEqual(
    (await readdir(folder)).filter((one) => !one.endsWith(".whole")),
    [name],
  );
});

test("a cache that is cut short is built again", async () => {
  const [name] = await readdir(folder);
  const path = join(folder, name!);
  const whole = await readFile(path);
  await writeFile(path, whole.subarray(0, whole.length / 2));
  const messages: string[] = [];
  const again = await loadReference({
    cacheDir: folder,
    onProgress: (text) => messages.push(text),
  });
  assert.ok(messages.some((message) => message.startsWith("building")));
  assert.equal(again.sha256, reference.sha256);
  assert.equal((await readFile(path)).length, whole.length);
});

test("a cache with one byte changed is built again", async () => {
  const [name] = await readdir(folder);
  const path = join(folder, name!);
  const whole = await readFile(path);
  const changed = Buffer.from(whole);
  changed[whole.length - 9]! ^= 1;
  await writeFile(path, changed);
  assert.equal((await loadReference({ cacheDir: folder })).sha256, reference.sha256);
  assert.ok(whole.equals(await readFile(path)));
});

test("a cache that was found whole is read where it is needed, until anything touches it", async () => {
  const [name] = await readdir(folder);
  const path = join(folder, name!);
  const hourAgo = new Date(Date.now() - 3_600_000);
  // A file of just now is not noted as whole, and nothing but waiting makes its last change old.
  await utimes(path, hourAgo, hourAgo);
  await setTimeout(2_100);
  await rm(`${path}.whole`, { force: true });
  await loadReference({ cacheDir: folder });
  assert.ok((await readdir(folder)).includes(`${name}.whole`));

  const messages: string[] = [];
  const load = () => loadReference({ cacheDir: folder, onProgress: (text) => messages.push(text) });
  const { airports } = await load();
  const all = reference.airports.airports;
  for (let i = 0; i < all.length; i += 97) assert.deepEqual(airports.find(all[i]!.ident), all[i]);
  assert.deepEqual(airports.airports, all);
  assert.ok(
    (await readFile(path)).equals(Buffer.from(await loadSharedAirports({ cacheDir: folder }))),
  );
  assert.equal(messages.length, 0);

  const opened = await load();
  const changed = await readFile(path);
  changed[changed.length >> 1]! ^= 1;
  await writeFile(path, changed);
  assert.throws(() => opened.airports.find("EHAM"), { code: "io-failed" });
  // The time of the last write says that nothing happened.
  await utimes(path, hourAgo, hourAgo);
  assert.deepEqual((await load()).airports.find("EHAM"), reference.airports.find("EHAM"));
  assert.ok(messages.some((message) => message.startsWith("building")));
});

test("a cache folder that cannot be made leaves everything working, with one warning", async () => {
  const file = join(folder, "no-folder");
  await writeFile(file, "");
  const messages: string[] = [];
  const loaded = await loadReference({
    cacheDir: join(file, "below"),
    onProgress: (text) => messages.push(text),
  });
  assert.equal(messages.filter((message) => message.startsWith("warning")).length, 1);
  assert.equal(loaded.sha256, reference.sha256);
  await rm(file);
});

test("airports are the same in memory that threads share", async () => {
  const shared = await loadSharedAirports({ cacheDir: folder });
  const table = openSharedAirports(shared);
  const all = reference.airports.airports;
  for (let i = 0; i < all.length; i += 97) assert.deepEqual(table.find(all[i]!.ident), all[i]);
  assert.equal(table.airports.length, all.length);
});

test("packed airports are found as those of the list are, by code and by place", () => {
  const all = reference.airports.airports;
  const listed = listedAirports(all);
  const packed = packedAirports(packAirports(all));
  assert.deepEqual(packed.all(), all);
  assert.equal(packed.at(7), packed.all()[7]);
  for (const kind of ["idents", "aliases", "iata"] as const) {
    for (const { ident, iata, aliases } of all.filter((_, row) => row % 7 === 0))
      for (const code of [ident, iata, ...aliases, `${ident}x`, ident.slice(0, 2)]) {
        const key = code.toLowerCase();
        assert.equal(packed.codes[kind].get(key), listed.codes[kind].get(key), `${kind} ${key}`);
      }
  }
  assert.equal(packed.highestFt, listed.highestFt);
  assert.deepEqual(Array.from(packed.larger.rows), Array.from(listed.larger.rows));
  const circle = { radiusM: 200_000, limit: 40 };
  for (const { latDeg, lonDeg } of all.filter((_, row) => row % 997 === 0)) {
    const at = { latDeg, lonDeg };
    assert.deepEqual(packed.places.within(at, circle), listed.places.within(at, circle));
    assert.deepEqual(
      packed.larger.places.nearest(at, circle),
      listed.larger.places.nearest(at, circle),
    );
  }
});

test("an airport whose texts hold what parts them is not packed, one without anything is", () => {
  const bare = { ...airport("88NV"), name: "", iata: "", aliases: [], runways: [] };
  assert.deepEqual(packedAirports(packAirports([bare])).all(), [bare]);
  assert.equal(packedAirports(packAirports([])).codes.idents.get("88nv"), undefined);
  assert.throws(() => packAirports([{ ...bare, name: "a\0b" }]), /88NV/);
  assert.throws(() => packAirports([{ ...bare, aliases: ["a|b"] }]), /88NV/);
});
