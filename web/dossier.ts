// The script inside a dossier. Without it the dossier is complete; with it the map can be moved, and a slider walks
// along the journey. It reads everything from the drawings themselves and loads nothing.

interface Piece {
  readonly line: readonly (readonly [number, number])[];
  readonly timesS: readonly number[];
}

interface Silence {
  readonly fromMs: number;
  readonly toMs: number;
  readonly at: readonly [number, number];
}

interface Drawing {
  readonly svg: SVGSVGElement;
  readonly pieces: readonly Piece[];
  readonly silences: readonly Silence[];
  readonly here: SVGGElement;
  readonly unknown: SVGGElement;
  readonly width: number;
  readonly height: number;
  zoom: number;
  left: number;
  top: number;
}

const ZOOM_MAX = 12;
/** The whole journey plays in half a minute. */
const PLAY_MS = 30_000;

document.documentElement.classList.add("scripted");
openForPrint();
for (const figure of document.querySelectorAll<HTMLElement>("figure.map")) start(figure);

/** Paper cannot be unfolded. */
function openForPrint(): void {
  const folded: HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll<HTMLDetailsElement>("details:not([open])")) {
      details.open = true;
      folded.push(details);
    }
  });
  addEventListener("afterprint", () => {
    for (const details of folded.splice(0)) details.open = false;
  });
}

function start(figure: HTMLElement): void {
  const drawings = [...figure.querySelectorAll<SVGSVGElement>(".frame > svg")].flatMap(read);
  for (const drawing of drawings) listen(figure, drawing);
  for (const button of figure.querySelectorAll<HTMLButtonElement>("[data-zoom]")) {
    button.addEventListener("click", () => {
      for (const drawing of drawings) {
        if (button.dataset["zoom"] === "all") show(drawing, { zoom: 1, left: 0, top: 0 });
        else zoomBy(drawing, button.dataset["zoom"] === "in" ? 1.6 : 1 / 1.6);
        figure.classList.toggle("zoomed", drawing.zoom > 1);
      }
    });
  }
  startSlider(figure, drawings);
}

function read(svg: SVGSVGElement): Drawing[] {
  const here = svg.querySelector<SVGGElement>(".here");
  const unknown = svg.querySelector<SVGGElement>(".unknown");
  if (!here || !unknown) return [];
  const pieces = [...svg.querySelectorAll<SVGPathElement>(".contact path[data-t]")].map((path) => {
    let timeS = 0;
    const timesS = numbers(path.dataset["t"]).map((step) => (timeS += step));
    const flat = numbers(path.getAttribute("d"));
    const line = timesS.map((_, index): [number, number] => [
      flat[index * 2] ?? 0,
      flat[index * 2 + 1] ?? 0,
    ]);
    return { line, timesS };
  });
  const silences = [...svg.querySelectorAll<SVGGElement>(".gap[data-at]")].map((gap): Silence => {
    const [x = 0, y = 0] = numbers(gap.dataset["at"]);
    const { from, to } = gap.dataset;
    return { fromMs: Number(from), toMs: Number(to), at: [x, y] };
  });
  const { width, height } = svg.viewBox.baseVal;
  return [{ svg, pieces, silences, here, unknown, width, height, zoom: 1, left: 0, top: 0 }];
}

