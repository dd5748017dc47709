// Ideogram: a form with a shape and a speed, answered with expiring links.

import { z } from 'zod';
import type { PictureQuality } from '../../../../shared/domain/models';
import { sentence } from '../../../../shared/languages/sentence';
import { StatusError } from '../hosted/call';
import { createHostedService } from '../hosted/hosted-service';
import { type HostedProfile, JobFailedError } from '../hosted/profile';
import { hostedTiming } from '../hosted/timing';
import { nearestOfRatios } from '../sizes';
import { sourcesOf } from '../take-pictures';

const ratios = [
  ...(['1:1', '1:2', '2:1', '1:3', '3:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4'] as const),
  ...(['9:16', '16:9', '10:16', '16:10'] as const),
] as const;

const speeds: Readonly<Record<PictureQuality, string>> = { low: 'TURBO', medium: 'DEFAULT', high: 'QUALITY' };

const answerSchema = z.object({
  data: z.array(
    z.object({
      /** Empty if the picture did not pass the safety check. */
      url: z.string().nullish(),
      is_image_safe: z.boolean().nullish().catch(null),
    }),
  ),
});

/** https://developer.ideogram.ai/api-reference/api-reference/generate-v3 */
export const ideogramProfile: HostedProfile = {
  // Not shown: the name of a product.
  name: 'Ideogram',
  keyHeaders: (apiKey) => ({ 'Api-Key': apiKey }),
  takes: { negativePrompt: true, seed: true },
  async makePicture({ job: { model, prompt, params } }, wire) {
    if (params.resolution && params.resolution !== '1K')
      wire.warn(sentence('services.about_1k', { service: 'Ideogram' }));
    const asked = wire.submit({
      path: `v1/${encodeURIComponent(model)}/generate`,
      form: true,
      body: { prompt, num_images: 1 },
      optional: {
        aspect_ratio: nearestOfRatios(params.aspectRatio, ratios).replace(':', 'x'),
        rendering_speed: speeds[params.quality ?? 'medium'],
        // By default Ideogram may rewrite the prompt, and then the same seed gives another picture.
        magic_prompt: 'OFF',
        seed: params.seed % 2_147_483_648,
        ...(params.negativePrompt && { negative_prompt: params.negativePrompt }),
      },
    });
    const { data } = answerSchema.parse(await asked.catch(blocked));
    const safe = data.filter(({ is_image_safe: isSafe }) => isSafe !== false);
    if (safe.length === 0 && data.length > 0) throw new JobFailedError('withheld');
    return { pictures: sourcesOf(safe.map(({ url }) => url)), costMicroUsd: null };
  },
  // The list contains only the user's own models:
  // https://developer.ideogram.ai/v1/api-reference/custom-model-training/list-models
  models: { check: 'models' },
};

/** Translates the status of a prompt that failed the safety check. @throws JobFailedError */
function blocked(error: unknown): never {
  throw error instanceof StatusError && error.status === 422 ? new JobFailedError('blocked') : error;
}

export const ideogram = createHostedService(ideogramProfile, hostedTiming);
