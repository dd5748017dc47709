// Reads a picture that arrives in a stream, preceded by a partial picture.
import { z } from 'zod';
import type { PictureJob } from '../../../../shared/generator/jobs';
import type { PictureTools } from '../http/with-retries';
import { optionalText } from '../tolerant';
import { usageSchema } from './cost';
import { readChunks, StreamFailedError } from './read-chunks';

/**
 * Returns the parameters that request one partial picture. Each costs 100 additional tokens, a tenth of a picture
 * of medium quality, so only one is requested: https://platform.openai.com/docs/guides/image-generation#streaming
 */
export function partialPictures({ model }: Pick<PictureJob, 'model'>): {
  stream?: true;
  partial_images?: number;
} {
  return /^(gpt-image|chatgpt-image)/.test(model) ? { stream: true, partial_images: 1 } : {};
}

/** https://platform.openai.com/docs/api-reference/images-streaming */
const eventSchema = z.object({
  type: z.string(),
  b64_json: z.string().min(1),
  output_format: optionalText,
  usage: usageSchema,
});

/**
 * Returns the equivalent of an answer without a stream, so that both are read in the same way; undefined if the
 * stream ended without a picture. A service without streams answers with a single document.
 *
 * @throws APIError for an error within the stream, or the error of reading the body.
 */
export async function readPictureStream(
  response: Response,
  { onPartial, bytesOf }: { onPartial: (bytes: Uint8Array) => void } & Pick<PictureTools, 'bytesOf'>,
): Promise<unknown> {
  const done: z.infer<typeof eventSchema>[] = [];
  try {
    for await (const chunk of readChunks(response)) {
      const event = eventSchema.safeParse(chunk).data;
      if (!event) {
        if (isDocument(chunk)) return chunk;
      } else if (event.type.endsWith('.completed')) done.push(event);
      else if (event.type.endsWith('.partial_image')) onPartial(bytesOf(event.b64_json));
    }
  } catch (error) {
    if (!(error instanceof StreamFailedError)) throw error;
    const { APIError } = await import('openai');
    throw new APIError(undefined, error.error, undefined, response.headers);
  }
  const last = done.at(-1);
  if (!last) return undefined;
  return {
    data: done.map(({ b64_json }) => ({ b64_json })),
    output_format: last.output_format,
    usage: last.usage,
  };
}

/** Returns whether a chunk is a document instead of an event, so that it is read like an answer without a stream. */
function isDocument(chunk: unknown): boolean {
  return !z.object({ type: z.string() }).safeParse(chunk).success;
}
