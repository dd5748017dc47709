// The function that a text model calls when a picture is wanted, and what is made of its arguments.
import { z } from 'zod';
import { aspectRatioSchema, aspectRatios } from '../../../shared/domain/models';
import {
  type ChatTurn,
  type RequestedPicture,
  requestedPictureSchema,
} from '../../../shared/generator/messages';

/** So many pictures may one reply ask for, whatever it says: the user pays for each. */
const maxPictures = 4;

const maxPromptLength = 32_000;

/** As a JSON schema: https://ai.google.dev/gemini-api/docs/function-calling#function-declarations */
export const generateImage = {
  name: 'generate_image',
  description:
    'Makes pictures, or edits one of the conversation. Call it whenever the person wants to see something.',
  parameters: {
    type: 'object',
    properties: {
      prompt: {
        type: 'string',
        description: 'What is to be seen, complete in itself; for an edit, what is to change.',
      },
      aspect_ratio: {
        type: 'string',
        enum: [...aspectRatios],
        description: 'Only where the person asks for a shape.',
      },
      count: { type: 'integer', minimum: 1, maximum: maxPictures, description: 'How many; 1 unless asked.' },
      edits: {
        type: 'string',
        description:
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

/** As a model sends it: anything may stand in it. */
export type ToolCall = { name?: string | null | undefined; args?: unknown };

export type ToolRequests = {
  pictures: RequestedPicture[];
  /** Calls that spoke of a picture which is not in the conversation. */
  unknownPictures: number;
};

/**
 * A call without a prompt is dropped, and so is one that edits a picture which is not there: a picture of something
 * else costs money. Anything else that is nonsense is left to the composer, and numbers are clamped.
 */
export function readToolCalls(calls: readonly ToolCall[], history: readonly ChatTurn[]): ToolRequests {
  const known = new Set(history.flatMap(({ pictures }) => pictures.map(({ imageId }) => imageId)));
  const wishes: ToolRequests = { pictures: [], unknownPictures: 0 };
  let left = maxPictures;
  for (const call of calls) {
    const read = argumentsSchema.safeParse(call.args ?? {});
    if (call.name !== generateImage.name || !read.success || left === 0) continue;
    const { prompt, aspect_ratio: aspectRatio, count, edits } = read.data;
    const edited = edits ? (uuid.exec(edits)?.[0]?.toLowerCase() ?? '') : null;
    if (edited !== null && !known.has(edited)) {
      wishes.unknownPictures += 1;
      continue;
    }
    const wish = requestedPictureSchema.safeParse({
      prompt: prompt.slice(0, maxPromptLength),
      aspectRatio,
      count: Math.min(left, Math.max(1, Math.trunc(count) || 1)),
      edits: edited,
    });
    if (!wish.success) continue;
    wishes.pictures.push(wish.data);
    left -= wish.data.count;
  }
  return wishes;
}
