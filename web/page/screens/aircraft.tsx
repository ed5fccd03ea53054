/** One aircraft: finding, itinerary and gaps beside the map, its time in the dock. */

import { useEffect, useMemo } from "preact/hooks";
import type { AircraftJson, JourneyJson, ListJson, TrackJson } from "../../../src/api/shapes.js";
import { usePlaces } from "../airport-places.js";
import { type Answer, useAnswer, useAnswers, valueOf } from "../api.js";
import { findingOf } from "../finding.js";
import { aircraftDrawing, possibleIdents } from "../map/aircraft-drawing.js";
import { drawnPartOf, drawnPartText } from "../map/drawn-part.js";
import { drawing, legendParts, mapCaption, partNote, trackAt } from "../map/map-state.js";
import { useReach } from "../map/moving.js";
import { AircraftHead } from "../parts/aircraft-head.js";
import { AircraftMore } from "../parts/aircraft-more.js";
import { Finding } from "../parts/finding-part.js";
import { Itinerary } from "../parts/itinerary.js";
import { JourneyChoice } from "../parts/journey-choice.js";
import { Moving } from "../parts/moving.js";
import { NotThere, Wait } from "../parts/wait.js";
import { periodOf, within } from "../period.js";
import { scene, showScene } from "../player.js";
import { nearestTimeMs, type Scene, sceneOf } from "../scene.js";
import { selectedGap, selectPoint } from "../selection.js";
import { hasLayer, isScreenSimulated } from "../state.js";
import { queryOf, type View } from "../url.js";
import { minuteText } from "../words.js";

function useScene(hex: string, params: View["params"], lastHeard: string | null | undefined) {
  const journeys = useAnswer<ListJson<JourneyJson>>(`/api/aircraft/${hex}/journeys?limit=1000`);
  const all = valueOf(journeys)?.items;
  const period = periodOf(params, all, lastHeard);
  const query = period && queryOf({ from: minuteText(period.fromMs), to: minuteText(period.toMs) });
  // Of an aircraft that only rules and lists know there is no track to ask for.
  const isHeard = typeof lastHeard === "string";
  const path = query && isHeard ? `/api/aircraft/${hex}/track?${query}` : undefined;
  const track = useAnswer<TrackJson>(path);
  const tracked = valueOf(track);
  const built = useMemo<Scene | null>(() => {
    if (!tracked || !all || !period) return null;
    return sceneOf(tracked, within(all, period), period);
  }, [tracked, all, query]);
  useEffect(() => {
    showScene(built);
  }, [built]);
  useEffect(() => {
    trackAt.current = (latDeg, lonDeg) => {
      const timeMs = scene.peek() ? nearestTimeMs(scene.peek()!, latDeg, lonDeg) : undefined;
      if (timeMs !== undefined) selectPoint(timeMs);
    };
    return () => {
      trackAt.current = undefined;
      showScene(null);
    };
  }, []);
  return { journeys, track, period, built };
}

/** chosen: more tracks than these cannot be told apart */
const OTHERS_MAX = 4;

/** Addresses shown beside the aircraft: "with=3c6444,4ca7b3". */
function othersOf(params: View["params"]): string[] {
  const hexes = (params["with"] ?? "").toLowerCase().split(",");
  return hexes.filter((each) => /^[0-9a-f]{6}$/.test(each)).slice(0, OTHERS_MAX);
}

