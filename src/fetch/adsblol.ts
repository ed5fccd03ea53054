import * as v from "valibot";
import { BrokenConnection, type HttpAnswer, type HttpClient } from "../io/http-client.js";
import { WheelsdownError } from "../units/errors.js";
import { parseJson } from "./day-record.js";

/** Home of the archive: one repository a year, one release a day and replica. */
export const ADSBLOL_BASE = "https://github.com/adsblol";
/** Where the same host lists a release's files with their sizes. */
export const ADSBLOL_API = "https://api.github.com/repos/adsblol";

export const ADSBLOL_LICENCE = "ODbL-1.0";
export const ADSBLOL_ATTRIBUTION =
  "Contains information from the adsb.lol globe_history archive (https://adsb.lol), which is made available under the Open Database License (ODbL) 1.0: https://opendatacommons.org/licenses/odbl/1.0/";

/** Replicas of the archive that hold all sources of positions, in the order they are tried without a list. */
const REPLICAS = ["prod", "staging"] as const;
/** A replica a user may name; "mlatonly" holds only positions computed from several receivers. */
export const REPLICA_NAMES = [...REPLICAS, "mlatonly"] as const;

/** Lists of the archive are a few hundred kB. chosen: test/fetch/archive-day.test.ts */
const LIST_MAX_BYTES = 16e6;

/** One file of a release. */
export interface ReleaseAsset {
  readonly name: string;
  /** What the release's list says, undefined when there is none. */
  readonly byteCount?: number | undefined;
  readonly sha256?: string | undefined;
}

/** The release that holds a day. */
export interface Release {
  readonly repository: string;
  readonly tag: string;
  /** All parts when `isListed`; else the first, and the others are found by asking. */
  readonly assets: readonly ReleaseAsset[];
  readonly isListed: boolean;
}

export interface AdsblolOptions {
  readonly client: HttpClient;
  /** Where `<repository>/releases/download/<tag>/<asset>` begins. */
  readonly base: string;
  /** Where `<repository>/releases/tags/<tag>` begins; without it only the server's own words tell sizes. */
  readonly api?: string | undefined;
  readonly replica?: (typeof REPLICA_NAMES)[number] | undefined;
  readonly onNote: (text: string) => void;
}

/**
 * Finds the releases of days: the one the archive's own list prefers, else prod, else staging.
 *
 * Source: PREFERRED_RELEASES.txt and README of adsblol/globe_history_2024 and _2025.
 */
export class AdsblolArchive {
  readonly #options: AdsblolOptions;
  /** Preferred releases of a repository by day. */
  readonly #preferred = new Map<string, ReadonlyMap<string, Release>>();
  #listsFail = false;

  constructor(options: AdsblolOptions) {
    this.#options = options;
  }

  urlOf({ repository, tag }: Release, name: string): string {
    return `${this.#options.base}/${repository}/releases/download/${tag}/${name}`;
  }

  /** @returns undefined when the archive has no release of that day @throws WheelsdownError "io-failed" */
  async find(day: string): Promise<Release | undefined> {
    const { replica } = this.#options;
    for (const repository of repositoriesOf(day)) {
      const preferred = replica ? undefined : (await this.#preferredOf(repository)).get(day);
      if (preferred) return await this.#withSizes(preferred);
      for (const name of replica ? [replica] : REPLICAS) {
        const release = await this.#probe(repository, releaseTag(day, name));
        if (release) return release;
      }
    }
    return undefined;
  }

  async #preferredOf(repository: string): Promise<ReadonlyMap<string, Release>> {
    const known = this.#preferred.get(repository);
    if (known) return known;
    const url = `${this.#options.base}/${repository}/raw/main/PREFERRED_RELEASES.txt`;
    const { status, text = "" } = await readText(await this.#options.client.get(url));
    if (status !== 200 && status !== 404)
      this.#options.onNote(`${url} is not to be had: the release is looked for by its name`);
    const releases = parsePreferred(text, repository);
    this.#preferred.set(repository, releases);
    return releases;
  }

  async #withSizes(release: Release): Promise<Release> {
    const assets = await this.#assetsOf(release);
    return Array.isArray(assets) && assets.length > 0 ? { ...release, assets } : release;
  }

  /** @returns undefined when there is no such release */
  async #probe(repository: string, tag: string): Promise<Release | undefined> {
    const bare = { repository, tag, assets: [], isListed: false };
    const assets = await this.#assetsOf(bare);
    if (assets === "no-release") return undefined;
    if (assets && assets.length > 0) return { ...bare, assets, isListed: true };
    // Most days are larger than what a release takes in one file.
    for (const name of [`${tag}.tar.aa`, `${tag}.tar`]) {
      if (await this.#options.client.exists(this.urlOf(bare, name)))
        return { ...bare, assets: [{ name }] };
    }
    return undefined;
  }

