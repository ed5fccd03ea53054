// Files that the page's build takes as assets.
declare module "*?url" {
  /** Where the page finds the file. */
  const url: string;
  export default url;
}
declare module "*?worker&url" {
  /** Where the page finds the script of the worker. */
  const url: string;
  export default url;
}
declare module "*.css";
