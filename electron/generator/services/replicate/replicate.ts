// Replicate: a prediction is created, polled until it has ended, and can be cancelled.

import { z } from 'zod';
import { upscalerOf } from '../../../../shared/domain/upscalers';
import { sentence } from '../../../../shared/languages/sentence';
import { createHostedService } from '../hosted/hosted-service';
import { type HostedProfile, JobFailedError } from '../hosted/profile';
import { hostedTiming } from '../hosted/timing';
import { nearestOfRatios } from '../sizes';
import { sourcesOf } from '../take-pictures';
import { entries, optional, optionalText } from '../tolerant';

const predictionSchema = z.object({
  status: z.enum(['starting', 'processing', 'succeeded', 'failed', 'canceled', 'aborted']),
  /** A single picture, or a list of pictures. */
  output: optional(z.union([z.string(), entries(z.string())])),
  error: optionalText,
  urls: z.object({ get: z.string().min(1), cancel: optionalText }),
});

const ratios = ['1:1', '16:9', '21:9', '3:2', '2:3', '4:5', '5:4', '3:4', '4:3', '9:16', '9:21'] as const;
const collectionSchema = z.object({
  models: entries(z.object({ owner: z.string().min(1), name: z.string().min(1) })),
});

/** https://replicate.com/docs/reference/http#predictions.create */
export const replicateProfile: HostedProfile = {
  // Not shown: the name of a product.
  name: 'Replicate',
  keyHeaders: (apiKey) => ({ Authorization: `Bearer ${apiKey}` }),
  takes: { negativePrompt: true, seed: true },
  async makePicture({ job: { provider, model, prompt, params }, references }, wire) {
    const [name = '', version] = model.split(':');
    const path = name.split('/').map(encodeURIComponent).join('/');
    const image = /kontext|flux-2/.test(model) ? 'input_image' : 'image';
    const images = references.map((url, index) => [index === 0 ? image : `${image}_${index + 1}`, url]);
    const upscaler = params.upscale && upscalerOf(provider, model);
    const input =
      params.upscale && upscaler
        ? { image: references[0], [upscaler.factorField]: params.upscale.factor, face_enhance: false }
        : { prompt, ...Object.fromEntries(images) };
    let prediction = predictionSchema.parse(
      await wire.submit({
        namesJob: true,
        path: version === undefined ? `models/${path}/predictions` : 'predictions',
        body: { input, ...(version !== undefined && { version }) },
        ...(!upscaler && {
          inside: 'input',
          optional: {
            aspect_ratio: nearestOfRatios(params.aspectRatio, ratios),
            seed: params.seed % 2_147_483_648,
            output_format: 'png',
            ...(params.negativePrompt && { negative_prompt: params.negativePrompt }),
          },
        }),
      }),
    );
    if (params.resolution && params.resolution !== '1K') wire.warn(sentence('services.replicate_size'));
    if (prediction.urls.cancel) wire.stopBy('POST', prediction.urls.cancel);
    while (prediction.status === 'starting' || prediction.status === 'processing') {
      await wire.pollPause();
      prediction = predictionSchema.parse(await wire.readWithRetries(prediction.urls.get));
    }
    const { status, output, error } = prediction;
    if (status !== 'succeeded') {
      const isBlocked = /nsfw|sensitive|safety/i.test(error ?? '');
      throw new JobFailedError(isBlocked ? 'blocked' : 'failed', error ?? '');
    }
    return { pictures: sourcesOf(Array.isArray(output) ? output : [output]), costMicroUsd: null };
  },
  models: {
    path: 'collections/text-to-image',
    read: (answer) =>
      collectionSchema.parse(answer).models.map(({ owner, name }) => ({
        id: `${owner}/${name}`,
        label: name.slice(0, 80),
        makes: 'pictures',
      })),
  },
};

export const replicate = createHostedService(replicateProfile, hostedTiming);
