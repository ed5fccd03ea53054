/** Colours the map needs; the same as in the style sheet, where they are custom properties. */

/** Names of what has a colour on the map. */
export interface MapTokens {
  readonly ocean: string;
  readonly land: string;
  readonly border: string;
  readonly coast: string;
  readonly graticule: string;
  readonly ink: string;
  readonly ink2: string;
  readonly label: string;
  readonly halo: string;
  readonly uncertain: string;
  readonly panel: string;
  readonly accent: string;
}

/** Both themes. */
export const MAP_TOKENS: Readonly<Record<"dark" | "light", MapTokens>> = {
  dark: {
    ocean: "#0d141f",
    land: "#18222f",
    border: "#33445a",
    coast: "#3a4d66",
    graticule: "#16202d",
    ink: "#e8eef6",
    ink2: "#a3b3c8",
    label: "#7f91a8",
    halo: "#0d141f",
    uncertain: "#e9b44c",
    panel: "#111a26",
    accent: "#6cb6ff",
  },
  light: {
    ocean: "#e3ebf0",
    land: "#f8f6f1",
    border: "#cdc6b6",
    coast: "#b9c3c9",
    graticule: "#d6e0e7",
    ink: "#1d2430",
    ink2: "#4b5566",
    label: "#667081",
    halo: "#f8f6f1",
    uncertain: "#a85b00",
    panel: "#ffffff",
    accent: "#0b62b8",
  },
};
