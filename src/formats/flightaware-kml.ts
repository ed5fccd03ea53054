import type { Address } from "../aircraft/address.js";
import { addressFromRegistration } from "../aircraft/registration.js";
import { feetFromMetres } from "../units/quantity.js";
import { type KmlPlace, scanKml, tellKmlEnd } from "./kml.js";
import { TimedPlaces } from "./kml-track.js";
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
  const track = new FlightAwareTrack(sink);
  const { positions } = track;
  const damage = await scanKml(chunks, {
    open: (name) => {
      if (name === "Placemark") track.ident = undefined;
    },
    close: (name, text, parent) => {
      if (parent === "Placemark" && name === "name") track.ident = textOrUndefined(text);
      else if (parent === "gx:Track" && name === "when") positions.when(text);
      else if (parent === "gx:Track" && name === "gx:coord") positions.coord(text);
      else if (name === "gx:Track") positions.end();
      else if (parent === "Placemark" && name === "Point") track.airport();
    },
  });
  tellKmlEnd(
    {
      damage,
      rowCount: positions.rowCount,
      advice: "the export has a gx:Track of times and places; download it again",
    },
    sink,
  );
}

/** The aircraft of the track, and what its positions become. */
class FlightAwareTrack {
  readonly #sink: ReaderSink;
  readonly #unnamed: ReturnType<typeof unnamedTrack>;
  readonly #airports: string[] = [];
  #isIdentified = false;
  readonly positions: TimedPlaces;
  ident: string | undefined;

  constructor(sink: ReaderSink) {
    this.#sink = sink;
    this.#unnamed = unnamedTrack(sink, () => this.ident);
    this.positions = new TimedPlaces(sink, (timeMs, place, row) => this.#take(timeMs, place, row));
  }

  /** The placemark that is read is a place: origin or destination. */
  airport(): void {
    if (this.#airports.length < 2) this.#airports.push(this.ident ?? "");
  }

  #take(timeMs: number, { latDeg, lonDeg, altitudeM }: KmlPlace, row: number): void {
    const point = {
      timeMs,
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
