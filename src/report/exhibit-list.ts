import type { DossierModel } from "./dossier-model.js";
import type { ExhibitJson, MovementJson } from "./shapes.js";

/** One numbered exhibit: some rows of one input, and the input's own facts. */
export interface NumberedExhibit extends ExhibitJson {
  /** "E1": how sentences and tables refer to it. */
  readonly label: string;
  readonly format: string;
  readonly licence: string;
  readonly simulated: boolean;
}

/** All exhibits of a dossier, each once, in the order in which its tables name them. */
export class ExhibitList {
  readonly exhibits: NumberedExhibit[] = [];
  readonly #labels = new Map<string, string>();

  constructor(model: DossierModel) {
    const inputs = new Map(model.inputs.map((input) => [input.sha256, input]));
    for (const movement of movementsOf(model)) {
      for (const exhibit of movement.exhibits) {
        const key = keyOf(exhibit);
        if (this.#labels.has(key)) continue;
        const label = `E${this.exhibits.length + 1}`;
        this.#labels.set(key, label);
        const input = inputs.get(exhibit.input);
        this.exhibits.push({
          ...exhibit,
          label,
          format: input?.format ?? "not stated",
          licence: input?.licence ?? "not stated",
          simulated: movement.simulated || (input?.simulated ?? false),
        });
      }
    }
  }

  /** @returns the labels of a movement's exhibits, in its order */
  labelsOf(movement: MovementJson): string[] {
    return movement.exhibits.map((exhibit) => this.#labels.get(keyOf(exhibit)) ?? "");
  }
}

function movementsOf(model: DossierModel): MovementJson[] {
  const stops = model.journeys.flatMap((one) => one.journey.stops);
  const ofStops = stops
    .flatMap((stop) => [stop.landing, stop.takeoff])
    .filter((one) => one !== null);
  // The table of landings stands first only when the question is about a place.
  return model.place ? [...model.landings, ...ofStops] : [...ofStops, ...model.landings];
}

function keyOf(exhibit: ExhibitJson): string {
  return JSON.stringify([exhibit.input, exhibit.file, exhibit.rowFrom, exhibit.rowTo]);
}
