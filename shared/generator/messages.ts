// The contract between the main process and the generator.
import { z } from 'zod';

import { type ErrorCode, errorSentences, isErrorCode, type Result } from '../domain/errors';
import { aspectRatioSchema, offeredModelSchema, type PictureParams, type ProviderId } from '../domain/models';

/** What each provider needs to know; a key lives only in memory and in this message. */
export type ProviderConfiguration = {
  painter: { /** Waits this long before it answers. */ delayMs: number };
  google: { apiKey: string | null; baseUrl: string | null };
  /** By an express key, or by a project and a location. */
  imagen: {
    apiKey: string | null;
    baseUrl: string | null;
    project: string | null;
    location: string | null;
  };
  openai: { apiKey: string | null; baseUrl: string | null };
  automatic1111: { baseUrl: string | null };
};

export const nothingConfigured: ProviderConfiguration = {
  painter: { delayMs: 0 },
  google: { apiKey: null, baseUrl: null },
  imagen: { apiKey: null, baseUrl: null, project: null, location: null },
  openai: { apiKey: null, baseUrl: null },
  automatic1111: { baseUrl: null },
};

/** A picture that goes with a prompt: to be edited, or to be looked at. */
export type PictureReference = {
  imageId: string;
  /** Relative to the data folder. */
  file: string;
  /** What it was made from; empty where nobody knows. */
  prompt: string;
  /** What the model that made it wants to see again: https://ai.google.dev/gemini-api/docs/thought-signatures */
  signature: string | null;
};

export type PictureJob = {
  kind: 'picture';
  jobId: string;
  provider: ProviderId;
  model: string;
  prompt: string;
  params: PictureParams;
  /** For `params.references`, in that order. Those that are gone are left out, and then the job is not run. */
  references?: readonly PictureReference[];
  /** A draft of this very picture, which is taken where it is there: see generator/drafts.ts. */
  prefetchId?: string;
};

/** What was said before, oldest first. */
export type ChatTurn = {
  role: 'user' | 'assistant';
  text: string;
  /** Pictures that were made in this turn. */
  pictures: readonly { imageId: string; prompt: string }[];
};

export type TextJob = {
  kind: 'text';
  jobId: string;
  provider: ProviderId;
  /** Null: the provider has no model for words, and answers by itself. */
  model: string | null;
  /** What is to be answered. */
  text: string;
  history: readonly ChatTurn[];
};

/** A picture that a text model asks for in the user's name. */
export const requestedPictureSchema = z.strictObject({
  prompt: z.string().min(1).max(32_000),
  /** Null: as the composer has it. */
  aspectRatio: aspectRatioSchema.nullable(),
  count: z.int().min(1).max(4),
  /** The picture of the conversation that is to be edited. */
  edits: z.uuid().nullable(),
});
export type RequestedPicture = z.infer<typeof requestedPictureSchema>;

/**
 * Asks what is on disk of a picture that was under way when the app ended, and finishes keeping it. Ends as
 * `stored`, or as failed with `nothing_to_recover`. No provider is asked and nothing is charged.
 *
 * With a `prefetchId` it waits for the draft that the message has taken over, and ends as that did.
 */
export type RecoverJob = Omit<PictureJob, 'kind'> & { kind: 'recover' };

/** A file that a user found for a picture whose own is gone. It is judged, and copied in as the picture's own. */
export type LocateTask = {
  imageId: string;
  /** Absolute. */
  chosen: string;
  /** Pixels: another size is another picture. */
  width: number;
  height: number;
};

/** `file` is relative to the data folder. */
export type LocatedFile = { file: string; bytes: number };

export type Job = PictureJob | TextJob | RecoverJob;

