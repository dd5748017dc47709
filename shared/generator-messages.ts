// The contract between the main process and the generator.
import { z } from 'zod';
import { type ErrorCode, errorSentences, isErrorCode } from './errors';
import type { PictureParams, ProviderId } from './models';

/** What each provider needs to know; a key lives only in memory and in this message. */
export type ProviderConfiguration = {
  painter: { /** Waits this long before it answers. */ delayMs: number };
  google: { apiKey: string | null; baseUrl: string | null };
};

export type PictureJob = {
  kind: 'picture';
  jobId: string;
  provider: ProviderId;
  model: string;
  prompt: string;
  params: PictureParams;
  /** A draft of this very picture, which is taken where it is there: see generator/drafts.ts. */
  draftId?: string;
};

export type TextJob = { kind: 'text'; jobId: string; provider: ProviderId; text: string };

/**
 * Asks what is on disk of a picture that was under way when the app ended, and finishes keeping it. Ends as
 * `stored`, or as failed with `nothing_to_adopt`. No provider is asked and nothing is charged.
 */
export type AdoptJob = Omit<PictureJob, 'kind'> & { kind: 'adopt' };

export type Job = PictureJob | TextJob | AdoptJob;

export type ToGenerator =
  | { type: 'configure'; dataFolder: string; providers: ProviderConfiguration }
  | { type: 'run'; job: Job }
  | { type: 'cancel'; jobId: string }
  /** Begin a picture that has not been asked for, under an id that no message has. Nothing answers it. */
  | { type: 'draft'; job: PictureJob }
  | { type: 'discard-draft'; draftId: string }
  /** Asks for a sign of life. */
  | { type: 'ping' }
  /** Make again what can be derived from a picture's file, such as lost thumbnails. Nothing answers it. */
  | { type: 'derive'; imageId: string; file: string }
  /** The rows show `file` now: the recipe is to do so too, and the original may go. See `derived`. */
  | { type: 'release-original'; imageId: string; file: string };

const errorCodeSchema = z.custom<ErrorCode>((value) => typeof value === 'string' && isErrorCode(value));

const failedSchema = z.strictObject({
  type: z.literal('failed'),
  jobId: z.uuid(),
  code: errorCodeSchema,
  message: z.string(),
  durationMs: z.number(),
  /** What it may have cost although it failed; null where nothing can have been charged. */
  costMicroUsd: z.int().nullable(),
});

const storedSchema = z.strictObject({
  type: z.literal('stored'),
  jobId: z.uuid(),
  /** Relative to the data folder, with forward slashes. */
  file: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
  bytes: z.int().positive(),
  /** Base64. */
  thumbhash: z.string(),
  costMicroUsd: z.int().min(0),
  /** Milliseconds from taking the job up to the stored file. */
  durationMs: z.number(),
  /** Milliseconds from the provider's last byte to the stored file. */
  storeMs: z.number(),
});

const repliedSchema = z.strictObject({ type: z.literal('replied'), jobId: z.uuid(), text: z.string() });

/**
 * A display file that could take the original's place: the original is a PNG at least twice as large and carries no
 * C2PA manifest. The original stays until main has switched its rows and says `release-original`.
 */
const derivedSchema = z.strictObject({
  type: z.literal('derived'),
  jobId: z.uuid(),
  /** Relative to the data folder. */
  file: z.string(),
  bytes: z.int().positive(),
});

/** The generator answers with facts, never with pixels. */
export const fromGeneratorSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('alive') }),
  storedSchema,
  repliedSchema,
  failedSchema,
  derivedSchema,
]);
export type FromGenerator = z.infer<typeof fromGeneratorSchema>;

export type StoredPicture = z.infer<typeof storedSchema>;
export type TextReply = z.infer<typeof repliedSchema>;
export type FailedJob = z.infer<typeof failedSchema>;
export type DerivedPicture = z.infer<typeof derivedSchema>;
/** How a job ended. */
export type Outcome = StoredPicture | TextReply | FailedJob;

/** @returns the outcome of a job that failed, with the sentence for its code. */
export function failedJob(
  jobId: string,
  code: ErrorCode,
  durationMs: number,
  costMicroUsd: number | null = null,
): FailedJob {
  return { type: 'failed', jobId, code, message: errorSentences[code], durationMs, costMicroUsd };
}
