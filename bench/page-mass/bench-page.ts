/**
 * The page that is measured: a map of nothing, and on it the same positions, drawn by the page's own layer
 * (`?way=mass`) or by a plain line layer of MapLibre (`?way=geojson`).
 *
 * What counts as drawn: the picture was read back after the first frame that has everything in it.
 */
export const BENCH_PAGE = `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/maplibre/maplibre-gl.css">
<style>html,body,#map{margin:0;height:100%}</style><div id="map"></div>
<script type="module">
import * as maplibre from "/maplibre/maplibre-gl.mjs";
import { massLayer } from "/dist/web/page/map/mass/mass-layer.js";
maplibre.setWorkerUrl("/maplibre/maplibre-gl-worker.mjs");
const way = new URLSearchParams(location.search).get("way");
const map = new maplibre.Map({
  container: "map", center: [0, 20], zoom: 1.5, fadeDuration: 0, attributionControl: false,
  canvasContextAttributes: { antialias: false, preserveDrawingBuffer: true },
  style: { version: 8, sources: {}, layers: [{ id: "ground", type: "background", paint: { "background-color": "#18222f" } }] },
});
const gl = map.getCanvas().getContext("webgl2");
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const frame = () => new Promise((done) => { map.once("render", done); map.triggerRepaint(); });
function readBack() {
  const { width, height } = map.getCanvas();
  const pixels = new Uint8Array(width * height * 4);
  gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
  let lit = 0;
  for (let i = 0; i < pixels.length; i += 4) if (Math.abs(pixels[i] - 0x18) + Math.abs(pixels[i + 1] - 0x22) > 6) lit++;
  return lit;
}
/** Longest time in which this thread answered nobody. */
function watchBlocks() {
  const watch = { longestMs: 0, isOver: false };
  const channel = new MessageChannel();
  let beforeMs = performance.now();
  channel.port1.onmessage = () => {
    const nowMs = performance.now();
    watch.longestMs = Math.max(watch.longestMs, nowMs - beforeMs);
    beforeMs = nowMs;
    if (!watch.isOver) setTimeout(() => channel.port2.postMessage(0), 0);
  };
  channel.port2.postMessage(0);
  return watch;
}
async function drawMass() {
  const layer = massLayer({ theme: "dark", isLite: false });
  map.addLayer(layer);
  const worker = new Worker("/dist/web/page/map/mass/mass-worker.js", { type: "module" });
  const mass = await new Promise((done, fail) => {
    worker.onmessage = ({ data }) => data.kind === "ready" ? done(data.mass) : data.kind === "failed" && fail(new Error(data.detail));
    worker.postMessage({ url: new URL("/positions.bin", location.href).href, omit: [] });
  });
  worker.terminate();
  await layer.setMass(mass);
  return layer;
}
async function drawGeoJson() {
  map.addSource("lines", { type: "geojson", data: "/positions.geojson", tolerance: 0.2 });
  map.addLayer({ id: "lines", type: "line", source: "lines", paint: { "line-width": 1, "line-color": "#6cb6ff", "line-opacity": 0.4 } });
  await new Promise((done) => map.once("idle", done));
}
async function framesMs(count, before) {
  const startMs = performance.now();
  for (let i = 0; i < count; i++) { before?.(i); await frame(); gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4)); }
  return (performance.now() - startMs) / count;
}
async function run() {
  if (!map.loaded()) await new Promise((done) => map.once("idle", done));
  // A first picture, and the code of reading it back, are nobody's cost.
  await frame(); readBack();
  // What other work on the machine does to a thread that has nothing to do.
  const idle = watchBlocks();
  await pause(2000);
  idle.isOver = true;
  const blocks = watchBlocks();
  const startMs = performance.now();
  const layer = way === "mass" ? await drawMass() : await drawGeoJson();
  // Decoding, laying out and handing over; a frame of the software renderer comes after it.
  const handedBlockMs = layer ? blocks.longestMs : null;
  await frame();
  const untilFrameMs = blocks.longestMs;
  const lit = readBack();
  const drawnMs = performance.now() - startMs;
  blocks.isOver = true;
  const heapMb = performance.memory.usedJSHeapSize / 2 ** 20;
  const repaintMs = await framesMs(5);
  const playMs = layer ? await framesMs(5, (i) => layer.setWindow({ fromS: 40000 + i * 60 - 1200, toS: 40000 + i * 60 })) : null;
  window.__result = { way, drawnMs, idleBlockMs: idle.longestMs, longestBlockMs: untilFrameMs, handedBlockMs, heapMb, lit, repaintMs, playMs };
}
run().catch((error) => { window.__result = { error: String(error.stack ?? error) }; });
</script>`;
