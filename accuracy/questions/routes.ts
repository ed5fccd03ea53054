import { existsSync } from "node:fs";
import { join } from "node:path";
import { type RouteTable, routeTableOf } from "../../src/aircraft/route-table.js";
import { readRoutes } from "../../src/cli/read-routes.js";
import type { Movement } from "../../src/movement/movement.js";
import { findRoutes, weighRoutes } from "../../src/movement/weigh-routes.js";
import type { AirportTable } from "../../src/place/airport.js";
import type { Track } from "../../src/track/track.js";
import { type Analyse, claimsOf, methodOf } from "../engine.js";
import { evaluate, type Trial } from "../evaluate.js";
import { type Matching, matchClaims, ofKind } from "../match.js";
import { floorTrials } from "./floors.js";
import { ordinary, type Setting, withTruths } from "./setting.js";

const ROUTE_FLOORS_FT = [3_000, 5_000, 10_000] as const;

/**
 * What a list of routes adds where nobody hears the aircraft low down. The list is one of years later than nearly all
 * tracks, undated, made by many hands; where it is not there, nothing is printed.
 */
export async function askRoutes({ airports, cases, dataFolder, reduced, report }: Setting) {
  const path = join(dataFolder, "callsign-routes", "routes_all.csv.gz");
  if (!reduced || !existsSync(path)) return;
  const { table } = await readRoutes(path);
  const without = remembered(reduced({}));
  const group = withTruths(ordinary(cases));
  const trialsOf = (heightFt: number) => floorTrials(group, { heightFt, ends: "both" });
  const floors = ROUTE_FLOORS_FT.map((heightFt) => [`${heightFt} ft`, trialsOf(heightFt)] as const);
  const routed = withRoutes(without, { routes: table, airports });
  report.score(
    "A list of routes, nothing heard below a floor at both ends, ordinary",
    floors.flatMap(([name, trials]) => {
      const engines = [
        ["without", evaluate(trials, methodOf("without", without))],
        ["with", evaluate(trials, methodOf("with", routed))],
        ["always wrong", trials.flatMap((trial) => misled(trial, without, airports))],
      ] as const;
      return (["landing", "takeoff"] as const).flatMap((kind) =>
        engines.map(
          ([engine, matchings]) =>
            [`${name}, ${kind}s, ${engine}`, ofKind(matchings, kind)] as const,
        ),
      );
    }),
  );
  report.table({
    title: "What the list says of the callsigns it knows, by the truth",
    head: ["", "known", "true field", "a neighbour only", "no candidate", "unknown"],
    rows: floors.map(([name, trials]) => [
      name,
      ...listRight(trials, (track) =>
        findRoutes(without(track), { track, routes: table, airports }),
      ),
    ]),
  });
}

/** Counts of movements with a known place: callsign listed, true field on its route, and so on, in the table's order. */
function listRight(trials: readonly Trial[], found: Analyse): number[] {
  let [known, right, neighbour, unknown] = [0, 0, 0, 0];
  for (const { each, track, asked } of trials) {
    if (track.length === 0) continue;
    const movements = found(track);
    for (const { truth, claim } of matchClaims(each, asked, claimsOf(movements)).outcomes) {
      const movement = movements.find(
        ({ kind, timeMs }) => kind === claim?.kind && timeMs === claim.timeMs,
      );
      if (!movement || !truth.airport) continue;
      if (!movement.route) unknown++;
      else {
        const { usual } = movement.route;
        const fits = movement.candidates.filter(({ airport }) => usual.includes(airport));
        known++;
        if (fits.some(({ airport }) => airport === truth.airport)) right++;
        else if (fits.length > 0) neighbour++;
      }
    }
  }
  return [known, right, neighbour, known - right - neighbour, unknown];
}

/** Each track is asked about several times. */
function remembered(analyse: Analyse): Analyse {
  const known = new WeakMap<Track, readonly Movement[]>();
  return (track) => {
    const movements = known.get(track) ?? analyse(track);
    known.set(track, movements);
    return movements;
  };
}

/** The engine, with what a list of routes adds to what it says. */
export function withRoutes(
  analyse: Analyse,
  given: { readonly routes: RouteTable; readonly airports: AirportTable },
): Analyse {
  return (track) => weighRoutes(findRoutes(analyse(track), { track, ...given }));
}

/**
 * The worst a list can do: for every callsign it gives the likeliest fields among those that are wrong. Every movement
 * is then a strange stop, at a neighbour of the field it usually goes to.
 */
function misled(trial: Trial, analyse: Analyse, airports: AirportTable): Matching[] {
  const truths = new Set(trial.each.truths.map(({ airport }) => airport));
  const wrong = analyse(trial.track).flatMap(({ candidates }) => {
    const likeliest = candidates.find(({ airport }) => !truths.has(airport));
    return likeliest ? [likeliest.airport.ident] : [];
  });
  const routes = routeTableOf(new Map(), { file: "wrong", sha256: "" });
  const always = { ...routes, routeOf: () => ["", ...wrong, ""] };
  return evaluate([trial], methodOf("misled", withRoutes(analyse, { routes: always, airports })));
}
