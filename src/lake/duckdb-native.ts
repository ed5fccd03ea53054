/** DuckDB's library as its package binds it. A file of its own: the import in it is what loads 70 MB. */
export { default as bindings } from "@duckdb/node-bindings";
