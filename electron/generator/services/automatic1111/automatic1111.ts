// A Stable Diffusion web UI on this computer or its network: free pictures with live previews.

import { z } from 'zod';
import { maxEngineEditPixels } from '../../../../shared/domain/edits';
import { failureLike } from '../../../../shared/domain/errors';
import { webUiUpscalerId, webUiUpscalerName } from '../../../../shared/domain/upscalers';
import type { PreparedEdit } from '../../../../shared/generator/codec-messages';
import type { PictureJob } from '../../../../shared/generator/jobs';
import { sentence } from '../../../../shared/languages/sentence';
import { t } from '../../../../shared/languages/translate';
import { failed } from '../failures';
import { type RequestTiming, type RequestTools, type RetryPolicy, withRetries } from '../http/with-retries';
import { type PixelSize, pixelSize } from '../picture-size';
import type { MadePicture, PictureContext, Service, ServiceContext, ServiceFailure } from '../service';
import { entries, optionalList } from '../tolerant';
import { addressOf, callWebUi, explainWebUi, WebUiError } from './call-web-ui';
import { extrasPath, extrasRequest, findUpscaler, listUpscalers, picturesOfExtras } from './extras';
import { decodePicture, interruptJob, type OwnJob, readRunningJob, reportProgress } from './progress';

export type WebUiTiming = RequestTiming & {
  /** Interval at which the progress of a picture is read, in milliseconds. */
  pollMs: number;
};

/** The id of whichever model the web UI has loaded. */
const currentModelId = 'current';

/** Creates the service. Its pictures are free, so requests can be retried. */
export function createAutomatic1111Service(timing: WebUiTiming): Service {
  return {
    async makePicture(job, context) {
      const baseUrl = addressOf(context.service.baseUrl);
      if (baseUrl === null) return invalidAddress;
      // Must be in the picture's own size, with which the web UI restores the rest: it changes a much larger
      // picture at a smaller size.
      const edit = await context.prepareEdit(job, 'gray', {
        ...{ step: 8, maxPixels: maxEngineEditPixels, isRegion: true },
      });
      if (edit && !edit.ok) return { ...failureLike(edit), costMicroUsd: null };
      const initImage = edit ? imageOf(edit.value) : await readInitImage(job, context);
      if (!initImage.ok) return initImage;
      const picture: { running: OwnJob | null } = { running: null };
      const made = await withRetries(timing, retryPolicy(baseUrl, context), async (tools) => {
        const { upscale } = job.params;
        const [found, before] = await Promise.all([
          (upscale ? findUpscaler : findCheckpoint)(baseUrl, job.model, tools),
          readRunningJob(baseUrl, tools.signal),
        ]);
        if (found === null) return upscale ? upscalerGone(job.model) : checkpointGone(job.model);
        const finished = new AbortController();
        const ownJob = { baseUrl, pollMs: timing.pollMs, before };
        picture.running = ownJob;
        void reportProgress(ownJob, context, finished.signal);
        try {
          const kind = initImage.base64 === null ? 'txt2img' : 'img2img';
          const path = upscale ? extrasPath : (`/sdapi/v1/${kind}` as const);
          const body = upscale
            ? extrasRequest(found, upscale, initImage.base64)
            : requestFor(job, found, initImage);
          const answer = await callWebUi({ baseUrl, path, body, ...tools });
          picture.running = null;
          return readPicture(upscale ? picturesOfExtras(answer) : answer);
        } finally {
          finished.abort();
        }
      });
      if (made.ok) return made.value;
      // Not awaited: the user has already stopped waiting.
      const wasAbandoned = made.code === 'cancelled' || made.code === 'timed_out';
      if (wasAbandoned && picture.running) void interruptJob(picture.running);
      return made;
    },

    async reply() {
      return { ok: true, text: t('services.web_ui_does_not_talk'), pictures: [], costMicroUsd: 0 };
    },

    async listModels(context) {
      const [found, upscalers] = await Promise.all([
        query(timing, context, listCheckpoints),
        query(timing, context, listUpscalers),
      ]);
      if (!found.ok) return failureLike(found);
      const models = found.value.map(({ title, model_name: name }) => ({ id: title, label: name }));
      const currentModel = { id: currentModelId, label: t('services.web_ui_current_model') };
      // Some forks have no upscalers, but do have models.
      const enlarging = (upscalers.ok ? upscalers.value : []).map((name) => ({
        ...{ id: webUiUpscalerId(name), label: name.slice(0, 80), needsReference: true },
      }));
      return {
        ok: true,
        models: [currentModel, ...models, ...enlarging].map((model) => ({ ...model, makes: 'pictures' })),
      };
    },

    async check(context) {
      const found = await query(timing, context, readCurrent);
      if (!found.ok) return failureLike(found);
      const { value: model } = found;
      const says =
        model === ''
          ? sentence('services.web_ui_answers_without_model')
          : sentence('services.web_ui_answers', { model });
      return { ok: true, says };
    },
  };
}

