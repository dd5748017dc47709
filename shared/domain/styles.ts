// Styles: named pieces of a prompt. One with variables is a template. See docs/decisions/066.
import { z } from 'zod';
import { maxNegativePromptLength } from './models';

export const maxStyles = 1000;
export const maxStyleNameLength = 80;
export const maxStylePromptLength = 20_000;
/** As long as that of a picture. */
export const maxStyleNegativeLength = maxNegativePromptLength;
/** Maximum number of styles of one message. */
export const maxStylesOfMessage = 8;
export const maxVariableNameLength = 40;
export const maxVariableValueLength = 1000;
/** Of a word that is not sent yet. */
const maxChosenValueLength = 1_000_000;
/** Maximum number of variables of one style. Further ones are text. */
export const maxVariables = 20;

/** The styles that Afterimage brings, in their order: see starter-styles.ts. */
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
  /** `{prompt}` stands for the user's words; without it they come before the piece. `{{name}}` is a variable. */
  prompt: z.string().max(maxStylePromptLength),
  negativePrompt: z.string().max(maxStyleNegativeLength),
};

/** The texts of a style, as files have them. */
export const styleTextsSchema = z.strictObject(texts);
export type StyleTexts = z.infer<typeof styleTextsSchema>;

/** A style of the user's. */
export const styleSchema = z.strictObject({
  id: z.uuid(),
  ...texts,
  /** The picture of the gallery that stands for it; null for none. It may be gone. */
  pictureId: z.uuid().nullable(),
});
export type Style = z.infer<typeof styleSchema>;

/** A style as one message uses it: what it said then, and the words for its variables by their keys. */
export const usedStyleSchema = z.strictObject({
  /** Of the style, or the name of a starter. */
  id: z.string().min(1).max(40),
  ...texts,
  values: z.record(z.string().max(maxVariableNameLength), z.string().max(maxVariableValueLength)),
});
export type UsedStyle = z.infer<typeof usedStyleSchema>;

export const usedStylesSchema = z.array(usedStyleSchema).max(maxStylesOfMessage);

/** A style that is chosen for the next message. It follows changes of the style unless `isKept`. */
export const chosenStyleSchema = usedStyleSchema.extend({
  /** A word that is too long stays for correction. */
  values: z.record(z.string().max(maxVariableNameLength), z.string().max(maxChosenValueLength)),
  /** Its texts are those of an earlier message. */
  isKept: z.literal(true).optional(),
});
export type ChosenStyle = z.infer<typeof chosenStyleSchema>;

/** What happens to a style that is brought in and has the name of one that is here. */
export const duplicateChoices = ['both', 'replace', 'skip'] as const;
export type DuplicateChoice = (typeof duplicateChoices)[number];

/** Returns a name that none of these has, whatever its case: such as "Film 2". */
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

/** Two styles have the same name if this is the same. */
export function keyOfName(name: string): string {
  return name.trim().normalize('NFC').toLowerCase();
}

/** Returns whether two styles say the same. */
export function isSameTexts(one: StyleTexts, other: StyleTexts): boolean {
  return (
    one.name === other.name && one.prompt === other.prompt && one.negativePrompt === other.negativePrompt
  );
}
