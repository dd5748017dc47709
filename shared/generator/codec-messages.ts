// The contract between the generator and the codec process, and how the main process connects the two.

import { z } from 'zod';
import type { Frame, LocalEdit } from '../domain/edits';
import { failureLike, isErrorCode, type Result } from '../domain/errors';
import { fingerprintSchema } from '../domain/fingerprints';
import { allFormats, type PictureFormat, type WrittenFormat } from '../domain/picture-files';
import { sentenceSchema } from '../languages/sentence';
import { type LocatedFile, type LocateTask, locatedFileSchema, remadeSchema } from './tasks';

/** What to paint; `width` and `height` are pixels. */
export type PaintRequest = { prompt: string; seed: number; width: number; height: number };

/** What the codec sees in a file. `thumbhash` is base64; `bytes` is the file's size. */
export type MeasuredPicture = {
  format: PictureFormat;
  width: number;
  height: number;
  bytes: number;
  thumbhash: string;
};

/** A display file (relative to the data folder) that may replace its original. */
export type Replacement = { file: string; bytes: number };

/** Within what a prepared picture has to be. */
export type EditLimits = {
  /** Width and height are multiples of it. */
  step?: number;
  minPixels?: number;
  maxPixels?: number;
  maxEdge?: number;
  /** Whether a part of a large picture may be shown alone: then the rest has to be put back (keep-rest.ts). */
  isRegion?: true;
};

/** A picture with the part that is to change. Files are absolute. */
type EditFiles = { picture: string; mask: string | null; frame: Frame | null };

/**
 * `gray`: a PNG of 8-bit gray, white changes. `alpha`: a PNG, what is transparent changes. `marked`: the picture itself
 * with the part marked in colour.
 */
export type EditTask = EditFiles & { form: 'gray' | 'alpha' | 'marked'; limits: EditLimits };

export type KeepRestTask = EditFiles & { made: Uint8Array };

/** A picture to change on this computer. The file is absolute. */
export type ChangeHereTask = { file: string; change: LocalEdit };

export type PreparedEdit = {
  /** A PNG of the picture with its frame; empty for `marked`. */
  picture: Uint8Array;
  /** A PNG of the same size; empty if nothing was painted and a marked picture is wanted. */
  mask: Uint8Array;
  /** Pixels of both. */
  width: number;
  height: number;
  /** Pixels of the picture with its frame, before it was scaled. */
  framed: { width: number; height: number };
  /** The rectangle around what changes, as shares of the framed picture from 0 to 1. Null: nothing changes. */
  bounds: { left: number; top: number; right: number; bottom: number } | null;
};

export type DeriveOptions = {
  /** Where the picture is instead, absolute or relative to the data folder. */
  source?: string;
  /**
   * The display file is to replace the original, if it may. The largest thumbnail is left until it has, so that after a
   * crash its absence says what is to be done.
   */
  isToReplace?: boolean;
};

/** Files are named by their paths, so that pixels stay in the codec process. */
export type CodecTask =
  /** Opens a file. @param file absolute */
  | { kind: 'measure'; file: string }
  /** `source`: where the picture is instead, absolute or relative to the data folder. */
  | ({ kind: 'derive'; dataFolder: string; file: string; quality: number } & DeriveOptions)
  | { kind: 'sharpen'; dataFolder: string; file: string; source?: string }
  | { kind: 'remake'; dataFolder: string; file: string; quality: number; source?: string }
  | { kind: 'release-original'; dataFolder: string; imageId: string; file: string }
  | ({ kind: 'locate'; dataFolder: string } & LocateTask)
  /** Writes a PNG of the whole picture. @param file absolute @param target absolute */
  | { kind: 'write-png'; file: string; target: string }
  /** Writes the whole picture in another format. Both paths are absolute. @param quality 0 to 100; PNG has none */
  | { kind: 'convert'; file: string; target: string; format: WrittenFormat; quality: number }
  /** Reads how a picture looks, from its thumbnail if it has one. @param file relative to the data folder */
  | { kind: 'fingerprint'; dataFolder: string; file: string }
  /** Writes a small version of the bytes. @param file absolute */
  | { kind: 'preview'; file: string; bytes: Uint8Array }
  /** Converts a picture and its mask for a service. */
  | ({ kind: 'prepare-edit' } & EditTask)
  /** Puts the rest of the original back around what a service has made. */
  | ({ kind: 'keep-rest' } & KeepRestTask)
  /** Changes a picture, without a service. */
  | ({ kind: 'change-here' } & ChangeHereTask)
  | ({ kind: 'paint' } & PaintRequest);

export type ToCodec = { task: number } & CodecTask;

const failureSchema = z
  .strictObject({
    ok: z.literal(false),
    code: z.string(),
    message: z.string(),
    sentence: z.exactOptional(sentenceSchema),
  })
  .transform(({ code, ...rest }) =>
    failureLike({ code: isErrorCode(code) ? code : 'unreadable_picture', ...rest }),
  );

function resultOf<Value>(schema: z.ZodType<Value>): z.ZodType<Result<Value>> {
  return z.union([z.strictObject({ ok: z.literal(true), value: schema }), failureSchema]);
}

const replacementSchema = z.strictObject({ file: z.string(), bytes: z.int().positive() });

const bytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const shareSchema = z.number().min(0).max(1);

/** The answer to each kind of task. A codec that a hostile file has taken over must not answer anything else. */
export const codecAnswers = {
  measure: resultOf<MeasuredPicture>(
    z.strictObject({
      format: z.enum(allFormats),
      width: z.int().positive(),
      height: z.int().positive(),
      bytes: z.int().positive(),
      thumbhash: z.string(),
    }),
  ),
  derive: replacementSchema.nullable(),
  sharpen: z.undefined(),
  remake: remadeSchema,
  'release-original': z.boolean(),
  locate: resultOf<LocatedFile>(locatedFileSchema),
  'write-png': z.boolean(),
  convert: z.boolean(),
  fingerprint: fingerprintSchema.nullable(),
  preview: z.boolean(),
  'prepare-edit': resultOf<PreparedEdit>(
    z.strictObject({
      picture: bytesSchema,
      mask: bytesSchema,
      width: z.int().positive(),
      height: z.int().positive(),
      framed: z.strictObject({ width: z.int().positive(), height: z.int().positive() }),
      bounds: z
        .strictObject({ left: shareSchema, top: shareSchema, right: shareSchema, bottom: shareSchema })
        .nullable(),
    }),
  ),
  'keep-rest': resultOf<Uint8Array>(bytesSchema),
  'change-here': resultOf<Uint8Array>(bytesSchema),
  paint: z.instanceof(Uint8Array),
} satisfies { [Kind in CodecTask['kind']]: z.ZodType };

export const fromCodecSchema = z.strictObject({ task: z.int(), answer: z.unknown() });
export type FromCodec = z.infer<typeof fromCodecSchema>;

/**
 * From the generator to the main process, beside `FromGenerator`. `codec-works`: it has tasks, and got the first of them
 * or answered one. `codec-rests`: it has answered all of them. `codec-idle`: end it.
 */
export const codecRequestSchema = z.strictObject({
  type: z.enum(['codec-wanted', 'codec-works', 'codec-rests', 'codec-idle']),
});
export type CodecRequest = z.infer<typeof codecRequestSchema>;

/** From the main process to the generator, beside `ToGenerator`. `codec-connected` brings the port. */
export type CodecNotice = { type: 'codec-connected' } | { type: 'codec-ended' };
