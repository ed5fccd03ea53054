import { queryOf } from "../url.js";

/** Links to the data behind a view. */
export function Exports({
  path,
  params = {},
  formats,
  label,
}: {
  readonly path: string;
  readonly params?: Readonly<Record<string, string | undefined>>;
  readonly formats: readonly string[];
  readonly label: string;
}) {
  const query = queryOf(params);
  return (
    <p class="exports">
      {label}{" "}
      {formats.map((format) => (
        <a key={format} href={`${path}.${format}${query === "" ? "" : `?${query}`}`} download>
          {format === "geojson" ? "GeoJSON" : format.toUpperCase()}
        </a>
      ))}
    </p>
  );
}
