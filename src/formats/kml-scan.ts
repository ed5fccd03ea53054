import sax from "sax";

/** chosen: exports nest eight deep. */
const DEPTH_MAX = 64;

/** What a reader wants to hear of a KML document, in the order of the document. */
export interface KmlEvents {
  open?(name: string): void;
  /**
   * @param text what stands in it outside of other elements, trimmed
   * @param parent the name of the element around it, "" for the outermost
   */
  close(name: string, text: string, parent: string): void;
}

const SLASH = 47;
const EXCLAMATION = 33;
const CDATA_START = "<![CDATA[";
const CDATA_END = "]]>";
const SPACE = 32;
/** A tag with a name and nothing else, but for a space behind it as some programs write. chosen: longer than any name of KML */
const PLAIN_TAG = /[A-Za-z_][\w:.-]{0,63} ?>/y;

/**
 * Tells the elements of a document as its text comes.
 *
 * A library reads XML, letter by letter. What nearly all of a KML document is, tags without attributes, texts without entities
 * and CDATA, is read here instead, twenty times as fast: wherever the library stands between two tags, as far as it goes. What
 * comes then goes to the library, which is first told the tags that were opened meanwhile.
 */
export class KmlScan {
  readonly #events: KmlEvents;
  readonly #parser = sax.parser(true);
  /** Of the elements that are open: names, and texts so far. */
  readonly #names: string[] = [];
  readonly #texts: string[] = [];
  #isTelling = false;
  /** A second outermost element is damage that only the library tells, at its first text. */
  #isRootClosed = false;
  /** Why nothing more is read: behind damage nothing is sure, "<" may be text and text an element. */
  damage: string | undefined;

  constructor(events: KmlEvents) {
    this.#events = events;
    Object.assign(this.#parser, {
      onerror: (error: Error) => {
        // The first line says what; the others say where, counted from the start of a piece.
        this.damage ??= error.message.split("\n")[0]!.toLowerCase();
      },
      onopentag: ({ name }: { readonly name: string }) => {
        if (!this.#isTelling) this.#opened(name);
      },
      ontext: (text: string) => this.#add(text),
      oncdata: (text: string) => this.#add(text),
      onclosetag: () => this.#closed(),
    });
  }

  write(text: string): void {
    const parser = this.#parser;
    let at = 0;
    while (at < text.length && this.damage === undefined) {
      if (parser.state === sax.STATE.TEXT && this.#names.length > 0 && !this.#isRootClosed) {
        parser.flush();
        at = this.#readPlain(text, at);
        if (this.damage !== undefined) return;
      }
      // To the end of a tag: or of a piece of something that the library is in the middle of.
      const end = text.indexOf(">", at) + 1;
      const next = end > 0 ? end : text.length;
      parser.write(text.slice(at, next));
      at = next;
    }
  }

  end(): void {
    if (this.damage === undefined) this.#parser.close();
  }

  /** Reads from between two tags on. @returns where something stands that is for the library to read */
  #readPlain(text: string, from: number): number {
    const depth = this.#names.length;
    let at = from;
    while (this.damage === undefined) {
      const tag = text.indexOf("<", at);
      if (tag < 0) break;
      const between = text.slice(at, tag);
      if (between.includes("&")) break;
      this.#add(between);
      at = tag;
      const next = this.#readTag(text, tag, depth);
      if (next < 0) break;
      at = next;
    }
    this.#tell(depth);
    return at;
  }

  /** @returns the place behind a tag or a CDATA section; -1 for what is none, or not here to its end */
  #readTag(text: string, tag: number, depth: number): number {
    const mark = text.charCodeAt(tag + 1);
    if (mark === SLASH) {
      const name = this.#names.at(-1)!;
      const end = tag + 2 + name.length;
      const isItsEnd = text.startsWith(name, tag + 2) && text[end] === ">";
      // What the library saw open has to be closed by the library.
      if (!isItsEnd || this.#names.length === depth) return -1;
      this.#closed();
      return end + 1;
    }
    if (mark === EXCLAMATION) {
      const end = text.startsWith(CDATA_START, tag) ? text.indexOf(CDATA_END, tag) : -1;
      if (end < 0) return -1;
      this.#add(text.slice(tag + CDATA_START.length, end));
      return end + CDATA_END.length;
    }
    PLAIN_TAG.lastIndex = tag + 1;
    if (!PLAIN_TAG.test(text)) return -1;
    const end = PLAIN_TAG.lastIndex;
    const nameEnd = text.charCodeAt(end - 2) === SPACE ? end - 2 : end - 1;
    this.#opened(text.slice(tag + 1, nameEnd));
    return end;
  }

  /** Tells the library which elements are open beyond those that it knows. */
  #tell(depth: number): void {
    if (this.#names.length === depth || this.damage !== undefined) return;
    this.#isTelling = true;
    this.#parser.write(`<${this.#names.slice(depth).join("><")}>`);
    this.#isTelling = false;
  }

  #opened(name: string): void {
    if (this.damage !== undefined) return;
    this.#names.push(name);
    this.#texts.push("");
    if (this.#names.length > DEPTH_MAX) this.damage = `elements in more than ${DEPTH_MAX} others`;
    else this.#events.open?.(name);
  }

  #add(text: string): void {
    const last = this.#texts.length - 1;
    if (last < 0 || this.damage !== undefined) return;
    const before = this.#texts[last]!;
    // What comes first is trimmed in the end: nearly all that stands beside elements is what sets them off.
    this.#texts[last] = before === "" ? text.trimStart() : before + text;
  }

  #closed(): void {
    if (this.damage !== undefined) return;
    const name = this.#names.pop()!;
    const text = this.#texts.pop()!;
    if (this.#names.length === 0) this.#isRootClosed = true;
    this.#events.close(name, text.trimEnd(), this.#names.at(-1) ?? "");
  }
}
