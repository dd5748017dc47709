// From what a person asks the gallery for to the SQL that finds it. Every value is bound, never part of the text.
import type { GalleryQuery } from '../../../shared/gallery-query';

export type CompiledQuery = {
  /** Joined to `user_images u`; may be empty. */
  joins: string;
  /** A condition over `u` and the joined tables. */
  where: string;
  values: (string | number)[];
};

/** @returns the condition for a query. The order is the caller's: it knows where its page begins. */
export function compileGalleryQuery({ text }: GalleryQuery): CompiledQuery {
  const words = text.trim();
  if (words === '') return { joins: '', where: 'u.deleted_at IS NULL', values: [] };
  const pattern = `%${words.replace(/[\\%_]/g, '\\$&')}%`;
  return { joins: '', where: `u.deleted_at IS NULL AND u.prompt LIKE ? ESCAPE '\\'`, values: [pattern] };
}
