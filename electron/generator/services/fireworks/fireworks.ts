// Fireworks AI: each model has its own path, which returns the picture's bytes or a job.

import { z } from 'zod';
import type { OfferedModel } from '../../../../shared/domain/models';
import { sentence } from '../../../../shared/languages/sentence';
import { createHostedService } from '../hosted/hosted-service';
import { type HostedProfile, JobFailedError, readPages, type Wire } from '../hosted/profile';
import { hostedTiming } from '../hosted/timing';
import { nearestSize, pixelSize } from '../picture-size';
import { nearestOfRatios } from '../sizes';
import { sourcesOf } from '../take-pictures';
import { entries, optional, optionalText } from '../tolerant';

const ratios = ['1:1', '21:9', '16:9', '3:2', '5:4', '4:5', '2:3', '9:16', '9:21', '4:3', '3:4'] as const;
/** The sizes of Stable Diffusion XL. */
const xlSizes = [
  { width: 1024, height: 1024 },
  { width: 1344, height: 768 },
  { width: 768, height: 1344 },
  { width: 1216, height: 832 },
  { width: 832, height: 1216 },
  { width: 1536, height: 640 },
] as const;

const submittedSchema = z.object({ request_id: z.string().min(1) });
const stateSchema = z.object({
  status: z.string(),
  result: optional(z.object({ sample: optionalText })),
});
const inlineSchema = z.object({ base64: entries(z.string()) });

const daySchema = z.object({ year: z.int(), month: z.int(), day: z.int() });
const pageSchema = z.object({
  models: entries(
    z.object({
      name: z.string().min(1),
      displayName: optionalText,
      kind: optionalText,
      state: optionalText,
      supportsServerless: optional(z.boolean()),
      /** The last day on which the model works without the user's own deployment. */
      deprecationDate: optional(daySchema),
    }),
  ),
  nextPageToken: optionalText,
});

/** Picture models have the kind “Flumina”: https://docs.fireworks.ai/api-reference/list-models */
async function listModels(wire: Pick<Wire, 'read'>): Promise<OfferedModel[]> {
  const path = 'accounts/fireworks/models?pageSize=200';
  const pages = await readPages(
    wire,
    path,
    (answer) => pageSchema.parse(answer),
    ({ nextPageToken: token }) => (token ? `${path}&pageToken=${encodeURIComponent(token)}` : null),
  );
  const today = new Date().toISOString().slice(0, 10);
  return pages
    .flatMap(({ models }) => models)
    .flatMap((model): OfferedModel[] => {
      const { name: id, displayName, kind, state, supportsServerless, deprecationDate } = model;
      const isReady = (state ?? 'READY') === 'READY' && supportsServerless !== false;
      const shutsDownOn = deprecationDate ? dayOf(deprecationDate) : undefined;
      const isGone = shutsDownOn !== undefined && shutsDownOn < today;
      if (!kind?.startsWith('FLUMINA') || !isReady || isGone) return [];
      const label = (displayName || id).slice(0, 80);
      return [{ id, label, makes: 'pictures', ...(shutsDownOn !== undefined && { shutsDownOn }) }];
    });
}

/** Returns undefined for an invalid date. */
function dayOf({ year, month, day }: z.infer<typeof daySchema>): string | undefined {
  const text = [year, month, day].map((part) => String(part).padStart(2, '0')).join('-');
  return z.iso.date().safeParse(text).data;
}

/** https://docs.fireworks.ai/api-reference/generate-a-new-image-from-a-text-prompt */
export const fireworksProfile: HostedProfile = {
  // Not shown: the name of a product.
  name: 'Fireworks AI',
  keyHeaders: (apiKey) => ({ Authorization: `Bearer ${apiKey}` }),
  takes: { negativePrompt: true, seed: true },
  async makePicture({ job: { model, prompt, params }, references: [reference] }, wire) {
    const path = model.split('/').map(encodeURIComponent).join('/');
    const isJob = /kontext/.test(model);
    const isOld = !isJob && !/flux/.test(model);
    if (params.resolution && params.resolution !== '1K') wire.warn(sentence('services.fireworks_size'));
    const answer = await wire.submit({
      path: isOld
        ? `image_generation/${path}`
        : isJob
          ? `workflows/${path}`
          : `workflows/${path}/text_to_image`,
      body: { prompt, ...(reference !== undefined && { input_image: reference }) },
      optional: {
        ...(isOld
          ? { ...nearestSize(pixelSize(params, 1024, 64), xlSizes), samples: 1 }
          : { aspect_ratio: nearestOfRatios(params.aspectRatio, ratios) }),
        seed: params.seed % 2_147_483_648,
        ...(isOld && params.negativePrompt && { negative_prompt: params.negativePrompt }),
      },
      headers: { Accept: isJob ? 'application/json' : 'image/png' },
    });
    if (answer instanceof Uint8Array) return { pictures: [{ picture: answer }], costMicroUsd: null };
    const inline = inlineSchema.safeParse(answer);
    if (inline.success) return { pictures: sourcesOf(inline.data.base64), costMicroUsd: null };
    const { request_id: id } = submittedSchema.parse(answer);
    const sample = await waitFor(`workflows/${path}/get_result`, id, wire);
    return { pictures: sourcesOf([sample]), costMicroUsd: null };
  },
  models: { address: (configured) => configured.replace(/\/inference\/v1$/, '/v1'), list: listModels },
};

async function waitFor(path: string, id: string, wire: Wire): Promise<string | null> {
  for (;;) {
    const { status, result } = stateSchema.parse(await wire.readWithRetries(path, { id }));
    if (status === 'Ready') return result?.sample ?? null;
    if (/moderated/i.test(status)) throw new JobFailedError('blocked');
    if (/error|failed|not found/i.test(status)) throw new JobFailedError('failed', status);
    await wire.pollPause();
  }
}

export const fireworks = createHostedService(fireworksProfile, hostedTiming);