  /** @returns undefined when there is no list to be had */
  async #assetsOf({
    repository,
    tag,
  }: Release): Promise<ReleaseAsset[] | "no-release" | undefined> {
    const { api, onNote } = this.#options;
    if (api === undefined || this.#listsFail) return undefined;
    const url = `${api}/${repository}/releases/tags/${tag}`;
    const { status, text } = await this.#options.client.getOnce(url).then(readText).catch(notHad);
    if (status === 404) return "no-release";
    const assets = parseAssets(text ?? "", tag);
    if (!assets) {
      // Often the hourly limit of questions; asking again for every day would not be polite.
      this.#listsFail = true;
      onNote("no list of release files is to be had: sizes are checked by the server's word alone");
    }
    return assets;
  }
}

/** An answer's body; `status` is 0 when it did not come whole. */
interface TextAnswer {
  readonly status: number;
  readonly text?: string;
}

async function readText(answer: HttpAnswer): Promise<TextAnswer> {
  if (answer.status !== 200) {
    answer.discard();
    return { status: answer.status };
  }
  const chunks: Uint8Array[] = [];
  let byteCount = 0;
  try {
    for await (const chunk of answer.body) {
      byteCount += chunk.length;
      if (byteCount > LIST_MAX_BYTES) return { status: 0 };
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof BrokenConnection) return { status: 0 };
    throw error;
  }
  return { status: 200, text: Buffer.concat(chunks).toString("utf8") };
}

/** A list is a second opinion: without it the work goes on. */
function notHad(error: unknown): TextAnswer {
  const isPassing =
    error instanceof BrokenConnection ||
    (error instanceof WheelsdownError && error.code !== "interrupted");
  if (!isPassing) throw error;
  return { status: 0 };
}

/** The name of the next part, undefined when a release of one file has no next. */
export function nextAssetName(name: string): string | undefined {
  const match = /^(.*\.tar\.)([a-z])([a-z])$/.exec(name);
  if (!match) return undefined;
  const [, stem = "", high = "", low = ""] = match;
  if (low !== "z") return `${stem}${high}${nextLetter(low)}`;
  return high === "z" ? undefined : `${stem}${nextLetter(high)}a`;
}

function nextLetter(letter: string): string {
  return String.fromCharCode(letter.charCodeAt(0) + 1);
}

function releaseTag(day: string, replica: string): string {
  return `v${day.replaceAll("-", ".")}-planes-readsb-${replica}-0`;
}

/** The last days of 2024 are in the repository of 2025: the archive goes by the day it was written. */
function repositoriesOf(day: string): string[] {
  const year = Number(day.slice(0, 4));
  const own = `globe_history_${year}`;
  return /-12-3[01]$/.test(day) ? [own, `globe_history_${year + 1}`] : [own];
}

/** Lines of addresses with a comma between the parts of one day; only names are taken, so that mirrors work. */
export function parsePreferred(text: string, repository: string): Map<string, Release> {
  const releases = new Map<string, Release>();
  for (const line of text.split("\n")) {
    const parts = line.split(",").map((url) => /\/download\/([^/]+)\/([^/]+)$/.exec(url.trim()));
    const [first] = parts;
    const tag = first?.[1] ?? "";
    const day = /^v(\d{4})\.(\d{2})\.(\d{2})-[\w.-]+$/.exec(tag);
    const names = parts.map((part) => (part?.[1] === tag ? (part[2] ?? "") : ""));
    if (!day || !names.every((name) => isAssetOf(tag, name))) continue;
    const assets = names.sort().map((name) => ({ name }));
    releases.set(`${day[1]}-${day[2]}-${day[3]}`, { repository, tag, assets, isListed: true });
  }
  return releases;
}

const assetsSchema = v.object({
  assets: v.array(
    v.object({
      name: v.string(),
      size: v.pipe(v.number(), v.integer(), v.minValue(0)),
      digest: v.optional(v.nullable(v.string())),
    }),
  ),
});

/** @returns the archive's parts in order, undefined when `text` is no list of a release's files */
function parseAssets(text: string, tag: string): ReleaseAsset[] | undefined {
  const parsed = v.safeParse(assetsSchema, parseJson(text));
  if (!parsed.success) return undefined;
  return parsed.output.assets
    .filter(({ name }) => isAssetOf(tag, name))
    .map(({ name, size, digest }) => ({
      name,
      byteCount: size,
      sha256: /^sha256:([0-9a-f]{64})$/.exec(digest ?? "")?.[1],
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isAssetOf(tag: string, name: string): boolean {
  return name.startsWith(`${tag}.tar`) && /^(?:\.[a-z]{2})?$/.test(name.slice(tag.length + 4));
}
