// The file format of a full export, and its validation when it is imported. See docs/decisions/057.
import { z } from 'zod';
import { serviceSchema } from '../../../shared/domain/services';

/** Written last: a folder without it is no complete export. */
export const archiveName = 'archive.json';
export const pictureFolder = 'pictures';
export const conversationFolder = 'conversations';
/**
 * The folder of masks, originals of converted pictures, small versions of pictures whose file is missing, and unreadable
 * bytes that services sent.
 */
export const furtherFolder = 'files';

export const archiveVersion = 1;

const rowSchema = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
const rows = z.array(rowSchema);

/** A file name within a folder of the archive. */
const nameSchema = z.string().regex(/^[^/\\]{1,250}$/);

const fileSchema = z.object({
  /** Relative to the data folder, with forward slashes. */
  path: z.string().max(300),
  /** The name within the archive's folder. */
  name: nameSchema,
  /** In hexadecimal. */
  sha256: z.string(),
});
export type ArchivedFile = z.infer<typeof fileSchema>;

export const archiveSchema = z.object({
  application: z.literal('Afterimage'),
  archive: z.int().min(1),
  /** The sidecars, in gallery order, and the conversations, in order of use. */
  pictures: z.array(nameSchema),
  conversations: z.array(nameSchema),
  files: z.array(fileSchema),
  /** Collections, costs and all other rows, by table name. */
  rows: z.record(z.string(), rows),
  settings: z.record(z.string(), z.unknown()),
  /** Without headers, which may contain keys. */
  services: z.array(serviceSchema.extend({ removedAt: z.int().nullable() })),
});
export type Archive = z.infer<typeof archiveSchema>;

export const sidecarSchema = z.object({
  row: rowSchema,
  /** The picture beside the sidecar; null if its file was missing. */
  file: nameSchema.nullable(),
  /** Hash of the stored file, in hexadecimal: the exported one also contains its recipe as XMP. */
  sha256: z.string().nullable(),
  /** The recipe stored beside the file: see shared/domain/recipe.ts. */
  recipe: z.unknown(),
});
export type Sidecar = z.infer<typeof sidecarSchema>;

export const archivedConversationSchema = z.object({ conversation: rowSchema, messages: rows, drafts: rows });
export type ArchivedConversation = z.infer<typeof archivedConversationSchema>;

/** Removes the path of the user's own file from a recipe: the export has a copy of the file. */
export function withoutLink(recipe: unknown): unknown {
  if (typeof recipe !== 'object' || recipe === null) return recipe;
  return Object.fromEntries(Object.entries(recipe).filter(([name]) => name !== 'link'));
}
