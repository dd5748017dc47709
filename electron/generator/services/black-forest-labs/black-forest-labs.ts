// Black Forest Labs: a request is submitted, and its polling address reports when the picture is ready.

import { z } from 'zod';
import { parseJson } from '../../../../shared/domain/parse-json';
import { serviceKinds } from '../../../../shared/domain/service-kinds';
import { sentence } from '../../../../shared/languages/sentence';
import { StatusError } from '../hosted/call';
import { createHostedService } from '../hosted/hosted-service';
import { type HostedProfile, JobFailedError, type PictureRequest, type Wire } from '../hosted/profile';
import { hostedTiming } from '../hosted/timing';
import { LostJobError } from '../hosted/wire';
import { nearestOfRatios, sizeWithin } from '../sizes';
import { optional, optionalText } from '../tolerant';

const submittedSchema = z.object({
  polling_url: z.string().min(1),
  /** In credits of one cent: https://docs.bfl.ai/quick_start/pricing */
  cost: z.number().nonnegative().max(100_000).nullish().catch(null),
});
const microUsdPerCredit = 10_000;

const stateSchema = z.object({
  status: z.string(),
  result: optional(z.object({ sample: optionalText })),
  progress: optional(z.number()),
});
type State = z.infer<typeof stateSchema>;

/** Models that take an aspect ratio instead of pixels: https://docs.bfl.ai/api-reference */
const byRatio = /ultra|kontext/;
const commonRatios = [
  '1:1',
  '3:2',
  '2:3',
  '4:3',
  '3:4',
  '4:5',
  '5:4',
  '16:9',
  '9:16',
  '21:9',
  '9:21',
] as const;

/** https://docs.bfl.ai/api-reference/utility/generate-an-image-with-flux-3 */
const flux3Ratios = [...commonRatios, '2:1', '1:2', '7:5', '5:7'] as const;

type Input = Pick<PictureRequest, 'references'> & Pick<PictureRequest['job'], 'model' | 'prompt' | 'params'>;
type Fields = { body: Record<string, unknown>; optional: Record<string, unknown> };

/** Returns the fields of FLUX 3, which rejects unknown fields, and has neither seeds nor formats. */
function fieldsOfFlux3({ prompt, params, references }: Input): Fields {
  return {
    body: { prompt, ...(references.length > 0 && { images: references.map(base64Of) }) },
    optional: {
      aspect_ratio: nearestOfRatios(params.aspectRatio, flux3Ratios),
      resolution: (params.resolution ?? '1K').toLowerCase(),
    },
  };
}

/** Returns the fields of FLUX.2 and earlier models. */
function fieldsOf({ model, prompt, params, references }: Input): Fields {
  const limits = /flux-2/.test(model)
    ? { side: 1024, step: 16, minEdge: 64, maxPixels: 4_194_304 }
    : { side: 1024, step: 32, minEdge: 256, maxEdge: 1440 };
  const shape = byRatio.test(model)
    ? { aspect_ratio: nearestOfRatios(params.aspectRatio, commonRatios) }
    : sizeWithin(params, limits);
  const names = references.map((_, index) => (index === 0 ? 'input_image' : `input_image_${index + 1}`));
  const images = /flux-2|kontext/.test(model)
    ? Object.fromEntries(names.map((name, index) => [name, base64Of(references[index])]))
    : references.length > 0 && { image_prompt: base64Of(references[0]) };
  return { body: { prompt, ...images }, optional: { ...shape, seed: params.seed, output_format: 'png' } };
}

/** https://docs.bfl.ai/quick_start/generating_images */
export const blackForestLabsProfile: HostedProfile = {
  // Not shown: the name of a product.
  name: 'Black Forest Labs',
  keyHeaders: (apiKey) => ({ 'x-key': apiKey }),
  takes: { negativePrompt: false, seed: true },
  async makePicture({ job, references }, wire) {
    const { model, prompt, params } = job;
    const isThird = /flux-3/.test(model);
    // Not shown: the name of a product.
    if (isThird && params.seedChosen) wire.warn(sentence('services.no_seed', { service: 'FLUX 3' }));
    const fields = isThird ? fieldsOfFlux3 : fieldsOf;
    const submitted = submittedSchema.parse(
      await wire.submit({
        path: encodeURIComponent(model),
        ...fields({ model, prompt, params, references }),
      }),
    );
    const cost = submitted.cost;
    return {
      pictures: [{ picture: await waitFor(submitted.polling_url, wire) }],
      costMicroUsd: typeof cost === 'number' ? Math.ceil(cost * microUsdPerCredit) : null,
    };
  },
  // The API has no list of models: https://api.bfl.ai/openapi.json
  models: { check: 'credits' },
};

function base64Of(url = ''): string {
  return url.slice(url.indexOf(',') + 1);
}

async function waitFor(url: string, wire: Wire): Promise<string> {
  for (;;) {
    const { status, result, progress } = await readState(url, wire);
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

/**
 * Reads the state of a task. That of a failed task may come with an error status:
 * https://docs.bfl.ai/api_integration/errors
 */
async function readState(url: string, wire: Wire): Promise<State> {
  try {
    return stateSchema.parse(await wire.readWithRetries(url));
  } catch (error) {
    const cause = error instanceof LostJobError ? error.cause : null;
    const state = cause instanceof StatusError ? stateIn(cause.message) : null;
    if (!state) throw error;
    return state;
  }
}

function stateIn(text: string): State | null {
  const state = stateSchema.safeParse(parseJson(text)).data;
  return state && /moderated|error|failed|not found/i.test(state.status) ? state : null;
}

export const blackForestLabs = createHostedService(blackForestLabsProfile, {
  ...hostedTiming,
  timeoutMs: serviceKinds['black-forest-labs'].timeLimitMs,
});
