// The offers for this computer: for each model the best build, the size of the download, the time for a picture.

import type { EngineOffer, Suitability } from '../../../shared/domain/engine';
import {
  downloadBytes,
  type EngineBuild,
  type EngineCatalogue,
  type EngineModel,
  hasAllHashes,
} from '../../../shared/domain/engine-catalogue';
import { type Sentence, sentence } from '../../../shared/languages/sentence';
import { chooseBuild, fitsSystem, usableBuilds } from './choose-build';
import type { EngineItem } from './engine-items';
import type { MachineFacts } from './machine/read-machine';

/** An engine unpacks to about this many times its archive. The archive is deleted only after that. */
const unpackedFactor = 3;
/** Stays free for the database, for pictures and for the system (bytes). */
const reserveBytes = 1_000_000_000;

const order: Readonly<Record<Suitability, number>> = { good: 0, slow: 1, no: 2 };

/** Up to this a user waits in front of the screen (s). A better model is no better choice if it takes longer. */
const maxQuickSeconds = 90;

export type OfferOptions = {
  catalogue: EngineCatalogue;
  machine: MachineFacts;
  /** Items that can be used. */
  installed: readonly EngineItem[];
  /** The hashes of files that are here, and that a download links instead of bringing them again. */
  storedHashes: ReadonlySet<string>;
  /** Whether an `sd-server` of the user's own is in use, which needs no other engine. */
  hasOwnEngine: boolean;
  /** How many bytes of an item an interrupted download has already stored. */
  partialBytes: (id: string) => number;
};

/** Returns the offers, the best first: by suitability, the quick ones before others, then in the catalogue's order. */
export function makeOffers(options: OfferOptions): EngineOffer[] {
  const { catalogue, machine } = options;
  const builds = usableBuilds(catalogue, machine);
  const offers = catalogue.models.filter(hasAllHashes).flatMap((model): EngineOffer[] => {
    const choice = chooseBuild(model, builds, machine);
    return choice ? [makeOffer(model, choice, options)] : [];
  });
  return offers.toSorted((one, other) => rank(one) - rank(other));
}

function rank({ suitability, secondsPerPicture }: EngineOffer): number {
  return order[suitability] * 2 + (secondsPerPicture <= maxQuickSeconds ? 0 : 1);
}

function makeOffer(
  model: EngineModel,
  { build, suitability, secondsPerPicture }: NonNullable<ReturnType<typeof chooseBuild>>,
  { machine, storedHashes, partialBytes, ...have }: OfferOptions,
): EngineOffer {
  const missing = missingEntries(build, model, have);
  const sumOf = (bytesOf: (entry: EngineBuild | EngineModel) => number) =>
    missing.reduce((sum, entry) => {
      const here = storedBytes(entry, storedHashes) + partialBytes(entry.id);
      return sum + Math.max(0, bytesOf(entry) - here);
    }, 0);
  const neededBytes = sumOf(diskBytes);
  const free = machine.freeDiskBytes;
  return {
    engine: build.id,
    model: model.id,
    label: model.label,
    goodAt: model.goodAt,
    downloadBytes: sumOf(downloadBytes),
    hosts: hostsOf(missing.length > 0 ? missing : [build, model]),
    licences: licencesOf([build, model]),
    suitability,
    secondsPerPicture,
    missingDiskBytes:
      free === null || missing.length === 0 ? 0 : Math.max(0, neededBytes + reserveBytes - free),
    isInstalled: missing.length === 0,
    bringsEngine: missing.includes(build),
    isVerified: build.isVerified && model.isVerified,
  };
}

/**
 * Returns what has to be downloaded. An engine of the same kind that an older version of the app has installed is enough:
 * whoever can make pictures today must not be asked for another download.
 */
export function missingEntries(
  build: EngineBuild,
  model: EngineModel,
  { installed, hasOwnEngine }: Pick<OfferOptions, 'installed' | 'hasOwnEngine'>,
): readonly (EngineBuild | EngineModel)[] {
  const hasEngine =
    hasOwnEngine ||
    installed.some(
      (item) => item.kind === 'engine' && item.backend === build.backend && item.arch === build.arch,
    );
  const hasModel = installed.some(({ id }) => id === model.id);
  return [...(hasEngine ? [] : [build]), ...(hasModel ? [] : [model])];
}

/** Returns how many bytes of an entry are here already. Two models may have one text encoder. */
function storedBytes({ files }: EngineBuild | EngineModel, stored: ReadonlySet<string>): number {
  return files.reduce(
    (sum, { bytes, sha256 }) => sum + (sha256 !== null && stored.has(sha256) ? bytes : 0),
    0,
  );
}

/** Returns how many bytes an entry needs on the disk while it is installed. */
export function diskBytes(entry: EngineBuild | EngineModel): number {
  return 'executable' in entry ? downloadBytes(entry) * (1 + unpackedFactor) : downloadBytes(entry);
}

function hostsOf(entries: readonly (EngineBuild | EngineModel)[]): string[] {
  const urls = entries.flatMap(({ files }) => files.flatMap(({ urls: [first] }) => first ?? []));
  return [...new Set(urls.map((url) => new URL(url).host))];
}

/** Returns each licence once, with the name of what it is for. */
function licencesOf(entries: readonly (EngineBuild | EngineModel)[]): EngineOffer['licences'] {
  return entries.flatMap(({ label, licence, files }) => [
    { of: label, ...licence },
    ...files.flatMap((file) => (file.licence ? [{ of: file.name, ...file.licence }] : [])),
  ]);
}

/** Returns why nothing is offered; null if something is. */
export function explainNothing(
  offers: readonly EngineOffer[],
  { engines, models }: EngineCatalogue,
  machine: MachineFacts,
): Sentence | null {
  if (offers.length > 0) return null;
  const ofSystem = engines.filter(
    ({ platform, arch }) => platform === machine.platform && arch === machine.arch,
  );
  if (ofSystem.length === 0) return sentence('services.engine_none_for_system');
  if (ofSystem.some(hasAllHashes) && ofSystem.every((build) => !fitsSystem(build, machine))) {
    return sentence('services.engine_needs_linux', { version: oldestGlibc(ofSystem) });
  }
  if (models.length === 0) return sentence('services.engine_no_models');
  return sentence('services.engine_not_verified');
}

function oldestGlibc(builds: readonly EngineBuild[]): string {
  const versions = builds.flatMap(({ minGlibc }) => minGlibc ?? []);
  return versions.toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true }))[0] ?? '';
}
