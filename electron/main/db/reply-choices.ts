// The user's choices for the pictures that a reply may request: JSON in the params column of the reply's row.

import { z } from 'zod';
import { type ChosenModel, chosenModelSchema } from '../../../shared/domain/chosen-model';
import { type AspectRatio, aspectRatioSchema, seedSchema } from '../../../shared/domain/models';
import { parseJson } from '../../../shared/domain/parse-json';
import { type PictureOptions, pictureOptionsSchema } from '../../../shared/domain/picture-options';
import { type UsedStyle, usedStylesSchema } from '../../../shared/domain/styles';

const replyChoicesSchema = z.object({
  model: chosenModelSchema.optional().catch(undefined),
  options: pictureOptionsSchema.optional().catch(undefined),
  styles: usedStylesSchema.optional().catch(undefined),
  aspectRatio: aspectRatioSchema.optional().catch(undefined),
  seed: seedSchema.optional().catch(undefined),
});

/** Absent choices: those of the settings. */
export type ReplyChoices = {
  model?: ChosenModel | undefined;
  options?: PictureOptions | undefined;
  styles?: UsedStyle[] | undefined;
  /** For pictures whose shape the model does not specify. */
  aspectRatio?: AspectRatio | undefined;
  /** The seed of the first picture. The model decides how many there are. */
  seed?: number | undefined;
};

/** Returns the choices; none if there are none, or if this version cannot read them. */
export function readReplyChoices(json: string | null): ReplyChoices {
  return replyChoicesSchema.safeParse(parseJson(json)).data ?? {};
}

/** Returns null for no choices. */
export function replyChoicesColumn(choices: ReplyChoices): string | null {
  const isEmpty = Object.values(choices).every((choice) => choice === undefined);
  return isEmpty ? null : JSON.stringify(choices);
}
