import { ADSBLOL_ATTRIBUTION } from "./adsblol.js";

/** Lies beside the files of the archive. */
export const LICENCE_FILE = "LICENCE.txt";

/** Terms of the adsb.lol archive; the first line is the one to print beside what is published. */
export function licenceText(): string {
  return `${ADSBLOL_ATTRIBUTION}

The files below this folder are taken from the adsb.lol globe_history archive as they were published there. The archive
states: "This database is made available under the Open Database License:
http://opendatacommons.org/licenses/odbl/1.0/."
In short, without replacing its text: use and pass on freely; name the source, as in the first line; a database made
from it and passed on comes under the same licence; what is only shown from it (a table, a map, an article) names it.
provenance.json in the folder of each day says which files of the archive its traces are from, with sizes and SHA-256.
`;
}
