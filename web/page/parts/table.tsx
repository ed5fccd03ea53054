import type { ComponentChildren } from "preact";

/** The name of a column; one of numbers, or of lengths of time, stands at the right. */
export type Head = string | { readonly number: string };

/** One row: what stands in each column, in their order. */
export interface Row {
  readonly key: string;
  readonly class?: string | undefined;
  readonly cells: readonly ComponentChildren[];
}

/** A table, which scrolls by itself where it is too wide. */
export function Table({
  heads,
  rows,
  isNarrow = false,
}: {
  readonly heads: readonly Head[];
  readonly rows: readonly Row[];
  readonly isNarrow?: boolean;
}) {
  const alignment = heads.map((head) => (typeof head === "string" ? undefined : "number"));
  return (
    <div class={isNarrow ? "scroll narrow" : "scroll"}>
      <table>
        <thead>
          <tr>
            {heads.map((head, at) => (
              <th scope="col" class={alignment[at]}>
                {typeof head === "string" ? head : head.number}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} class={row.class}>
              {row.cells.map((cell, at) => (
                <td class={alignment[at]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
