/**
 * The public API of the core: no file system, no clock, no network, the same in Node and in a browser. What is not
 * exported here (or from `wheelsdown/node`) may change in any release. docs/library.md shows how the parts fit.
 */

// Aircraft: addresses, registrations, State blocks, types, operators, fleets. None of them decides who was flying.
export type { Address } from "./aircraft/address.js";
export { addressValue, isNonIcao, parseAddress } from "./aircraft/address.js";
export type { Fleet, FleetEntry, FleetQuery } from "./aircraft/fleet.js";
export {
  FLEET_COLUMNS,
  isMember,
  isValidAt,
  membersAt,
} from "./aircraft/fleet.js";
export type { FleetIssue, ParsedFleet } from "./aircraft/fleet-csv.js";
export { parseFleetCsv } from "./aircraft/fleet-csv.js";
export { builtInFleets } from "./aircraft/fleets/index.js";
export type { AircraftDescription, Identity, StatedValue } from "./aircraft/identity.js";
export { describeAircraft } from "./aircraft/identity.js";
export type { Operator, OperatorKind } from "./aircraft/operators.js";
export { allOperators, findOperators, operatorOfCallsign } from "./aircraft/operators.js";
export type { IdentityCheck } from "./aircraft/registration.js";
export {
  addressFromRegistration,
  checkIdentity,
  normalRegistration,
  registrationFromAddress,
} from "./aircraft/registration.js";
export type { ParsedRoutes, RouteIssue, RouteIssueKind } from "./aircraft/route-csv.js";
export { parseRouteCsv } from "./aircraft/route-csv.js";
export type { RouteTable } from "./aircraft/route-table.js";
export type { AddressState, MilitaryAddress } from "./aircraft/state-blocks.js";
export { isMilitaryAddress, stateOfAddress } from "./aircraft/state-blocks.js";
export type { AircraftType, EngineClass, Performance } from "./aircraft/types/index.js";
export { allTypes, findType, performanceFor, typeName } from "./aircraft/types/index.js";
export { writeFleetCsv } from "./aircraft/write-fleet-csv.js";
// Coverage: what is heard where, measured from tracks. Add each aircraft once, whole.
export type { SeenAnswer } from "./coverage/answer.js";
export { CoverageBuilder } from "./coverage/builder.js";
export type { Coverage } from "./coverage/coverage.js";
// Formats: readers of public formats. A reader turns bytes into points and knows nothing of inference.
export {
  ASKED_READERS,
  describeUnreadable,
  detectReader,
  NAMED_READERS,
  READERS,
  readerWithId,
  SNIFF_BYTES,
} from "./formats/detect.js";
export { flightTracerReader } from "./formats/flight-tracer.js";
export { flightAwareKmlReader } from "./formats/flightaware-kml.js";
export { fr24CsvReader } from "./formats/fr24-csv.js";
export { fr24JsonReader } from "./formats/fr24-json.js";
export { fr24KmlReader } from "./formats/fr24-kml.js";
export { openSkyReader } from "./formats/opensky.js";
export { openSkyRestReader } from "./formats/opensky-rest.js";
export type { ReadContext, Reader, ReaderSink, RowIssue, SniffBid } from "./formats/reader.js";
export { readsbHeatmapReader } from "./formats/readsb-heatmap.js";
export { readsbLinesReader } from "./formats/readsb-lines.js";
export { readsbSnapshotReader } from "./formats/readsb-snapshot.js";
export { readsbTraceReader } from "./formats/readsb-trace.js";
export { tableReader } from "./formats/table.js";
export type { MapGuess } from "./formats/table-guess.js";
export { guessMap } from "./formats/table-guess.js";
export type { ColumnSource, MappedColumn, TableField, TableMap } from "./formats/table-map.js";
export { parseTableMap, tableMapText } from "./formats/table-map.js";
export { tar1090KmlReader } from "./formats/tar1090-kml.js";
export type { ClockKind, ReadingTerms, TermName } from "./formats/terms.js";
export { parseReceiver, parseStart, parseTimeZone } from "./formats/terms.js";
export { vrsListReader } from "./formats/vrs-list.js";
// Journeys: stops, legs and journeys out of movements; who and where a question asks for.
export type { JourneyOptions } from "./journey/build.js";
export { buildJourneys, STOP_MAX_MS } from "./journey/build.js";
export type { Journey, Leg, Stop } from "./journey/journey.js";
export { isTimed, timedMs } from "./journey/journey.js";
export type { AircraftQuestion, KnownAircraft } from "./journey/select-aircraft.js";
export { isAskedFor } from "./journey/select-aircraft.js";
export type { StopOutcomes } from "./journey/stop-outcomes.js";
export { placesOfStop, stopOutcomes } from "./journey/stop-outcomes.js";
export type { Placed, PlaceQuestion, Relation } from "./journey/where.js";
export { placeLanding } from "./journey/where.js";
// Movements: an `Analyst` cleans a track, cuts it into contacts and gaps and finds its landings and take-offs.
export type { Analysis } from "./movement/analyse.js";
export { Analyst } from "./movement/analyse.js";
export { ENGINE_VERSION } from "./movement/engine-version.js";
export type {
  Candidate,
  EvidenceClass,
  Exhibit,
  Movement,
  MovementKind,
  RouteStated,
} from "./movement/movement.js";
export type { AircraftTraits } from "./movement/scene.js";
export { seenSharesOf } from "./movement/seen-shares.js";
export { statedType, traitsOf } from "./movement/traits.js";
export type { SeenQuestion, SeenShares } from "./movement/weigh-coverage.js";
export { weighCoverage } from "./movement/weigh-coverage.js";
export type { RouteQuestion } from "./movement/weigh-routes.js";
export { findRoutes, weighRoutes } from "./movement/weigh-routes.js";
// Places: airports, countries, areas. `loadReference` of `wheelsdown/node` gives the tables filled.
export type { Airport, AirportKind, AirportTable, Runway, RunwayEnd } from "./place/airport.js";
export type { AirportDirectory, AirportTableOptions } from "./place/airport-table.js";
export { buildAirportTable } from "./place/airport-table.js";
export type { Area, AreaDistance, AreaNames } from "./place/area.js";
export { distanceToArea, isInside, parseArea, parseDistanceM } from "./place/area.js";
export type { Country, CountryTable } from "./place/country.js";
// Reports: the JSON shapes of docs/json.md and the writers of CSV, GeoJSON, KML and the dossier.
export type { DossierParts } from "./report/compose.js";
export { composeDossier } from "./report/compose.js";
export { gapsCsv, journeysCsv, movementsCsv, tableCsv, trackCsv } from "./report/csv.js";
export { tracksCzml } from "./report/czml.js";
export type { DossierAssets } from "./report/dossier.js";
export { renderDossier } from "./report/dossier.js";
export type { DossierInput, DossierModel, JourneyModel } from "./report/dossier-model.js";
export {
  journeysGeoJson,
  movementsGeoJson,
  trackGeoJson,
  tracksGeoJson,
} from "./report/geojson.js";
export { trackGpx, tracksGpx } from "./report/gpx.js";
export type { AltitudeMode, GeoidHeight, HeightOptions } from "./report/heights.js";
export type { JourneyModelInput } from "./report/journey-model.js";
export { buildJourneyModel } from "./report/journey-model.js";
export type { JourneyJson, LegJson, StopJson } from "./report/journey-shape.js";
export { journeyJson, stopJson } from "./report/journey-shape.js";
export type { KmlInput } from "./report/kml.js";
export { movementsKml, trackKml } from "./report/kml.js";
export type { LandingJson } from "./report/landing-shape.js";
export { landingJson } from "./report/landing-shape.js";
export { movementTable } from "./report/movement-table.js";
export { positionTable } from "./report/position-table.js";
export type {
  CandidateJson,
  ExhibitJson,
  GapEdgeJson,
  GapJson,
  InputJson,
  InputSummary,
  MovementIdentity,
  MovementJson,
} from "./report/shapes.js";
export { gapJson, inputJson, movementJson } from "./report/shapes.js";
export type { CellKind, ExportTable, TableColumn } from "./report/table.js";
export type { TrackExport } from "./report/track-export.js";
export { tracksKml } from "./report/track-kml.js";
export { tracksTripsGeoJson } from "./report/trips-geojson.js";
// Tracks: points become one track of columns for each address; cleaning sets points aside and moves none.
export { TrackBuilder } from "./track/builder.js";
export type { CleanTrack, MaskReason } from "./track/clean.js";
export { cleanTrack } from "./track/clean.js";
export type { InputIssues, InputReport, InputSink } from "./track/collector.js";
export { TrackCollector } from "./track/collector.js";
export { findContacts, findGaps, HOLE_MAX_MS } from "./track/contacts.js";
export type { Contact, Gap } from "./track/gap.js";
export type { PointBlock } from "./track/point-block.js";
export { emptyPointBlock } from "./track/point-block.js";
export type {
  Point,
  PositionSource,
  StatedAirports,
  StatedIdentity,
  Track,
  TrackSource,
} from "./track/track.js";
export {
  callsignAt,
  GROUND_NO,
  GROUND_UNKNOWN,
  GROUND_YES,
  isSimulated,
  POSITION_SOURCES,
} from "./track/track.js";
// Units and errors. Every quantity's name ends with its unit.
export type { ErrorCode } from "./units/errors.js";
export { exitCodeOf, WheelsdownError } from "./units/errors.js";
export type { TimeInterval } from "./units/time.js";
export { isoSeconds, localTime, parseUtc } from "./units/time.js";
