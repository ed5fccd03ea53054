import type { Fleet } from "../fleet.js";
import { RU_GOVERNMENT } from "./ru-government.js";

/** @returns the fleets that come with the program; more come from watchlist files */
export function builtInFleets(): readonly Fleet[] {
  return [RU_GOVERNMENT];
}
