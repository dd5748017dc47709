// Volcengine and BytePlus ModelArk (Seedream): a minimum number of pixels, and references in the same call.
import { createHostedService } from '../hosted/hosted-service';
import { readOpenaiAnswer } from '../hosted/openai-answer';
import type { HostedProfile } from '../hosted/profile';
import { hostedTiming } from '../hosted/timing';
import { type PixelLimits, sizeWithin } from '../sizes';

const common = { step: 16, maxRatio: 16 } as const;

/** https://docs.byteplus.com/en/docs/ModelArk/1541523 */
function limitsOf(model: string): PixelLimits {
  if (/seedream-3|seededit/.test(model)) return { ...common, side: 1024, minEdge: 512, maxEdge: 2048 };
  if (/seedream-4-0/.test(model)) return { ...common, side: 1024, minPixels: 921_600, maxPixels: 16_777_216 };
  return { ...common, side: 2048, minPixels: 3_686_400, maxPixels: 16_777_216 };
}

export const volcengineProfile: HostedProfile = {
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
  models: null,
};

export const volcengine = createHostedService(volcengineProfile, hostedTiming);
