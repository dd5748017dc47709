// The contract between the main process and the importer, which reads files that a user brings in.
import { z } from 'zod';
import { type SkipReason, skipSentences } from '../domain/import';
import { importedParamsSchema, readRecipeSchema } from '../domain/read-recipe';

/** Every task is answered once, by a reply with its key. */
export type ImporterTask =
  /** What a single dropped file is. */
  | { type: 'inspect'; path: string }
  /** Lists the files to bring in, a batch at a time: `walk-on` asks for the next. */
  | { type: 'walk'; paths: string[] }
  | { type: 'walk-on' }
  /** Reads and judges a file, and holds its bytes under `held` until `keep` or `forget`. */
  | { type: 'read'; held: number; path: string; now: number }
  | { type: 'keep'; held: number; id: string }
  | { type: 'forget'; held: number }
  /** Finishes a picture that was under way when a process died, or removes what there is of it. */
  | ({ type: 'recover' } & ImportIntent)
  | { type: 'discard'; id: string };

/** Where pictures are kept, and how good what the screen shows of them is: WebP's own scale. */
export type ImportPlace = { dataFolder: string; displayQuality: number };

export type ToImporter = ImporterTask & { key: number } & ImportPlace;

/** What is known of a picture before its first byte is written. */
export type ImportIntent = {
  id: string;
  /** Of the file that it came from, without its ending: stands for the prompt where there is none. */
  name: string;
  /** UTC milliseconds. */
  createdAt: number;
};

const skipReasonSchema = z.custom<SkipReason>(
  (value) => typeof value === 'string' && Object.hasOwn(skipSentences, value),
);
const key = z.int();
const size = z.strictObject({ width: z.int().positive(), height: z.int().positive() });

const keptSchema = z.strictObject({
  key,
  type: z.literal('kept'),
  /** Relative to the data folder. */
  file: z.string(),
  ...size.shape,
  bytes: z.int().positive(),
  /** Base64. */
  thumbhash: z.string(),
  prompt: z.string(),
  model: z.string(),
  params: importedParamsSchema,
});

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
    type: z.literal('read'),
    /** SHA-256 of the file's bytes, in hexadecimal. */
    contentHash: z.string(),
    bytes: z.int().positive(),
    /** Of a copy with a recipe of ours: what it can have been made from. */
    originals: z.array(z.strictObject({ contentHash: z.string(), bytes: z.int().positive() })),
    name: z.string(),
    /** UTC milliseconds: when its recipe says, else when the file was last changed; never in the future. */
    createdAt: z.int().min(0),
  }),
  z.strictObject({ key, type: z.literal('refused'), reason: skipReasonSchema }),
  keptSchema,
  /** There was nothing, or nothing is there any more. */
  z.strictObject({ key, type: z.literal('gone') }),
]);
export type FromImporter = z.infer<typeof fromImporterSchema>;
export type KeptImport = z.infer<typeof keptSchema>;
