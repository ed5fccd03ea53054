// Kinds of binary file that lie in people's folders and are none of those that are read, by their first bytes.

interface ForeignKind {
  /** What it starts with, a letter for each byte. */
  readonly start: string;
  /** What it is, and what to do. */
  readonly text: string;
}

const UNPACK = "which is not read; unpack it and give what is in it";

/** Sources: the formats' own descriptions; where a kind is known by several starts, those that are met. */
const KINDS: readonly ForeignKind[] = [
  { start: "PK\x03\x04", text: `a ZIP archive in an archive or from a pipe, ${UNPACK}` },
  { start: "PK\x05\x06", text: "a ZIP archive with nothing in it; download it again" },
  { start: "7z\xbc\xaf\x27\x1c", text: `a 7z archive, ${UNPACK}` },
  { start: "Rar!\x1a\x07", text: `a RAR archive, ${UNPACK}` },
  { start: "BZh", text: `compressed by bzip2, ${UNPACK}` },
  { start: "\xfd7zXZ\x00", text: `compressed by xz, ${UNPACK}` },
  { start: "\x04\x22\x4d\x18", text: `compressed by lz4, ${UNPACK}` },
  {
    start: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    text: "an old Excel workbook or other Office document; save its sheet as CSV and give that",
  },
  { start: "SQLite format 3\x00", text: "an SQLite database; export its table as CSV" },
  { start: "%PDF-", text: "a PDF document, not positions" },
  { start: "\x89PNG", text: "a picture, not positions" },
  { start: "\xff\xd8\xff", text: "a picture, not positions" },
  { start: "GIF8", text: "a picture, not positions" },
];

/** Names that come first in the ZIP that an office document is: Office Open XML, then OpenDocument. */
const OFFICE_FIRST =
  /^(?:\[Content_Types\]\.xml|_rels\/|docProps\/|xl\/|mimetypeapplication\/vnd\.oasis)/;

/** Where the first name stands in a ZIP (APPNOTE.TXT, section 4.3.7). */
const ZIP_NAME_AT = 30;

/** @returns whether a ZIP is a workbook, or another document of an office program */
export function isOfficeDocument(head: Uint8Array): boolean {
  const text = latin(head.subarray(0, ZIP_NAME_AT + 60));
  return text.startsWith("PK\x03\x04") && OFFICE_FIRST.test(text.slice(ZIP_NAME_AT));
}

/** @returns what a binary file is and what to do with it; undefined when it is of no kind known here */
export function describeForeignFile(head: Uint8Array): string | undefined {
  if (isOfficeDocument(head))
    return "an Excel workbook or other office document; save its sheet as CSV and give that";
  const text = latin(head.subarray(0, 64));
  return KINDS.find(({ start }) => text.startsWith(start))?.text;
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
