// The contract between the main process and the importer, which reads the files that a user imports.
import { z } from 'zod';
import { isLeftOut, isSkipReason, type LeftOut, type SkipReason } from '../domain/import';
import { importedParamsSchema, readRecipeSchema } from '../domain/read-recipe';
import type { PictureLink } from '../domain/recipe';

/** Command-line switch that runs the importer at idle priority. */
export const backgroundSwitch = '--background';

/** Every task has one reply, with the same key. */
export type ImporterTask =
  /** Describes a single dropped file. */
  | { type: 'inspect'; path: string }
  /** Lists the files to import, in batches: `walk-on` requests the next one. */
  | { type: 'walk'; paths: string[] }
  | { type: 'walk-on' }
  /** Lists the files of a watched folder that may be pictures, in batches: `scan-on` requests the next one. */
  | { type: 'scan'; folder: string; subfolders: boolean }
  | { type: 'scan-on' }
  /**
   * Reads and validates a file, and keeps its bytes in memory under `held` until `store` or `forget`. `name` replaces
   * the file's own name. `within`: the folder, with links resolved, that must contain the file.
   */
  | { type: 'read'; held: number; path: string; now: number; name?: string; within?: string }
  /** `link`: the user's file, which is linked instead of copied. */
  | { type: 'store'; held: number; id: string; link?: PictureLink }
  | { type: 'forget'; held: number }
  /** Finishes an import that a crash interrupted, or removes its files. */
  | ({ type: 'recover' } & ImportIntent)
  | { type: 'discard'; id: string };

/** Where pictures are stored, and the WebP quality of display files, 0 to 100. */
export type ImportPlace = { dataFolder: string; displayQuality: number };

export type ToImporter = ImporterTask & { key: number } & ImportPlace;

/** The facts about a picture that are known before its first byte is written. `link`: the picture's file stays where it is. */
export type ImportIntent = {
  link?: PictureLink;
  id: string;
  /** Name of the imported file without its extension, used as the prompt of a picture without a recipe. */
  name: string;
  /** UTC milliseconds. */
  createdAt: number;
};

const skipReasonSchema = z.custom<SkipReason>((value) => typeof value === 'string' && isSkipReason(value));
const leftOutSchema = z.custom<LeftOut>((value) => typeof value === 'string' && isLeftOut(value));
const key = z.int();
const size = z.strictObject({ width: z.int().positive(), height: z.int().positive() });

const storedSchema = z.strictObject({
  key,
  type: z.literal('stored'),
  /** Relative to the data folder. */
  file: z.string(),
  ...size.shape,
  bytes: z.int().positive(),
  /** Base64. */
  thumbhash: z.string(),
  prompt: z.string(),
  model: z.string(),
  params: importedParamsSchema,
  /** Features of the file that the stored picture lacks; absent if there are none. */
  leftOut: z.array(leftOutSchema).optional(),
});

/** Reports that a long task is still running. It is not a reply. */
export const importerProgressSchema = z.strictObject({ type: z.literal('progress') });
export type ImporterProgress = z.infer<typeof importerProgressSchema>;

export const fromImporterSchema = z.discriminatedUnion('type', [
  z.strictObject({
    key,
    type: z.literal('inspected'),
    isFolder: z.boolean(),
    recipe: readRecipeSchema.nullable(),
    size: size.nullable(),
  }),
  z.strictObject({
    key,
    type: z.literal('walked'),
    files: z.array(z.string()),
    skipped: z.array(z.strictObject({ name: z.string(), reason: skipReasonSchema })),
    isDone: z.boolean(),
  }),
  z.strictObject({
    key,
    type: z.literal('scanned'),
    files: z.array(z.strictObject({ path: z.string(), bytes: z.int().min(0), modifiedAt: z.int().min(0) })),
    /** The scanned folders, including those without files, relative to the watched folder, which is "". */
    folders: z.array(z.string()),
    state: z.enum(['going', 'done', 'missing', 'unreadable']),
    /** Processor time that this batch took (ms). */
    workMs: z.number().min(0),
  }),
  z.strictObject({
    key,
    type: z.literal('read'),
    /** SHA-256 of the file's bytes, in hexadecimal. */
    contentHash: z.string(),
    bytes: z.int().positive(),
    /** For an exported copy with our recipe: its possible originals. */
    originals: z.array(z.strictObject({ contentHash: z.string(), bytes: z.int().positive() })),
    name: z.string(),
    /** UTC milliseconds: from its metadata, else when the file was last changed; never in the future. */
    createdAt: z.int().min(0),
    /** When the file was last changed, in UTC milliseconds. */
    modifiedAt: z.int().min(0),
    /** Whether the picture can be shown from this very file. Otherwise it is converted. */
    isShowable: z.boolean(),
    /** Whether the file may have a recipe that was not read, because its metadata is too large. */
    isRecipeLeftUnread: z.boolean(),
  }),
  /** `size`: of a picture that has too many pixels. */
  z.strictObject({ key, type: z.literal('refused'), reason: skipReasonSchema, size: size.optional() }),
  storedSchema,
  /** There is nothing to recover, or the importer process that held the bytes or the list has ended. */
  z.strictObject({ key, type: z.literal('gone') }),
]);
export type FromImporter = z.infer<typeof fromImporterSchema>;
export type StoredImport = z.infer<typeof storedSchema>;
