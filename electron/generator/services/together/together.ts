// Together AI: takes pixels as width and height, and one reference picture by its address.

import { z } from 'zod';
import { sentence } from '../../../../shared/languages/sentence';
import { createHostedService } from '../hosted/hosted-service';
import { readOpenaiAnswer } from '../hosted/openai-answer';
import type { HostedProfile } from '../hosted/profile';
import { hostedTiming } from '../hosted/timing';
import { openai } from '../openai/openai';
import { sizeWithin } from '../sizes';
import { entries, optionalText } from '../tolerant';

const listSchema = entries(
  z.object({ id: z.string().min(1), type: optionalText, display_name: optionalText }),
);

/** https://docs.together.ai/reference/post-images-generations */
export const togetherProfile: HostedProfile = {
  // Not shown: the name of a product.
  name: 'Together AI',
  keyHeaders: (apiKey) => ({ Authorization: `Bearer ${apiKey}` }),
  takes: { negativePrompt: true, seed: true },
  async makePicture({ job: { model, prompt, params }, references: [reference] }, wire) {
    const size = sizeWithin(params, { side: 1024, step: 16, minEdge: 64, maxEdge: 1792 });
    if (params.resolution && params.resolution !== '1K') wire.warn(sentence('services.together_size'));
    const answer = await wire.submit({
      path: 'images/generations',
      body: {
        ...{ model, prompt, n: 1, response_format: 'base64' },
        ...(reference !== undefined && { image_url: reference }),
      },
      optional: {
        ...size,
        seed: params.seed,
        ...(params.steps && { steps: params.steps }),
        ...(params.negativePrompt && { negative_prompt: params.negativePrompt }),
      },
    });
    return readOpenaiAnswer(answer);
  },
  models: {
    path: 'models',
    read: (answer) =>
      listSchema.parse(answer).flatMap(({ id, type, display_name: name }) => {
        const makes = type === 'image' ? 'pictures' : type === 'chat' ? 'text' : null;
        return makes === null ? [] : [{ id, label: (name ?? id).slice(0, 80), makes }];
      }),
  },
};

export const together = createHostedService(togetherProfile, hostedTiming, openai);
