// Styles: named pieces of a prompt. One with variables is a template. See docs/decisions/066.
import { z } from 'zod';
import { maxNegativePromptLength } from './models';

export const maxStyles = 1000;
export const maxStyleNameLength = 80;
export const maxStylePromptLength = 20_000;
/** The same as the maximum of a picture's negative prompt. */
export const maxStyleNegativeLength = maxNegativePromptLength;
/** Maximum number of styles of one message. */
export const maxStylesOfMessage = 8;
export const maxVariableNameLength = 40;
export const maxVariableValueLength = 1000;
/** Maximum length of a value that is not sent yet. */
const maxChosenValueLength = 1_000_000;
/** Maximum number of variables of one style. Further ones are text. */
export const maxVariables = 20;

/** The built-in styles, in order: see starter-styles.ts. */
export const starterNames = [
  'photograph',
  'film_still',
  'product_shot',
  'watercolour',
  'pencil_sketch',
  'line_drawing',
  'childrens_book',
  'isometric',
  'low_poly',
  'pixel_art',
  'blueprint',
  'stained_glass',
] as const;
export const starterNameSchema = z.enum(starterNames);
export type StarterName = (typeof starterNames)[number];

const texts = {
  name: z.string().trim().min(1).max(maxStyleNameLength),
  /** `{prompt}` stands for the user's words; without it they come before the style. `{{name}}` is a variable. */
  prompt: z.string().max(maxStylePromptLength),
  negativePrompt: z.string().max(maxStyleNegativeLength),
};

/** The texts of a style, as files have them. */
export const styleTextsSchema = z.strictObject(texts);
export type StyleTexts = z.infer<typeof styleTextsSchema>;

/** A user's style. */
export const styleSchema = z.strictObject({
  id: z.uuid(),
  ...texts,
  /** Its sample picture in the gallery, which may have been deleted; null if it has none. */
  pictureId: z.uuid().nullable(),
});
export type Style = z.infer<typeof styleSchema>;

/** A style as one message used it: its texts at that time, and the values of its variables by their keys. */
export const usedStyleSchema = z.strictObject({
  /** The id of the style, or the name of a starter. */
  id: z.string().min(1).max(40),
  ...texts,
  values: z.record(z.string().max(maxVariableNameLength), z.string().max(maxVariableValueLength)),
});
export type UsedStyle = z.infer<typeof usedStyleSchema>;

export const usedStylesSchema = z.array(usedStyleSchema).max(maxStylesOfMessage);

/** A style that is chosen for the next message. It follows changes of the style unless `isKept`. */
export const chosenStyleSchema = usedStyleSchema.extend({
  /** A value that is too long is kept, so that the user can correct it. */
  values: z.record(z.string().max(maxVariableNameLength), z.string().max(maxChosenValueLength)),
  /** Its texts come from an earlier message and do not change. */
  isKept: z.literal(true).optional(),
});
export type ChosenStyle = z.infer<typeof chosenStyleSchema>;

/** How to treat an imported style whose name already exists. */
export const duplicateChoices = ['both', 'replace', 'skip'] as const;
export type DuplicateChoice = (typeof duplicateChoices)[number];

/** Returns a name that is not taken, ignoring case, such as "Film 2". */
export function freeStyleName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(keyOfName(wanted))) return wanted;
  for (let number = 2; ; number += 1) {
    const end = ` ${number}`;
    const name = `${[...wanted]
      .slice(0, maxStyleNameLength - end.length)
      .join('')
      .trim()}${end}`;
    if (!taken.has(keyOfName(name))) return name;
  }
}

/** Returns the form in which names are compared. */
export function keyOfName(name: string): string {
  return name.trim().normalize('NFC').toLowerCase();
}

/** Returns whether two styles have the same texts. */
export function isSameTexts(one: StyleTexts, other: StyleTexts): boolean {
  return (
    one.name === other.name && one.prompt === other.prompt && one.negativePrompt === other.negativePrompt
  );
}
