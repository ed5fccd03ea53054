/** One received position with all that came with it, over the map. */

import type { PositionAnswerJson } from "../../../src/api/shapes.js";
import { useAnswer } from "../api.js";
import { adjust } from "../state.js";
import { grouped, instantText, localText } from "../words.js";
import { Simulated } from "./badge.js";
import { Wait } from "./wait.js";

const SOURCE_WORDS: Readonly<Record<string, string>> = {
  adsb: "sent by the aircraft (ADS-B)",
  adsc: "sent by satellite (ADS-C)",
  mlat: "reckoned by multilateration (MLAT)",
  tisb: "rebroadcast from the ground (TIS-B)",
  adsr: "rebroadcast from the ground (ADS-R)",
  mode: "Mode S",
  flarm: "FLARM",
  estimated: "estimated by the source",
};

const SET_ASIDE_WORDS: Readonly<Record<string, string>> = {
  duplicate: "it repeats another row",
  stale: "the position did not change while the aircraft said that it moved",
  jump: "it lies where the aircraft cannot have got to",
};

function sourceText(source: string | null): string {
  if (source === null) return "not said";
  const words = SOURCE_WORDS[source.split("_")[0]!];
  return words === undefined ? source : `${words}, “${source}”`;
}

/** What the input does not hold is said, never filled. */
const NOT_THERE = "not received";

function feet(value: number | null): string {
  return value === null ? NOT_THERE : `${grouped(value)} ft`;
}

function integrityText({ nic, nacP, sil }: PositionAnswerJson): string {
  const parts = [
    ["NIC", nic],
    ["NACp", nacP],
    ["SIL", sil],
  ] as const;
  const sent = parts.filter(([, value]) => value !== null);
  return sent.length === 0 ? NOT_THERE : sent.map(([name, value]) => `${name} ${value}`).join(", ");
}

function motionText({ groundSpeedKt, trackAngleDeg, verticalRateFpm }: PositionAnswerJson): string {
  const parts = [
    groundSpeedKt === null ? "" : `${grouped(groundSpeedKt)} kt`,
    trackAngleDeg === null ? "" : `over ground towards ${(Math.round(trackAngleDeg) + 360) % 360}°`,
    verticalRateFpm === null ? "" : `${verticalRateFpm > 0 ? "+" : ""}${verticalRateFpm} ft/min`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? NOT_THERE : parts.join(", ");
}

function rowsOf(one: PositionAnswerJson): [string, string][] {
  const { lat, lon, altitudeFt, geometricAltitudeFt, onGround, callsign, squawk } = one;
  const ground = onGround === null ? NOT_THERE : onGround ? "yes" : "no";
  const rows: [string, string][] = [
    ["Latitude, longitude", `${lat?.toFixed(5) ?? "–"}, ${lon?.toFixed(5) ?? "–"}`],
    ["On the ground", ground],
    ["Pressure altitude (1013.25 hPa)", feet(altitudeFt)],
    ["Geometric altitude (WGS 84)", feet(geometricAltitudeFt)],
    ["Motion", motionText(one)],
    ["Callsign, squawk", `${callsign ?? NOT_THERE}, ${squawk ?? NOT_THERE}`],
    ["Source", sourceText(one.source)],
    ["Integrity", integrityText(one)],
  ];
  if (one.setAside !== null)
    rows.push(["Left out by cleaning", SET_ASIDE_WORDS[one.setAside] ?? one.setAside]);
  return rows;
}

function Values({ one }: { readonly one: PositionAnswerJson }) {
  const { time, timeLocal, file, row, input, format, simulated } = one;
  return (
    <>
      <p class="when-exactly">
        <time dateTime={time}>{instantText(Date.parse(time)).replace("T", " ")}</time>{" "}
        {simulated && <Simulated />}
        {timeLocal !== null && (
          <span class="local">{localText(timeLocal, time)}, at the nearest airport</span>
        )}
      </p>
      <dl>
        {rowsOf(one).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>Exhibit</dt>
          <dd>
            {file === null ? "" : `${file.split("/").pop()}, `}row {row}
            {format === null ? "" : ` (${format})`}
            {input !== null && (
              <code class="local" title={`SHA-256 of the input: ${input}`}>
                SHA-256 {input.slice(0, 12)}…
              </code>
            )}
          </dd>
        </div>
      </dl>
    </>
  );
}

/** @param at time of the position, as the address has it */
export function PointCard({ hex, at }: { readonly hex: string; readonly at: string }) {
  const answer = useAnswer<PositionAnswerJson>(
    `/api/aircraft/${hex}/position?at=${encodeURIComponent(at)}`,
  );
  return (
    <section class="point-card" aria-label="Received position">
      <div class="line">
        <h2>Received position</h2>
        <button
          type="button"
          class="close"
          aria-label="Close"
          onClick={() => adjust({ sel: undefined })}
        >
          ×
        </button>
      </div>
      <Wait answer={answer} what="the position">
        {(one) => <Values one={one} />}
      </Wait>
    </section>
  );
}
