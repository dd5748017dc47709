// The generator's tasks besides jobs: small requests with one answer each, matched by number.

import { z } from 'zod';
import type { LocalEdit } from '../domain/edits';
import type { Result } from '../domain/errors';
import { fingerprintSchema } from '../domain/fingerprints';
import { offeredModelSchema } from '../domain/models';
import type { WrittenFormat } from '../domain/picture-files';
import { pictureLinkSchema, type Recipe } from '../domain/recipe';
import type { ServiceId } from '../domain/services';
import { sentenceSchema } from '../languages/sentence';
import { failureSchema } from './failure-schema';
import type { LinkedFile } from './jobs';

/** A file that the user located for a picture whose own file is missing. It is validated and copied in its place. */
export type LocateTask = {
  imageId: string;
  /** Absolute. */
  chosen: string;
  /** Pixels. A file with another size is rejected as a different picture. */
  width: number;
  height: number;
  /** The file stays where it is: nothing is copied. */
  isLinked?: boolean;
};

/** `file` is relative to the data folder. `link`: the chosen file itself, and the hash of its content in hexadecimal. */
export const locatedFileSchema = z.strictObject({
  file: z.string(),
  bytes: z.int().positive(),
  link: z.exactOptional(pictureLinkSchema.extend({ contentHash: z.string() })),
});
export type LocatedFile = z.infer<typeof locatedFileSchema>;

/** A picture to make from another one on this computer. */
export type ChangeRequest = {
  newImageId: string;
  /** The original, relative to the data folder, or absolute if it stays in a folder of the user's. */
  file: string;
  change: LocalEdit;
  /** The recipe of the new picture: the change itself, and otherwise the facts of the original. */
  origin: Pick<Recipe, 'prompt' | 'provider' | 'model' | 'params' | 'createdAt' | 'durationMs' | 'parentId'>;
};

/** A task has a number, and its answer has the same one. */
export type GeneratorTask =
  /**
   * Makes the missing small versions of a picture, after those that are already being made. Answered by
   * `small-versions-ended`, sometimes after `derived`. `link`: the location of the picture if it is not at `file`.
   */
  | { type: 'derive'; task: number; imageId: string; file: string; link?: LinkedFile }
  /** Makes the largest thumbnail, which not every picture has. Answered by `small-versions-ended`, as `derive`. */
  | { type: 'sharpen'; task: number; imageId: string; file: string; link?: LinkedFile }
  /** Makes all small versions of a picture again, replacing existing ones. Answered by `remade`. */
  | { type: 'remake'; task: number; imageId: string; file: string; link?: LinkedFile }
  /** Answered by `located`. */
  | ({ type: 'locate'; task: number } & LocateTask)
  /** Answered by `changed`. */
  | ({ type: 'change-here'; task: number } & ChangeRequest)
  /** Writes a picture as a PNG. Answered by `png-written`. @param file @param target absolute */
  | { type: 'write-png'; task: number; file: string; target: string }
  /** Writes a picture in another format. Answered by `converted`. Both paths are absolute. */
  | { type: 'convert'; task: number; file: string; target: string; format: WrittenFormat; quality: number }
  /** Computes the fingerprint of a picture. Answered by `fingerprint-read`. @param file relative to the data folder */
  | { type: 'read-fingerprint'; task: number; imageId: string; file: string }
  /** Checks the key or the address without making anything. Answered by `checked`. */
  | { type: 'check'; task: number; provider: ServiceId }
  /** Answered by `listed`. */
  | { type: 'list-models'; task: number; provider: ServiceId }
  /** Asks which files the nodes of a workflow can load. Answered by `files-listed`. */
  | { type: 'list-files'; task: number; provider: ServiceId; classes: readonly string[] };

/**
 * Whether a task is sent again to the next generator process after the one that had it has ended. Must be false for a
 * task that may be charged.
 */
export const isRepeatable: Readonly<Record<GeneratorTask['type'], boolean>> = {
  // These query a service and make nothing.
  check: true,
  'list-models': true,
  'list-files': true,
  // These write the same files again, and the user is waiting for them.
  remake: true,
  locate: true,
  'change-here': true,
  'write-png': true,
  convert: true,
  // The missing files are requested again when they are needed.
  derive: false,
  sharpen: false,
  'read-fingerprint': false,
};

/** A task of any type has ended with an unexpected error. */
const taskFailedSchema = z.strictObject({ type: z.literal('task-failed'), task: z.int() });

/** The files on disk show which versions could be made. */
const smallVersionsEndedSchema = z.strictObject({ type: z.literal('small-versions-ended'), task: z.int() });

/** `damaged`: the picture cannot be opened. `failed`: for example, a version could not be written. */
export const remadeSchema = z.enum(['made', 'damaged', 'failed']);
export type Remade = z.infer<typeof remadeSchema>;

const remadeAnswerSchema = z.strictObject({ type: z.literal('remade'), task: z.int(), remade: remadeSchema });

const locatedSchema = z.strictObject({
  type: z.literal('located'),
  task: z.int(),
  result: z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), value: locatedFileSchema }),
    failureSchema,
  ]) satisfies z.ZodType<Result<LocatedFile>>,
});

const changedPictureSchema = z.strictObject({
  /** Relative to the data folder. */
  file: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
  bytes: z.int().positive(),
  /** Base64. */
  thumbhash: z.string(),
});
export type ChangedPicture = z.infer<typeof changedPictureSchema>;

const changedSchema = z.strictObject({
  type: z.literal('changed'),
  task: z.int(),
  result: z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), value: changedPictureSchema }),
    failureSchema,
  ]),
});

/** Whether the PNG was written. */
const pngWrittenSchema = z.strictObject({
  type: z.literal('png-written'),
  task: z.int(),
  isWritten: z.boolean(),
});

const convertedSchema = z.strictObject({
  type: z.literal('converted'),
  task: z.int(),
  isWritten: z.boolean(),
});

const fingerprintReadSchema = z.strictObject({
  type: z.literal('fingerprint-read'),
  task: z.int(),
  /** Null: the picture cannot be opened. */
  fingerprint: fingerprintSchema.nullable(),
});

const checkedSchema = z.strictObject({
  type: z.literal('checked'),
  task: z.int(),
  /** A sentence about what works. */
  result: z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), value: sentenceSchema }),
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

const filesListedSchema = z.strictObject({
  type: z.literal('files-listed'),
  task: z.int(),
  result: z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), value: z.record(z.string(), z.array(z.string())) }),
    failureSchema,
  ]),
});

/** The answers to tasks, for the schema of all messages. */
export const taskAnswerSchemas = [
  taskFailedSchema,
  smallVersionsEndedSchema,
  remadeAnswerSchema,
  locatedSchema,
  changedSchema,
  pngWrittenSchema,
  convertedSchema,
  fingerprintReadSchema,
  checkedSchema,
  listedSchema,
  filesListedSchema,
] as const;

/** An answer to a message that carries a task number. */
export type TaskAnswer = z.infer<(typeof taskAnswerSchemas)[number]>;
