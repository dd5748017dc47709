// SiliconFlow: takes one of the sizes that each model recommends, and returns the picture's address.

import { z } from 'zod';
import { sentence } from '../../../../shared/languages/sentence';
import { createHostedService } from '../hosted/hosted-service';
import { readPictureModels } from '../hosted/openai-answer';
import type { HostedProfile } from '../hosted/profile';
import { hostedTiming } from '../hosted/timing';
import { openai } from '../openai/openai';
import { nearestSize, type PixelSize, pixelSize } from '../picture-size';
import { sourcesOf } from '../take-pictures';
import { entries, optionalText } from '../tolerant';

const sized = (width: number, height: number): PixelSize => ({ width, height });
const qwenSizes = [
  sized(1328, 1328),
  sized(1664, 928),
  sized(928, 1664),
  sized(1472, 1140),
  sized(1140, 1472),
  sized(1584, 1056),
  sized(1056, 1584),
] as const;
const otherSizes = [
  sized(1024, 1024),
  sized(960, 1280),
  sized(768, 1024),
  sized(720, 1440),
  sized(720, 1280),
] as const;

const answerSchema = z.object({ images: entries(z.object({ url: optionalText })) });

/** https://docs.siliconflow.com/en/api-reference/images/images-generations */
export const siliconflowProfile: HostedProfile = {
  // Not shown: the name of a product.
  name: 'SiliconFlow',
  keyHeaders: (apiKey) => ({ Authorization: `Bearer ${apiKey}` }),
  takes: { negativePrompt: true, seed: true },
  async makePicture({ job: { model, prompt, params }, references }, wire) {
    const sizes = /qwen-image/i.test(model) ? qwenSizes : otherSizes;
    const { width, height } = nearestSize(pixelSize(params, 1024, 16), sizes);
    if (params.resolution && params.resolution !== '1K') wire.warn(sentence('services.siliconflow_size'));
    const names = references.map((_, index) => (index === 0 ? 'image' : `image${index + 1}`));
    const answer = await wire.submit({
      path: 'images/generations',
      body: { model, prompt, ...Object.fromEntries(names.map((name, index) => [name, references[index]])) },
      optional: {
        // The editing models reject a size.
        ...(!/edit/i.test(model) && { image_size: `${width}x${height}` }),
        seed: params.seed,
        ...(params.negativePrompt && { negative_prompt: params.negativePrompt }),
      },
    });
    const { images } = answerSchema.parse(answer);
    return { pictures: sourcesOf(images.map(({ url }) => url)), costMicroUsd: null };
  },
  models: { path: 'models?sub_type=text-to-image', read: readPictureModels },
};

export const siliconflow = createHostedService(siliconflowProfile, hostedTiming, openai);
