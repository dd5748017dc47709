// The files of an export of everything, and what another installation accepts of them. See docs/decisions/057.
import { z } from 'zod';
import { serviceSchema } from '../../../shared/domain/services';

/** Written last: a folder without it is no complete export. */
export const archiveName = 'archive.json';
export const pictureFolder = 'pictures';
export const conversationFolder = 'conversations';
/**
 * Masks, what pictures were converted from, the small versions of those whose file is missing, and what services sent that
 * cannot be opened.
 */
export const furtherFolder = 'files';

export const archiveVersion = 1;

const rowSchema = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
const rows = z.array(rowSchema);

/** A name within a folder of the archive. */
const nameSchema = z.string().regex(/^[^/\\]{1,250}$/);

const fileSchema = z.object({
  /** Relative to the data folder, with forward slashes. */
  path: z.string().max(300),
  /** Within the folder of the archive. */
  name: nameSchema,
  /** In hexadecimal. */
  sha256: z.string(),
});
export type ArchivedFile = z.infer<typeof fileSchema>;

export const archiveSchema = z.object({
  application: z.literal('Afterimage'),
  archive: z.int().min(1),
  /** The sidecars, in the gallery's order, and the conversations, in the order of their use. */
  pictures: z.array(nameSchema),
  conversations: z.array(nameSchema),
  files: z.array(fileSchema),
  /** Collections, costs and everything else, by the names of the tables. */
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
  /** Of the stored file, in hexadecimal: the exported one also carries its recipe as XMP. */
  sha256: z.string().nullable(),
  /** What Afterimage keeps beside the file: see shared/domain/recipe.ts. */
  recipe: z.unknown(),
});
export type Sidecar = z.infer<typeof sidecarSchema>;

export const archivedConversationSchema = z.object({ conversation: rowSchema, messages: rows, drafts: rows });
export type ArchivedConversation = z.infer<typeof archivedConversationSchema>;

/** Returns a recipe that names no file of the user's: an export has a copy of it. */
export function withoutLink(recipe: unknown): unknown {
  if (typeof recipe !== 'object' || recipe === null) return recipe;
  return Object.fromEntries(Object.entries(recipe).filter(([name]) => name !== 'link'));
}
