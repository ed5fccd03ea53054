/** Where the larger airports lie, for places an answer only names. */

import airportsUrl from "@basemap/airports.json?url";
import { useEffect, useState } from "preact/hooks";
import type { AirportJson, SearchJson } from "../../src/api/shapes.js";
import { ask } from "./api.js";

/** Latitude and longitude, degrees. */
export type PlacesOfIdents = ReadonlyMap<string, readonly [latDeg: number, lonDeg: number]>;

interface Columns {
  readonly ident: readonly string[];
  readonly lat: readonly number[];
  readonly lon: readonly number[];
}

let larger: Promise<Map<string, readonly [number, number]>> | undefined;

function loadLarger(): Promise<Map<string, readonly [number, number]>> {
  larger ??= ask<Columns>(airportsUrl).then(
    ({ ident, lat, lon }) =>
      new Map(ident.map((each, i) => [each, [lat[i]! / 1000, lon[i]! / 1000] as const])),
  );
  return larger;
}

/** chosen: more would ask the server for each */
const SMALL_MAX = 8;

/** Places of idents: the larger airports from the page's own list, a few small ones from the server. */
export function usePlaces(idents: readonly string[]): PlacesOfIdents {
  const [places, setPlaces] = useState<PlacesOfIdents>(new Map());
  const key = idents.join(",");
  useEffect(() => {
    if (key === "") return undefined;
    let wanted = true;
    placesOf(key.split(",")).then(
      (found) => wanted && setPlaces(found),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [key]);
  return places;
}

async function placesOf(idents: readonly string[]): Promise<PlacesOfIdents> {
  const known = await loadLarger();
  const found = new Map<string, readonly [number, number]>();
  const small = idents.filter((ident) => !known.has(ident)).slice(0, SMALL_MAX);
  for (const ident of idents) if (known.has(ident)) found.set(ident, known.get(ident)!);
  await Promise.all(
    small.map(async (ident) => {
      const at = await smallAirport(ident).catch(() => undefined);
      if (at) found.set(ident, at);
    }),
  );
  return found;
}

/** Looked for first: what is no ident of an airport would be asked for in vain. */
async function smallAirport(ident: string): Promise<readonly [number, number] | undefined> {
  const word = encodeURIComponent(ident);
  const { found } = await ask<SearchJson>(`/api/search?q=${word}`);
  if (!found.some(({ kind, id }) => kind === "airport" && id === ident)) return undefined;
  const { lat, lon } = await ask<AirportJson>(`/api/airport/${word}`);
  return [lat, lon];
}
