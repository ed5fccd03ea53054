import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { parseAddress } from "../../src/aircraft/address.js";
import type { AirportTable } from "../../src/place/airport.js";
import type { Case } from "../case.js";
import { gatherTrack } from "./gather.js";
import { groupBy, readText } from "./read-rows.js";
import { highFlight, selfKeyedTruths } from "./sessions.js";

const FILES = [
  "adsb-actions/20minutes.json.gz",
  "readsb/resampled/1213.wvi5nm.jsonl.gz",
  "readsb/resampled/20250601_36_-122.jsonl.gz",
];

interface Line {
  readonly now?: number;
  readonly alt_baro?: number | string;
  readonly gscp?: number;
  readonly lat?: number;
  readonly lon?: number;
  readonly track?: number;
  readonly hex?: string;
  readonly flight?: string;
}

/** Light aircraft round small fields, boxed by place and resampled: only their own ground contacts are truth. */
export function resampledLines(dataFolder: string, airports: AirportTable): Case[] {
  return FILES.filter((file) => existsSync(join(dataFolder, file))).flatMap((file) => {
    const lines = readText(join(dataFolder, file))
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as Line)
      .filter(({ hex, lat, now }) => hex && lat !== undefined && now !== undefined);
    return [...groupBy(lines, ({ hex }) => hex!)].flatMap(([hex, own]) => {
      const address = parseAddress(hex);
      const track =
        address &&
        gatherTrack({
          file: join(dataFolder, file),
          format: "json-lines",
          address,
          points: own.map((line) => ({
            timeMs: line.now! * 1000,
            latDeg: line.lat!,
            lonDeg: line.lon ?? Number.NaN,
            altitudeFt: typeof line.alt_baro === "number" ? line.alt_baro : undefined,
            groundSpeedKt: line.gscp,
            trackAngleDeg: line.track,
            onGround: line.alt_baro === "ground" ? true : undefined,
            callsign: line.flight,
          })),
        });
      if (!track) return [];
      const truths = selfKeyedTruths(track, airports);
      return [
        {
          id: `${dirname(file)} ${basename(file)} ${address}`,
          corpus: dirname(file),
          file,
          track,
          truths,
          negatives: highFlight(track),
          complete: false,
          special: true,
          aircraftKey: address!,
          airportKey: truths.at(-1)?.airport?.ident ?? "none",
        },
      ];
    });
  });
}
