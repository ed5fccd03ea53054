import assert from "node:assert/strict";
import { test } from "node:test";
import { detectReader, SNIFF_BYTES } from "../../src/formats/detect.js";
import type { ReadingTerms } from "../../src/formats/terms.js";
import { readMessage } from "../../src/mode-s/message.js";
import type { Track } from "../../src/track/track.js";
import { METRES_PER_FOOT } from "../../src/units/quantity.js";
import { absent, BEAST_CAPTURE, captureBytes } from "../mode-s/captures.js";
import { readText } from "./contract.js";

// Every raw recording that lies beside the repository: which reader reads it, and what comes of it.

/** What a file comes to: reader, rows, points, issues by kind; or why it is refused. */
type Outcome =
  | readonly [reader: string, rows: number, kept: number, issues: Readonly<Record<string, number>>]
  | RegExp;

interface Recording {
  readonly file: string;
  readonly terms: ReadingTerms;
  readonly outcome: Outcome;
}

const START = Date.parse("2020-01-01T00:00:00Z");
const LOCAL = { timeZone: "UTC" };

const RECORDINGS: readonly Recording[] = [
  {
    file: BEAST_CAPTURE,
    terms: { start: "name" },
    outcome: ["beast", 13_954, 1456, { "position-unpaired": 42, "address-unproven": 6 }],
  },
  { file: BEAST_CAPTURE, terms: {}, outcome: /its name says 2018-04-03T19:02:28.136Z/ },
  {
    file: "beast/ulss7-2018/beast_extract_71be34.bin",
    terms: { start: START },
    outcome: ["beast", 1004, 128, { "position-unpaired": 2 }],
  },
  { file: "beast/ulss7-2018/beast_decoded_dump1090.txt.gz", terms: {}, outcome: /without times/ },
  { file: "beast/ulss7-2018/ICAOs.txt", terms: {}, outcome: /^no reader$/ },
  { file: "beast/ulss7-2018/71be34.kml", terms: {}, outcome: /^no reader$/ },
  {
    file: "beast/traffic-sample/sample_dump1090.bin",
    terms: { start: START },
    outcome: ["beast", 239, 3, { "address-unproven": 10, "position-unpaired": 1 }],
  },
  {
    file: "beast/adsbus-example/example.beast",
    terms: { start: START },
    outcome: ["beast", 18, 1, { "position-unpaired": 3, "address-unproven": 2 }],
  },
  { file: "beast/adsbus-example/example.beast", terms: {}, outcome: /give --start/ },
  { file: "beast/adsbus-example/example.json", terms: {}, outcome: /^no reader$/ },
  {
    file: "beast/timestamped-hex/jet1090_short_flights.csv",
    terms: {},
    outcome: ["timed-hex", 486, 163, { "position-unpaired": 14 }],
  },
  {
    file: "beast/timestamped-hex/pymodes_sample_data_adsb.csv",
    terms: {},
    outcome: ["timed-hex", 2000, 933, { "position-unpaired": 4 }],
  },
  {
    file: "sbs/ulss7-2018/beast_decoded_sbs.txt.gz",
    terms: LOCAL,
    outcome: ["sbs", 8624, 1456, { "row-malformed": 2 }],
  },
  { file: "sbs/ulss7-2018/beast_decoded_sbs.txt.gz", terms: {}, outcome: /give --tz/ },
  {
    file: "sbs/dump1090-2019/adsb_message_stream.txt",
    terms: LOCAL,
    outcome: ["sbs", 2070, 141, {}],
  },
  { file: "sbs/no-timestamps/msgs.txt", terms: LOCAL, outcome: /times are all empty/ },
  {
    file: "sbs/adsbhub-2026/adsbhub-sbs-sample-20260224.txt.gz",
    terms: LOCAL,
    outcome: ["sbs", 38_112, 12_704, {}],
  },
];

