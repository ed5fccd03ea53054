// The package has no types of its own; this is what the core uses of it.

/** A parser that takes a document in pieces and calls what hangs on it: onerror, onopentag, ontext and so on. */
interface XmlParser {
  write(text: string): XmlParser;
  close(): XmlParser;
  /** Tells the text that it has so far. */
  flush(): void;
  /** What it is in the middle of, one of `STATE`. */
  readonly state: number;
}

declare const sax: {
  /** @param strict true: what is not well-formed is an error, and names keep their case */
  parser(strict: boolean): XmlParser;
  readonly STATE: { readonly TEXT: number };
};
export default sax;
