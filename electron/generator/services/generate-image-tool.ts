// The tool that a text model calls to request pictures, and the parsing of its arguments.

import { z } from 'zod';
import { maxPicturesOfReply, maxTextLength } from '../../../shared/domain/conversations';
import { aspectRatioSchema, aspectRatios } from '../../../shared/domain/models';
import { lengthProblem } from '../../../shared/domain/text-length';
import { type ChatTurn, type RequestedPicture, requestedPictureSchema } from '../../../shared/generator/jobs';
import { type Sentence, say, sentence } from '../../../shared/languages/sentence';

// Not shown: a model reads it.
/** As a JSON schema: https://ai.google.dev/gemini-api/docs/function-calling#function-declarations */
export const generateImage = {
  name: 'generate_image',
  description:
    // Not shown: a model reads it.
    'Makes pictures, or edits one of the conversation. Call it whenever the user wants to see something.',
  parameters: {
    type: 'object',
    properties: {
      prompt: {
        type: 'string',
        // Not shown: a model reads it.
        description: 'What is to be seen, complete in itself; for an edit, what is to change.',
      },
      aspect_ratio: {
        type: 'string',
        enum: [...aspectRatios],
        // Not shown: a model reads it.
        description: 'Only where the user asks for a shape.',
      },
      count: {
        type: 'integer',
        minimum: 1,
        maximum: maxPicturesOfReply,
        // Not shown: a model reads it.
        description: 'How many; 1 unless asked.',
      },
      edits: {
        type: 'string',
        description:
          // Not shown: a model reads it.
          'The id of the picture that is to be edited, out of a note such as [picture <id>: <prompt>].',
      },
    },
    required: ['prompt'],
  },
};

const argumentsSchema = z.object({
  prompt: z.string().trim().min(1),
  aspect_ratio: aspectRatioSchema.nullable().catch(null),
  count: z.coerce.number().catch(1),
  edits: z.string().trim().nullable().catch(null),
});

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** The call as the model sent it, not validated. */
export type ToolCall = { name?: string | null | undefined; args?: unknown };

export type ToolRequests = {
  pictures: RequestedPicture[];
  /** Sentences for the user about omitted requests, each once. */
  leftOut: Sentence[];
};

const unknownPicture = sentence('services.left_out_unknown_picture');
const tooLong = sentence('services.left_out_too_long', { count: maxTextLength });
const tooMany = sentence('services.left_out_too_many', { count: maxPicturesOfReply });

/**
 * Reads the pictures that a model requests. Skips calls without a prompt, calls that edit an unknown picture, and
 * prompts that are too long, because a different picture would cost money. Clamps counts, and leaves invalid shapes
 * to the composer.
 */
export function readToolCalls(calls: readonly ToolCall[], history: readonly ChatTurn[]): ToolRequests {
  const knownIds = new Set(history.flatMap(({ pictures }) => pictures.map(({ imageId }) => imageId)));
  const pictures: RequestedPicture[] = [];
  const leftOut = new Set<Sentence>();
  let remaining = maxPicturesOfReply;
  for (const call of calls) {
    const parsed = argumentsSchema.safeParse(call.args ?? {});
    if (call.name !== generateImage.name || !parsed.success) continue;
    const { prompt, aspect_ratio: aspectRatio, count, edits } = parsed.data;
    const editedId = edits ? (uuid.exec(edits)?.[0]?.toLowerCase() ?? '') : null;
    if (editedId !== null && !knownIds.has(editedId)) {
      leftOut.add(unknownPicture);
      continue;
    }
    if (lengthProblem(prompt, maxTextLength) !== null) {
      leftOut.add(tooLong);
      continue;
    }
    const wanted = Math.max(1, Math.trunc(count) || 1);
    if (wanted > remaining) leftOut.add(tooMany);
    if (remaining === 0) continue;
    const request = requestedPictureSchema.safeParse({
      prompt,
      aspectRatio,
      count: Math.min(remaining, wanted),
      edits: editedId,
    });
    if (!request.success) continue;
    pictures.push(request.data);
    remaining -= request.data.count;
  }
  return { pictures, leftOut: [...leftOut] };
}

/** Returns a reply's text with a paragraph about omitted requests, in the language of the interface. */
export function withLeftOut(text: string, { leftOut }: Pick<ToolRequests, 'leftOut'>): string {
  return [text.trimEnd(), leftOut.map(say).join(' ')].filter((part) => part !== '').join('\n\n');
}
