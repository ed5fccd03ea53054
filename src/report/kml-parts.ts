/** The building stones of a KML document, in the order in which its schema wants them (OGC 12-007r2, KML 2.3). */

import { joined, type Pieces } from "./pieces.js";
import { xmlText } from "./xml-text.js";

/** KML colours are aabbggrr. KML has no dashed lines: gaps are cut into dashes where they are made. */
const STYLES = [
  '<Style id="contact"><LineStyle><color>ffb8620b</color><width>3</width></LineStyle></Style>',
  '<Style id="gap"><LineStyle><color>99005ba8</color><width>1.5</width></LineStyle></Style>',
  '<Style id="seen"><IconStyle><color>ff3d7119</color></IconStyle></Style>',
  '<Style id="inferred"><IconStyle><color>ff005095</color><scale>0.9</scale></IconStyle></Style>',
  '<Style id="open"><IconStyle><color>ff817066</color><scale>0.7</scale></IconStyle></Style>',
].join("");

export type StyleName = "contact" | "gap" | "seen" | "inferred" | "open";

/** One thing on the map. */
export interface Placemark {
  readonly name: string;
  /** HTML, made safe: Google Earth shows it as that. */
  readonly descriptionHtml: string;
  /** ISO 8601 UTC; left out, it is shown at any time. */
  readonly span?: { readonly from: string; readonly to: string } | undefined;
  readonly style: StyleName;
  /** The element itself, `<Point>...`. */
  readonly geometry: Pieces;
}

/** @returns a `<Placemark>` */
export function* placemark(one: Placemark): Generator<string> {
  const { name, descriptionHtml, span, style, geometry } = one;
  const time = span ? `<TimeSpan><begin>${span.from}</begin><end>${span.to}</end></TimeSpan>` : "";
  yield `<Placemark><name>${xmlText(name)}</name><description>${xmlText(descriptionHtml)}</description>${time}<styleUrl>#${style}</styleUrl>`;
  yield* geometry;
  yield "</Placemark>";
}

/** @returns a `<Point>` on the ground; longitude and latitude in degrees */
export function point(lon: number, lat: number): string {
  return `<Point><coordinates>${lon},${lat}</coordinates></Point>`;
}

/** @yields a `<Folder>`; none for an empty one */
export function* folder(
  name: string,
  features: Iterable<Pieces>,
  descriptionHtml = "",
): Generator<Pieces> {
  const rest = features[Symbol.iterator]();
  const first = rest.next();
  if (first.done) return;
  const description =
    descriptionHtml === "" ? "" : `<description>${xmlText(descriptionHtml)}</description>`;
  function* pieces(): Generator<string> {
    yield `<Folder><name>${xmlText(name)}</name>${description}\n`;
    yield* first.value!;
    for (let next = rest.next(); !next.done; next = rest.next()) {
      yield "\n";
      yield* next.value;
    }
    yield "\n</Folder>";
  }
  yield pieces();
}

/** @yields a whole document; `gx:Track` is Google's extension, which Google Earth, QGIS and GDAL read */
export function* kmlDocument(
  name: string,
  features: Iterable<Pieces>,
  descriptionHtml: string,
): Generator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document><name>${xmlText(name)}</name><open>1</open><description>${xmlText(descriptionHtml)}</description>${STYLES}
`;
  yield* joined(features, "\n");
  yield `
</Document></kml>
`;
}
