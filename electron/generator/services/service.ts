// What a provider is: something that makes a picture from a prompt, and may answer text.
import type { Failure } from '../../../shared/domain/errors';
import type { OfferedModel, ProviderId } from '../../../shared/domain/models';
import type {
  PictureJob,
  PictureReference,
  ProviderConfiguration,
  RequestedPicture,
  TextJob,
} from '../../../shared/generator/messages';

/**
 * The provider's bytes as they came: PNG, JPEG, WebP or AVIF, not yet looked at. `costMicroUsd`: null where nobody knows
 * the price. `signature`: what the model wants to see again when the picture is edited.
 */
export type MadePicture = { ok: true; bytes: Uint8Array; costMicroUsd: number | null; signature?: string };

/**
 * `costMicroUsd`: what the failed attempt may have cost, null where nothing can have been charged, zero where something
 * may have been and nobody knows the price. `retryAfterMs`: the
 * provider says that the same request will be taken after so long; only where nothing can have been charged.
 */
export type ServiceFailure = Failure & { costMicroUsd: number | null; retryAfterMs?: number };

/** The whole text, and the pictures that the model wants to have made. */
export type Reply = { ok: true; text: string; pictures: RequestedPicture[]; costMicroUsd: number | null };

export type ServiceContext = {
  configuration: ProviderConfiguration;
  /** Aborted when the user cancels. */
  signal: AbortSignal;
};

export type PictureContext = ServiceContext & {
  /** @returns the bytes of a picture that goes with the prompt; null where its file is gone. */
  readReference: (reference: PictureReference) => Promise<Uint8Array | null>;
  /** @param fraction 0 to 1; null where it is not known. @param preview a picture of the way there, in any format. */
  onProgress: (fraction: number | null, preview?: Uint8Array) => void;
};

export type TextContext = ServiceContext & {
  /** Takes more of the text as it comes. */
  onText: (more: string) => void;
};

/** Whether a key, or an address, works: one request that makes nothing and is not charged. */
export type CheckResult = { ok: true; message: string } | Failure;

/** In the provider's order; empty where it offers none that Afterimage can use. */
export type OfferedModels = { ok: true; models: OfferedModel[] } | Failure;

/**
 * Every failure that a user can meet comes back as a value; a thrown error is a bug. How to add one:
 * docs/decisions/016-adding-a-service.md.
 */
export type Service = {
  id: ProviderId;
  makePicture(job: PictureJob, context: PictureContext): Promise<MadePicture | ServiceFailure>;
  reply(job: TextJob, context: TextContext): Promise<Reply | ServiceFailure>;
  /** Absent: the provider has no list to ask for. */
  listModels?(context: ServiceContext): Promise<OfferedModels>;
  /** Absent: there is nothing to test. */
  check?(context: ServiceContext): Promise<CheckResult>;
};
