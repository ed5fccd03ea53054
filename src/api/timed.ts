/** When an answer's time may be shown as one: the page follows the same rule as the reports. */

export { TIMED_MAX_MS } from "../journey/journey.js";
