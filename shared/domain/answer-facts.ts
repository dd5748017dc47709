// The facts of an answer that belong to a picture's bytes and are not in them, such as its warnings.
import { z } from 'zod';
import { sentencesOrTextsSchema } from '../languages/sentence';
import { answerSchema, partOfSchema } from './answers';

/** Both an arrival and a picture's recipe have these facts. Code that turns one into the other must copy all of them. */
export const answerFactsShape = {
  /** The thought signature that the model requires when the picture is edited. */
  signature: z.string().optional(),
  /** Sentences about settings that were not applied. Invalid ones are ignored, so that the other facts stay readable. */
  warnings: sentencesOrTextsSchema.optional().catch(undefined),
  /** The rest of the answer, after its first picture. */
  answer: answerSchema.optional(),
  /** Set for an answer's second and later pictures. Each gets its own row, whose id is in `jobId` and `requestId`. */
  partOf: partOfSchema.optional(),
};

const answerFactsSchema = z.object(answerFactsShape);
export type AnswerFacts = z.infer<typeof answerFactsSchema>;

/** Returns only these facts, to copy them from an arrival or a recipe to another one. */
export function answerFactsOf(facts: AnswerFacts): AnswerFacts {
  return answerFactsSchema.parse(facts);
}
