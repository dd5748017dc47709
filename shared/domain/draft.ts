// How what is being written is to be made, as it is kept from one start of the app to the next.
import { z } from 'zod';
import { maxPictures, maxReferences } from './conversations';
import { aspectRatioSchema, seedSchema } from './models';

/** What is not as it should be, such as of another version, is as in an empty composer. */
export const draftChoicesSchema = z.object({
  mode: z.enum(['auto', 'picture']).catch('auto'),
  /** Null: the shape that the settings say. */
  aspectRatio: aspectRatioSchema.nullable().catch(null),
  count: z.int().min(1).max(maxPictures).catch(1),
  /** Null: a random one each time. Otherwise the first picture's; the next ones count up from it. */
  seed: seedSchema.nullable().catch(null),
  /** Ids of the pictures that go with it. */
  references: z.array(z.uuid()).max(maxReferences).catch([]),
});
export type DraftChoices = z.infer<typeof draftChoicesSchema>;
