/** Text made safe for XML and for the HTML that map programs show in a balloon. */

/** @returns `text` safe in XML content and attributes; characters XML 1.0 cannot hold become U+FFFD */
export function xmlText(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex -- XML 1.0 section 2.2 has no place for these characters.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      .replaceAll("'", "&apos;")
      // Written bare it would be read back as a line feed (XML 1.0 section 2.11).
      .replaceAll("\r", "&#13;")
  );
}

/**
 * Sentences as HTML, one paragraph each. Google Earth and Cesium show descriptions as HTML: a callsign that holds
 * markup must stay text there.
 */
export function htmlParagraphs(sentences: readonly string[]): string {
  const safe = sentences.map((sentence) =>
    sentence.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
  );
  return safe.map((sentence) => `<p>${sentence}</p>`).join("");
}
