import { type Address, addressValue, isNonIcao, parseAddress } from "./address.js";
import {
  COUNTRY_BY_MARK,
  OVERSEAS_BY_MARK,
  REST_BY_MARK,
  UNHYPHENATED,
} from "./registration-prefixes.js";
import { blockHolder, hasBlock, stateOfAddress } from "./state-blocks.js";

/** First and last civil address of the United States: N1 and N99999. */
const US_FIRST = 0xa00001;
const US_LAST = 0xadf7c7;
/** Letters an N-number may end with: no I, no O (14 CFR 47.15). */
const US_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ";
/** Values one further digit spans, at each of the digits two to five. */
const US_STRIDES = [10_111, 951, 35] as const;
/** No suffix, one letter, or one letter and another: 1 + 24 * 25. */
const US_SUFFIXES = 601;
const RUSSIA_FIRST = 0x140000;
const CUBA_FIRST = 0x0b0000;

/**
 * Brings a registration to the form it is painted in: capitals, no blanks, with the hyphen where it was lost
 * ("ra96019" becomes "RA-96019"). What is not understood is only put in capitals without blanks.
 */
export function normalRegistration(text: string): string {
  const plain = text
    .trim()
    .toUpperCase()
    .replace(/[\u2010-\u2015]/g, "-")
    .replace(/\s+/g, "");
  if (plain.includes("-")) {
    // The States that write no hyphen are also met with one: "UK-85741", "YV-3016", "HI-1050".
    const bare = plain.replace("-", "");
    return isUnhyphenatedMark(bare) ? bare : plain;
  }
  const numbered = /^(RA|RF|UR)(\d{5})$/.exec(plain) ?? /^(CU)([A-Z]\d{4})$/.exec(plain);
  if (numbered) return `${numbered[1]}-${numbered[2]}`;
  if (isUnhyphenated(plain) || plain.length !== 5) return plain;
  // Five characters, the rest letters: "DAIMA", "VPBJG", "4XECA". Digits there would be serials of air forces.
  for (const markLength of [2, 1]) {
    const mark = plain.slice(0, markLength);
    const rest = plain.slice(markLength);
    const known = COUNTRY_BY_MARK.has(mark) || mark === "VP" || mark === "VQ";
    if (!known || !/^[A-Z]+$/.test(rest) || mark === "RA" || mark === "RF") continue;
    return `${mark}-${rest}`;
  }
  return plain;
}

function isUnhyphenated(plain: string): boolean {
  return US_PATTERN.test(plain) || isUnhyphenatedMark(plain);
}

function isUnhyphenatedMark(plain: string): boolean {
  return UNHYPHENATED.some(({ mark, rest }) => plain.startsWith(mark) && rest.test(plain.slice(2)));
}

const US_PATTERN = /^N([1-9]\d{0,4})([A-HJ-NP-Z]{0,2})$/;

/** The State (or territory) a registration belongs to, by its nationality mark. */
export interface RegistrationState {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly note?: string;
}

/**
 * State of a registration, by its nationality mark.
 *
 * @returns undefined for military serials and for marks no State uses
 */
export function stateOfRegistration(text: string): RegistrationState | undefined {
  const registration = normalRegistration(text);
  if (registration.length > 10) return undefined;
  if (US_PATTERN.test(registration)) return { country: "US" };
  const bare = UNHYPHENATED.find(
    ({ mark, rest }) => registration.startsWith(mark) && rest.test(registration.slice(2)),
  );
  if (bare) return { country: bare.country };
  const [mark = "", ...parts] = registration.split("-");
  const rest = parts.join("-");
  if (rest === "" || mark === "N") return undefined;
  if (mark === "VP" || mark === "VQ") {
    const country = OVERSEAS_BY_MARK[`${mark}-${rest[0] ?? ""}`];
    return country ? { country } : undefined;
  }
  // Mark and rest make five characters or more, unless a rule says so; less is a tail code or a serial ("ST-03").
  const shape = REST_BY_MARK[mark];
  if (shape ? !shape.test(rest) : mark.length + rest.length < 5) return undefined;
  if (mark === "B") return { country: countryOfB(rest) };
  if (mark === "SU" && rest.startsWith("Y")) return { country: "PS" };
  if (mark === "PJ") return { country: "CW", note: "PJ- also serves Sint Maarten and Bonaire" };
  const country = COUNTRY_BY_MARK.get(mark);
  return country ? { country } : undefined;
}

/** China, Hong Kong, Macao and Taiwan all write B-; what follows tells them apart. */
function countryOfB(rest: string): string {
  if (/^[HKL][A-Z]{2}$/.test(rest)) return "HK";
  if (/^M[A-Z]{2}$/.test(rest)) return "MO";
  return /^\d{5}$/.test(rest) ? "TW" : "CN";
}

/**
 * Registration an address stands for by its State's own arithmetic: United States (exact), Russia and Cuba (customary,
 * with exceptions). A Russian value may also be "RF-" with the same digits, a Cuban one another letter than T.
 *
 * @returns undefined where there is no rule
 *
 * Source: United States: FAA, 915,399 N-numbers in order over A00001-ADF7C7. Russia: 0x140000 + the five digits; holds
 * for 1,845 of 2,004 RA-/RF- rows of a public database of 2026. Cuba: 0x0B0000 + the four digits; 11 of 11 rows.
 */
