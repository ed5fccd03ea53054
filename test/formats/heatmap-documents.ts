// Heatmap chunks as readsb writes them; the layout stands in src/formats/readsb-heatmap.ts.

/** When the first slice begins. */
export const HEATMAP_START_MS = Date.parse("2025-02-09T04:00:00Z");
const HEATMAP_SLICE_MS = 30_000;

/** One record of a slice: a position, or an identity where there is a callsign. Altitude in 25 ft, speed in 0.1 kt. */
export interface Heard {
  readonly hex: number;
  readonly lat?: number;
  readonly lon?: number;
  readonly alt?: number;
  readonly gs?: number;
  readonly callsign?: string;
  readonly squawk?: number;
}

/** A chunk of the given slices: the index, then each slice with its records. */
export function writeHeatmap(slices: readonly (readonly Heard[])[]): Uint8Array {
  const records: ArrayBuffer[] = [];
  const add = (fill: (view: DataView) => void): void => {
    const record = new ArrayBuffer(16);
    fill(new DataView(record));
    records.push(record);
  };
  let next = slices.length;
  for (const slice of slices) {
    const number = next;
    add((view) => view.setInt32(0, number, true));
    next += 1 + slice.length;
  }
  slices.forEach((slice, i) => {
    const timeMs = HEATMAP_START_MS + i * HEATMAP_SLICE_MS;
    add((view) => {
      view.setInt32(0, 0x0e7f7c9d, true);
      view.setInt32(4, Math.floor(timeMs / 2 ** 32), true);
      view.setUint32(8, timeMs % 2 ** 32, true);
      view.setInt16(12, HEATMAP_SLICE_MS, true);
    });
    for (const heard of slice) add((view) => writeRecord(view, heard));
  });
  return new Uint8Array(records.flatMap((record) => [...new Uint8Array(record)]));
}

function writeRecord(view: DataView, heard: Heard): void {
  const { hex, lat = 0, lon = 0, alt = -124, gs = -1, callsign, squawk = 0 } = heard;
  view.setInt32(0, hex, true);
  if (callsign === undefined) {
    view.setInt32(4, Math.round(lat * 1e6), true);
    view.setInt32(8, Math.round(lon * 1e6), true);
    view.setInt16(12, alt, true);
    view.setInt16(14, gs, true);
    return;
  }
  view.setInt32(4, 2 ** 30 + squawk, true);
  [...callsign.padEnd(8)].forEach((letter, i) => view.setUint8(8 + i, letter.charCodeAt(0)));
}
