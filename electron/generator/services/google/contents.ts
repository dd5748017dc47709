// Builds the input of a picture model: the prompt, its reference pictures, and the turn that made the picture to
// edit.

import type { Content, Part } from '@google/genai';
import { findModel } from '../../../../shared/domain/model-lookup';
import { formatOf } from '../../../../shared/domain/picture-bytes/format-of';
import { pictureFormats } from '../../../../shared/domain/picture-files';
import type { PictureJob, PictureReference } from '../../../../shared/generator/jobs';
import { sentence } from '../../../../shared/languages/sentence';
import { failed } from '../failures';
import type { PictureContext, ServiceFailure } from '../service';

export type PictureContents = {
  ok: true;
  /** The input as a conversation in which a Google model made the first picture. */
  contents: Content[];
  /**
   * The input as a single turn, for a model that rejects the picture's signature; null if `contents` is a single
   * turn.
   */
  singleTurn: Content[] | null;
};

/** https://ai.google.dev/gemini-api/docs/image-understanding#supported-formats, as far as Afterimage stores them. */
const acceptedFormats: ReadonlySet<string> = new Set(['png', 'jpg', 'webp']);

/**
 * Builds the input. An edit continues the turn in which its picture was made: its prompt, the picture with its
 * signature, then the new prompt: https://ai.google.dev/gemini-api/docs/image-generation#multi-turn-image-editing.
 * A model rejects its own picture without the signature: https://ai.google.dev/gemini-api/docs/thought-signatures
 */
export async function buildContents(
  job: PictureJob,
  context: PictureContext,
): Promise<PictureContents | ServiceFailure> {
  const references = job.references ?? [];
  const maxReferences = findModel(job.model)?.references;
  if (maxReferences !== undefined && references.length > maxReferences) {
    return failed(
      'request_rejected',
      null,
      maxReferences === 0
        ? sentence('services.model_takes_no_references')
        : sentence('services.model_takes_fewer_references', { count: maxReferences }),
    );
  }
  const pictures: Part[] = [];
  for (const reference of references) {
    const part = await readPart(reference, context);
    if ('code' in part) return part;
    pictures.push(part);
  }

  const prompt: Part = { text: job.prompt };
  const singleTurn: Content[] = [{ role: 'user', parts: [...pictures, prompt] }];
  const [edited, ...others] = pictures;
  const signature = references[0]?.signature ?? null;
  if (edited === undefined || signature === null) return { ok: true, contents: singleTurn, singleTurn: null };
  // Not shown: a model reads it.
  const firstPrompt = references[0]?.prompt || 'Make a picture.';
  const contents: Content[] = [
    { role: 'user', parts: [{ text: firstPrompt }] },
    { role: 'model', parts: [{ ...edited, thoughtSignature: signature }] },
    { role: 'user', parts: [...others, prompt] },
  ];
  return { ok: true, contents, singleTurn };
}

/**
 * Returns a reference picture as a part of a request; `file_missing`, or `request_rejected` for a format that
 * Google does not accept.
 */
export async function readPart(
  reference: PictureReference,
  context: Pick<PictureContext, 'readReference'>,
): Promise<Part | ServiceFailure> {
  const bytes = await context.readReference(reference);
  if (bytes === null) {
    return failed('file_missing', null, sentence('services.reference_missing'));
  }
  const format = formatOf(bytes);
  if (format === null || !acceptedFormats.has(format)) {
    return failed('request_rejected', null, sentence('services.google_formats'));
  }
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return { inlineData: { mimeType: pictureFormats[format], data } };
}
