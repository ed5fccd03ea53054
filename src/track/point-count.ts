import type { Address } from "../aircraft/address.js";
import { type InputReport, InputSink } from "./collector.js";
import type { PointBlock } from "./point-block.js";
import { POSITION_SOURCES, type Point, type StatedIdentity } from "./track.js";

/** What an input holds, beside what its report says. */
export interface PointCounts {
  /** Positions by how they came about, those there are, in the order of POSITION_SOURCES. */
  readonly positionSources: Readonly<Record<string, number>>;
  /** What the input says of its one aircraft; empty when it holds several. */
  readonly stated: StatedIdentity;
}

/** Takes an input's points as a collector does, with the same checks, and keeps none of them. */
export class PointCounter {
  readonly #bySource = new Float64Array(POSITION_SOURCES.length);
  #source: { readonly stated: ReadonlyMap<Address, StatedIdentity> } | undefined;

  /** Starts an input; a counter counts one. */
  begin(file: string, format: string): InputSink {
    return new InputSink(file, format, {
      point: (_, source, { positionSource = "unknown" }: Point) => {
        this.#bySource[POSITION_SOURCES.indexOf(positionSource)]!++;
        this.#source = source;
        return true;
      },
      points: (_, source, block: PointBlock) => {
        for (let i = 0; i < block.length; i++) this.#bySource[block.positionSource[i]!]!++;
        this.#source = source;
        return true;
      },
    });
  }

  counts({ addresses }: Pick<InputReport, "addresses">): PointCounts {
    const sources = POSITION_SOURCES.flatMap((source, index) =>
      this.#bySource[index]! > 0 ? [[source, this.#bySource[index]!] as const] : [],
    );
    const only = addresses.length === 1 ? addresses[0]! : undefined;
    return {
      positionSources: Object.fromEntries(sources),
      stated: (only !== undefined && this.#source?.stated.get(only)) || {},
    };
  }
}