/** A picture takes seconds with a graphics card, and many minutes without one. */
export const automatic1111: Service = createAutomatic1111Service({
  timeoutMs: 60 * 60_000,
  retryDelayMs: () => 500 + Math.random() * 1500,
  pollMs: 500,
});

const invalidAddress = failed('bad_answer', null, sentence('services.web_ui_address_invalid'));

function retryPolicy(baseUrl: string, { signal }: ServiceContext): RetryPolicy {
  return {
    signal,
    explain: (error, exchange) => explainWebUi(error, exchange, baseUrl),
    onCancel: () => failed('cancelled', null),
    onTimeout: () => failed('timed_out', null, sentence('services.web_ui_timed_out')),
    // A retry is free, and the partial picture is lost anyway.
    mayRetry: ({ code }, { status }) => code === 'connection_lost' || status === 503,
  };
}

/** The user waits for these answers in Settings. */
const maxQueryMs = 20_000;

async function query<Value>(
  timing: WebUiTiming,
  context: ServiceContext,
  read: (baseUrl: string, tools: RequestTools) => Promise<Value>,
): Promise<{ ok: true; value: Value } | ServiceFailure> {
  const baseUrl = addressOf(context.service.baseUrl);
  if (baseUrl === null) return invalidAddress;
  const queryTiming = { ...timing, timeoutMs: Math.min(timing.timeoutMs, maxQueryMs) };
  return withRetries(queryTiming, retryPolicy(baseUrl, context), (tools) => read(baseUrl, tools));
}

const optionsSchema = z.object({ sd_model_checkpoint: z.string().nullish() });

/** Returns the title of the loaded checkpoint; empty if none is loaded. */
async function readCurrent(baseUrl: string, tools: RequestTools): Promise<string> {
  const answer = await callWebUi({ baseUrl, path: '/sdapi/v1/options', ...tools });
  return optionsSchema.parse(answer).sd_model_checkpoint ?? '';
}

const checkpointsSchema = entries(z.object({ title: z.string().min(1), model_name: z.string().min(1) }));

async function listCheckpoints(baseUrl: string, tools: RequestTools) {
  return checkpointsSchema.parse(await callWebUi({ baseUrl, path: '/sdapi/v1/sd-models', ...tools }));
}

/** Returns null for an unknown checkpoint, which the web UI would silently replace with the loaded one. */
async function findCheckpoint(baseUrl: string, model: string, tools: RequestTools): Promise<string | null> {
  if (model === currentModelId) return readCurrent(baseUrl, tools).catch(withoutOptions);
  const checkpoints = await listCheckpoints(baseUrl, tools);
  const found = checkpoints.find(({ title, model_name: name }) => title === model || name === model);
  return found?.title ?? null;
}

/**
 * Returns an empty title for a server without options, such as Draw Things, which needs none for a picture. Throws
 * the error of a web UI that requires a login or does not answer, because it would refuse the picture as well.
 */
function withoutOptions(error: unknown): string {
  const isMissing = error instanceof WebUiError && error.answer.status !== 401 && error.answer.status !== 403;
  if (isMissing || error instanceof z.ZodError || error instanceof SyntaxError) return '';
  throw error;
}

function checkpointGone(model: string): ServiceFailure {
  const name = model.replace(/[\p{C}]/gu, '').slice(0, 100);
  return failed('model_gone', null, sentence('services.web_ui_checkpoint_gone', { name }));
}

