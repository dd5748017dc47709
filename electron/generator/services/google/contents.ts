// What a picture model is sent: the prompt, the pictures that go with it, and the turn that an edit goes on from.
import type { Content, Part } from '@google/genai';
import { findModel } from '../../../../shared/domain/model-lookup';
import { formatOf } from '../../../../shared/domain/picture-bytes/format-of';
import { pictureFormats } from '../../../../shared/domain/picture-files';
import type { PictureJob, PictureReference } from '../../../../shared/generator/messages';
import { failed } from '../failures';
import type { PictureContext, ServiceFailure } from '../service';

export type PictureContents = {
  ok: true;
  /** As a conversation, where the first picture was made by a model of Google's. */
  contents: Content[];
  /** The same as one request, for a model that does not take that picture for its own; null where it is the same. */
  singleTurn: Content[] | null;
};

/** https://ai.google.dev/gemini-api/docs/image-understanding#supported-formats, of those that Afterimage keeps. */
const takenFormats: ReadonlySet<string> = new Set(['png', 'jpg', 'webp']);

/**
 * An edit goes on from the turn in which its picture was made: its prompt, the picture with the signature that came
 * with it, then the new prompt. https://ai.google.dev/gemini-api/docs/image-generation#multi-turn-image-editing and
 * https://ai.google.dev/gemini-api/docs/thought-signatures: without its signature a picture of the model is refused.
 */
export async function buildContents(
  job: PictureJob,
  context: PictureContext,
): Promise<PictureContents | ServiceFailure> {
  const references = job.references ?? [];
  const most = findModel(job.model)?.references;
  if (most !== undefined && references.length > most) {
    return failed(
      'request_rejected',
      null,
      most === 0
        ? 'This model takes no pictures with a prompt. Take them away, or choose another model.'
        : `This model takes at most ${most} pictures with a prompt. Take some away, then try again.`,
    );
  }
  const pictures: Part[] = [];
  for (const reference of references) {
    const part = await partOf(reference, context);
    if ('code' in part) return part;
    pictures.push(part);
  }

  const prompt: Part = { text: job.prompt };
  const singleTurn: Content[] = [{ role: 'user', parts: [...pictures, prompt] }];
  const [edited, ...others] = pictures;
  const signature = references[0]?.signature ?? null;
  if (edited === undefined || signature === null) return { ok: true, contents: singleTurn, singleTurn: null };
  const before = references[0]?.prompt || 'Make a picture.';
  const contents: Content[] = [
    { role: 'user', parts: [{ text: before }] },
    { role: 'model', parts: [{ ...edited, thoughtSignature: signature }] },
    { role: 'user', parts: [...others, prompt] },
  ];
  return { ok: true, contents, singleTurn };
}

async function partOf(reference: PictureReference, context: PictureContext): Promise<Part | ServiceFailure> {
  const bytes = await context.readReference(reference);
  if (bytes === null) {
    return failed(
      'file_missing',
      null,
      'A picture that goes with this prompt is not where it was kept, so nothing was asked for. Look in the images folder of your data, or ask without it.',
    );
  }
  const format = formatOf(bytes);
  if (format === null || !takenFormats.has(format)) {
    return failed(
      'request_rejected',
      null,
      'Google takes PNG, JPEG and WebP pictures with a prompt, and one of these is of another kind. Take it away, then try again.',
    );
  }
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return { inlineData: { mimeType: pictureFormats[format], data } };
}
