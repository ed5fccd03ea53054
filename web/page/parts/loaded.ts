/** Parts of the page that are loaded when they are first shown. What stands in one file comes together. */

import { lazy } from "./lazy.js";

const LOADING = "Loading this part of the page";

const ofAircraft = () => import("../screens/of-aircraft.js");
const ofPlaces = () => import("../screens/of-places.js");
const ofDocuments = () => import("../screens/of-documents.js");

export const AircraftScreen = lazy(() => ofAircraft().then((of) => of.AircraftScreen), LOADING);
export const GapScreen = lazy(() => ofPlaces().then((of) => of.GapScreen), LOADING);
export const Dock = lazy(() => ofAircraft().then((of) => of.Dock));
export const PointCard = lazy(() => ofAircraft().then((of) => of.PointCard));
export const TrackTools = lazy(() => ofAircraft().then((of) => of.TrackTools));
export const AirportScreen = lazy(() => ofPlaces().then((of) => of.AirportScreen), LOADING);
export const CountryScreen = lazy(() => ofPlaces().then((of) => of.CountryScreen), LOADING);
export const StartScreen = lazy(
  () => import("../screens/start.js").then((of) => of.StartScreen),
  LOADING,
);
export const SearchScreen = lazy(() => ofPlaces().then((of) => of.SearchScreen), LOADING);
export const AreaScreen = lazy(
  () => import("../screens/area.js").then((of) => of.AreaScreen),
  LOADING,
);
export const DossierScreen = lazy(() => ofDocuments().then((of) => of.DossierScreen), LOADING);
export const MethodScreen = lazy(() => ofDocuments().then((of) => of.MethodScreen), LOADING);