for (const { file, terms, outcome } of RECORDINGS)
  test(`${file} with ${JSON.stringify(terms)}`, { skip: absent(file) }, async () => {
    const bytes = captureBytes(file);
    const reader = detectReader(bytes.subarray(0, SNIFF_BYTES), file);
    if (!reader) {
      assert.ok(outcome instanceof RegExp && outcome.test("no reader"), "no reader bids for it");
      return;
    }
    const { report, error } = await readText(reader, bytes, 65_536, { name: file, terms });
    if (outcome instanceof RegExp) {
      assert.match(error?.message ?? "read", outcome);
      return;
    }
    assert.equal(error, undefined);
    const { rowCount, keptCount, issues } = report;
    assert.deepEqual([reader.id, rowCount, keptCount, issues.counts], outcome);
  });

const KML = "beast/ulss7-2018/71be34.kml";
const EXTRACT = "beast/ulss7-2018/beast_extract_71be34.bin";
const SBS = "sbs/ulss7-2018/beast_decoded_sbs.txt.gz";
const PYMODES = "beast/timestamped-hex/pymodes_sample_data_adsb.csv";

const text = (file: string) => new TextDecoder().decode(captureBytes(file));

async function tracksOf(file: string, terms: ReadingTerms): Promise<readonly Track[]> {
  const bytes = captureBytes(file);
  const reader = detectReader(bytes.subarray(0, SNIFF_BYTES), file)!;
  return (await readText(reader, bytes, undefined, { name: file, terms })).tracks;
}

function withoutTime(track: Track): string[] {
  return placesOf(track)
    .map((place) => place.slice(place.indexOf(" ") + 1))
    .sort();
}

/** Every position of a track, as text to five decimals of a degree. */
function placesOf({ length, timeMs, latDeg, lonDeg, altitudeFt }: Track): string[] {
  return Array.from(
    { length },
    (_, i) => `${timeMs[i]} ${latDeg[i]!.toFixed(5)} ${lonDeg[i]!.toFixed(5)} ${altitudeFt[i]}`,
  ).sort();
}

test("a capture gives the positions that another program drew of it as KML", {
  skip: absent(KML) || absent(EXTRACT),
}, async () => {
  const [track] = await tracksOf(EXTRACT, { start: START });
  const drawn = [...text(KML).matchAll(/^(-?[\d.]+),(-?[\d.]+),([\d.]+)$/gm)].map(
    ([, lon, lat, altitudeM]) => `${lat} ${lon} ${Math.round(Number(altitudeM) / METRES_PER_FOOT)}`,
  );
  const found = placesOf(track!).map((place) => place.slice(place.indexOf(" ") + 1));
  assert.equal(found.length, 128);
  assert.deepEqual(found.sort(), drawn.sort());
});

test("the SBS text another program made of a capture gives the same positions as the capture", {
  skip: absent(SBS) || absent(BEAST_CAPTURE),
}, async () => {
  const beast = await tracksOf(BEAST_CAPTURE, { start: "name" });
  const sbs = await tracksOf(SBS, LOCAL);
  assert.deepEqual(
    sbs.map(({ address, length }) => `${address} ${length}`),
    beast.map(({ address, length }) => `${address} ${length}`),
  );
  for (const [i, track] of beast.entries())
    assert.deepEqual(withoutTime(sbs[i]!), withoutTime(track), track.address);
});

test("messages have the address and type code that a list of them says", {
  skip: absent(PYMODES),
}, () => {
  const lines = text(PYMODES).trim().split("\n");
  for (const line of lines) {
    const [, hex, address, typeCode] = line.replaceAll('"', "").split(",");
    const message = readMessage(Buffer.from(hex!, "hex"));
    assert.ok(typeof message === "object", line);
    assert.equal(message.addressValue.toString(16).toUpperCase(), address);
    const kind =
      Number(typeCode) <= 4
        ? "identification"
        : Number(typeCode) === 19
          ? "velocity"
          : "airborne-position";
    assert.equal(message.extended?.kind, kind);
  }
  assert.equal(lines.length, 2000);
});