export type ToGenerator =
  | {
      type: 'configure';
      dataFolder: string;
      providers: ProviderConfiguration;
      displayQuality: number;
      /** The system's proxies by origin, `*` for any other: see generator/fetch.ts. Absent: none. */
      proxies?: Readonly<Record<string, string>>;
      /** Prefetches of a dead process that messages have taken over: the others it has left are removed. Absent: none. */
      keptPrefetches?: readonly string[];
    }
  | { type: 'run'; job: Job }
  | { type: 'cancel'; jobId: string }
  /** Begin a picture that has not been asked for, under an id that no message has. See `prefetch-ended`. */
  | { type: 'prefetch'; job: PictureJob }
  | { type: 'discard-prefetch'; prefetchId: string }
  /** Asks for a sign of life. */
  | { type: 'ping' }
  /** Make again what can be derived from a picture's file, such as lost thumbnails. Nothing answers it. */
  | { type: 'derive'; imageId: string; file: string }
  /** Answered by `located`, with the same number. */
  | ({ type: 'locate'; task: number } & LocateTask)
  /** Answered by `checked`, with the same number: does its key, or its address, work? Nothing is made. */
  | { type: 'check'; task: number; provider: ProviderId }
  /** Answered by `listed`, with the same number. */
  | { type: 'list-models'; task: number; provider: ProviderId }
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
  /** The provider says that it will take this request after so long, in milliseconds. */
  retryAfterMs: z.int().min(0).optional(),
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
  /** Null where nobody knows the price. */
  costMicroUsd: z.int().min(0).nullable(),
  /** Milliseconds from taking the job up to the stored file. */
  durationMs: z.number(),
  /** Milliseconds from the provider's last byte to the stored file. */
  storeMs: z.number(),
  /** To be kept with the picture; see `PictureReference`. */
  signature: z.string().optional(),
});

const repliedSchema = z.strictObject({
  type: z.literal('replied'),
  jobId: z.uuid(),
  text: z.string(),
  /** What the model wants to have made. */
  pictures: z.array(requestedPictureSchema).max(8),
  /** Null where it is not known. */
  costMicroUsd: z.int().nullable(),
});

/** More of a reply, as it comes. */
const textSchema = z.strictObject({ type: z.literal('text'), jobId: z.uuid(), text: z.string() });

/** How far a picture is. */
const progressSchema = z.strictObject({
  type: z.literal('progress'),
  jobId: z.uuid(),
  /** 0 to 1; null where the provider does not say. */
  fraction: z.number().min(0).max(1).nullable(),
  /** Number of live previews so far; `livePreviewFile` holds the latest. */
  previewCount: z.int().positive().optional(),
});

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

/** How a draft has ended whose provider charges; nobody hears of a free one. */
const prefetchEndedSchema = z.strictObject({
  type: z.literal('prefetch-ended'),
  prefetchId: z.uuid(),
  /** Why there is no picture; null where there is one. */
  code: errorCodeSchema.nullable(),
  /** As of a job: of a failure null where nothing can have been charged, of a picture null where nobody knows. */
  costMicroUsd: z.int().nullable(),
  /** As of a job that failed. */
  retryAfterMs: z.int().min(0).optional(),
});

const failureSchema = z.strictObject({ ok: z.literal(false), code: errorCodeSchema, message: z.string() });

const locatedSchema = z.strictObject({
  type: z.literal('located'),
  task: z.int(),
  result: z.discriminatedUnion('ok', [
    z.strictObject({
      ok: z.literal(true),
      value: z.strictObject({ file: z.string(), bytes: z.int().positive() }),
    }),
    failureSchema,
  ]) satisfies z.ZodType<Result<LocatedFile>>,
});

const checkedSchema = z.strictObject({
  type: z.literal('checked'),
  task: z.int(),
  /** What works, as a sentence. */
  result: z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), value: z.string() }),
    failureSchema,
  ]),
});

const listedSchema = z.strictObject({
  type: z.literal('listed'),
  task: z.int(),
  result: z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), value: z.array(offeredModelSchema) }),
    failureSchema,
  ]),
});

/** The generator answers with facts, never with pixels. */
export const fromGeneratorSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('alive') }),
  /** The bytes of a picture are here, and will be kept. */
  z.strictObject({ type: z.literal('arrived'), jobId: z.uuid() }),
  /** A picture has arrived and finds no room. It waits for some. */
  z.strictObject({ type: z.literal('disk-full') }),
  storedSchema,
  repliedSchema,
  textSchema,
  progressSchema,
  failedSchema,
  derivedSchema,
  prefetchEndedSchema,
  locatedSchema,
  checkedSchema,
  listedSchema,
]);
export type FromGenerator = z.infer<typeof fromGeneratorSchema>;
/** An answer to something that was asked beside the jobs. */
export type TaskAnswer = Extract<FromGenerator, { task: number }>;

export type StoredPicture = z.infer<typeof storedSchema>;
export type TextReply = z.infer<typeof repliedSchema>;
export type FailedJob = z.infer<typeof failedSchema>;
export type TextSoFar = z.infer<typeof textSchema>;
export type PictureProgress = z.infer<typeof progressSchema>;
export type DerivedPicture = z.infer<typeof derivedSchema>;
export type EndedPrefetch = z.infer<typeof prefetchEndedSchema>;
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
