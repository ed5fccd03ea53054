/** What is loaded for screens without a map, but the first. */

export { DossierScreen } from "./dossier.js";
export { MethodScreen } from "./method.js";
