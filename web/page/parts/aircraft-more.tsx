import type { AircraftJson } from "../../../src/api/shapes.js";
import { utcDay } from "../../../src/units/time.js";
import type { Period } from "../period.js";
import type { Scene } from "../scene.js";
import { distanceText, durationText, minuteText, utcText } from "../words.js";
import { Calendar } from "./calendar.js";
import { Exports } from "./exports.js";

/** Every silence, also on the ground, also where it reaches out of what is shown. */
function GapTable({ scene }: { readonly scene: Scene }) {
  const all = [...scene.gaps, ...scene.endGaps].sort((a, b) => a.fromMs - b.fromMs);
  if (all.length === 0) return null;
  return (
    <details>
      <summary>All gaps as a table ({all.length})</summary>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Last heard</th>
              <th scope="col">Next heard</th>
              <th scope="col">Length</th>
              <th scope="col">Between</th>
            </tr>
          </thead>
          <tbody>
            {all.map((gap) => (
              <tr key={gap.id}>
                <td>
                  <a href={`/gap/${gap.id}`}>{utcText(new Date(gap.fromMs).toISOString())}</a>
                </td>
                <td>{utcText(new Date(gap.toMs).toISOString())}</td>
                <td>{durationText(gap.durationS)}</td>
                <td>
                  {gap.parked ? "on the ground at one place" : distanceText(gap.distanceKm)}
                  {gap.isEnd && <span class="local">reaches out of what is shown</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Identities({ aircraft }: { readonly aircraft: AircraftJson }) {
  return (
    <details>
      <summary>Who it is said to be ({aircraft.identities.length})</summary>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Registration</th>
              <th scope="col">Type</th>
              <th scope="col">Operator</th>
              <th scope="col">From – to</th>
              <th scope="col">Source</th>
            </tr>
          </thead>
          <tbody>
            {aircraft.identities.map((one) => (
              <tr key={`${one.registration} ${one.from} ${one.source}`}>
                <td>{one.registration ?? "–"}</td>
                <td>{one.typeName ?? one.type ?? "–"}</td>
                <td>{one.operator ?? "–"}</td>
                <td>
                  {one.from?.slice(0, 10) ?? "…"} – {one.to?.slice(0, 10) ?? "…"}
                </td>
                <td>{one.source}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Visited({ aircraft }: { readonly aircraft: AircraftJson }) {
  if (aircraft.airports.length === 0) return null;
  return (
    <details>
      <summary>Airports it was at ({aircraft.airports.length})</summary>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Airport</th>
              <th scope="col" class="number">
                Seen
              </th>
              <th scope="col" class="number">
                Inferred
              </th>
              <th scope="col">Last</th>
            </tr>
          </thead>
          <tbody>
            {aircraft.airports.map((one) => (
              <tr key={one.airport}>
                <td>
                  <a href={`/airport/${one.airport}`}>{one.airport}</a> {one.airportName}
                </td>
                <td class="number">{one.seen}</td>
                <td class="number">{one.inferred}</td>
                <td>{utcText(one.last)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
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
        formats={["csv", "geojson", "kml", "json"]}
      />
      <Exports
        label="Track"
        path={`${base}/track`}
        params={params}
        formats={["csv", "geojson", "kml", "gpx", "json"]}
      />
      {!aircraft.simulated && <Elsewhere hex={aircraft.hex} period={period} />}
    </section>
  );
}
