import { type KmlPlace, kmlPlace, kmlTimeMs } from "./kml.js";
import type { ReaderSink } from "./reader.js";

/** A time and a place that belong together. */
export type TakeTimedPlace = (timeMs: number, place: KmlPlace, row: number) => void;

/**
 * Puts times and places of `gx:Track` together as they come: first every `when`, then every `gx:coord`, the nth of which
 * belongs to the nth. What is no time or no place, or stands alone, is a row that is told.
 */
export class TimedPlaces {
  readonly #sink: ReaderSink;
  readonly #take: TakeTimedPlace;
  /** Moments, and texts that are none. */
  #whens: (number | string)[] = [];
  #coords: string[] = [];
  /** How many of both are handed over. */
  #taken = 0;
  rowCount = 0;

  constructor(sink: ReaderSink, take: TakeTimedPlace) {
    this.#sink = sink;
    this.#take = take;
  }

  when(text: string): void {
    this.#whens.push(kmlTimeMs(text) ?? text);
    this.#takePair();
  }

  coord(text: string): void {
    this.#coords.push(text);
    this.#takePair();
  }

  /** The track is at its end. */
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
    if (typeof when === "number" && place) return this.#take(when, place, row);
    const kind = place ? "row-without-time" : "row-without-position";
    const shown = JSON.stringify((place ? String(when) : coord).slice(0, 40));
    this.#sink.issue({ kind, row, detail: `${shown} is no ${place ? "UTC time" : "place"}` });
  }
}
