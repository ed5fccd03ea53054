// The package's own types import Node's streams, which the core does not have; this is what the core uses of it.
export function stringify(
  input: readonly (readonly unknown[])[],
  options?: Readonly<Record<string, unknown>>,
): string;
