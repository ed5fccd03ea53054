export type DuckDb = typeof import("@duckdb/node-api");
type Bindings = typeof import("@duckdb/node-bindings");

let loading: Promise<DuckDb> | undefined;
let bindings: Bindings | undefined;

/** DuckDB's library is 70 MB: it is loaded at its first use, not when the program starts. */
export function loadDuckDb(): Promise<DuckDb> {
  loading ??= (async () => {
    const duckdb = await import("@duckdb/node-api");
    bindings = (await import("./duckdb-native.js")).bindings;
    return duckdb;
  })();
  return loading;
}

/** The library below the package's objects; there as soon as any engine is. */
export function nativeBindings(): Bindings {
  return bindings!;
}
