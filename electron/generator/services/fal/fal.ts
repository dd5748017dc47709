// fal: requests to all models go through its queue, where they can be cancelled.
import { z } from 'zod';
import { upscalerOf } from '../../../../shared/domain/upscalers';
import type { PictureJob } from '../../../../shared/generator/jobs';
import { sentence } from '../../../../shared/languages/sentence';
import { StatusError } from '../hosted/call';
import { createHostedService } from '../hosted/hosted-service';
import { type HostedProfile, JobFailedError, type Submission, type Wire } from '../hosted/profile';
import { hostedTiming } from '../hosted/timing';
import { LostJobError } from '../hosted/wire';
import { nearestOfRatios, sizeWithin } from '../sizes';
import { optional, optionalText } from '../tolerant';
import { falPlatform, listFalModels } from './models';

const submittedSchema = z.object({
  status_url: z.string().min(1),
  response_url: z.string().min(1),
  cancel_url: z.string().nullish(),
});
const statusSchema = z.object({ status: z.string(), error: optionalText });
const fileSchema = z.object({ url: z.string().min(1), content_type: optionalText });
const resultSchema = z.object({
  // Keeps entries that do not fit, because the flags of blocked pictures refer to positions.
  images: z.array(optional(fileSchema)).nullish(),
  image: fileSchema.nullish(),
  has_nsfw_concepts: optional(z.array(optional(z.boolean()))),
});

/** Models that take an aspect ratio; the others take pixels. */
const byRatio = /nano-banana|gemini|imagen|ultra|kontext|ideogram|recraft|grok/;
const ratios = ['1:1', '3:2', '2:3', '4:3', '3:4', '16:9', '9:16', '21:9', '9:21'] as const;

/** https://docs.fal.ai/documentation/model-apis/inference/queue */
export const falProfile: HostedProfile = {
  name: 'fal',
  address: (configured) => configured.replace(/^https:\/\/fal\.run$/, 'https://queue.fal.run'),
  keyHeaders: (apiKey) => ({ Authorization: `Key ${apiKey}` }),
  takes: { negativePrompt: true, seed: true },
  async makePicture({ job, references }, wire) {
    const { model, params } = job;
    if (params.negativePrompt && /flux/.test(model))
      // Not shown: the name of a product.
      wire.warn(sentence('services.no_negative_prompt', { service: 'FLUX' }));
    const upscaler = params.upscale && upscalerOf(job.provider, model);
    const submitted = submittedSchema.parse(
      await wire.submit({
        namesJob: true,
        path: model.split('/').map(encodeURIComponent).join('/'),
        ...(params.upscale && upscaler
          ? {
              body: { image_url: references[0], [upscaler.factorField]: params.upscale.factor },
              // Some of them return a JPEG by default.
              optional: { output_format: 'png' },
            }
          : wanted(job, references)),
      }),
    );
    if (submitted.cancel_url) wire.stopBy('PUT', submitted.cancel_url);
    await waitFor(submitted.status_url, wire);
    const result = resultSchema.parse(await readResult(submitted.response_url, wire));
    const files = result.images ?? [result.image];
    // A blocked picture is returned as a black one.
    const shown = files.filter((_file, index) => result.has_nsfw_concepts?.[index] !== true);
    if (shown.length === 0 && files.length > 0) throw new JobFailedError('blocked');
    return {
      pictures: shown.flatMap((file) =>
        file ? [{ picture: file.url, mimeType: file.content_type ?? null }] : [],
      ),
      costMicroUsd: null,
    };
  },
  models: { address: falPlatform, list: listFalModels },
};

function wanted(
  { model, prompt, params }: PictureJob,
  references: readonly string[],
): Pick<Submission, 'body' | 'optional'> {
  const isRatio = byRatio.test(model);
  return {
    body: {
      prompt,
      ...(/edit|multi/.test(model) && references.length > 0
        ? { image_urls: references }
        : references.length > 0 && { image_url: references[0] }),
    },
    optional: {
      num_images: 1,
      ...(isRatio
        ? { aspect_ratio: nearestOfRatios(params.aspectRatio, ratios) }
        : { image_size: sizeWithin(params, { side: 1024, step: 16, minEdge: 256, maxEdge: 4096 }) }),
      ...(isRatio && params.resolution && { resolution: params.resolution }),
      seed: params.seed,
      // FLUX takes no negative prompt, and fal silently ignores unknown parameters.
      ...(params.negativePrompt && !/flux/.test(model) && { negative_prompt: params.negativePrompt }),
    },
  };
}

async function waitFor(url: string, wire: Wire): Promise<void> {
  for (;;) {
    const { status, error } = statusSchema.parse(await wire.readWithRetries(url));
    if (status === 'COMPLETED' && !error) return;
    if (error || /FAILED|CANCEL/.test(status)) throw new JobFailedError('failed', error ?? status);
    await wire.pollPause();
  }
}

/** Reads the result. That of a failed job has an error status (https://docs.fal.ai/errors) and is not charged. */
async function readResult(url: string, wire: Wire): Promise<unknown> {
  try {
    return await wire.readWithRetries(url);
  } catch (error) {
    const cause = error instanceof LostJobError ? error.cause : null;
    if (!(cause instanceof StatusError) || cause.status !== 422) throw error;
    if (/content_policy|safety/.test(cause.message)) throw new JobFailedError('blocked');
    throw new JobFailedError(
      'failed',
      z.object({ message: z.string() }).safeParse(cause.error).data?.message,
    );
  }
}

export const fal = createHostedService(falProfile, hostedTiming);
