// xAI's Grok Imagine: shapes as aspect ratios, edits as JSON, with the cost in the answer.

import { z } from 'zod';
import { sentence } from '../../../../shared/languages/sentence';
import { createHostedService } from '../hosted/hosted-service';
import { readOpenaiAnswer } from '../hosted/openai-answer';
import type { HostedProfile } from '../hosted/profile';
import { hostedTiming } from '../hosted/timing';
import { openai } from '../openai/openai';
import { nearestOfRatios } from '../sizes';
import { entries, optionalList } from '../tolerant';

/** https://docs.x.ai/docs/guides/image-generations */
const ratios = [
  '1:1',
  '3:4',
  '4:3',
  '9:16',
  '16:9',
  '2:3',
  '3:2',
  '9:19.5',
  '19.5:9',
  '9:20',
  '20:9',
  '1:2',
  '2:1',
] as const;

const listSchema = z.object({
  models: entries(z.object({ id: z.string().min(1), aliases: optionalList(z.string().min(1)) })),
});

/** https://docs.x.ai/docs/api-reference#image-generations */
export const xaiProfile: HostedProfile = {
  name: 'xAI',
  keyHeaders: (apiKey) => ({ Authorization: `Bearer ${apiKey}` }),
  takes: { negativePrompt: false, seed: false },
  async makePicture({ job: { model, prompt, params }, references }, wire) {
    const images = references.map((url) => ({ url, type: 'image_url' }));
    if (params.resolution === '4K') wire.warn(sentence('services.xai_size'));
    const answer = await wire.submit({
      path: images.length > 0 ? 'images/edits' : 'images/generations',
      body: {
        ...{ model, prompt, n: 1, response_format: 'b64_json' },
        ...(images.length === 1 && { image: images[0] }),
        ...(images.length > 1 && { images }),
      },
      optional: {
        aspect_ratio: nearestOfRatios(params.aspectRatio, ratios),
        ...(params.resolution && { resolution: params.resolution === '1K' ? '1k' : '2k' }),
      },
    });
    return readOpenaiAnswer(answer);
  },
  models: {
    path: 'image-generation-models',
    read: (answer) =>
      listSchema
        .parse(answer)
        .models.flatMap(({ id, aliases }) => [id, ...(aliases ?? [])])
        .map((id) => ({ id, label: id.slice(0, 80), makes: 'pictures' as const })),
  },
};

export const xai = createHostedService(xaiProfile, hostedTiming, openai);
