/** What draws the map, loaded once the text is there: MapLibre, the layer of others, and pictures of it. */

export { createMap } from "./map-view.js";
export { trafficOn } from "./mass/traffic.js";
export { savePicture } from "./picture.js";