function numbers(text: string | null | undefined): number[] {
  return (text?.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
}

function listen(figure: HTMLElement, drawing: Drawing): void {
  const { svg } = drawing;
  svg.addEventListener(
    "wheel",
    (event) => {
      // Only with a modifier, or once zoomed: a page must scroll past a map without being caught by it.
      if (!event.ctrlKey && !event.metaKey && drawing.zoom === 1) return;
      event.preventDefault();
      zoomBy(drawing, event.deltaY < 0 ? 1.2 : 1 / 1.2, place(drawing, event));
      figure.classList.toggle("zoomed", drawing.zoom > 1);
    },
    { passive: false },
  );
  svg.addEventListener("dblclick", (event) => {
    zoomBy(drawing, 2, place(drawing, event));
    figure.classList.toggle("zoomed", drawing.zoom > 1);
  });
  svg.addEventListener("pointerdown", (event) => {
    if (drawing.zoom === 1) return;
    svg.setPointerCapture(event.pointerId);
    const grabbed = place(drawing, event);
    const move = (moved: PointerEvent) => {
      const now = place(drawing, moved);
      show(drawing, {
        zoom: drawing.zoom,
        left: drawing.left + grabbed.x - now.x,
        top: drawing.top + grabbed.y - now.y,
      });
    };
    const stop = () => {
      svg.removeEventListener("pointermove", move);
    };
    svg.addEventListener("pointermove", move);
    svg.addEventListener("pointerup", stop, { once: true });
    svg.addEventListener("pointercancel", stop, { once: true });
  });
}

/** Where on the drawing a pointer is. */
function place(drawing: Drawing, event: MouseEvent): { x: number; y: number } {
  const box = drawing.svg.getBoundingClientRect();
  return {
    x: drawing.left + ((event.clientX - box.left) / box.width) * (drawing.width / drawing.zoom),
    y: drawing.top + ((event.clientY - box.top) / box.height) * (drawing.height / drawing.zoom),
  };
}

function zoomBy(drawing: Drawing, factor: number, around?: { x: number; y: number }): void {
  const { width, height, left, top } = drawing;
  const zoom = Math.min(ZOOM_MAX, Math.max(1, drawing.zoom * factor));
  const ratio = drawing.zoom / zoom;
  const x = around?.x ?? left + width / drawing.zoom / 2;
  const y = around?.y ?? top + height / drawing.zoom / 2;
  show(drawing, { zoom, left: x - (x - left) * ratio, top: y - (y - top) * ratio });
}

function show(drawing: Drawing, view: { zoom: number; left: number; top: number }): void {
  const { svg, width, height } = drawing;
  const [wide, high] = [width / view.zoom, height / view.zoom];
  drawing.zoom = view.zoom;
  drawing.left = Math.min(Math.max(0, view.left), width - wide);
  drawing.top = Math.min(Math.max(0, view.top), height - high);
  svg.setAttribute("viewBox", `${drawing.left} ${drawing.top} ${wide} ${high}`);
  // Marks and labels keep their size on screen.
  svg.style.setProperty("--shrink", String(1 / view.zoom));
}

function startSlider(figure: HTMLElement, drawings: readonly Drawing[]): void {
  const slider = figure.querySelector<HTMLInputElement>("input[type=range]");
  const output = figure.querySelector("output");
  const play = figure.querySelector<HTMLButtonElement>("[data-play]");
  if (!slider || !output || !play) return;
  const fromMs = Number(figure.dataset["from"]);
  const section = figure.closest("section");
  const cursors = [...(section?.querySelectorAll<SVGPathElement>(".profile .cursor") ?? [])];
  const stops = [...(section?.querySelectorAll<HTMLElement>(".stop-rows") ?? [])];
  const update = () => {
    const timeS = Number(slider.value);
    const timeMs = fromMs + timeS * 1000;
    const contact = drawings.map((drawing) => mark(drawing, timeS, timeMs)).some(Boolean);
    for (const cursor of cursors) moveCursor(cursor, timeS / Number(slider.max));
    for (const stop of stops) {
      const { from, to } = stop.dataset;
      const near = from !== undefined && timeMs >= Number(from) && timeMs <= Number(to);
      stop.classList.toggle("now", near);
    }
    say({ output, slider, timeMs, heard: contact ? undefined : nearest(drawings[0], timeS) });
  };
  slider.addEventListener("input", update);
  startPlay(play, slider, update);
}

/** Puts the marker on the line, or the question mark in the gap; @returns whether anything was received then. */
function mark(drawing: Drawing, timeS: number, timeMs: number): boolean {
  for (const { line, timesS } of drawing.pieces) {
    const last = timesS.length - 1;
    if (timeS < timesS[0]! - 30 || timeS > timesS[last]! + 30) continue;
    let i = 1;
    while (i < last && timesS[i]! < timeS) i++;
    const [a, b] = [line[i - 1]!, line[i] ?? line[i - 1]!];
    const spanS = (timesS[i] ?? timesS[i - 1]!) - timesS[i - 1]!;
    const t = spanS > 0 ? Math.min(1, Math.max(0, (timeS - timesS[i - 1]!) / spanS)) : 0;
    put(drawing.here, [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])]);
    put(drawing.unknown, undefined);
    return true;
  }
  const silence = drawing.silences.find((one) => timeMs >= one.fromMs && timeMs <= one.toMs);
  put(drawing.here, undefined);
  put(drawing.unknown, silence?.at ?? nearest(drawing, timeS)?.at);
  return false;
}

