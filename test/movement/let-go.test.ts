import assert from "node:assert/strict";
import { test } from "node:test";
import { Analyst } from "../../src/movement/analyse.js";
import { traitsOf } from "../../src/movement/traits.js";
import { buildAirportTable } from "../../src/place/airport-table.js";
import { packAirports, packedAirports } from "../../src/place/packed-airports.js";
import { ATOLL, HIGH, PORT, STRIP, TOWN } from "../support/airports.js";
import { fly } from "../support/fly.js";

test("an analyst that lets go of its fields finds the same movements, at other objects for the same airports", () => {
  const keeping = new Analyst(newTable());
  const forgetful = new Analyst(newTable(), { fieldsHeld: 0 });
  const track = fly()
    .stand(5, TOWN)
    .takeOff(TOWN, "09L")
    .flyTo(PORT, { altitudeFt: 20_000, speedKt: 400 })
    .land(PORT, "18")
    .track();
  const [before, after] = [1, 2].map(() => {
    const { movements } = forgetful.analyse(track, traitsOf(track));
    assert.deepEqual(movements, keeping.analyse(track, traitsOf(track)).movements);
    assert.equal(movements.length, 2);
    return movements[1]!.airport;
  });
  assert.equal(before?.ident, PORT.ident);
  assert.notEqual(before, after);
});

function newTable() {
  return buildAirportTable(packedAirports(packAirports([TOWN, PORT, HIGH, ATOLL, STRIP])));
}
