// OpenRouter: one key for the models of many providers, with the cost in the answer.
import { createHostedService } from '../hosted/hosted-service';
import { readOpenaiAnswer, readPictureModels } from '../hosted/openai-answer';
import type { HostedProfile } from '../hosted/profile';
import { hostedTiming } from '../hosted/timing';
import { openai } from '../openai/openai';

/** https://openrouter.ai/docs/api/api-reference/images */
export const openrouterProfile: HostedProfile = {
  // Not shown: the name of a product.
  name: 'OpenRouter',
  keyHeaders: (apiKey) => ({ Authorization: `Bearer ${apiKey}` }),
  takes: { negativePrompt: false, seed: true },
  async makePicture({ job: { model, prompt, params }, references }, wire) {
    const answer = await wire.submit({
      path: 'images',
      body: {
        ...{ model, prompt, n: 1 },
        ...(references.length > 0 && {
          input_references: references.map((url) => ({ type: 'image_url', image_url: { url } })),
        }),
      },
      optional: {
        aspect_ratio: params.aspectRatio,
        ...(params.resolution && { resolution: params.resolution }),
        seed: params.seed % 2_147_483_648,
      },
    });
    return readOpenaiAnswer(answer);
  },
  models: { path: 'images/models', read: readPictureModels },
};

export const openrouter = createHostedService(openrouterProfile, hostedTiming, openai);
