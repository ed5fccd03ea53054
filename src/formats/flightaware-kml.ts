import type { Address } from "../aircraft/address.js";
import { addressFromRegistration } from "../aircraft/registration.js";
import { WheelsdownError } from "../units/errors.js";
import { feetFromMetres } from "../units/quantity.js";
import { kmlPlace, kmlTimeMs, scanKml } from "./kml.js";
import type { Reader, ReaderSink, SniffBid } from "./reader.js";
import { statedAirports } from "./stated-airports.js";
import { textOrUndefined } from "./text.js";
import { unnamedTrack } from "./unnamed-aircraft.js";

// KML of one leg as FlightAware gives it:
//
//   Document  name        "FlightAware ✈ DLH1534 17.08.2021 (ZRH / LSZH-FRA / EDDF)"
//   Placemark name, Point two airports, the PLANNED ones: carried as the source's word
//   Placemark name        "DLH1534": the callsign, or the registration of a private aircraft
//             gx:Track    first every `when`, then every `gx:coord` "lon lat metres": the nth belongs to the nth

/** Reads FlightAware's KML. */
export const flightAwareKmlReader: Reader = {
  id: "flightaware-kml",
  title: "FlightAware KML",
  sniff,
  read,
};

function sniff(head: Uint8Array): SniffBid {
  const text = new TextDecoder().decode(head);
  return /<kml[\s>]/.test(text) && /<name>\s*FlightAware/.test(text) ? 3 : 0;
}

async function read(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sink: ReaderSink,
): Promise<void> {
  const track = new TimedTrack(sink);
  const damage = await scanKml(chunks, {
    open: (name) => {
      if (name === "Placemark") track.ident = undefined;
    },
    close: (name, text, parent) => {
      if (parent === "Placemark" && name === "name") track.ident = textOrUndefined(text);
      else if (parent === "gx:Track" && name === "when") track.when(text);
      else if (parent === "gx:Track" && name === "gx:coord") track.coord(text);
      else if (name === "gx:Track") track.end();
      else if (parent === "Placemark" && name === "Point") track.airport();
    },
  });
  if (track.rowCount === 0) {
    const why = damage === undefined ? "" : ` (${damage})`;
    throw new WheelsdownError(
      "input-invalid",
      `no position in it${why}: the export has a gx:Track of times and places; download it again`,
    );
  }
  if (damage !== undefined) {
    sink.issue({
      kind: "truncated",
      row: -1,
      detail: `positions before this were read: ${damage}`,
    });
  }
}

/** Puts times and places together as they come. */
class TimedTrack {
  readonly #sink: ReaderSink;
  readonly #unnamed: ReturnType<typeof unnamedTrack>;
  /** Moments, and texts that are none. */
  #whens: (number | string)[] = [];
  #coords: string[] = [];
  /** How many of both are handed over. */
  #taken = 0;
  readonly #airports: string[] = [];
  #isIdentified = false;
  ident: string | undefined;
  rowCount = 0;

  constructor(sink: ReaderSink) {
    this.#sink = sink;
    this.#unnamed = unnamedTrack(sink, () => this.ident);
  }

  /** The placemark that is read is a place: origin or destination. */
  airport(): void {
    if (this.#airports.length < 2) this.#airports.push(this.ident ?? "");
  }

  when(text: string): void {
    this.#whens.push(kmlTimeMs(text) ?? text);
    this.#takePair();
  }

  coord(text: string): void {
    this.#coords.push(text);
    this.#takePair();
  }

  /** Times without a place, or places without a time, were in the file and are told. */
  end(): void {
    for (let i = this.#taken; i < Math.max(this.#whens.length, this.#coords.length); i++) {
      const kind = i < this.#coords.length ? "row-without-time" : "row-without-position";
      this.#sink.row();
      this.#sink.issue({ kind, row: this.rowCount++, detail: "fewer of one than of the other" });
    }
    this.#whens = [];
    this.#coords = [];
    this.#taken = 0;
  }

  #takePair(): void {
    const when = this.#whens[this.#taken];
    const coord = this.#coords[this.#taken];
    if (when === undefined || coord === undefined) return;
    this.#taken++;
    const row = this.rowCount++;
    this.#sink.row();
    const place = kmlPlace(coord);
    if (typeof when !== "number" || !place) {
      const kind = place ? "row-without-time" : "row-without-position";
      const shown = JSON.stringify((place ? String(when) : coord).slice(0, 40));
      this.#sink.issue({ kind, row, detail: `${shown} is no ${place ? "UTC time" : "place"}` });
      return;
    }
    const { latDeg, lonDeg, altitudeM } = place;
    const point = {
      timeMs: when,
      latDeg,
      lonDeg,
      altitudeFt: altitudeM === undefined ? undefined : feetFromMetres(altitudeM),
      callsign: this.ident,
      row,
    };
    // Private aircraft of the United States are called by their registration, and its rule is exact.
    const ruled = this.ident?.startsWith("N") ? addressFromRegistration(this.ident) : undefined;
    const address = ruled ?? this.#unnamed(point);
    this.#identify(address);
    this.#sink.point(address, point);
  }

  #identify(address: Address): void {
    if (this.#isIdentified) return;
    this.#isIdentified = true;
    const [origin, destination] = this.#airports;
    const stated = statedAirports(origin, destination, "plan");
    if (stated.airports) this.#sink.identity(address, stated);
  }
}
