import type { AircraftJson } from "../../../src/api/shapes.js";
import { utcDay } from "../../../src/units/time.js";
import type { Period } from "../period.js";
import type { Scene } from "../scene.js";
import { distanceText, durationText, minuteText, utcText } from "../words.js";
import { Calendar } from "./calendar.js";
import { Exports } from "./exports.js";
import { Table } from "./table.js";

/** Every silence, also on the ground, also where it reaches out of what is shown. */
function GapTable({ scene }: { readonly scene: Scene }) {
  const all = [...scene.gaps, ...scene.endGaps].sort((a, b) => a.fromMs - b.fromMs);
  if (all.length === 0) return null;
  return (
    <details>
      <summary>All gaps as a table ({all.length})</summary>
      <Table
        heads={["Last heard", "Next heard", "Length", "Between"]}
        rows={all.map((gap) => ({
          key: gap.id,
          cells: [
            <a href={`/gap/${gap.id}`}>{utcText(new Date(gap.fromMs).toISOString())}</a>,
            utcText(new Date(gap.toMs).toISOString()),
            durationText(gap.durationS),
            <>
              {gap.parked ? "on the ground at one place" : distanceText(gap.distanceKm)}
              {gap.isEnd && <span class="local">reaches out of what is shown</span>}
            </>,
          ],
        }))}
      />
    </details>
  );
}

function Identities({ aircraft }: { readonly aircraft: AircraftJson }) {
  return (
    <details>
      <summary>Who it is said to be ({aircraft.identities.length})</summary>
      <Table
        heads={["Registration", "Type", "Operator, source", "From – to"]}
        rows={aircraft.identities.map((one) => ({
          key: `${one.registration} ${one.from} ${one.source}`,
          cells: [
            one.registration ?? "–",
            one.typeName ?? one.type ?? "–",
            <>
              {one.operator ?? "–"}
              <span class="local">{one.source}</span>
            </>,
            `${one.from?.slice(0, 10) ?? "…"} – ${one.to?.slice(0, 10) ?? "…"}`,
          ],
        }))}
      />
    </details>
  );
}

function Visited({ aircraft }: { readonly aircraft: AircraftJson }) {
  if (aircraft.airports.length === 0) return null;
  return (
    <details>
      <summary>Airports it was at ({aircraft.airports.length})</summary>
      <Table
        heads={["Airport", { number: "Seen" }, { number: "Inferred" }, "Last"]}
        rows={aircraft.airports.map((one) => ({
          key: one.airport,
          cells: [
            <>
              <a href={`/airport/${one.airport}`}>{one.airport}</a> {one.airportName}
            </>,
            one.seen,
            one.inferred,
            utcText(one.last),
          ],
        }))}
      />
    </details>
  );
}

/** The same aircraft and day on other sites; nothing is asked of them before one clicks. */
function Elsewhere({ hex, period }: { readonly hex: string; readonly period: Period }) {
  const query = `?icao=${hex}&showTrace=${utcDay(period.fromMs + 60 * 60_000)}`;
  const sites = [
    ["ADS-B Exchange", "https://globe.adsbexchange.com/"],
    ["adsb.lol", "https://adsb.lol/"],
    ["adsb.fi", "https://globe.adsb.fi/"],
    ["airplanes.live", "https://globe.airplanes.live/"],
  ] as const;
  return (
    <p class="exports">
      The same day elsewhere{" "}
      {sites.map(([name, address]) => (
        <a key={name} href={`${address}${query}`} target="_blank" rel="noreferrer noopener">
          {name}
        </a>
      ))}
    </p>
  );
}

/** What else there is about an aircraft. */
export function AircraftMore({
  aircraft,
  period,
  scene,
}: {
  readonly aircraft: AircraftJson;
  readonly period: Period;
  readonly scene: Scene | undefined;
}) {
  const params = { from: minuteText(period.fromMs), to: minuteText(period.toMs) };
  const base = `/api/aircraft/${aircraft.hex}`;
  return (
    <section class="more" aria-labelledby="more">
      <h2 id="more">More</h2>
      {scene && <GapTable scene={scene} />}
      <details>
        <summary>Days it was heard ({aircraft.days.length})</summary>
        <Calendar
          days={aircraft.days.map(({ day, positionCount }) => ({ day, count: positionCount }))}
          href={(day) => `/aircraft/${aircraft.hex}?from=${day}&to=${day}`}
          unit="positions"
        />
      </details>
      <Visited aircraft={aircraft} />
      <Identities aircraft={aircraft} />
      <Exports
        label="Journeys"
        path={`${base}/journeys`}
        params={params}
        formats={["csv", "geojson", "kml", "czml", "gpx", "json"]}
      />
      <Exports
        label="Track"
        path={`${base}/track`}
        params={params}
        formats={["csv", "geojson", "kml", "czml", "gpx", "json"]}
      />
      {!aircraft.simulated && <Elsewhere hex={aircraft.hex} period={period} />}
    </section>
  );
}