function upscalerGone(model: string): ServiceFailure {
  const name = (webUiUpscalerName(model) ?? model).replace(/[\p{C}]/gu, '').slice(0, 100);
  return failed('model_gone', null, sentence('services.web_ui_upscaler_gone', { name }));
}

/** Matches the names of Stable Diffusion 1 and 2. */
const sd1 = /(^|[^a-z0-9])(sd|v|sd[-_ ]?v)?[-_ ]?(1[-._]?[45]|2[-._]?[01])([^0-9]|$)/i;
const sdxlOrNewer = /xl|pony|illustrious|sd[-_ ]?3|flux/i;

/** Well-known models that are based on Stable Diffusion 1 but are not named after it. */
const knownSd1 =
  /dreamshaper|realistic[-_ ]?vision|deliberate|anything[-_ ]?v|rev[-_ ]?animated|majicmix|counterfeit|meinamix|epicrealism|absolute[-_ ]?reality|chilloutmix|openjourney/i;

/**
 * Returns the side of a square picture. Stable Diffusion 1 and 2 were trained on 512 pixels and repeat their subjects in
 * much larger pictures.
 */
export function sideFor(checkpoint: string): number {
  if (sdxlOrNewer.test(checkpoint)) return 1024;
  return sd1.test(checkpoint) || knownSd1.test(checkpoint) ? 640 : 1024;
}

function requestFor(job: PictureJob, checkpoint: string, { base64: initImage, inpaint }: InitImage): object {
  const { seed, steps, sampler, scheduler, guidance, strength, negativePrompt } = job.params;
  return {
    prompt: job.prompt,
    seed,
    ...(inpaint ? inpaint.size : pixelSize(job.params, sideFor(checkpoint), 8)),
    batch_size: 1,
    n_iter: 1,
    send_images: true,
    save_images: false,
    ...(negativePrompt && { negative_prompt: negativePrompt }),
    ...(steps && { steps }),
    ...(sampler && { sampler_name: sampler }),
    ...(scheduler && { scheduler }),
    ...(guidance !== undefined && { cfg_scale: guidance }),
    ...(initImage !== null && {
      init_images: [initImage],
      ...(strength !== undefined && { denoising_strength: strength }),
    }),
    ...(inpaint && {
      mask: inpaint.mask,
      denoising_strength: strength ?? (job.params.edit?.frame ? 0.95 : 0.75),
      // 1 starts from the original's pixels. 0 would smear the surrounding colours, 2 and 3 start from noise and
      // from nothing.
      inpainting_fill: 1,
      // False changes the whole picture at once; true would change only the part, enlarged to this size.
      inpaint_full_res: false,
      inpainting_mask_invert: 0,
      // No blur, because the mask's edge is as soft as the user has painted it.
      mask_blur: 0,
    }),
    ...(job.model !== currentModelId && { override_settings: { sd_model_checkpoint: checkpoint } }),
  };
}

type InitImage = {
  ok: true;
  base64: string | null;
  /** The mask, in which white changes, and the size of both; absent if the whole picture changes. */
  inpaint?: { mask: string; size: PixelSize };
};

function imageOf({ picture, mask, width, height }: PreparedEdit): InitImage {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  return { ok: true, base64: base64(picture), inpaint: { mask: base64(mask), size: { width, height } } };
}

/** The web UI takes one reference picture, so only the first is sent. */
async function readInitImage(job: PictureJob, context: PictureContext): Promise<InitImage | ServiceFailure> {
  const [first] = job.references ?? [];
  if (!first) return { ok: true, base64: null };
  const bytes = await context.readReference(first);
  if (bytes === null) return failed('file_missing', null);
  return { ok: true, base64: Buffer.from(bytes).toString('base64') };
}

const answerSchema = z.object({ images: optionalList(z.string()) });

function readPicture(response: unknown): MadePicture | ServiceFailure {
  const images = answerSchema.parse(response).images ?? [];
  const [first, ...further] = images.flatMap((image) => decodePicture(image) ?? []);
  if (first === undefined) {
    return failed('no_picture', null, sentence('services.web_ui_no_picture'));
  }
  // A script or an extension may add pictures, such as a grid or a depth map.
  return {
    ok: true,
    bytes: first,
    costMicroUsd: 0,
    ...(further.length > 0 && { further: further.map((bytes) => ({ bytes })) }),
  };
}