export function registrationFromAddress(address: Address): string | undefined {
  if (isNonIcao(address)) return undefined;
  const value = addressValue(address);
  if (value >= US_FIRST && value <= US_LAST) return usRegistration(value - US_FIRST);
  const russian = value - RUSSIA_FIRST;
  if (russian >= 0 && russian <= 99_999) return `RA-${String(russian).padStart(5, "0")}`;
  const cuban = value - CUBA_FIRST;
  return cuban >= 1000 && cuban <= 4095 ? `CU-T${cuban}` : undefined;
}

/**
 * Address a registration stands for by rule; the reverse of `registrationFromAddress`, with its limits.
 *
 * @returns undefined where there is no rule
 */
export function addressFromRegistration(text: string): Address | undefined {
  const registration = normalRegistration(text);
  const american = usValue(registration);
  if (american !== undefined) return addressOf(US_FIRST + american);
  const russian = /^R[AF]-(\d{5})$/.exec(registration);
  if (russian) return addressOf(RUSSIA_FIRST + Number(russian[1]));
  const cuban = /^CU-[A-Z](\d{4})$/.exec(registration);
  const number = cuban ? Number(cuban[1]) : 0;
  // The State's block ends at 0B0FFF, which is 4095.
  return number >= 1000 && number <= 4095 ? addressOf(CUBA_FIRST + number) : undefined;
}

function addressOf(value: number): Address | undefined {
  return parseAddress(value.toString(16).padStart(6, "0"));
}

function usRegistration(offset: number): string {
  let text = `N${Math.floor(offset / 101_711) + 1}`;
  let left = offset % 101_711;
  for (const stride of US_STRIDES) {
    if (left < US_SUFFIXES) return text + usSuffix(left);
    left -= US_SUFFIXES;
    text += Math.floor(left / stride);
    left %= stride;
  }
  // Four digits are written: one letter may follow, or a fifth digit.
  if (left === 0) return text;
  return left <= 24 ? text + US_LETTERS[left - 1]! : text + (left - 25);
}

function usSuffix(index: number): string {
  if (index === 0) return "";
  const first = US_LETTERS[Math.floor((index - 1) / 25)]!;
  const second = (index - 1) % 25;
  return second === 0 ? first : first + US_LETTERS[second - 1]!;
}

/** @returns place of an N-number in the FAA's order, from 0; undefined when it is none */
function usValue(registration: string): number | undefined {
  const match = US_PATTERN.exec(registration);
  const digits = match?.[1] ?? "";
  const letters = match?.[2] ?? "";
  if (digits === "" || digits.length + letters.length > 5) return undefined;
  let value = (Number(digits[0]) - 1) * 101_711;
  for (let i = 1; i < Math.min(digits.length, 4); i++)
    value += US_SUFFIXES + Number(digits[i]) * US_STRIDES[i - 1]!;
  if (digits.length === 5) return value + 25 + Number(digits[4]);
  if (letters === "") return value;
  const first = US_LETTERS.indexOf(letters[0]!);
  if (digits.length === 4) return value + 1 + first;
  const second = letters.length === 2 ? US_LETTERS.indexOf(letters[1]!) + 1 : 0;
  return value + 1 + first * 25 + second;
}

export interface IdentityCheck {
  readonly verdict: "agrees" | "mismatch" | "no-rule" | "state-mismatch";
  /** One sentence that says what was compared, without a full stop. */
  readonly sentence: string;
}

/**
 * Compares an address with a registration that some table gives for it. A rule never overrides a table: the answer
 * reports a disagreement, the caller keeps both.
 */
export function checkIdentity(address: Address, registration: string): IdentityCheck {
  const stated = normalRegistration(registration);
  if (isNonIcao(address))
    return {
      verdict: "no-rule",
      sentence: `${address} is not an ICAO address, so it says nothing of ${stated}`,
    };
  const blockState = stateOfAddress(address);
  const markState = stateOfRegistration(stated);
  if (blockState && markState && hasBlock(markState.country)) {
    if (blockHolder(blockState.country) !== blockHolder(markState.country))
      return {
        verdict: "state-mismatch",
        sentence:
          `${address} lies in the address block of ${blockState.country}, ` +
          `but ${stated} is a registration of ${markState.country}`,
      };
  }
  return checkRule(address, stated);
}

function checkRule(address: Address, stated: string): IdentityCheck {
  const expected = addressFromRegistration(stated);
  if (expected === undefined)
    return { verdict: "no-rule", sentence: `no rule ties ${stated} to an address` };
  const exact = stated.startsWith("N");
  if (expected === address)
    return {
      verdict: "agrees",
      sentence: `${stated} and ${address} agree by ${exact ? "the FAA's rule" : "the State's customary rule"}`,
    };
  const other = registrationFromAddress(address);
  const otherText = other ? `, and ${address} would be ${other}` : "";
  const caution = exact ? "" : "; the rule is customary and has exceptions";
  return {
    verdict: "mismatch",
    sentence: `by rule ${stated} would be ${expected}${otherText}${caution}`,
  };
}
