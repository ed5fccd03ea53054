import type { VNode } from "preact";
import { type Captions, captionOfJourney, captionsById } from "./captions.js";
import { journeyLead } from "./dossier-lead.js";
import { MapFigure, type SharedViews, sharedViews } from "./dossier-map.js";
import type { DossierModel, JourneyModel } from "./dossier-model.js";
import { ProfileFigure } from "./dossier-profile.js";
import { StopBases, StopsTable } from "./dossier-stops.js";
import { Caption, Section } from "./dossier-table.js";
import { allSilences, GapsTable, LegsTable } from "./dossier-tables.js";
import type { ExhibitList } from "./exhibit-list.js";
import type { World } from "./map-base.js";
import { aircraftText } from "./wording.js";

interface SectionsProps {
  readonly model: DossierModel;
  readonly world: World;
  readonly exhibits: ExhibitList;
}

/** chosen: three full journeys still read as one document; more are told in short. */
const FULL_JOURNEYS_MAX = 3;

/** chosen: with more journeys than this only the first is open; folded, each is its heading and its sentence. */
const OPEN_JOURNEYS_MAX = 6;

/** Every journey: whole when the question is about it, in short when it is background to landings at a place. */
export function JourneySections({ model, world, exhibits }: SectionsProps): VNode {
  const captions = captionsById(model.captions);
  const short = model.place !== undefined || model.journeys.length > FULL_JOURNEYS_MAX;
  const views = short ? sharedViews(model.journeys, world) : undefined;
  return (
    <>
      {model.journeys.map((one, index) => (
        <Section
          key={index}
          title={journeyTitle(one, index, model)}
          className={short ? "journey brief" : "journey"}
        >
          {short ? <p>{journeyLead(one)}</p> : null}
          <Caption text={captionOfJourney(captions, one.journey)} />
          <Journey
            model={one}
            number={index + 1}
            world={world}
            exhibits={exhibits}
            captions={captions}
            short={short}
            folded={index > 0 && model.journeys.length > OPEN_JOURNEYS_MAX}
            views={views && (index === 0 ? views : reused(views))}
          />
        </Section>
      ))}
    </>
  );
}

function reused({ wide, narrow }: SharedViews): SharedViews {
  return { wide: reusedView(wide), narrow: reusedView(narrow) };
}

function reusedView(drawn: SharedViews["wide"]): SharedViews["wide"] {
  return { ...drawn, shared: drawn.shared && { ...drawn.shared, isFirst: false } };
}

/** "Journey 2: RA-00960 (1403c0), 29 January 2019". */
function journeyTitle({ journey }: JourneyModel, index: number, model: DossierModel): string {
  const days = [...new Set([journey.from.slice(0, 10), journey.to.slice(0, 10)])].join(" to ");
  const number = model.journeys.length > 1 ? ` ${index + 1}` : "";
  return `Journey${number}: ${aircraftText(journey)}, ${days}`;
}

interface JourneyProps {
  readonly model: JourneyModel;
  readonly number: number;
  readonly world: World;
  readonly exhibits: ExhibitList;
  readonly captions: Captions;
  readonly short: boolean;
  /** Folded away until asked for; open on paper. */
  readonly folded: boolean;
  readonly views: SharedViews | undefined;
}

function Journey(props: JourneyProps): VNode {
  const { model, number, short, views } = props;
  const explained = !short || number === 1;
  const drawn = (
    <>
      <MapFigure
        model={model}
        number={number}
        world={props.world}
        views={views}
        explained={explained}
      />
      <ProfileFigure model={model} number={number} explained={explained} />
      <h3>Stops</h3>
      <StopsTable
        model={model}
        number={number}
        exhibits={props.exhibits}
        captions={props.captions}
        withBasis={!short}
      />
      <Particulars {...props} />
    </>
  );
  if (!props.folded) return drawn;
  return (
    <details>
      <summary>Map, altitude and stops</summary>
      {drawn}
    </details>
  );
}

/** Legs and silences; in a short journey, with what the stops rest on, folded away. */
function Particulars({ model, exhibits, short }: JourneyProps): VNode {
  const silences = allSilences(model);
  const legs = model.journey.legs.length > 0 ? <LegsTable model={model} /> : null;
  const gaps =
    silences.length > 0 ? <GapsTable gaps={silences} /> : <p>Nothing: it was heard all the way.</p>;
  if (short) {
    return (
      <details class="particulars">
        <summary>What the stops rest on, legs, and what was not observed</summary>
        <StopBases model={model} exhibits={exhibits} />
        {legs}
        {gaps}
      </details>
    );
  }
  return (
    <>
      {legs ? <h3>Legs</h3> : null}
      {legs}
      <h3>What was not observed</h3>
      {gaps}
    </>
  );
}
