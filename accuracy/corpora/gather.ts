import { type Address, parseAddress } from "../../src/aircraft/address.js";
import { seedOf } from "../../src/sim/random.js";
import { TrackCollector } from "../../src/track/collector.js";
import type { Point, StatedIdentity, Track } from "../../src/track/track.js";

/** No file of bytes stands behind these tracks; the hash column must still hold something. */
const NO_HASH = "0".repeat(64);

/** One aircraft's points as a corpus loader hands them over. */
export interface GatheredTrack {
  readonly file: string;
  readonly format: string;
  readonly address: Address;
  readonly stated?: StatedIdentity;
  readonly simulated?: boolean;
  readonly points: Iterable<Omit<Point, "row">>;
}

/** Builds a track the way the product does, with the product's checks of each point. */
export function gatherTrack(source: GatheredTrack): Track | undefined {
  const collector = new TrackCollector();
  const sink = collector.begin(source.file, source.format);
  if (source.stated) sink.identity(source.address, source.stated);
  if (source.simulated) sink.simulated();
  let row = 0;
  for (const point of source.points) {
    sink.row();
    sink.point(source.address, { ...point, row: row++ });
  }
  sink.finish(NO_HASH);
  return collector.take()[0];
}

/**
 * An address for an aircraft whose source gives none: marked as belonging to no State, the same for the same name.
 */
export function inventedAddress(name: string): Address {
  const digits = (seedOf(name) & 0xffffff).toString(16).padStart(6, "0");
  return parseAddress(`~${digits}`)!;
}

/**
 * Repairs an address a spreadsheet took for a number: "39460000.0" was 3946e4.
 *
 * @returns lower case; unchanged when it is an address already
 */
export function repairedAddress(text: string): string {
  const match = /^(\d+?)(0*)\.0$/.exec(text.trim());
  if (!match) return text.trim().toLowerCase();
  const [, digits = "", zeros = ""] = match;
  // Six characters: the mantissa may have ended in zeros of its own.
  for (let kept = 0; kept <= zeros.length; kept++) {
    const address = `${digits}${"0".repeat(kept)}e${zeros.length - kept}`;
    if (address.length === 6) return address;
  }
  return text;
}
