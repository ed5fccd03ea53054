import envPaths from "env-paths";

/** @returns the folder the cache is kept in: option, then environment, then the system's custom */
export function cacheFolder(cacheDir?: string): string {
  const named = cacheDir ?? process.env["WHEELSDOWN_CACHE"];
  return named !== undefined && named !== "" ? named : envPaths("wheelsdown", { suffix: "" }).cache;
}
