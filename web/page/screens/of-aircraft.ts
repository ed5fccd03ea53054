/** What is loaded for an aircraft. */

export { Dock } from "../parts/dock.js";
export { PointCard } from "../parts/point-card.js";
export { TrackTools } from "../parts/track-tools.js";
export { AircraftScreen } from "./aircraft.js";