interface Heard {
  readonly at: readonly [number, number];
  readonly lastS: number | undefined;
  readonly nextS: number | undefined;
}

/** The last received position before a time and when the next one came. */
function nearest(drawing: Drawing | undefined, timeS: number): Heard | undefined {
  let last: { timeS: number; at: readonly [number, number] } | undefined;
  let next: { timeS: number; at: readonly [number, number] } | undefined;
  for (const { line, timesS } of drawing?.pieces ?? []) {
    const end = timesS.length - 1;
    if (timesS[end]! <= timeS) last = { timeS: timesS[end]!, at: line[end]! };
    if (timesS[0]! >= timeS) next ??= { timeS: timesS[0]!, at: line[0]! };
  }
  const at = last?.at ?? next?.at;
  return at ? { at, lastS: last?.timeS, nextS: next?.timeS } : undefined;
}

function put(group: SVGGElement, at: readonly [number, number] | undefined): void {
  group.setAttribute("visibility", at ? "visible" : "hidden");
  if (at) group.setAttribute("transform", `translate(${at[0]} ${at[1]})`);
}

function moveCursor(cursor: SVGPathElement, share: number): void {
  const { left, right } = cursor.ownerSVGElement?.dataset ?? {};
  const x = Number(left) + share * (Number(right) - Number(left));
  cursor.setAttribute("transform", `translate(${x} 0)`);
  cursor.setAttribute("visibility", "visible");
}

function say(state: {
  readonly output: HTMLOutputElement;
  readonly slider: HTMLInputElement;
  readonly timeMs: number;
  readonly heard: Heard | undefined;
}): void {
  const { output, slider, timeMs, heard } = state;
  const when = utcText(timeMs);
  output.textContent = when;
  if (heard) {
    const fromMs = timeMs - Number(slider.value) * 1000;
    const strong = document.createElement("b");
    strong.textContent = " Position unknown. ";
    const edges = [
      heard.lastS === undefined ? "" : `Last received ${utcText(fromMs + heard.lastS * 1000)}`,
      heard.nextS === undefined ? "" : `next ${utcText(fromMs + heard.nextS * 1000)}`,
    ];
    output.append(strong, edges.filter((text) => text !== "").join(", "));
  } else output.append(" Received.");
  slider.setAttribute("aria-valuetext", output.textContent ?? when);
}

function utcText(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 16).replace("T", " ")}Z`;
}

function startPlay(play: HTMLButtonElement, slider: HTMLInputElement, update: () => void): void {
  // Nothing moves by itself for people who asked for that; the slider stays.
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    play.remove();
    return;
  }
  let startedMs = Number.NaN;
  let startedAt = 0;
  const stop = () => {
    startedMs = Number.NaN;
    play.textContent = "Play";
    play.setAttribute("aria-pressed", "false");
  };
  const step = (nowMs: number) => {
    if (Number.isNaN(startedMs)) return;
    const reached = startedAt + ((nowMs - startedMs) / PLAY_MS) * Number(slider.max);
    slider.value = String(reached);
    update();
    if (reached >= Number(slider.max)) stop();
    else requestAnimationFrame(step);
  };
  play.addEventListener("click", () => {
    if (!Number.isNaN(startedMs)) {
      stop();
      return;
    }
    startedAt = Number(slider.value) >= Number(slider.max) ? 0 : Number(slider.value);
    startedMs = performance.now();
    play.textContent = "Pause";
    play.setAttribute("aria-pressed", "true");
    requestAnimationFrame(step);
  });
  slider.addEventListener("pointerdown", stop);
}
