/** The page: a header, one screen, and for most screens a map. */

import "@fontsource/ibm-plex-sans/latin-400.css";
import "@fontsource/ibm-plex-sans/latin-500.css";
import "@fontsource/ibm-plex-sans/latin-600.css";
import "@fontsource/ibm-plex-sans/latin-ext-400.css";
import "@fontsource/ibm-plex-sans/latin-ext-600.css";
import "@fontsource/ibm-plex-sans/cyrillic-400.css";
import "@fontsource/ibm-plex-mono/latin-400.css";
import "@fontsource/ibm-plex-mono/latin-500.css";
import "./style/tokens.css";
import "./style/frame.css";
import "./style/panel.css";
import "./style/map.css";
import "./style/print.css";
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { LakeJson } from "../../src/api/shapes.js";
import { useAnswer } from "./api.js";
import { onKey } from "./keys.js";
import { Header, SimulatedNote } from "./parts/header.js";
import { Help } from "./parts/help.js";
import {
  AircraftScreen,
  AirportScreen,
  AreaScreen,
  CountryScreen,
  Dock,
  DossierScreen,
  GapScreen,
  MethodScreen,
  SearchScreen,
  StartScreen,
} from "./parts/loaded.js";
import { MapSide } from "./parts/map-side.js";
import { followLinks, isLakeSimulated, isPicture, view } from "./state.js";
import type { View } from "./url.js";
import { capitalised } from "./words.js";

function NotFound() {
  return (
    <div class="document">
      <h1>There is no such page</h1>
      <p>
        <a href="/">Begin at the start</a>, or search above. Addresses look like{" "}
        <code>/aircraft/1403c0</code>, <code>/airport/SVMI</code> or <code>/country/VE</code>.
      </p>
    </div>
  );
}

/** The aircraft of a view: of `/map?ac=a,b` the first one. */
function hexOf({ screen, id, params }: View): string {
  return (screen === "map" ? (params["ac"]?.split(",")[0] ?? "") : id).toLowerCase();
}

/** The other aircraft of `/map?ac=a,b` stand beside the first. */
function paramsOf({ screen, params }: View): View["params"] {
  const others = screen === "map" ? params["ac"]?.split(",").slice(1).join(",") : undefined;
  return others === undefined || others === "" ? params : { ...params, with: others };
}

function Panel({ view: now }: { readonly view: View }) {
  switch (now.screen) {
    case "airport":
      return <AirportScreen view={now} />;
    case "country":
      return <CountryScreen view={now} />;
    case "gap":
      return <GapScreen id={now.id} />;
    case "search":
      return <SearchScreen view={now} />;
    case "area":
      return <AreaScreen view={now} />;
    default:
      return <AircraftScreen hex={hexOf(now)} params={paramsOf(now)} />;
  }
}

function hasAircraft(now: View): boolean {
  return now.screen === "aircraft" || (now.screen === "map" && hexOf(now) !== "");
}

/** Text on one side, map on the other; on small screens the text is a sheet that can be pulled up. */
function Split({ view: now }: { readonly view: View }) {
  const [isUp, setUp] = useState(!hasAircraft(now));
  const clocked = hasAircraft(now);
  const place = `${now.screen} ${now.id}`;
  useEffect(() => {
    setUp(!clocked);
  }, [place]);
  return (
    <main
      id="main"
      class={`split ${clocked ? "clocked" : ""} ${isUp ? "up" : ""} ${isPicture.value ? "picture" : ""}`}
      tabIndex={-1}
    >
      <div class={`panel ${clocked ? "" : "wide"}`} key={place}>
        <button type="button" class="grip" aria-expanded={isUp} onClick={() => setUp(!isUp)}>
          {isUp ? "Show more of the map" : "Show more of the text"}
        </button>
        <Panel view={now} />
      </div>
      <MapSide place={place} />
      {clocked && !isPicture.value && <Dock />}
    </main>
  );
}

function Screen() {
  const now = view.value;
  useEffect(() => {
    document.title = titleOf(now);
  }, [now]);
  if (!now) return <main id="main">{<NotFound />}</main>;
  if (now.screen === "start" || (now.screen === "map" && hexOf(now) === ""))
    return (
      <main id="main" tabIndex={-1}>
        <StartScreen />
      </main>
    );
  if (now.screen === "method")
    return (
      <main id="main" tabIndex={-1}>
        <MethodScreen />
      </main>
    );
  if (now.screen === "dossier")
    return (
      <main id="main" tabIndex={-1}>
        <DossierScreen params={now.params} />
      </main>
    );
  return <Split view={now} />;
}

function titleOf(now: View | null): string {
  if (!now) return "No such page – wheelsdown";
  const names: Readonly<Record<string, string>> = {
    start: "",
    map: "Map",
    search: "Landings",
    area: "Areas",
    dossier: "Dossier",
    method: "Data and method",
  };
  const name = names[now.screen] ?? capitalised(`${now.screen} ${now.id}`);
  return name === "" ? "wheelsdown" : `${name} – wheelsdown`;
}

/** The mark of simulated data must not wait for a screen to find some. */
function useLakeMark(): void {
  const lake = useAnswer<LakeJson>("/api/lake");
  useEffect(() => {
    if (lake.state === "ready") isLakeSimulated.value = lake.value.simulated;
  }, [lake]);
}

function App() {
  useLakeMark();
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <Header />
      <SimulatedNote />
      <Screen />
      <Help />
    </>
  );
}

addEventListener("keydown", onKey);
addEventListener("click", followLinks);
const place = document.getElementById("app");
if (place) render(<App />, place);
