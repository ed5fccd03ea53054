/**
 * @param head the first bytes of an input
 * @returns the encoding that its byte order mark says, where that is one of 16 bits; undefined for all others
 *
 * Source: The Unicode Standard, 23.8 (byte order mark).
 */
export function utf16Of(head: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  return head[0] === 0xfe && head[1] === 0xff ? "utf-16be" : undefined;
}

/** @returns the first bytes of an input as UTF-8, as they are unless a byte order mark says otherwise */
export function utf8Head(head: Uint8Array): Uint8Array {
  const encoding = utf16Of(head);
  if (encoding === undefined) return head;
  // Half a letter at the end stays out.
  return new TextEncoder().encode(new TextDecoder(encoding).decode(head, { stream: true }));
}

/** Turns text of 16 bits into UTF-8, by its byte order mark; everything else goes through as it is. */
export async function* utf8Chunks(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let held = new Uint8Array(0);
  let isDecided = false;
  let decoder: TextDecoder | undefined;
  const encoder = new TextEncoder();
  for await (const chunk of chunks) {
    let bytes = chunk;
    if (!isDecided) {
      if (held.length > 0) bytes = joined(held, chunk);
      if (bytes.length < 2) {
        held = new Uint8Array(bytes);
        continue;
      }
      isDecided = true;
      const encoding = utf16Of(bytes);
      decoder = encoding && new TextDecoder(encoding);
    }
    yield decoder ? encoder.encode(decoder.decode(bytes, { stream: true })) : plainBytes(bytes);
  }
  if (!isDecided && held.length > 0) yield held;
  const rest = decoder?.decode() ?? "";
  if (rest !== "") yield encoder.encode(rest);
}

/**
 * The same bytes as the language's own kind: loops that see it and Node's beside one another are slower than those that see one.
 */
export function plainBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
