/** Finds room for text on a map: every mark is a handful of boxes, and a label goes where it covers least. */

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One way to place a label: where its text starts and the boxes it would cover. */
export interface Placement {
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "middle" | "end";
  readonly angleDeg: number;
  readonly boxes: readonly Box[];
}

/** chosen: wide enough for DejaVu Sans, the widest face the page's font list falls back to. */
const WIDTH_PER_CHARACTER = 0.62;

/** @returns an upper estimate of a text's width, in the unit of `fontSize` */
export function textWidth(text: string, fontSize: number): number {
  return [...text].length * fontSize * WIDTH_PER_CHARACTER;
}

/** What already stands on the map. Marks weigh more than lines: text may cross a line before it covers a mark. */
export class Occupied {
  readonly #marks: Box[] = [];
  readonly #lines: Box[] = [];
  readonly #frame: Box;

  constructor(frame: Box) {
    this.#frame = frame;
  }

  addMark(box: Box): void {
    this.#marks.push(box);
  }

  addMarks(boxes: readonly Box[]): void {
    this.#marks.push(...boxes);
  }

  addLinePoint(x: number, y: number): void {
    this.#lines.push({ x: x - 2, y: y - 2, width: 4, height: 4 });
  }

  /** @returns 0 for free room; leaving the frame costs most, then covering a mark, then crossing a line */
  cost(boxes: readonly Box[]): number {
    let cost = 0;
    for (const box of boxes) {
      if (!inside(box, this.#frame)) cost += 1000;
      for (const mark of this.#marks) cost += overlap(box, mark) > 0 ? 60 + overlap(box, mark) : 0;
      for (const line of this.#lines) cost += overlap(box, line) > 0 ? 6 : 0;
    }
    return cost;
  }

  /** @returns the cheapest placement, the earliest of equals; undefined when all cost more than `costMax` */
  best(placements: readonly Placement[], costMax: number): Placement | undefined {
    let found: Placement | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const placement of placements) {
      const cost = this.cost(placement.boxes);
      if (cost >= least) continue;
      least = cost;
      found = placement;
      if (cost === 0) break;
    }
    return least <= costMax ? found : undefined;
  }
}

/**
 * Places around a mark, right side first, for a label of some lines.
 *
 * @param frameWidth above and below, a label near the frame's edge is moved sideways until it fits
 */
export function placementsAround(
  mark: Box,
  size: { readonly width: number; readonly height: number; readonly ascent: number },
  frameWidth: number,
): Placement[] {
  const pad = 5;
  const { width, height, ascent } = size;
  const midY = mark.y + mark.height / 2 - height / 2;
  const midX = mark.x + mark.width / 2;
  const right = mark.x + mark.width + pad;
  const left = mark.x - pad;
  const above = mark.y - pad - height;
  const below = mark.y + mark.height + pad;
  const at = (x: number, y: number, anchor: Placement["anchor"]): Placement => {
    const boxX = anchor === "start" ? x : anchor === "end" ? x - width : x - width / 2;
    return { x, y: y + ascent, anchor, angleDeg: 0, boxes: [{ x: boxX, y, width, height }] };
  };
  const fitting = Math.min(Math.max(4, midX - width / 2), frameWidth - width - 4);
  return [
    at(right, midY, "start"),
    at(left, midY, "end"),
    at(midX, below, "middle"),
    at(midX, above, "middle"),
    at(right - pad, above + pad, "start"),
    at(right - pad, below - pad, "start"),
    at(left + pad, above + pad, "end"),
    at(left + pad, below - pad, "end"),
    at(fitting, above, "start"),
    at(fitting, below, "start"),
    at(fitting, above - height * 0.5, "start"),
    at(fitting, below + height * 0.5, "start"),
  ];
}

/** The boxes of a text centred at a point and turned: a chain of squares along its baseline. */
export function turnedBoxes(
  centre: { readonly x: number; readonly y: number },
  angleDeg: number,
  size: { readonly width: number; readonly height: number },
): Box[] {
  const boxes: Box[] = [];
  const { width, height } = size;
  const count = Math.max(1, Math.ceil(width / height));
  const cos = Math.cos((angleDeg * Math.PI) / 180);
  const sin = Math.sin((angleDeg * Math.PI) / 180);
  for (let i = 0; i < count; i++) {
    const along = ((i + 0.5) / count - 0.5) * width;
    const x = centre.x + along * cos - height / 2;
    const y = centre.y + along * sin - height / 2;
    boxes.push({ x, y, width: height, height });
  }
  return boxes;
}

function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

function inside(box: Box, frame: Box): boolean {
  return (
    box.x >= frame.x &&
    box.y >= frame.y &&
    box.x + box.width <= frame.x + frame.width &&
    box.y + box.height <= frame.y + frame.height
  );
}
