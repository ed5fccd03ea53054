import type { AirportTable } from "../place/airport.js";
import { type CleanTrack, cleanTrack } from "../track/clean.js";
import { findContacts, findGaps } from "../track/contacts.js";
import type { Contact, Gap } from "../track/gap.js";
import type { Integrity } from "../track/integrity.js";
import type { Track } from "../track/track.js";
import { detectMovements } from "./detect.js";
import { FieldLookup } from "./field-lookup.js";
import type { Movement } from "./movement.js";
import { type AircraftTraits, type AnalystOptions, buildScene } from "./scene.js";

/** Everything one aircraft's track says; indices in contacts and gaps point into `clean.track`. */
export interface Analysis {
  readonly clean: CleanTrack;
  /** What speaks against taking the track at its word. */
  readonly integrity: Integrity;
  readonly contacts: readonly Contact[];
  readonly gaps: readonly Gap[];
  readonly movements: readonly Movement[];
}

/** Cleans tracks, cuts them into contacts and gaps, and finds their movements. One per airport table. */
export class Analyst {
  readonly #lookup: FieldLookup;

  readonly #options: AnalystOptions;

  constructor(airports: AirportTable, options: AnalystOptions = {}) {
    this.#lookup = new FieldLookup(airports);
    this.#options = options;
  }

  analyse(track: Track, traits: AircraftTraits): Analysis {
    const { fieldsHeld = Number.POSITIVE_INFINITY } = this.#options;
    if (this.#lookup.heldCount > fieldsHeld) this.#lookup.letGo();
    const clean = cleanTrack(track);
    const contacts = findContacts(clean.track);
    const scene = buildScene(clean, traits, this.#lookup, this.#options);
    const movements = clean.track.length === 0 ? [] : detectMovements(scene);
    return {
      clean,
      integrity: scene.integrity,
      contacts,
      gaps: findGaps(clean.track, contacts),
      movements:
        this.#options.usePriors === false
          ? movements.map((movement) => ({ ...movement, fieldPriors: false }))
          : movements,
    };
  }
}
