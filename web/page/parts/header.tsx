import { isHelpOpen, switchGlobe, switchPicture } from "../keys.js";
import { isSimulated, switchTheme, theme, view } from "../state.js";
import { SearchBox } from "./search-box.js";

function Logo() {
  return (
    <a class="logo" href="/" aria-label="wheelsdown, start">
      <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
        <path class="way" d="M4 7c7 1 12 4 15 9" />
        <circle cx="22" cy="20" r="4" />
        <path d="M3 26.5h26" />
      </svg>
      wheelsdown
    </a>
  );
}

/** The line above every screen. */
export function Header() {
  const now = view.value;
  const hasMap = now !== null && !["start", "method", "dossier"].includes(now.screen);
  const current = (screen: string) => (now?.screen === screen ? "page" : undefined);
  return (
    <header class="top">
      <Logo />
      {now?.screen !== "start" && <SearchBox />}
      <nav aria-label="Screens">
        <a href="/search" aria-current={current("search")}>
          Landings
        </a>
        <a href="/area" aria-current={current("area")}>
          Areas
        </a>
        <a href="/method" aria-current={current("method")}>
          Data<span class="roomy"> and method</span>
        </a>
      </nav>
      <div class="tools" role="group" aria-label="Appearance">
        {hasMap && (
          <button type="button" aria-pressed={now.params["proj"] === "globe"} onClick={switchGlobe}>
            Globe
          </button>
        )}
        {hasMap && (
          <button
            type="button"
            class="picture-button"
            title="The map alone, with caption and source, to be saved or photographed (P)"
            onClick={switchPicture}
          >
            Picture
          </button>
        )}
        <button type="button" onClick={switchTheme}>
          {theme.value === "dark" ? "Light" : "Dark"}
        </button>
        <button
          type="button"
          class="help"
          aria-label="Keys"
          onClick={() => {
            isHelpOpen.value = true;
          }}
        >
          ?
        </button>
      </div>
    </header>
  );
}

/** Says of everything below it that none of it took place. */
export function SimulatedNote() {
  if (!isSimulated.value) return null;
  return (
    <section class="simulated" aria-label="Simulated">
      <b>SIMULATED</b> None of this took place
      <span class="long">: no aircraft, no landing, no date</span>.
    </section>
  );
}
