/** The place of the map: it comes after the text, and when it cannot be drawn everything else still works. */

import { useEffect, useRef } from "preact/hooks";
import { firstAnswer } from "../api.js";
import {
  clearMap,
  drawing,
  mapFailure,
  mapHandle,
  partNote,
  pointAt,
  shownSketch,
  trackAt,
} from "../map/map-state.js";
import "../map/map-keys.js";
import type { Covered } from "../map/map-view.js";
import { traffic } from "../map/mass/traffic-state.js";
import { scene } from "../player.js";
import { selectedPoint } from "../selection.js";
import {
  adjust,
  go,
  isMotionReduced,
  isPicture,
  isSimulated,
  ramp,
  theme,
  view,
} from "../state.js";
import { readCamera, readView, writeCamera } from "../url.js";
import { BOUNDARY_NOTE, Caption, PictureTools } from "./caption.js";
import { Legend } from "./legend.js";
import { PointCard } from "./loaded.js";
import { TrafficCard, TrafficLayer } from "./traffic.js";

/** The camera the map itself has put into the address. */
let written: string | undefined;

/** chosen: where the legend covers more, the map is too small to keep it free */
const COVERED_MAX_SHARE = 0.4;

/** chosen: on a wider map the marks in its upper left corner are far from most of what is fitted */
const NARROW_PX = 560;

/** The legend, at the edge where less of the map is lost to it; on narrow maps also the marks of what is drawn. */
function coveredBy(container: HTMLElement): Covered {
  const { clientWidth, clientHeight } = container;
  const over = (name: string) => container.parentElement?.querySelector<HTMLElement>(name);
  const marks =
    clientWidth < NARROW_PX ? [...(over(".over")?.querySelectorAll(":scope > p") ?? [])] : [];
  const marksEnd = marks.at(-1)?.getBoundingClientRect().bottom ?? 0;
  const topPx = Math.max(0, marksEnd - container.getBoundingClientRect().top);
  const none = {
    topPx: topPx / clientHeight > COVERED_MAX_SHARE ? 0 : topPx,
    rightPx: 0,
    bottomPx: 0,
  };
  const legend = over(".legend");
  if (!legend) return none;
  const { offsetWidth, offsetHeight } = legend;
  const [wide, high] = [offsetWidth / clientWidth, offsetHeight / clientHeight];
  if (Math.min(wide, high) > COVERED_MAX_SHARE) return none;
  return wide < high ? { ...none, rightPx: offsetWidth } : { ...none, bottomPx: offsetHeight };
}

async function startMap(container: HTMLElement) {
  const { createMap } = await import("../map/map-parts.js");
  const params = view.value?.params ?? {};
  return createMap({
    container,
    look: { theme: theme.value, ramp: ramp.value },
    isGlobe: params["proj"] === "globe",
    isStill: isMotionReduced,
    lite: params["gfx"] === undefined ? undefined : params["gfx"] === "lite",
    camera: readCamera(params["v"]),
    covered: () => coveredBy(container),
    onMove: (camera) => {
      written = writeCamera(camera);
      adjust({ v: written });
    },
    onOpen: (href) => {
      const { pathname, search } = new URL(href, location.href);
      const next = readView(pathname, search);
      if (next) go(next);
    },
    onGap: (id) => {
      adjust({ sel: `gap:${id}` });
      document.querySelector(`li[data-gap="${id}"]`)?.scrollIntoView({ block: "nearest" });
    },
    onTrack: (latDeg, lonDeg) => trackAt.current?.(latDeg, lonDeg),
    onPoint: (place, isClick) => pointAt.current?.(place, isClick) ?? false,
  });
}

/** What a reader can do something about. */
function reasonOf(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  return words.includes("WebGL") ? "this browser has no WebGL 2" : words;
}

/** chosen: a server that takes longer than this for its first answer does not keep the map away */
const MAP_DELAY_MAX_MS = 1500;

/** Text first: settles when the first answer is there and painted, or late. */
async function untilText(): Promise<void> {
  const late = new Promise<void>((resolve) => {
    setTimeout(resolve, MAP_DELAY_MAX_MS);
  });
  await Promise.race([firstAnswer, late]);
  await new Promise<void>((resolve) => {
    setTimeout(resolve, 30);
  });
}

function useMap() {
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let isGone = false;
    untilText()
      .then(() => (container.current && !isGone ? startMap(container.current) : undefined))
      .then(
        (handle) => {
          if (!isGone && handle) mapHandle.value = handle;
          return isGone ? handle?.destroy() : undefined;
        },
        (error: unknown) => {
          mapFailure.value = reasonOf(error);
        },
      );
    return () => {
      isGone = true;
      mapHandle.value?.destroy();
      mapHandle.value = null;
      mapFailure.value = undefined;
    };
  }, []);
  return container;
}

function useDrawing(): void {
  const handle = mapHandle.value;
  const shown = drawing.value;
  const sketch = shownSketch.value;
  const [colours, named] = [theme.value, ramp.value];
  const isGlobe = view.value?.params["proj"] === "globe";
  const camera = view.value?.params["v"];
  useEffect(() => {
    const wanted = camera === written ? undefined : readCamera(camera);
    if (wanted) handle?.jumpTo(wanted);
  }, [handle, camera]);
  useEffect(() => handle?.setLook({ theme: colours, ramp: named }), [handle, colours, named]);
  useEffect(() => handle?.setGlobe(isGlobe), [handle, isGlobe]);
  useEffect(() => {
    handle?.setDrawing(shown, { keepView: view.peek()?.params["v"] !== undefined });
  }, [handle, shown]);
  useEffect(() => handle?.setSketch(sketch), [handle, sketch]);
}

function Selected() {
  const now = view.value;
  const at = now && selectedPoint(now.params);
  const shown = scene.value;
  if (!shown || at == null || isPicture.value) return null;
  return <PointCard hex={shown.track.hex} at={at} />;
}

/** The canvas cannot be read; how many positions of others it holds can. */
function othersDrawn(): number {
  const now = traffic.value;
  return now.state === "ready" && now.isDrawn ? now.drawnCount : 0;
}

/** Map, legend and the notes that belong on every picture of it. */
function MapPane() {
  const container = useMap();
  const failed = mapFailure.value;
  useDrawing();
  return (
    <section class={view.value?.params["proj"] === "globe" ? "map globe" : "map"} aria-label="Map">
      <div
        class="canvas"
        ref={container}
        data-ready={mapHandle.value ? "yes" : "no"}
        data-others={othersDrawn()}
      />
      {failed !== undefined && (
        <p class="failed">The map cannot be drawn here ({failed}). The lists hold all of it.</p>
      )}
      <div class="over">
        {isSimulated.value && <p class="sim-stamp">SIMULATED</p>}
        {partNote.value !== "" && <p class="part-note">{partNote.value}</p>}
        <Selected />
      </div>
      <TrafficLayer />
      <TrafficCard />
      <Legend />
      {isPicture.value ? <PictureTools /> : <p class="boundaries">{BOUNDARY_NOTE}</p>}
    </section>
  );
}

/**
 * The side of a screen that is the map.
 *
 * @param place what the screen is about: what was drawn for another is taken away
 */
export function MapSide({ place }: { readonly place: string }) {
  useEffect(() => clearMap, [place]);
  return (
    <>
      <MapPane />
      {isPicture.value && <Caption />}
    </>
  );
}
