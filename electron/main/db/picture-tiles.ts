// The difference between a picture and the others of its request, as JSON in the tile column of its row.

import { z } from 'zod';
import type { PictureTile } from '../../../shared/domain/conversations';
import { parseJson } from '../../../shared/domain/parse-json';

const tileSchema = z.object({
  words: z.array(z.string()).min(1).optional().catch(undefined),
  ofSeveral: z.literal(true).optional().catch(undefined),
});

/** Returns nothing if there is nothing, or if this version cannot read it. */
export function tileOf(json: string | null): { tile?: PictureTile } {
  const { words, ofSeveral } = tileSchema.safeParse(parseJson(json)).data ?? {};
  if (!words && !ofSeveral) return {};
  return { tile: { ...(words && { words }), ...(ofSeveral && { ofSeveral }) } };
}

/** Returns null if nothing distinguishes the picture. */
export function tileColumn({ words = [], ofSeveral }: PictureTile = {}): string | null {
  if (words.length === 0 && !ofSeveral) return null;
  return JSON.stringify({ ...(words.length > 0 && { words }), ofSeveral });
}
