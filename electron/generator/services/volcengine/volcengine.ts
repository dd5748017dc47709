// Volcengine and BytePlus ModelArk (Seedream): a minimum number of pixels, and references in the same call.
import { z } from 'zod';
import type { OfferedModel } from '../../../../shared/domain/models';
import { createHostedService } from '../hosted/hosted-service';
import { readOpenaiAnswer } from '../hosted/openai-answer';
import type { HostedProfile } from '../hosted/profile';
import { hostedTiming } from '../hosted/timing';
import { type PixelLimits, sizeWithin } from '../sizes';
import { entries, optionalList, optionalText } from '../tolerant';

const common = { step: 16, maxRatio: 16 } as const;

/** https://docs.byteplus.com/en/docs/ModelArk/1541523 */
function limitsOf(model: string): PixelLimits {
  if (/seedream-3|seededit/.test(model)) return { ...common, side: 1024, minEdge: 512, maxEdge: 2048 };
  if (/seedream-4-0/.test(model)) return { ...common, side: 1024, minPixels: 921_600, maxPixels: 16_777_216 };
  return { ...common, side: 2048, minPixels: 3_686_400, maxPixels: 16_777_216 };
}

const listSchema = z.object({
  data: entries(
    z.object({
      id: z.string().min(1),
      /** Absent while no end date is set for a model. */
      status: optionalText,
      domain: optionalText,
      task_type: optionalList(z.string()),
    }),
  ),
});

/**
 * Reads the list that keys for models may read. It has OpenAI's form with ModelArk's own fields, as clients report;
 * only a list for administrators is documented: https://docs.byteplus.com/en/docs/ModelArk/ListFoundationModels. It
 * includes retired versions.
 */
function readModels(answer: unknown): OfferedModel[] {
  return listSchema.parse(answer).data.flatMap(({ id, status, domain, task_type: tasks }): OfferedModel[] => {
    const makesPictures =
      domain === 'ImageGeneration' ||
      tasks?.some((task) => /ToImage$/.test(task)) ||
      /seedream|seededit/.test(id);
    if (!makesPictures || status === 'Shutdown') return [];
    const takesNone = tasks != null && !tasks.includes('ImageToImage');
    const needsReference = tasks?.includes('ImageToImage') && !tasks.includes('TextToImage');
    return [
      {
        ...{ id, label: id.slice(0, 80), makes: 'pictures' },
        ...(takesNone && { references: 0 }),
        ...(needsReference && { needsReference }),
      },
    ];
  });
}

export const volcengineProfile: HostedProfile = {
  // Not shown: the name of a product.
  name: 'Seedream',
  keyHeaders: (apiKey) => ({ Authorization: `Bearer ${apiKey}` }),
  takes: { negativePrompt: false, seed: false },
  async makePicture({ job: { model, prompt, params }, references }, wire) {
    const { width, height } = sizeWithin(params, limitsOf(model));
    const answer = await wire.submit({
      path: 'images/generations',
      body: {
        ...{ model, prompt, response_format: 'b64_json' },
        ...(references.length > 0 && { image: references.length === 1 ? references[0] : references }),
      },
      optional: { size: `${width}x${height}`, watermark: false },
    });
    return readOpenaiAnswer(answer);
  },
  models: { path: 'models', read: readModels },
};

export const volcengine = createHostedService(volcengineProfile, hostedTiming);
