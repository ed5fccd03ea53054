import { type Address, parseAddress } from "../aircraft/address.js";
import type { StatedIdentity } from "../track/track.js";
import { WheelsdownError } from "../units/errors.js";
import { numberOrUndefined, textOrUndefined } from "./text.js";

/** What stands before the rows of a readsb trace. */
export interface TraceHeader {
  readonly address: Address;
  /** What the rows' offsets count from. */
  readonly baseMs: number;
  readonly simulated: boolean;
  readonly stated: StatedIdentity;
}

/** @throws WheelsdownError "input-invalid" when it names no aircraft or no time */
export function readTraceHeader(object: Readonly<Record<string, unknown>>): TraceHeader {
  const address = parseAddress(textOrUndefined(object["icao"]) ?? "");
  if (!address) {
    throw new WheelsdownError(
      "input-invalid",
      `"icao" is ${JSON.stringify(object["icao"])}, which is no aircraft address`,
    );
  }
  const baseS = numberOrUndefined(object["timestamp"]);
  if (baseS === undefined) {
    throw new WheelsdownError("input-invalid", '"timestamp" is missing, so no row can be dated');
  }
  return {
    address,
    baseMs: baseS * 1000,
    simulated: object["simulated"] === true,
    stated: statedIdentity(object),
  };
}

/** What a database says of an aircraft, in the names of readsb: r, t, desc, ownOp, dbFlags. */
export function statedIdentity(object: Readonly<Record<string, unknown>>): StatedIdentity {
  const flags = numberOrUndefined(object["dbFlags"]);
  const registration = textOrUndefined(object["r"]);
  const typeDesignator = textOrUndefined(object["t"]);
  const description = textOrUndefined(object["desc"]);
  const operator = textOrUndefined(object["ownOp"]);
  return {
    ...(registration && { registration }),
    ...(typeDesignator && { typeDesignator }),
    ...(description && { description }),
    ...(operator && { operator }),
    ...(flags !== undefined && {
      military: (flags & 1) !== 0,
      privacyAddress: (flags & 4) !== 0,
      limitedDisplay: (flags & 8) !== 0,
    }),
  };
}
