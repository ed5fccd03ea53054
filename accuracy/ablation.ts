/** Parts of the inference that can be switched off to see what each earns; left out means on. */
export interface AblationOptions {
  readonly useDeparture?: boolean;
  readonly useCoverage?: boolean;
  readonly useAlignment?: boolean;
  readonly usePriors?: boolean;
}

/** The engine whole, and without each part. */
export const ABLATIONS: readonly (readonly [string, AblationOptions])[] = [
  ["whole", {}],
  ["without the next departure", { useDeparture: false }],
  ["without coverage", { useCoverage: false }],
  ["without alignment", { useAlignment: false }],
  ["without priors", { usePriors: false }],
];
