// The contract between the generator and the codec process, and how the main process connects the two.

import { z } from 'zod';
import type { Frame, LocalEdit } from '../domain/edits';
import { failureLike, isErrorCode, type Result } from '../domain/errors';
import { fingerprintSchema } from '../domain/fingerprints';
import { allFormats, type PictureFormat, type WrittenFormat } from '../domain/picture-files';
import { sentenceSchema } from '../languages/sentence';
import { type LocatedFile, type LocateTask, locatedFileSchema, remadeSchema } from './tasks';

/** A request to paint a picture; `width` and `height` are pixels. */
export type PaintRequest = { prompt: string; seed: number; width: number; height: number };

/** The properties of a picture file. `thumbhash` is base64; `bytes` is the file's size. */
export type MeasuredPicture = {
  format: PictureFormat;
  width: number;
  height: number;
  bytes: number;
  thumbhash: string;
};

/** A display file (relative to the data folder) that may replace its original. */
export type Replacement = { file: string; bytes: number };

/** The limits that a picture prepared for an edit has to meet. */
export type EditLimits = {
  /** Width and height must be multiples of this many pixels. */
  step?: number;
  minPixels?: number;
  maxPixels?: number;
  maxEdge?: number;
  /** Allows sending only a part of a large picture. keep-rest.ts then puts the rest back. */
  isRegion?: true;
};

/** A picture and its part to change. Files are absolute paths. */
type EditFiles = { picture: string; mask: string | null; frame: Frame | null };

/**
 * How the part to change is described. `gray`: a PNG of 8-bit gray, in which white changes. `alpha`: a PNG, whose
 * transparent pixels change. `marked`: the picture itself, with the part marked in colour.
 */
export type EditTask = EditFiles & { form: 'gray' | 'alpha' | 'marked'; limits: EditLimits };

export type KeepRestTask = EditFiles & { made: Uint8Array };

/** A picture to change on this computer. `file` is an absolute path. */
export type ChangeHereTask = { file: string; change: LocalEdit };

export type PreparedEdit = {
  /** A PNG of the picture with its frame; empty for `marked`. */
  picture: Uint8Array;
  /** A PNG of the same size; empty for `marked` if nothing was painted. */
  mask: Uint8Array;
  /** Size of both PNGs in pixels. */
  width: number;
  height: number;
  /** Size of the picture with its frame before scaling, in pixels. */
  framed: { width: number; height: number };
  /** Bounding box of the change, in fractions of the framed picture from 0 to 1. Null if nothing changes. */
  bounds: { left: number; top: number; right: number; bottom: number } | null;
};

export type DeriveOptions = {
  /** Path of the picture if it is not at `file`, absolute or relative to the data folder. */
  source?: string;
  /**
   * Lets the display file replace the original. The largest thumbnail is made only after the replacement, so that its
   * absence after a crash shows that the work is unfinished.
   */
  mayReplaceOriginal?: boolean;
};

/** Files are named by their paths, so that pixels stay in the codec process. */
export type CodecTask =
  /** Opens a file. @param file absolute */
  | { kind: 'measure'; file: string }
  /** Makes the display file and the thumbnails of a picture. */
  | ({ kind: 'derive'; dataFolder: string; file: string; quality: number } & DeriveOptions)
  | { kind: 'sharpen'; dataFolder: string; file: string; source?: string }
  | { kind: 'remake'; dataFolder: string; file: string; quality: number; source?: string }
  | { kind: 'release-original'; dataFolder: string; imageId: string; file: string }
  | ({ kind: 'locate'; dataFolder: string } & LocateTask)
  /** Writes a PNG of the whole picture. @param file absolute @param target absolute */
  | { kind: 'write-png'; file: string; target: string }
  /** Writes the whole picture in another format. Both paths are absolute. @param quality 0 to 100; PNG has none */
  | { kind: 'convert'; file: string; target: string; format: WrittenFormat; quality: number }
  /** Computes the fingerprint of a picture, from its thumbnail if it has one. @param file relative to the data folder */
  | { kind: 'fingerprint'; dataFolder: string; file: string }
  /** Writes a small version of the bytes. @param file absolute */
  | { kind: 'preview'; file: string; bytes: Uint8Array }
  /** Converts a picture and its mask for a service. */
  | ({ kind: 'prepare-edit' } & EditTask)
  /** Puts the unchanged rest of the original around the picture that a service returned. */
  | ({ kind: 'keep-rest' } & KeepRestTask)
  /** Applies a local edit, without a service. */
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

/** The answer to each kind of task. Anything else is rejected, because a hostile file may control the codec. */
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
 * From the generator to the main process, beside `FromGenerator`. `codec-works`: the codec has tasks, and received
 * the first of them or answered one. `codec-rests`: it has answered all of them. `codec-idle`: the main process ends it.
 */
export const codecRequestSchema = z.strictObject({
  type: z.enum(['codec-wanted', 'codec-works', 'codec-rests', 'codec-idle']),
});
export type CodecRequest = z.infer<typeof codecRequestSchema>;

/** From the main process to the generator, beside `ToGenerator`. `codec-connected` brings the port. */
export type CodecNotice = { type: 'codec-connected' } | { type: 'codec-ended' };
