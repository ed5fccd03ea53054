import type { RandomSource } from "../../src/sim/random.js";

/** What there is to ask about in a lake. */
export interface Asked {
  /** Aircraft with positions. */
  readonly heard: readonly string[];
  /** Aircraft of which only movements are held. */
  readonly landed: readonly string[];
  readonly airports: readonly string[];
}

/** One kind of question: how often it is asked of a hundred, and its address. */
export interface QuestionKind {
  readonly name: string;
  readonly share: number;
  path(random: RandomSource, asked: Asked): string;
}

const COUNTRIES = ["FR", "DE", "US", "BR", "JP", "IN", "ZA", "AU", "GB", "CA"];
const WEEKS = ["from=2025-09-01&to=2025-09-07", "from=2025-09-11&to=2025-09-17"];
const DAYS = Array.from({ length: 30 }, (_, i) => `2025-09-${String(i + 1).padStart(2, "0")}`);
/** A watchlist of the length people keep. chosen */
const FLEET_COUNT = 120;

function one<T>(random: RandomSource, of: readonly T[]): T {
  return of[Math.floor(random() * of.length)]!;
}

function fleet(random: RandomSource, { landed }: Asked): string {
  const first = Math.floor(random() * Math.max(1, landed.length - FLEET_COUNT));
  return landed.slice(first, first + FLEET_COUNT).join(",");
}

/** What the screens of the page ask for, about as often as somebody meets them. chosen: nobody has measured it */
export const QUESTIONS: readonly QuestionKind[] = [
  {
    name: "search",
    share: 20,
    path: (random, { heard }) => `/api/search?q=${one(random, heard).slice(0, 4)}`,
  },
  { name: "lake", share: 8, path: () => "/api/lake" },
  {
    name: "aircraft",
    share: 14,
    path: (random, { heard }) => `/api/aircraft/${one(random, heard)}`,
  },
  {
    name: "journeys",
    share: 14,
    path: (random, { heard }) => `/api/aircraft/${one(random, heard)}/journeys`,
  },
  {
    name: "track",
    share: 14,
    path: (random, { heard }) => `/api/aircraft/${one(random, heard)}/track`,
  },
  {
    name: "landings of an aircraft",
    share: 10,
    path: (random, { landed }) => `/api/landings?hex=${one(random, landed)}`,
  },
  {
    name: "airport",
    share: 6,
    path: (random, { airports }) => `/api/airport/${one(random, airports)}`,
  },
  {
    name: "arrivals of a day",
    share: 6,
    path: (random, { airports }) => {
      const day = one(random, DAYS);
      return `/api/airport/${one(random, airports)}/arrivals?from=${day}&to=${day}`;
    },
  },
  {
    name: "landings in a country, a day",
    share: 4,
    path: (random) => {
      const day = one(random, DAYS);
      return `/api/landings?in=${one(random, COUNTRIES)}&from=${day}&to=${day}`;
    },
  },
  {
    name: "landings of a fleet in a country, a week",
    share: 4,
    path: (random, asked) =>
      `/api/landings?in=${one(random, COUNTRIES)}&hex=${fleet(random, asked)}&${one(random, WEEKS)}`,
  },
];

/** @returns a kind, as often as its share says */
export function drawKind(random: RandomSource): QuestionKind {
  let at = random() * QUESTIONS.reduce((sum, { share }) => sum + share, 0);
  for (const kind of QUESTIONS) {
    at -= kind.share;
    if (at < 0) return kind;
  }
  return QUESTIONS[0]!;
}
