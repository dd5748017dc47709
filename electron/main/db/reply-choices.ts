// What the user chose for the pictures that a reply may request: JSON in the params column of the reply's row.
import { z } from 'zod';
import { type ChosenModel, chosenModelSchema } from '../../../shared/domain/chosen-model';
import { type PictureOptions, pictureOptionsSchema } from '../../../shared/domain/picture-options';
import { type UsedStyle, usedStylesSchema } from '../../../shared/domain/styles';

const replyChoicesSchema = z.object({
  model: chosenModelSchema.optional().catch(undefined),
  options: pictureOptionsSchema.optional().catch(undefined),
  styles: usedStylesSchema.optional().catch(undefined),
});

/** Absent: what the settings say. */
export type ReplyChoices = {
  model?: ChosenModel | undefined;
  options?: PictureOptions | undefined;
  styles?: UsedStyle[] | undefined;
};

/** Returns the choices; none if there are none, or if this version cannot read them. */
export function readReplyChoices(json: string | null): ReplyChoices {
  try {
    return replyChoicesSchema.parse(JSON.parse(json ?? '{}'));
  } catch {
    return {};
  }
}

/** Returns null for no choices. */
export function replyChoicesColumn({ model, options, styles }: ReplyChoices): string | null {
  const isEmpty = model === undefined && options === undefined && styles === undefined;
  return isEmpty ? null : JSON.stringify({ model, options, styles });
}
