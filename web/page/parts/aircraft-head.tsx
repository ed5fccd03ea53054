import type { AircraftJson } from "../../../src/api/shapes.js";
import { capitalised } from "../words.js";
import { Simulated } from "./badge.js";

/** Who the address is said to belong to, and what is withheld of it. */
export function AircraftHead({ aircraft }: { readonly aircraft: AircraftJson }) {
  const { hex, identities, stateName, military, fleets, notes, simulated } = aircraft;
  const known = <K extends "registration" | "type" | "typeName" | "operator">(key: K) =>
    identities.find((each) => each[key] !== null)?.[key] ?? null;
  const words = [known("typeName"), known("operator"), stateName, military ? "military" : null];
  return (
    <header class="head">
      <h1>
        {known("registration") ?? <code class="name">{hex}</code>}{" "}
        {known("registration") !== null && <code>{hex}</code>}{" "}
        {known("type") !== null && <code>{known("type")}</code>}
        {simulated && <Simulated />}
      </h1>
      <p>
        {words.filter((each) => each !== null).join(" · ")}
        {fleets.map((fleet) => (
          <>
            {" · "}
            <a key={fleet} href={`/search?fleet=${encodeURIComponent(fleet)}`}>
              fleet {fleet}
            </a>
          </>
        ))}
      </p>
      {notes.map((note) => (
        <p key={note} class="fine">
          {capitalised(note)}.
        </p>
      ))}
    </header>
  );
}
