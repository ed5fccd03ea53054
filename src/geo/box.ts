/** A latitude-longitude box; `westDeg` greater than `eastDeg` means it crosses 180°. Edges belong to it. */
export interface BoundingBox {
  readonly southDeg: number;
  readonly westDeg: number;
  readonly northDeg: number;
  readonly eastDeg: number;
}

/**
 * Metres to a degree of latitude, at the least: 110,574 m at the equator of WGS 84, rounded down so that a box made
 * with it is never too small. Source: WGS 84.
 */
const LEAST_METRES_PER_DEG = 110_500;

/** @returns false when a coordinate is NaN */
export function boxHolds(box: BoundingBox, latDeg: number, lonDeg: number): boolean {
  if (!(latDeg >= box.southDeg && latDeg <= box.northDeg)) return false;
  const { westDeg, eastDeg } = box;
  return westDeg > eastDeg
    ? lonDeg >= westDeg || lonDeg <= eastDeg
    : lonDeg >= westDeg && lonDeg <= eastDeg;
}

/**
 * A box that holds every place within a distance of a box.
 *
 * @param marginM metres; round a pole all longitudes are taken
 */
export function grownBox(box: BoundingBox, marginM: number): BoundingBox {
  const marginDeg = marginM / LEAST_METRES_PER_DEG;
  const southDeg = Math.max(-90, box.southDeg - marginDeg);
  const northDeg = Math.min(90, box.northDeg + marginDeg);
  // The meridians a small circle touches lie farther than its centre's parallel says: asin(sin r / cos lat).
  const cosLat = Math.cos(
    (Math.max(Math.abs(box.southDeg), Math.abs(box.northDeg)) * Math.PI) / 180,
  );
  const ratio = Math.sin(Math.min(90, marginDeg) * (Math.PI / 180)) / cosLat;
  const lonMarginDeg = ratio < 1 ? (Math.asin(ratio) * 180) / Math.PI : 360;
  const widthDeg = lonWidthDeg(box) + 2 * lonMarginDeg;
  if (widthDeg >= 360) return { southDeg, westDeg: -180, northDeg, eastDeg: 180 };
  return {
    southDeg,
    westDeg: wrapped(box.westDeg - lonMarginDeg),
    northDeg,
    eastDeg: wrapped(box.eastDeg + lonMarginDeg),
  };
}

/** @param eastDeg at or east of `westDeg`, longitudes running on past 180 where they cross it */
export function boxOfRun(run: {
  readonly southDeg: number;
  readonly westDeg: number;
  readonly northDeg: number;
  readonly eastDeg: number;
}): BoundingBox {
  const { southDeg, northDeg } = run;
  if (run.eastDeg - run.westDeg >= 360) return { southDeg, westDeg: -180, northDeg, eastDeg: 180 };
  return { southDeg, westDeg: wrapped(run.westDeg), northDeg, eastDeg: wrapped(run.eastDeg) };
}

/** @returns the smallest box that holds both */
export function unionOfBoxes(a: BoundingBox, b: BoundingBox): BoundingBox {
  const southDeg = Math.min(a.southDeg, b.southDeg);
  const northDeg = Math.max(a.northDeg, b.northDeg);
  const fromA = Math.max(lonWidthDeg(a), eastwardDeg(a.westDeg, b.westDeg) + lonWidthDeg(b));
  const fromB = Math.max(lonWidthDeg(b), eastwardDeg(b.westDeg, a.westDeg) + lonWidthDeg(a));
  const westDeg = fromA <= fromB ? a.westDeg : b.westDeg;
  return boxOfRun({ southDeg, westDeg, northDeg, eastDeg: westDeg + Math.min(fromA, fromB) });
}

/**
 * Joins boxes until there are few, each time the two whose joining adds least.
 *
 * @param most how many may be left
 * @returns boxes that hold whatever the given ones hold
 */
export function fewBoxes(boxes: readonly BoundingBox[], most: number): BoundingBox[] {
  const left = boxes.length > MANY_BOXES ? joinedByTile(boxes) : [...boxes];
  while (left.length > most) {
    let best = { cost: Number.POSITIVE_INFINITY, i: 0, j: 1 };
    for (let i = 0; i < left.length; i++) {
      for (let j = i + 1; j < left.length; j++) {
        const joined = sizeDeg2(unionOfBoxes(left[i]!, left[j]!));
        const cost = joined - sizeDeg2(left[i]!) - sizeDeg2(left[j]!);
        if (cost < best.cost) best = { cost, i, j };
      }
    }
    const [other] = left.splice(best.j, 1);
    left[best.i] = unionOfBoxes(left[best.i]!, other!);
  }
  return left;
}

/** Above this, joining two at a time is slow; chosen: 60 boxes take a few milliseconds. */
const MANY_BOXES = 60;
const TILE_DEG = 30;

function joinedByTile(boxes: readonly BoundingBox[]): BoundingBox[] {
  const tiles = new Map<string, BoundingBox>();
  for (const box of boxes) {
    const key = `${Math.floor(box.southDeg / TILE_DEG)} ${Math.floor(box.westDeg / TILE_DEG)}`;
    const before = tiles.get(key);
    tiles.set(key, before ? unionOfBoxes(before, box) : box);
  }
  return [...tiles.values()];
}

function sizeDeg2(box: BoundingBox): number {
  return (box.northDeg - box.southDeg) * lonWidthDeg(box);
}

function lonWidthDeg({ westDeg, eastDeg }: BoundingBox): number {
  return westDeg > eastDeg ? eastDeg - westDeg + 360 : eastDeg - westDeg;
}

/** Degrees from one meridian eastward to another, 0 up to 360. */
function eastwardDeg(fromDeg: number, toDeg: number): number {
  return (((toDeg - fromDeg) % 360) + 360) % 360;
}

/** Brings a longitude into -180..180; 180 itself stays. */
function wrapped(lonDeg: number): number {
  if (lonDeg >= -180 && lonDeg <= 180) return lonDeg;
  return ((((lonDeg + 180) % 360) + 360) % 360) - 180;
}
