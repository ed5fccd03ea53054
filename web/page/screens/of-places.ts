/** What is loaded for lists of landings, of a place or a question, and for gaps. */

export { AirportScreen } from "./airport.js";
export { CountryScreen } from "./country.js";
export { GapScreen } from "./gap.js";
export { SearchScreen } from "./search.js";