/** @returns tracks of the aircraft beside this one, as far as they are there */
function useDrawn(built: Scene | null, params: View["params"]): readonly TrackJson[] {
  const selected = selectedGap(params);
  const reach = useReach(selected);
  const period = built && queryOf({ from: minuteText(built.fromMs), to: minuteText(built.toMs) });
  const others = useAnswers<TrackJson>(
    period === null ? [] : othersOf(params).map((hex) => `/api/aircraft/${hex}/track?${period}`),
  );
  const idents = built ? possibleIdents(built) : [];
  const places = usePlaces(idents);
  const [alt, src, isTimed] = [params["alt"], params["src"], hasLayer(params, "times")];
  useEffect(() => {
    if (!built) return;
    const part = drawnPartOf({ alt: alt ?? "", src: src ?? "" });
    const options = { places, selected, reach, others, part, hasTimes: isTimed };
    drawing.value = aircraftDrawing(built, options);
    partNote.value = part ? drawnPartText(part) : "";
    legendParts.value = [
      "altitude",
      "gap",
      "edge",
      "seen",
      "inferred",
      "possible",
      ...(reach && !reach.anywhere ? (["excluded", "reach"] as const) : []),
      "lens",
    ];
  }, [built, places, selected, reach, others, alt, src, isTimed]);
  return others;
}

function useCaption(known: AircraftJson | undefined, built: Scene | null): void {
  useEffect(() => {
    if (!known || !built) return;
    const registration = known.identities.find((one) => one.registration !== null)?.registration;
    const finding = findingOf(built).map(({ text }) => text);
    mapCaption.value = {
      title: registration == null ? `Aircraft ${known.hex}` : `${registration} (${known.hex})`,
      text: finding.join("").trim(),
    };
  }, [known, built]);
}

function TrackState({ track }: { readonly track: Answer<TrackJson> }) {
  return (
    <Wait answer={track} what="the positions">
      {(value) =>
        value.time.length === 0 ? <p class="empty">No position in this period is shown.</p> : null
      }
    </Wait>
  );
}

function Others({
  hexes,
  tracks,
}: {
  readonly hexes: readonly string[];
  readonly tracks: readonly TrackJson[];
}) {
  if (hexes.length === 0) return null;
  const unheard = new Set(tracks.flatMap(({ hex, time }) => (time.length === 0 ? [hex] : [])));
  return (
    <p>
      Also on the map:{" "}
      {hexes.map((hex) => (
        <>
          <a key={hex} href={`/aircraft/${hex}`}>
            {hex}
          </a>{" "}
          {unheard.has(hex) && "(not heard in this period) "}
        </>
      ))}
    </p>
  );
}

/** The screen's panel. */
export function AircraftScreen({
  hex,
  params,
}: {
  readonly hex: string;
  readonly params: View["params"];
}) {
  const aircraft = useAnswer<AircraftJson>(`/api/aircraft/${hex}`);
  const known = valueOf(aircraft);
  const { journeys, track, period, built } = useScene(hex, params, known?.lastHeard);
  const selected = selectedGap(params);
  const others = useDrawn(built, params);
  useEffect(() => {
    isScreenSimulated.value = (known?.simulated ?? false) || (valueOf(track)?.simulated ?? false);
  }, [known, track]);
  useCaption(known, built);
  const shown = scene.value ?? built;
  if (aircraft.state === "failed")
    return <NotThere title={`Aircraft ${hex}`} detail={aircraft.detail} />;
  return (
    <>
      <Moving />
      <Wait answer={aircraft} what="the aircraft">
        {(value) => <AircraftHead aircraft={value} />}
      </Wait>
      <Wait answer={journeys} what="the journeys">
        {({ items }) =>
          known?.lastHeard === null ? (
            <p class="empty">
              No position of it is shown, so nothing is said about where it was.{" "}
              <a href="/method">What the lake holds</a>
            </p>
          ) : (
            <JourneyChoice hex={hex} journeys={items} period={period} />
          )
        }
      </Wait>
      {period && <TrackState track={track} />}
      <Others hexes={othersOf(params)} tracks={others} />
      {shown && shown.track.hex === hex && (
        <>
          <Finding scene={shown} others={othersOf(params)} />
          <Itinerary scene={shown} selected={selected} />
        </>
      )}
      {known && period && (
        <AircraftMore aircraft={known} period={period} scene={shown ?? undefined} />
      )}
    </>
  );
}
