import assert from "node:assert/strict";
import { test } from "node:test";
import type { Airport } from "../../src/place/airport.js";
import { buildAirportTable } from "../../src/place/airport-table.js";
import { distanceToArea, isInside, parseArea, parseDistanceM } from "../../src/place/area.js";
import { buildCountryTable } from "../../src/place/country.js";
import { WheelsdownError } from "../../src/units/errors.js";

function airport(over: Partial<Airport> & { ident: string }): Airport {
  return {
    name: over.ident,
    kind: "large",
    latDeg: 10,
    lonDeg: -67,
    elevationFt: Number.NaN,
    country: "VE",
    municipality: "",
    iata: "",
    aliases: [],
    scheduled: false,
    military: false,
    runways: [],
    ...over,
  };
}

const airports = buildAirportTable([
  airport({ ident: "SVMI", iata: "CCS", name: "Maiquetía", latDeg: 10.6, lonDeg: -66.99 }),
  airport({ ident: "FIJ", kind: "small", name: "Field J", latDeg: -33, lonDeg: 151 }),
  airport({ ident: "AAAA", kind: "closed", aliases: ["SHARED"] }),
  airport({ ident: "BBBB", kind: "medium", aliases: ["SHARED"] }),
  airport({ ident: "CCCC", kind: "heliport", aliases: ["SHARED"] }),
]);
const countries = buildCountryTable(
  {
    features: [
      {
        properties: { isoA3: "VEN" },
        geometry: {
          type: "GeometryCollection",
          geometries: [
            {
              type: "Polygon",
              coordinates: [
                [
                  [-72, 5],
                  [-60, 5],
                  [-60, 12],
                  [-72, 12],
                  [-72, 5],
                ],
              ],
            },
          ],
        },
      },
    ],
  },
  () => {
    throw new Error("the land map is not needed here");
  },
);
const names = { airports, countries };
const fiji = JSON.stringify({
  type: "Feature",
  properties: {},
  geometry: {
    type: "Polygon",
    coordinates: [
      [
        [176, -20],
        [-178, -20],
        [-178, -12],
        [176, -12],
        [176, -20],
      ],
    ],
  },
});

function failure(run: () => unknown): WheelsdownError {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof WheelsdownError);
    return error;
  }
  return assert.fail("nothing was thrown");
}

test("a shared code means the more important airport, an ident comes before any alias", () => {
  assert.equal(airports.find("shared")?.ident, "BBBB");
  assert.equal(airports.find("ccs")?.ident, "SVMI");
  assert.equal(airports.find("svmi")?.ident, "SVMI");
  assert.equal(airports.find(""), undefined);
});

test("words become countries, airports and points", () => {
  assert.equal(parseArea("ve", names).kind, "country");
  assert.equal(parseArea("Venezuela", names).kind, "country");
  assert.equal(parseArea("VEN", names).kind, "country");
  assert.equal(parseArea("SVMI", names).kind, "airport");
  assert.equal(parseArea("CCS", names).kind, "airport");
  const point = parseArea("10.6, -66.99", names);
  assert.deepEqual(point.kind === "point" && [point.latDeg, point.lonDeg], [10.6, -66.99]);
});

test("an unknown word is answered with the nearest spellings", () => {
  const error = failure(() => parseArea("Venezuelo", names));
  assert.equal(error.code, "unknown-name");
  assert.match(error.message, /did you mean VE Venezuela/);
  assert.match(failure(() => parseArea("SVMJ", names)).message, /SVMI/);
  assert.match(failure(() => parseArea("Qqqqqqqqqq", names)).message, /give a country code/);
});

test("a point beyond the globe is refused with the order of the two numbers", () => {
  assert.match(failure(() => parseArea("-166.9,10.6", names)).message, /latitude comes first/);
});

test("a drawn area may cross 180 degrees", () => {
  const area = parseArea("fiji.geojson", { ...names, geoJson: fiji });
  assert.ok(isInside(area, -17, 179) && isInside(area, -17, -179) && !isInside(area, -17, 0));
  assert.equal(distanceToArea(area, -17, 179.9).distanceM, 0);
  const { distanceM, statement } = distanceToArea(area, -16, -177);
  assert.ok(Math.abs(distanceM - 107_000) < 1_000, `${distanceM}`);
  assert.equal(statement, "107 km from fiji.geojson");
});

function refusal(geoJson: unknown): WheelsdownError {
  const text = typeof geoJson === "string" ? geoJson : JSON.stringify(geoJson);
  return failure(() => parseArea("a.json", { ...names, geoJson: text }));
}

test("a file that is no area is refused with what it holds", () => {
  assert.match(refusal("{").message, /a\.json: is no JSON/);
  assert.match(refusal({ type: "Point", coordinates: [1, 2] }).message, /no polygon, only Point/);
  assert.match(refusal([]).message, /no GeoJSON object/);
  const swapped = {
    type: "Polygon",
    coordinates: [
      [
        [10, 100],
        [11, 101],
        [12, 102],
      ],
    ],
  };
  assert.match(refusal(swapped).message, /ring 1: latitude 100 is outside.*longitude first/);
  assert.match(
    refusal({
      type: "Polygon",
      coordinates: [
        [
          [1, 1],
          [1, 1],
        ],
      ],
    }).message,
    /three/,
  );
  assert.equal(refusal({ type: "FeatureCollection", features: [] }).code, "input-invalid");
});

test("distance to an airport names it", () => {
  const area = parseArea("SVMI", names);
  assert.ok(isInside(area, 10.61, -66.99) && !isInside(area, 11, -66.99));
  assert.match(distanceToArea(area, 11.5, -66.99).statement, /^100 km from SVMI Maiquetía$/);
});

test("distances are read with their units, and not without", () => {
  assert.equal(parseDistanceM("300km"), 300_000);
  assert.equal(parseDistanceM("160 NM"), 160 * 1852);
  assert.equal(parseDistanceM("5000m"), 5_000);
  assert.equal(parseDistanceM("100mi"), 160_934.4);
  for (const text of ["300", "km", "-5km", "3 miles", ""])
    assert.equal(failure(() => parseDistanceM(text)).code, "usage");
});
