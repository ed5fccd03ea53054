import type { ListJson } from "../../api/shapes.js";
import { pageOf, type Values } from "../parameters.js";

/** What stands beside the items of a list. */
export interface Beside {
  readonly notes: readonly string[];
  readonly simulated: boolean;
}

/**
 * The part of a list that was asked for.
 *
 * @param shape makes the JSON of an item; only of those that are shown
 */
export function listOf<From, Item>(
  all: readonly From[],
  shape: (one: From) => Item,
  { values, notes, simulated }: Beside & { readonly values: Values },
): ListJson<Item> {
  const { limit, offset } = pageOf(values);
  const end = offset + limit;
  return {
    schema: "wheelsdown/list/1",
    items: all.slice(offset, end).map(shape),
    total: all.length,
    next: end < all.length ? end : null,
    notes,
    simulated,
  };
}

/** What a file holds: everything, unless a part was asked for in so many words. */
export function fileItems<T>(all: readonly T[], values: Values): readonly T[] {
  const { limit, offset } = pageOf(values);
  return values["limit"] === undefined ? all.slice(offset) : all.slice(offset, offset + limit);
}
