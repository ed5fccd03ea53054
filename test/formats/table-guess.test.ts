import assert from "node:assert/strict";
import { test } from "node:test";
import { describeUnreadable } from "../../src/formats/detect.js";
import { tableReader } from "../../src/formats/table.js";
import { guessMap } from "../../src/formats/table-guess.js";
import { POINTS, readText } from "./contract.js";
import { writeTable } from "./table-documents.js";

const bytes = (text: string) => new TextEncoder().encode(text);

const guessOf = (header: string, ...rows: string[]) =>
  guessMap(bytes(`${header}\n${rows.map((row) => `${row}\n`).join("")}`));

test("a table nobody knows is told what it looks like, and what only its user knows", () => {
  assert.deepEqual(
    guessOf(
      "Timestamp,ICAO,Lat,Lng,Altitude (ft),Speed_kt",
      "1548286867,4ca7b3,23.5,-82.25,1000,100",
    ),
    {
      text: "time=Timestamp,lat=Lat,lon=Lng,alt=Altitude (ft),speed=Speed_kt,hex=ICAO",
      open: [],
    },
  );
  const open = guessOf("when;y;x;alt;v", "23/01/2019 23:41;23,5;-82,25;1000;9");
  assert.equal(open!.text, 'time=when:"DD/MM/YYYY HH:mm",lat=y,lon=x,alt=alt:?,hex==?');
  assert.equal(open!.open.length, 3);
  assert.equal(guessOf("a,b,c", "1,2,3"), undefined);
});

test("two columns of times are a question unless they say the same", () => {
  const one = guessOf("seen_at,received_at,lat,lon,hex", "1548286867,1548286868,1,2,4ca7b3");
  assert.match(one!.text, /^time=\?/);
  assert.match(one!.open[0]!, /"seen_at" or "received_at"/);
  const same = guessOf("ts,utc,lat,lon,hex", "1548286867,2019-01-23T23:41:07Z,1,2,4ca7b3");
  assert.deepEqual(same!.open, []);
});

test("a date that can be read in two ways is a question", () => {
  const one = guessOf("time,lat,lon,hex", "01/02/2019 23:41:00,1,2,4ca7b3");
  assert.match(one!.text, /^time=time:\?/);
  assert.match(one!.open[0]!, /day or month/);
  const told = guessOf(
    "time,lat,lon,hex",
    "01/02/2019 23:41:00,1,2,4ca7b3",
    "01/13/2019 23:41:00,1,2,4ca7b3",
  );
  assert.match(told!.text, /^time=time:"MM\/DD\/YYYY HH:mm:ss"/);
});

test("times of day with AM and PM beside a column of dates are guessed with their pattern, and read so", async () => {
  const header = "Date,Time UTC,Hex,Latitude,Longitude";
  const row = "01/23/2019,08:26:40 PM,4ca7b3,50.5,8.5";
  const guess = guessOf(header, row)!;
  assert.equal(
    guess.text,
    'time=Time UTC:"hh:mm:ss A",date=Date:MM/DD/YYYY,lat=Latitude,lon=Longitude,hex=Hex',
  );
  assert.deepEqual(guess.open, []);
  const terms = { map: guess.text };
  const { tracks } = await readText(tableReader, `${header}\n${row}\n`, Infinity, {
    name: "x.csv",
    terms,
  });
  assert.equal(tracks[0]!.timeMs[0], Date.UTC(2019, 0, 23, 20, 26, 40));
  assert.match(
    guessOf(header, row.replace("08:26:40 PM", "8:26AM"))!.text,
    /time=Time UTC:"h:mmA",/,
  );
});

test("a guess without questions is a mapping that reads the table", async () => {
  const text = writeTable("4243a2", POINTS)
    .replace(
      "When,Who,Y,X,Height (ft),V,Dir",
      "Time,Hex,Latitude,Longitude,Altitude ft,GS kt,Heading",
    )
    .replace("Climb", "VS fpm");
  const guess = guessMap(bytes(text))!;
  assert.deepEqual(guess.open, []);
  const { report } = await readText(tableReader, text, Infinity, {
    name: "x.csv",
    terms: { map: guess.text },
  });
  assert.equal(report.keptCount, POINTS.length);
  assert.deepEqual(report.issues.counts, {});
});

test("a list of places without times and aircraft is no table of positions", () => {
  assert.equal(guessOf("ident,latitude_deg,longitude_deg", "EGLL,51.4,-0.4"), undefined);
  const text = "ident,latitude_deg,longitude_deg\nEGLL,51.4,-0.4\nEHAM,52.3,4.7\n";
  assert.match(describeUnreadable(bytes(text)), /does not look like positions/);
});
