// The composer's choices for an unsent message, as they are kept between runs of the app.
import { z } from 'zod';
import { chosenModelSchema } from './chosen-model';
import { maxPictures, maxReferences } from './conversations';
import { aspectRatioSchema, seedSchema } from './models';
import { pictureOptionsSchema } from './picture-options';

/** Values that are not valid, for example from another version, become those of an empty composer. */
export const draftChoicesSchema = z.object({
  mode: z.enum(['auto', 'picture']).catch('auto'),
  /** Null: the model of the settings. */
  model: chosenModelSchema.nullable().catch(null),
  options: pictureOptionsSchema.catch({}),
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
const maxDraftLength = 1_000_000;

/** What the user is writing. */
export const draftSchema = draftChoicesSchema.extend({
  /** The id of the message that it becomes, so that sending it twice sends one message. */
  questionId: z.uuid(),
  text: z.string().max(maxDraftLength),
});
export type Draft = z.infer<typeof draftSchema>;
