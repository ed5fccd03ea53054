/** Hand-made journeys that begin or end in the air. Nothing here was observed. */
import { parseAddress } from "../../src/aircraft/address.js";
import type { Stop } from "../../src/journey/journey.js";
import type { Track } from "../../src/track/track.js";
import {
  cut,
  type Fixture,
  type FixtureOptions,
  type FlownLeg,
  finish,
  fly,
  GOBD,
  HOUR_MS,
  MUHA,
  movement,
  SGAS,
  type Span,
  seen,
  stopAt,
  trackOf,
  UUWW,
} from "./fixture.js";

function openEnd(side: "before" | "after", track: Track): Stop {
  const index = side === "before" ? 0 : track.length - 1;
  const [latDeg, lonDeg] = [track.latDeg[index]!, track.lonDeg[index]!];
  return { openEnd: side, evidence: "seen", latDeg, lonDeg };
}

/** First heard over the Sahara, one stop at Dakar, last heard over the Atlantic: one stop, two open ends. */
export function openEndFixture(options: FixtureOptions): Fixture {
  const T = Date.UTC(2019, 0, 21, 17, 4);
  const h = (hours: number) => T + hours * HOUR_MS;
  const legs: FlownLeg[] = [
    { from: UUWW, to: GOBD, departureMs: h(0), arrivalMs: h(8.2) },
    { from: GOBD, to: SGAS, departureMs: h(10.1), arrivalMs: h(18.4) },
  ];
  const rows = legs.flatMap(fly).filter(([t]) => t >= h(6.3) && t <= h(12));
  const track = trackOf(rows, parseAddress("15abcd")!, options);
  const stops: Stop[] = [
    openEnd("before", track),
    stopAt(GOBD, "Africa/Dakar", {
      landing: seen("landing", GOBD, h(8.2), options),
      takeoff: seen("takeoff", GOBD, h(10.1), options),
    }),
    openEnd("after", track),
  ];
  const [fromMs, toMs] = [track.timeMs[0]!, track.timeMs[track.length - 1]!];
  return finish({ track, stops, fromMs, toMs }, options);
}

/** Asunción, then lost in the air for five days; next heard far away. The stop in between is known to nobody. */
export function hiddenEndFixture(options: FixtureOptions): Fixture {
  const T = Date.UTC(2019, 0, 23, 20, 56);
  const h = (hours: number) => T + hours * HOUR_MS;
  const legs: FlownLeg[] = [
    { from: SGAS, to: MUHA, departureMs: h(0), arrivalMs: h(8.3) },
    { from: MUHA, to: UUWW, departureMs: h(120), arrivalMs: h(131) },
  ];
  const heard: Span[] = [
    [h(-0.2), h(6.5)],
    [h(129.6), h(131.1)],
  ];
  const rows = legs.flatMap(fly).filter(([t]) => heard.some(([from, to]) => t >= from && t <= to));
  const track = trackOf(rows, parseAddress("15abcd")!, options);
  const gap = cut(track).gaps[0]!;
  const hidden = (kind: "landing" | "takeoff", share: number) =>
    movement(
      {
        kind,
        timeMs: gap.fromMs + share * gap.durationMs,
        timeFromMs: gap.fromMs,
        timeToMs: gap.toMs,
        latDeg: track.latDeg[gap.lastIndex]!,
        lonDeg: track.lonDeg[gap.lastIndex]!,
        candidates: [{ airport: MUHA, probability: 0.12 }],
        evidence: "inferred",
        evidenceClass: "GAP",
        probability: 0.99,
        basis:
          "landed somewhere between 2019-01-24T03:26:00Z and 2019-01-29T06:32:00Z; where is not known",
      },
      options,
    );
  const landing = hidden("landing", 1 / 3);
  const { latDeg, lonDeg } = landing;
  const stops: Stop[] = [
    stopAt(SGAS, "America/Asuncion", { takeoff: seen("takeoff", SGAS, h(0), options) }),
    { evidence: "inferred", latDeg, lonDeg, landing, takeoff: hidden("takeoff", 2 / 3) },
  ];
  return finish({ track, stops, fromMs: h(0), toMs: gap.fromMs }, options);
}
