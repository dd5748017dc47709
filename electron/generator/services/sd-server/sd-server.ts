// stable-diffusion.cpp's sd-server, through its job API, which reports the position in the queue and supports
// cancellation.

import { z } from 'zod';
import { maxEngineEditPixels } from '../../../../shared/domain/edits';
import { engineServiceId } from '../../../../shared/domain/engine';
import type { ServiceId } from '../../../../shared/domain/services';
import { sentence } from '../../../../shared/languages/sentence';
import { t } from '../../../../shared/languages/translate';
import { createHostedService } from '../hosted/hosted-service';
import { type HostedProfile, JobFailedError } from '../hosted/profile';
import { engineTiming } from '../hosted/timing';
import type { Service } from '../service';
import { sizeWithin } from '../sizes';
import { sourcesOf } from '../take-pictures';
import { entries, optional, optionalText } from '../tolerant';

const jobSchema = z.object({
  id: z.string().min(1),
  status: z.enum(['queued', 'generating', 'completed', 'failed', 'cancelled']),
  result: optional(
    z.object({ output_format: optionalText, images: entries(z.object({ b64_json: z.string() })) }),
  ),
  error: optional(z.object({ message: optionalText })),
});

const limitSchema = z.number().positive().nullish().catch(null);
const sizeSchema = z.object({ width: limitSchema, height: limitSchema }).nullish().catch(null);
const capabilitiesSchema = z.object({
  defaults_by_mode: z.object({ img_gen: sizeSchema }).nullish().catch(null),
  model: z.object({ name: z.string().nullish(), stem: z.string().nullish() }).nullish().catch(null),
  limits: z.object({ max_width: limitSchema, max_height: limitSchema }).nullish().catch(null),
});

function base64Of(url: string): string {
  return url.slice(url.indexOf(',') + 1);
}

/** https://github.com/leejet/stable-diffusion.cpp/blob/master/examples/server/api.md#sdcpp-api */
export const sdServerProfile: HostedProfile = {
  name: sentence('services.the_sd_server'),
  free: true,
  // Users know the OpenAI-compatible address, which ends in /v1.
  address: (configured) => configured.replace(/\/v1$/, ''),
  keyHeaders: (apiKey) => ({ Authorization: `Bearer ${apiKey}` }),
  takes: { negativePrompt: true, seed: true },
  async makePicture({ job: { prompt, params, provider }, references, prepareEdit }, wire) {
    const { limits, defaults_by_mode: defaults } = capabilitiesSchema.parse(
      await wire.read('sdcpp/v1/capabilities'),
    );
    const maxEdge = Math.min(limits?.max_width ?? 4096, limits?.max_height ?? 4096);
    const edit = await prepareEdit({ step: 64, maxEdge, maxPixels: maxEngineEditPixels });
    // The app starts its own engine with the size that suits the model. Any other server's default size is
    // arbitrary.
    const own = provider === engineServiceId ? defaults?.img_gen?.width : null;
    const { width, height } = edit ?? sizeWithin(params, { side: own ?? 1024, step: 64, maxEdge });
    const others = edit ? references.slice(1) : references;
    let job = jobSchema.parse(
      await wire.submit({
        namesJob: true,
        path: 'sdcpp/v1/img_gen',
        body: {
          ...{
            prompt,
            width,
            height,
            seed: params.seed % 2_147_483_648,
            batch_count: 1,
            output_format: 'png',
          },
          ...(params.negativePrompt && { negative_prompt: params.negativePrompt }),
          ...(edit && {
            init_image: base64Of(edit.picture),
            mask_image: base64Of(edit.mask),
            // An added area is generated almost from noise.
            strength: params.strength ?? (edit.isExtended ? 0.95 : 0.75),
          }),
          ...(others.length > 0 && { ref_images: others.map(base64Of) }),
        },
        optional: {
          // Absent parameters are those with which the server was started.
          ...((params.steps || params.sampler || params.guidance !== undefined) && {
            sample_params: {
              ...(params.steps && { sample_steps: params.steps }),
              ...(params.sampler && { sample_method: params.sampler }),
              ...(params.guidance !== undefined && { guidance: { txt_cfg: params.guidance } }),
            },
          }),
        },
      }),
    );
    const path = `sdcpp/v1/jobs/${encodeURIComponent(job.id)}`;
    wire.stopBy('POST', `${path}/cancel`);
    while (job.status === 'queued' || job.status === 'generating') {
      await wire.pollPause();
      job = jobSchema.parse(await wire.readWithRetries(path));
    }
    if (job.status !== 'completed') throw new JobFailedError('failed', job.error?.message ?? '');
    const format = job.result?.output_format;
    const mimeType = format ? `image/${format}` : null;
    return {
      pictures: sourcesOf((job.result?.images ?? []).map((image) => image.b64_json)).map((source) => ({
        ...source,
        mimeType,
      })),
      costMicroUsd: 0,
    };
  },
  models: {
    path: 'sdcpp/v1/capabilities',
    read: (answer) => {
      const { model } = capabilitiesSchema.parse(answer);
      const name = model?.stem ?? model?.name ?? '';
      return [
        {
          id: 'current',
          label: (name || t('services.sd_server_current_model')).slice(0, 80),
          makes: 'pictures',
        },
      ];
    },
  },
};

const anyServer = createHostedService(sdServerProfile, engineTiming);
/** A user who let the app download the engine does not know the name of its program. */
export const ownEngineProfile: HostedProfile = { ...sdServerProfile, name: sentence('services.the_engine') };
const ownEngine = createHostedService(ownEngineProfile, engineTiming);

const serviceFor = (id: ServiceId) => (id === engineServiceId ? ownEngine : anyServer);

export const sdServer: Service = {
  ...anyServer,
  makePicture: (job, context) => serviceFor(context.service.id).makePicture(job, context),
  reply: (job, context) => serviceFor(context.service.id).reply(job, context),
};
