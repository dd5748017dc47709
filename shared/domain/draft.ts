// The composer's choices for an unsent message, as they are kept between runs of the app.
import { z } from 'zod';
import { chosenModelSchema } from './chosen-model';
import { maxModels, maxPictures } from './conversations';
import { aspectRatioSchema, maxReferences, seedSchema } from './models';
import { pictureOptionsSchema } from './picture-options';
import { chosenStyleSchema, maxStylesOfMessage } from './styles';

/** Invalid values, for example from another version, become those of an empty composer. */
export const draftChoicesSchema = z.object({
  mode: z.enum(['auto', 'picture']).catch('auto'),
  /** Null: the model of the settings. */
  model: chosenModelSchema.nullable().catch(null),
  /** Several models that are asked at once, with `model` among them; else empty. */
  models: z.array(chosenModelSchema).max(maxModels).catch([]),
  options: pictureOptionsSchema.catch({}),
  styles: z.array(chosenStyleSchema).max(maxStylesOfMessage).catch([]),
  /** Null: the aspect ratio from the settings. */
  aspectRatio: aspectRatioSchema.nullable().catch(null),
  /** Whether the shape follows the first attached picture, while there is one. */
  followsPicture: z.boolean().catch(true),
  count: z.int().min(1).max(maxPictures).catch(1),
  /** Seed of the first picture; the next ones count up from it. Null: random. */
  seed: seedSchema.nullable().catch(null),
  /** Ids of the attached pictures. */
  references: z.array(z.uuid()).max(maxReferences).catch([]),
});
export type DraftChoices = z.infer<typeof draftChoicesSchema>;

/** Longer text is not kept between runs of the app. In UTF-16 units. */
export const maxDraftLength = 1_000_000;

/** An unsent message. */
export const draftSchema = draftChoicesSchema.extend({
  /** The id of the message that it becomes, so that sending it twice sends one message. */
  questionId: z.uuid(),
  text: z.string().max(maxDraftLength),
});
export type Draft = z.infer<typeof draftSchema>;

/** Returns whether there is nothing to send. */
export function isEmptyDraft({ text, references }: Pick<Draft, 'text' | 'references'>): boolean {
  return text.trim() === '' && references.length === 0;
}

/** Returns whether there is nothing to keep: neither a text nor a picture nor a choice for the next message. */
export function isBlankDraft(draft: Draft): boolean {
  const { mode, model, models, options, styles, aspectRatio, count, seed } = draft;
  const lists = [models, styles, Object.keys(options)];
  const isChosen = mode !== 'auto' || model !== null || lists.some(({ length }) => length > 0) || count !== 1;
  return isEmptyDraft(draft) && !isChosen && aspectRatio === null && seed === null;
}
