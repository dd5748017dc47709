// The composer's choices for an unsent message, as they are kept between runs of the app.
import { z } from 'zod';
import { maxPictures, maxReferences } from './conversations';
import { aspectRatioSchema, seedSchema } from './models';

/** Values that are not valid, for example from another version, become those of an empty composer. */
export const draftChoicesSchema = z.object({
  mode: z.enum(['auto', 'picture']).catch('auto'),
  /** Null: the aspect ratio from the settings. */
  aspectRatio: aspectRatioSchema.nullable().catch(null),
  count: z.int().min(1).max(maxPictures).catch(1),
  /** Seed of the first picture; the next ones count up from it. Null: random. */
  seed: seedSchema.nullable().catch(null),
  /** Ids of the attached pictures. */
  references: z.array(z.uuid()).max(maxReferences).catch([]),
});
export type DraftChoices = z.infer<typeof draftChoicesSchema>;

/** Longer text is not kept between runs of the app. In UTF-16 units. */
export const maxDraftLength = 1_000_000;

/** What the user is writing. */
export const draftSchema = draftChoicesSchema.extend({
  /** The id of the message that it becomes, so that sending it twice sends one message. */
  questionId: z.uuid(),
  text: z.string().max(maxDraftLength),
});
export type Draft = z.infer<typeof draftSchema>;

/** Returns whether there is nothing to send or to keep: choices belong to a text or to attached pictures. */
export function isEmptyDraft({ text, references }: Pick<Draft, 'text' | 'references'>): boolean {
  return text.trim() === '' && references.length === 0;
}
