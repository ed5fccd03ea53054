import { addressFromRegistration } from "../aircraft/registration.js";
import { feetFromMetres } from "../units/quantity.js";
import { fr24AltitudeFt } from "./fr24.js";
import { kmlPlace, kmlTimeMs, scanKml, tellKmlEnd } from "./kml.js";
import type { Reader, ReaderSink, SniffBid } from "./reader.js";
import { textOrUndefined } from "./text.js";
import { unnamedTrack } from "./unnamed-aircraft.js";

// KML of one leg as Flightradar24 gives it:
//
//   Document  name          "FZ981/FDB981": number and callsign
//             description   HTML with the type, the registration and the PLANNED airports, which are not read
//   Folder "Route"          a Placemark for each position: TimeStamp/when, Point/coordinates "lon,lat,metres",
//                           description: HTML with altitude ft, speed kt, heading deg
//   Folder "Trail"          lines between them; nothing in it is new
//
// As in the tables, altitude 0 is not the ground.

/** Reads Flightradar24's KML. */
export const fr24KmlReader: Reader = {
  id: "fr24-kml",
  title: "Flightradar24 KML",
  sniff,
  read,
};

function sniff(head: Uint8Array): SniffBid {
  const text = new TextDecoder().decode(head);
  if (!/<kml[\s>]/.test(text)) return 0;
  const isRoute = /<name>Route<\/name>/.test(text) && /Altitude:/.test(text);
  return isRoute || /flightradar24\.com/i.test(text) ? 3 : 0;
}

interface Placemark {
  when?: string;
  coordinates?: string;
  description?: string;
}

async function read(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  sink: ReaderSink,
): Promise<void> {
  const leg = new LegPlacemarks(sink);
  const damage = await scanKml(chunks, {
    open: (name) => {
      if (name === "Placemark") leg.begin();
    },
    close: (name, text, parent) => leg.take(name, text, parent),
  });
  tellKmlEnd(
    {
      damage,
      rowCount: leg.rowCount,
      advice: 'the export has a folder "Route" with one placemark for each; download it again',
    },
    sink,
  );
}

/** Gathers placemarks into rows; the document's own name and description come before them. */
class LegPlacemarks {
  readonly #sink: ReaderSink;
  readonly #unnamed: ReturnType<typeof unnamedTrack>;
  #placemark: Placemark | undefined;
  #callsign: string | undefined;
  #registration: string | undefined;
  #typeDesignator: string | undefined;
  rowCount = 0;

  constructor(sink: ReaderSink) {
    this.#sink = sink;
    this.#unnamed = unnamedTrack(sink, () =>
      this.#registration === undefined
        ? this.#callsign && `callsign ${this.#callsign}`
        : `registration ${this.#registration}`,
    );
  }

  begin(): void {
    this.#placemark = {};
  }

  take(name: string, text: string, parent: string): void {
    if (parent === "Document" && name === "name") this.#callsign = callsignOf(text);
    else if (parent === "Document" && name === "description") this.#readDescription(text);
    else if (!this.#placemark) return;
    else if (parent === "TimeStamp" && name === "when") this.#placemark.when = text;
    else if (parent === "Point" && name === "coordinates") this.#placemark.coordinates = text;
    else if (parent === "Placemark" && name === "description") this.#placemark.description = text;
    else if (name === "Placemark") {
      this.#row(this.#placemark);
      this.#placemark = undefined;
    }
  }

  #readDescription(html: string): void {
    this.#registration = /\/reg\/[\w-]+"[^>]*>\s*([A-Z0-9-]{2,10})\s*</.exec(html)?.[1];
    this.#typeDesignator = /Aircraft\s*<span[^>]*>\(([A-Z0-9]{2,4})\)/.exec(html)?.[1];
  }

  #row({ when, coordinates, description = "" }: Placemark): void {
    // Lines of the trail have neither.
    if (when === undefined && coordinates === undefined) return;
    const row = this.rowCount++;
    this.#sink.row();
    const timeMs = kmlTimeMs(when ?? "");
    const place = kmlPlace(coordinates ?? "");
    if (timeMs === undefined || !place) {
      const kind = place ? "row-without-time" : "row-without-position";
      const shown = JSON.stringify((place ? when : coordinates)?.slice(0, 40) ?? "");
      this.#sink.issue({ kind, row, detail: `${shown} is no ${place ? "UTC time" : "place"}` });
      return;
    }
    const { latDeg, lonDeg, altitudeM } = place;
    const altitudeFt =
      spoken(description, ALTITUDE_FT) ??
      (altitudeM === undefined ? undefined : feetFromMetres(altitudeM));
    const point = {
      timeMs,
      latDeg,
      lonDeg,
      altitudeFt: fr24AltitudeFt(altitudeFt, undefined),
      groundSpeedKt: spoken(description, SPEED_KT),
      trackAngleDeg: spoken(description, HEADING_DEG),
      callsign: this.#callsign,
      row,
    };
    const address = this.#ruledAddress() ?? this.#unnamed(point);
    if (row === 0) this.#identify(address);
    this.#sink.point(address, point);
  }

  /** The rule of the United States is exact, those of other States have exceptions: they name no address here. */
  #ruledAddress() {
    return this.#registration?.startsWith("N")
      ? addressFromRegistration(this.#registration)
      : undefined;
  }

  #identify(address: Parameters<ReaderSink["identity"]>[0]): void {
    const registration = this.#registration;
    const typeDesignator = this.#typeDesignator;
    if (registration === undefined && typeDesignator === undefined) return;
    this.#sink.identity(address, {
      ...(registration !== undefined && { registration }),
      ...(typeDesignator !== undefined && { typeDesignator }),
    });
  }
}

/** "FZ981/FDB981" is the number passengers know and the callsign. */
function callsignOf(name: string): string | undefined {
  return textOrUndefined(name.split("/").at(-1)?.slice(0, 16));
}

/** A number in the HTML beside a position: `<b>Altitude:</b></span> <span>35,000 ft</span>`. */
function numberAfter(what: string, unit: string): RegExp {
  return new RegExp(`${what}:(?:<[^>]*>|\\s)*([\\d.,]+)\\s*(?:${unit})`);
}

const ALTITUDE_FT = numberAfter("Altitude", "ft");
const SPEED_KT = numberAfter("Speed", "kt");
const HEADING_DEG = numberAfter("Heading", "&deg;|°");

function spoken(html: string, form: RegExp): number | undefined {
  const found = form.exec(html)?.[1];
  if (found === undefined) return undefined;
  const number = Number(found.includes(",") ? found.replaceAll(/,(?=\d{3}(\D|$))/g, "") : found);
  return Number.isFinite(number) ? number : undefined;
}
