// The contract between the main process and the generator.

import { z } from 'zod';
import { answerSchema } from '../domain/answers';
import { maxPicturesOfReply } from '../domain/conversations';
import { type ErrorCode, explanation } from '../domain/errors';
import { failureDetailsSchema } from '../domain/failure-details';
import type { ModelList } from '../domain/listed-models';
import { allFormats } from '../domain/picture-files';
import { serviceIdSchema } from '../domain/services';
import type { LanguageCode } from '../languages/languages';
import { type Sentence, sentenceSchema } from '../languages/sentence';
import { warningsSchema } from './arrivals';
import { errorCodeSchema } from './failure-schema';
import { type Job, type PictureJob, requestedPictureSchema, type ServiceConfiguration } from './jobs';
import { findProxySchema, type ProxyAnswer, proxyLoginSchema } from './proxies';
import { type GeneratorTask, taskAnswerSchemas } from './tasks';

export type ToGenerator =
  | {
      type: 'configure';
      dataFolder: string;
      /** Every service, also removed ones: files on disk refer to them. */
      services: readonly ServiceConfiguration[];
      displayQuality: number;
      /** A display file may replace its original. Absent: originals stay. */
      replaceOriginals?: boolean;
      /** The model lists of services that have been read; absent if there are none. */
      lists?: readonly ModelList[];
      /** Language of the generator's own texts, such as the reply of a service that only makes pictures. */
      language: LanguageCode;
    }
  | { type: 'run'; job: Job }
  | { type: 'cancel'; jobId: string }
  /** Makes a picture before its message is sent: `jobId` is its `requestId`. A billed one ends with `prefetch-ended`. */
  | { type: 'prefetch'; job: PictureJob }
  | { type: 'discard-prefetch'; requestId: string }
  | ProxyAnswer
  /** Answered by `alive`. */
  | { type: 'ping' }
  | GeneratorTask
  /** The rows refer to `file` now: updates the recipe, removes the original and makes the last thumbnail. See `derived`. */
  | { type: 'release-original'; imageId: string; file: string };

const failedSchema = z.strictObject({
  type: z.literal('failed'),
  jobId: z.uuid(),
  code: errorCodeSchema,
  message: z.string(),
  sentence: z.exactOptional(sentenceSchema),
  durationMs: z.number(),
  /** Possible cost of the failed request: null when nothing was charged, zero when the price is unknown. */
  costMicroUsd: z.int().min(0).nullable(),
  /** The delay before a retry that the provider asks for. */
  retryAfterMs: z.int().min(0).optional(),
  /** The provider's bytes are on disk as `kept/<requestId>`, from where the user can save them. */
  kept: z.literal(true).optional(),
  /** The other pictures of an answer whose first one could not be stored. */
  answer: answerSchema.optional(),
  details: failureDetailsSchema.optional(),
});

const storedSchema = z.strictObject({
  type: z.literal('stored'),
  jobId: z.uuid(),
  /** The request that brought the bytes, from the facts file beside them. It may differ from the job's `requestId`. */
  requestId: z.uuid(),
  provider: serviceIdSchema,
  model: z.string(),
  /** Relative to the data folder, with forward slashes. */
  file: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
  bytes: z.int().positive(),
  /** Base64. */
  thumbhash: z.string(),
  /** Its share of the request's cost; null when the price is unknown. */
  costMicroUsd: z.int().min(0).nullable(),
  /** Milliseconds from receiving the job to the stored file. */
  durationMs: z.number(),
  /** Milliseconds from the provider's last byte to the stored file. */
  storeMs: z.number(),
  /** Stored with the picture; see `PictureReference`. */
  signature: z.string().optional(),
  /** Sentences about settings that were not applied. */
  warnings: warningsSchema.optional(),
  /** The rest of the answer. Its pictures are on disk as arrivals. */
  answer: answerSchema.optional(),
});

const repliedSchema = z.strictObject({
  type: z.literal('replied'),
  jobId: z.uuid(),
  text: z.string(),
  /** The pictures that the model requests. */
  pictures: z.array(requestedPictureSchema).max(maxPicturesOfReply),
  /** Null when it is unknown. */
  costMicroUsd: z.int().min(0).nullable(),
  /** The pictures that the reply itself contains. They are on disk as arrivals. */
  answer: answerSchema.optional(),
});

/** The next part of a reply. */
const textSchema = z.strictObject({ type: z.literal('text'), jobId: z.uuid(), text: z.string() });

