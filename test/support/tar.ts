import { Header } from "tar";

/** One file to put into a tar. */
export interface TarMember {
  readonly name: string;
  readonly content: Uint8Array | string;
}

/** @returns a tar as programs write it, with two empty blocks at its end */
export function tarOf(members: readonly TarMember[]): Buffer {
  return Buffer.concat([
    ...members.flatMap(({ name, content }) => tarEntry(name, Buffer.from(content))),
    Buffer.alloc(1024),
  ]);
}

/** @param type one letter, "0" for a file; see the tar format */
export function tarEntry(
  name: string,
  content: Buffer,
  type: "0" | "5" | "L" | "x" = "0",
): Buffer[] {
  const header = new Header({ path: name, mode: 0o644, size: content.length, mtime: new Date(0) });
  header.type = type;
  const block = Buffer.alloc(512);
  header.encode(block, 0);
  return [block, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
}
