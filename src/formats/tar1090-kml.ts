import { type Address, parseAddress } from "../aircraft/address.js";
import { addressFromRegistration } from "../aircraft/registration.js";
import { feetFromMetres } from "../units/quantity.js";
import { type KmlPlace, scanKml, tellKmlEnd } from "./kml.js";
import { TimedPlaces } from "./kml-track.js";
import type { Reader, ReaderSink, SniffBid } from "./reader.js";
import { textOrUndefined } from "./text.js";
import { addressOfText } from "./unnamed-aircraft.js";

// KML of the aircraft that are selected on a map of tar1090: ADS-B Exchange, adsb.lol, airplanes.live, adsb.fi and receivers
// of one's own.
//
//   Folder     name     "RA-96019 track", one for each aircraft
//   Placemark  name     "RA-96019": the registration, or the address in capitals where none is known
//              gx:Track one for each stretch in the air and on the ground: first every `when`, then every `gx:coord`
//                       "lon lat metres"; with altitudeMode "absolute" in the air, without one and at 0 m on the ground
//
// In the air the map leaves out positions that lack the altitude that was asked for; the last position of each stretch comes
// twice, and so does the first of the first. Which altitude it is only the name says that the file is given: "-track-EGM96"
// and "-track-EGM96_avg", above mean sea level, or "-track-press_alt_uncorrected".

/** Reads the KML of maps made with tar1090. */
export const tar1090KmlReader: Reader = {
  id: "tar1090-kml",
  title: "tar1090 KML (ADS-B Exchange and others)",
  sniff,
  read,
};

/** The map's own pair of names: tracks of walks and rides are called all sorts of things. */
const NAMED_TRACK = /<name\s*>([^<]{1,40}) track<\/name>\s*<Placemark\s*>\s*<name\s*>\1<\/name>/;

function sniff(head: Uint8Array): SniffBid {
  const text = new TextDecoder().decode(head);
  return /<kml[\s>]/.test(text) && /<gx:Track[\s>]/.test(text) && NAMED_TRACK.test(text) ? 3 : 0;
}

async function read(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sink: ReaderSink,
): Promise<void> {
  const tracks = new SelectedTracks(sink);
  const { positions } = tracks;
  const damage = await scanKml(chunks, {
    open: (name) => {
      if (name === "Placemark") tracks.ident = undefined;
      else if (name === "gx:Track") tracks.altitudeMode = undefined;
    },
    close: (name, text, parent) => {
      if (parent === "Placemark" && name === "name") tracks.ident = textOrUndefined(text);
      else if (parent === "gx:Track" && name === "when") positions.when(text);
      else if (parent === "gx:Track" && name === "gx:coord") positions.coord(text);
      else if (parent === "gx:Track" && name === "altitudeMode") tracks.altitudeMode = text.trim();
      else if (name === "gx:Track") positions.end();
    },
  });
  tellKmlEnd(
    {
      damage,
      rowCount: positions.rowCount,
      advice: "the export has a gx:Track for each stretch; select the aircraft and export it again",
    },
    sink,
  );
}

/** Which aircraft the tracks are of, and what their positions become. */
class SelectedTracks {
  readonly #sink: ReaderSink;
  readonly #addresses = new Map<string, Address>();
  readonly positions: TimedPlaces;
  /** What the placemark that is read is called. */
  ident: string | undefined;
  /** Undefined while the track that is read says none. */
  altitudeMode: string | undefined;
  #isAltitudeTold = false;

  constructor(sink: ReaderSink) {
    this.#sink = sink;
    this.positions = new TimedPlaces(sink, (timeMs, place, row) => this.#take(timeMs, place, row));
  }

  #take(timeMs: number, { latDeg, lonDeg, altitudeM }: KmlPlace, row: number): void {
    if (this.ident === undefined) {
      const detail = "no name says which aircraft it is";
      return this.#sink.issue({ kind: "row-without-aircraft", row, detail });
    }
    const isInAir = this.altitudeMode === "absolute" && altitudeM !== undefined;
    if (isInAir) this.#tellAltitude();
    // On the ground there is no mode, and the altitude is 0; anything else the map does not write.
    const isOnGround = this.altitudeMode === undefined && altitudeM === 0;
    this.#sink.point(this.#addressOf(this.ident), {
      timeMs,
      latDeg,
      lonDeg,
      altitudeFt: isInAir ? feetFromMetres(altitudeM) : undefined,
      onGround: isOnGround ? true : isInAir ? false : undefined,
      row,
    });
  }

  #tellAltitude(): void {
    if (this.#isAltitudeTold) return;
    this.#isAltitudeTold = true;
    this.#sink.issue({
      kind: "altitude-kind-unknown",
      row: -1,
      detail:
        "it does not say whether its altitudes are pressure altitudes or above sea level; they are taken as the former",
    });
  }

  #addressOf(ident: string): Address {
    let address = this.#addresses.get(ident);
    if (address === undefined) {
      address = this.#identified(ident);
      this.#addresses.set(ident, address);
    }
    return address;
  }

  #identified(ident: string): Address {
    const address = parseAddress(ident);
    // Six digits may also be a registration: serials of the United States Navy are.
    if (address !== undefined && !/^\d{6}$/.test(ident)) return address;
    // Other States' rules have exceptions, which are other aircraft.
    const ruled = ident.startsWith("N") ? addressFromRegistration(ident) : undefined;
    const listed = ruled ?? addressOfText(`registration ${ident}`);
    this.#sink.identity(listed, { registration: ident });
    if (ruled === undefined) {
      const said =
        address === undefined
          ? `the registration ${ident} and no address`
          : `${ident}, which is a registration or an address`;
      const detail = `the export gives ${said}; its track is listed as ${listed}`;
      this.#sink.issue({ kind: "aircraft-unnamed", row: -1, detail });
    }
    return listed;
  }
}
