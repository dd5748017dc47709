// What a provider is: something that makes a picture from a prompt, and may answer text.
import type { Failure } from '../../../shared/errors';
import type { PictureJob, ProviderConfiguration, TextJob } from '../../../shared/generator-messages';
import type { ProviderId } from '../../../shared/models';

/** The provider's bytes as they came: PNG, JPEG, WebP or AVIF, not yet looked at. */
export type MadePicture = { ok: true; bytes: Uint8Array; costMicroUsd: number };

/** `costMicroUsd`: what the failed attempt may have cost, null where nothing can have been charged. */
export type ProviderFailure = Failure & { costMicroUsd: number | null };

export type ProviderContext = {
  configuration: ProviderConfiguration;
  /** Aborted when the person cancels. */
  signal: AbortSignal;
};

export type Provider = {
  id: ProviderId;
  /** Every failure that a person can meet comes back as a value; a thrown error is a bug. */
  makePicture(job: PictureJob, context: ProviderContext): Promise<MadePicture | ProviderFailure>;
  reply(job: TextJob, context: ProviderContext): Promise<string>;
};
