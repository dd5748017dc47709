// Black Forest Labs: a request is submitted, and its polling address says when the picture is there.
import { z } from 'zod';
import { createHostedService } from '../hosted/hosted-service';
import { type HostedProfile, JobFailedError, type Wire } from '../hosted/profile';
import { hostedTiming } from '../hosted/timing';
import { nearestOfRatios, sizeWithin } from '../sizes';

const submittedSchema = z.object({
  polling_url: z.string().min(1),
  /** In credits of one cent: https://docs.bfl.ai/quick_start/pricing */
  cost: z.number().nonnegative().max(100_000).nullish().catch(null),
});
const microUsdPerCredit = 10_000;

const stateSchema = z.object({
  status: z.string(),
  result: z.object({ sample: z.string().nullish() }).nullish().catch(null),
  progress: z.number().nullish().catch(null),
});

/** The models that take a ratio instead of pixels: https://docs.bfl.ai/api-reference */
const byRatio = /ultra|kontext/;
const ratios = ['1:1', '3:2', '2:3', '4:3', '3:4', '4:5', '5:4', '16:9', '9:16', '21:9', '9:21'] as const;

/** https://docs.bfl.ai/quick_start/generating_images */
export const blackForestLabsProfile: HostedProfile = {
  // Not shown: the name of a product.
  name: 'Black Forest Labs',
  keyHeaders: (apiKey) => ({ 'x-key': apiKey }),
  takes: { negativePrompt: false, seed: true },
  async makePicture({ job: { model, prompt, params }, references }, wire) {
    const limits = /flux-2/.test(model)
      ? { side: 1024, step: 16, minEdge: 64, maxPixels: 4_194_304 }
      : { side: 1024, step: 32, minEdge: 256, maxEdge: 1440 };
    const shape = byRatio.test(model)
      ? { aspect_ratio: nearestOfRatios(params.aspectRatio, ratios) }
      : sizeWithin(params, limits);
    const names = references.map((_, index) => (index === 0 ? 'input_image' : `input_image_${index + 1}`));
    const images = /flux-2|kontext/.test(model)
      ? Object.fromEntries(names.map((name, index) => [name, base64Of(references[index])]))
      : references.length > 0 && { image_prompt: base64Of(references[0]) };
    const submitted = submittedSchema.parse(
      await wire.submit({
        path: encodeURIComponent(model),
        body: { prompt, ...images },
        optional: { ...shape, seed: params.seed, output_format: 'png' },
      }),
    );
    const cost = submitted.cost;
    return {
      pictures: [{ picture: await waitFor(submitted.polling_url, wire) }],
      costMicroUsd: typeof cost === 'number' ? Math.ceil(cost * microUsdPerCredit) : null,
    };
  },
  // Its documentation has no list of models: https://api.bfl.ai/openapi.json
  models: { check: 'credits' },
};

function base64Of(url = ''): string {
  return url.slice(url.indexOf(',') + 1);
}

async function waitFor(url: string, wire: Wire): Promise<string> {
  for (;;) {
    const { status, result, progress } = stateSchema.parse(await wire.look(url));
    if (status === 'Ready') {
      if (!result?.sample) throw new JobFailedError('empty');
      return result.sample;
    }
    if (/moderated/i.test(status)) throw new JobFailedError('blocked');
    if (/error|failed|not found/i.test(status)) throw new JobFailedError('failed', status);
    if (typeof progress === 'number') wire.progress(progress);
    await wire.pollPause();
  }
}

export const blackForestLabs = createHostedService(blackForestLabsProfile, hostedTiming);
