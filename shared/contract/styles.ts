// Styles: requests, replies and events.
import { z } from 'zod';
import { duplicateChoices, maxStyles, type Style, styleSchema, styleTextsSchema } from '../domain/styles';
import { type RequestDefinition, reply } from './request';
import { idSchema, noInput } from './schemas';

export const styleRequests = {
  'styles:list': { input: noInput, reply: reply<ListedStyle[]>() },
  /**
   * Adds a style, or replaces the one with this id, or restores a removed one. `before`: see `styles:move`; if absent, a new
   * style comes last.
   */
  'styles:save': {
    input: z.strictObject({ style: styleSchema, before: idSchema.nullable().optional() }),
    reply: reply<null>(),
  },
  /** Moves a style before another one; to the end if `before` is null or gone. */
  'styles:move': {
    input: z.strictObject({ id: idSchema, before: idSchema.nullable() }),
    reply: reply<null>(),
  },
  /** Removes a style. Messages keep its text. */
  'styles:remove': { input: z.strictObject({ id: idSchema }), reply: reply<null>() },
  /** Adds the styles of a file: all of them, or none. `duplicates`: how to treat names that already exist. */
  'styles:import': {
    input: z.strictObject({
      styles: z.array(styleTextsSchema).min(1).max(maxStyles),
      duplicates: z.enum(duplicateChoices),
    }),
    reply: reply<ImportedStyles>(),
  },
  /** Writes all of the user's styles to a file that the user chooses. Replies null if the user closed the dialog. */
  'styles:export': { input: noInput, reply: reply<{ count: number } | null>() },
} satisfies Record<string, RequestDefinition>;

/** `isPictureGone`: the style's sample picture was deleted. */
export type ListedStyle = Style & { isPictureGone?: true };

export type ImportedStyles = { added: number; replaced: number; skipped: number };

export type StyleEvents = {
  /** Another window has changed the styles. */
  'styles:changed': Record<string, never>;
};
