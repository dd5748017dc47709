// A sentence that one process makes and another one shows: its id and its values, so that it is in the reader's language.
import { z } from 'zod';
import { isMessageId, type MessageId } from './en';
import { inEnglish, type MessageValues, t } from './translate';

/** A value may be a sentence itself, such as “4 pictures”. */
export type Sentence = { id: MessageId; values?: Readonly<Record<string, string | number | Sentence>> };

/** Ids of sentences are stored in rows, so an id that was released keeps its meaning and its arguments. */
export const sentenceSchema: z.ZodType<Sentence> = z
  .strictObject({
    id: z.string().refine(isMessageId) as z.ZodType<MessageId>,
    values: z.exactOptional(
      z.record(z.string(), z.union([z.string(), z.number(), z.lazy(() => sentenceSchema)])),
    ),
  })
  .refine(hasItsArguments);

/** A sentence, or an English text of an earlier version. */
export const sentenceOrTextSchema = z.union([z.string().min(1), sentenceSchema]);
export type SentenceOrText = z.infer<typeof sentenceOrTextSchema>;

/** Reads a list of sentences from a file or a row. Leaves out only those that this version does not know. */
export const sentencesOrTextsSchema = z.array(z.unknown()).transform((all) =>
  all.flatMap((each): SentenceOrText[] => {
    const told = sentenceOrTextSchema.safeParse(each);
    return told.success ? [told.data] : [];
  }),
);

/** Combines a text's id and values. `say` translates them later. */
export function sentence(id: MessageId, values?: Sentence['values']): Sentence {
  return values ? { id, values } : { id };
}

/** Returns a stored sentence; null if it is invalid, or if this version does not know its id. */
export function readSentence(json: string): Sentence | null {
  try {
    return sentenceSchema.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
}

/** Returns a sentence in the language of the interface. */
export function say({ id, values }: Sentence): string {
  return t(id, values && resolve(values, say));
}

/** Returns a sentence in English, for the log and for stored texts. */
export function sayInEnglish({ id, values }: Sentence): string {
  return inEnglish(id, values && resolve(values, sayInEnglish));
}

/** A row that is damaged or from another version may lack an argument that the text needs. */
function hasItsArguments(sentence: Sentence): boolean {
  try {
    sayInEnglish(sentence);
    return true;
  } catch {
    return false;
  }
}

function resolve(
  values: NonNullable<Sentence['values']>,
  speak: (sentence: Sentence) => string,
): MessageValues {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'object' ? speak(value) : value]),
  );
}
