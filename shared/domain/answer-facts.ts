// What an answer says about a picture's bytes besides who has made them: known from their arrival on, and not written in them.
import { z } from 'zod';
import { readTold } from '../languages/sentence';
import { answerSchema, partOfSchema } from './answers';

/** Part of the facts of an arrival and of a picture's recipe: whoever makes one of the other passes on all of them. */
export const answerFactsShape = {
  /** What the model requires when the picture is edited. */
  signature: z.string().optional(),
  /** Sentences about settings that the picture was made without. They never make the facts unreadable. */
  warnings: readTold.optional().catch(undefined),
  /** What else the answer brought, beside its first picture. */
  answer: answerSchema.optional(),
  /** Of a further picture of an answer, which is a row of its own: the id of its request is its own id. */
  partOf: partOfSchema.optional(),
};

const answerFactsSchema = z.object(answerFactsShape);
export type AnswerFacts = z.infer<typeof answerFactsSchema>;

/** Returns these facts alone, for an arrival or a recipe that is made of another one. */
export function answerFactsOf(facts: AnswerFacts): AnswerFacts {
  return answerFactsSchema.parse(facts);
}
