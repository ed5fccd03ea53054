/**
 * One aircraft type as written in the tables of this folder. Columns, in order:
 *
 * | # | column | unit |
 * |---|---|---|
 * | 0 | ICAO type designator (Doc 8643) | |
 * | 1 | maker | |
 * | 2 | family as written in prose; all variants that share the designator | |
 * | 3 | engine class: J jet, T turboprop, P piston, E electric, G glider, H helicopter | |
 * | 4 | engines, 0 for pure gliders | |
 * | 5 | wake category of the heaviest variant: L, M, H, J | |
 * | 6 | typical cruise | kt TAS |
 * | 7 | fastest level speed or Mach limit at altitude | kt TAS |
 * | 8 | ceiling | ft |
 * | 9 | longest range without payload, no refuelling | km |
 * | 10 | endurance, 0 = derived: 1.25 x range / cruise, rounded up to half hours | h |
 * | 11 | approach speed at usual landing weight; 0 for helicopters | kt |
 * | 12 | shortest usual runway, landing, dry, at sea level; 0 for helicopters | m |
 * | 13 | source of the figures: "f" or "e", see SOURCE_NOTES | |
 *
 * Endurance by derivation is generous on purpose: holding speed burns less per hour than cruise, and a figure that is
 * too low would say of an aircraft that it "must have landed". Chosen: 1.25.
 */
export type TypeRow = readonly [
  designator: string,
  maker: string,
  family: string,
  engine: "J" | "T" | "P" | "E" | "G" | "H",
  engineCount: number,
  wake: "L" | "M" | "H" | "J",
  cruiseKt: number,
  maxSpeedKt: number,
  ceilingFt: number,
  rangeKm: number,
  enduranceH: number,
  approachKt: number,
  runwayM: number,
  source: "f" | "e",
];

/** What a row's source letter means, as it is printed. */
export const SOURCE_NOTES: Readonly<Record<TypeRow[13], string>> = {
  f: "commonly published maker's figures, rounded, from general knowledge, not re-read",
  e: "estimate from its class and similar types",
};
