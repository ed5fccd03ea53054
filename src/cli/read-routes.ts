import { type ParsedRoutes, parseRouteCsv } from "../aircraft/route-csv.js";
import { fileBytes } from "../io/input-bytes.js";
import { gather, isWholeGzip, PACKING_BYTES, packingOf, unpackChunks } from "../io/unpack.js";
import { checkFile } from "../query/read-text.js";
import { WheelsdownError } from "../units/errors.js";

/** The largest public list unpacks to 19 MB. chosen: test/cli/routes.test.ts */
const LIMIT_BYTES = 256e6;

/**
 * Reads a list of routes the user named, packed by gzip or zstd or not at all.
 *
 * @throws WheelsdownError "input-missing", or "input-invalid" when it is no list of routes, damaged or far too large
 */
export async function readRoutes(path: string): Promise<ParsedRoutes> {
  const what = "the list of routes";
  await checkFile(path, what);
  const bytes = await fileBytes(path);
  const packing = packingOf(await bytes.head(PACKING_BYTES));
  let damage: string | undefined;
  const unpacked = unpackChunks(packing, bytes.chunks(), (code) => {
    damage = code;
  });
  const plain = await gather(unpacked, LIMIT_BYTES);
  // Half a list would pass for a whole one that lacks the callsign.
  if (packing === "gzip" && !(await isWholeGzip(bytes))) damage ??= "no end";
  if (damage !== undefined)
    throw new WheelsdownError(
      "input-invalid",
      `cannot read ${what} ${path}: damaged or cut off (${damage})`,
    );
  if (!plain)
    throw new WheelsdownError(
      "input-invalid",
      `cannot read ${what} ${path}: larger than ${LIMIT_BYTES / 1e6} MB unpacked`,
    );
  return parseRouteCsv(new TextDecoder().decode(plain), {
    file: path,
    sha256: await bytes.sha256(),
  });
}