/** Progress of a picture. */
const progressSchema = z.strictObject({
  type: z.literal('progress'),
  jobId: z.uuid(),
  /** 0 to 1, or null when the provider does not report it. */
  fraction: z.number().min(0).max(1).nullable(),
  /** Number of live previews so far; `livePreviewFile` holds the latest. */
  previewCount: z.int().positive().optional(),
  /** The steps of the work and the remaining time, if the program that makes the picture reports them. */
  steps: z
    .strictObject({
      done: z.int().positive(),
      total: z.int().positive(),
      secondsLeft: z.int().nonnegative(),
    })
    .optional(),
});

/**
 * A display file that may replace the original, which is a PNG at least twice as large without a C2PA manifest. The
 * original stays until the main process has updated its rows and sends `release-original`. The largest thumbnail is made
 * after that: while it is missing, a later `derive` sends this message again.
 */
const derivedSchema = z.strictObject({
  type: z.literal('derived'),
  jobId: z.uuid(),
  /** Relative to the data folder. */
  file: z.string(),
  bytes: z.int().positive(),
});

/** The end of a billed prefetch. A free prefetch sends no event. */
const prefetchEndedSchema = z.strictObject({
  type: z.literal('prefetch-ended'),
  requestId: z.uuid(),
  /** Null when there is a picture. */
  code: errorCodeSchema.nullable(),
  /** Null for a failure that was not charged, and for a picture of unknown price. */
  costMicroUsd: z.int().min(0).nullable(),
  /** As in `failed`. */
  retryAfterMs: z.int().min(0).optional(),
});

/** The facts that the renderer needs to show a picture. */
const displayInfoSchema = z.strictObject({
  format: z.enum(allFormats),
  /** Pixels, upright. */
  width: z.int().positive(),
  height: z.int().positive(),
});

/** The bytes of a picture have arrived and will be stored. */
const arrivedSchema = z.strictObject({
  type: z.literal('arrived'),
  jobId: z.uuid(),
  requestId: z.uuid(),
  /** Absent if the header does not describe a complete picture. Otherwise `showable` follows. */
  displayInfo: displayInfoSchema.optional(),
});

/** The bytes of a picture are on disk and complete by their header: they can be shown while they are opened and stored. */
const showableSchema = z.strictObject({
  type: z.literal('showable'),
  jobId: z.uuid(),
  /** Names the file; see `arrivalFile`. */
  requestId: z.uuid(),
  ...displayInfoSchema.shape,
});

/** The generator sends facts, never pixels. */
export const fromGeneratorSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('alive') }),
  arrivedSchema,
  /** A picture cannot be stored because the disk is full. Storing it is retried. */
  z.strictObject({ type: z.literal('disk-full') }),
  storedSchema,
  repliedSchema,
  textSchema,
  progressSchema,
  showableSchema,
  failedSchema,
  derivedSchema,
  prefetchEndedSchema,
  ...taskAnswerSchemas,
  findProxySchema,
  proxyLoginSchema,
]);
export type FromGenerator = z.infer<typeof fromGeneratorSchema>;

export type StoredPicture = z.infer<typeof storedSchema>;
export type TextReply = z.infer<typeof repliedSchema>;
export type FailedJob = z.infer<typeof failedSchema>;
export type TextSoFar = z.infer<typeof textSchema>;
export type PictureProgress = z.infer<typeof progressSchema>;
export type ArrivedPicture = z.infer<typeof arrivedSchema>;
export type ShowablePicture = z.infer<typeof showableSchema>;
export type DerivedPicture = z.infer<typeof derivedSchema>;
export type EndedPrefetch = z.infer<typeof prefetchEndedSchema>;
export type Outcome = StoredPicture | TextReply | FailedJob;

/** Returns the outcome of a failed job, with the sentence for its code or a more precise one. */
export function failedJob(
  jobId: string,
  code: ErrorCode,
  durationMs: number,
  costMicroUsd: number | null = null,
  precise?: Sentence,
): FailedJob {
  return { type: 'failed', jobId, code, ...explanation(code, precise), durationMs, costMicroUsd };
}

/**
 * Returns the failure for a text reply that was interrupted and may have been charged. main/chat/possible-cost.ts
 * estimates its cost from the text that has arrived.
 */
export function cutOff(jobId: string, isStopped: boolean): FailedJob {
  return failedJob(jobId, isStopped ? 'cancelled_late' : 'interrupted', 0, 0);
}
