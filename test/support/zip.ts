import { zipSync } from "fflate";

/** One file to put into a ZIP. */
export interface ZipMember {
  readonly name: string;
  readonly content: Uint8Array | string;
}

/** @returns a ZIP as programs write it; members are deflated unless `level` is 0 */
export function zipOf(members: readonly ZipMember[], level: 0 | 6 = 6): Buffer {
  const files = members.map(({ name, content }) => [name, Buffer.from(content)] as const);
  return Buffer.from(zipSync(Object.fromEntries(files), { level, mtime: "2020-01-01T00:00:00" }));
}
