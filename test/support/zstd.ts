/** The largest block there is (RFC 8878, 3.1.1.2.4). */
const ZSTD_BLOCK_BYTES = 131_072;

/** Zstandard with blocks that are stored as they are (RFC 8878, 3.1.1). */
export function storedZstd(bytes: Buffer): Buffer {
  const parts: Buffer[] = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58])];
  for (let at = 0; at < bytes.length; at += ZSTD_BLOCK_BYTES) {
    const block = bytes.subarray(at, at + ZSTD_BLOCK_BYTES);
    const isLast = at + ZSTD_BLOCK_BYTES >= bytes.length ? 1 : 0;
    const header = Buffer.alloc(3);
    header.writeUIntLE((block.length << 3) | isLast, 0, 3);
    parts.push(header, block);
  }
  return Buffer.concat(parts);
}
