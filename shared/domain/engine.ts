// The engine on this computer, as all processes see it: what is offered, what is downloaded, what is installed.
import type { Sentence } from '../languages/sentence';
import type { EngineItemId } from './engine-catalogue';
import type { ErrorCode, Explanation } from './errors';

/** The id of the service that the engine serves. Its kind is `sd-server`. */
export const engineServiceId = 'engine';
/** Its name in its row, unless the user changes it. Not shown: `shownServiceName` translates it. */
export const engineServiceName = 'This computer';

/** The hardware of this computer. Sizes in bytes; null if unknown. */
export type Machine = {
  memoryBytes: number;
  cores: number;
  /** The strongest graphics card that a build can use. */
  graphics: { name: string; memoryBytes: number | null } | null;
};

/** How well a model will run here. `slow`: over five minutes a picture. `no`: it does not fit into memory. */
export type Suitability = 'good' | 'slow' | 'no';

/** The contents of one download: a model, and the engine unless it is installed. */
export type EngineOffer = {
  engine: EngineItemId;
  model: EngineItemId;
  label: string;
  goodAt: string;
  /** The remaining bytes to download. */
  downloadBytes: number;
  hosts: readonly string[];
  licences: readonly { of: string; name: string; url: string }[];
  suitability: Suitability;
  /** Estimated time for one picture, in seconds. */
  secondsPerPicture: number;
  /** How many bytes are missing on the disk; 0 if there is room. */
  missingDiskBytes: number;
  isInstalled: boolean;
  /** Whether the engine is part of the download. */
  bringsEngine: boolean;
  /** Whether we have downloaded and compared every file. Otherwise the hashes are only those that the sources state. */
  isVerified: boolean;
};

export type DownloadState = 'waiting' | 'downloading' | 'checking' | 'unpacking' | 'paused' | 'failed';

/** A download of one offer: of the engine and the model together. */
export type EngineDownload = {
  model: EngineItemId;
  label: string;
  state: DownloadState;
  receivedBytes: number;
  /** Average of the last seconds; null while unknown. */
  bytesPerSecond: number | null;
  secondsLeft: number | null;
  /** Zero until the server has stated it, for a model from an address that the user entered. */
  totalBytes: number;
  /** Bytes on disk that are not yet installed. */
  storedBytes: number;
  /** Present if the download failed, or if a full disk paused it. */
  failure?: { code: ErrorCode } & Explanation;
};

export type InstalledItem = {
  id: EngineItemId;
  kind: 'engine' | 'model';
  label: string;
  version: string | null;
  /** On the disk. */
  bytes: number;
  /** UTC milliseconds; null if it was never used. */
  lastUsedAt: number | null;
  /** Added by the user, from a file or an address. */
  isOwn: boolean;
  /** One of its files is missing or changed. The item is not used until it is downloaded again. */
  isDamaged: boolean;
};

/** The files of a download that cannot continue, for example because its entry in the list of downloads was lost. */
export type AbandonedDownload = {
  id: EngineItemId;
  label: string;
  /** On the disk. */
  bytes: number;
};

/** `restarting`: after a crash. */
export type EngineServerState = 'stopped' | 'starting' | 'restarting' | 'running' | 'failed';

/** Everything that the interface shows about the engine. The renderer keeps the one with the highest revision. */
export type EngineStatus = {
  revision: number;
  machine: Machine;
  /** Best first; empty where no build runs on this computer. */
  offers: readonly EngineOffer[];
  /** Why nothing is offered; null if something is. */
  unavailable: Sentence | null;
  downloads: readonly EngineDownload[];
  installed: readonly InstalledItem[];
  abandoned: readonly AbandonedDownload[];
  server: EngineServerState;
  /** The path of an `sd-server` of the user's own; null for the downloaded one. */
  ownEngine: string | null;
};
