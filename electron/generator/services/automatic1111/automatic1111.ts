// A Stable Diffusion web UI on this machine or its network: pictures with live previews, and free of charge.
import { z } from 'zod';
import type { PictureJob } from '../../../../shared/generator/messages';
import { failed } from '../failures';
import { type RequestTiming, type RequestTools, type RetryPolicy, withRetries } from '../http/with-retries';
import { pixelSize } from '../picture-size';
import type { MadePicture, PictureContext, Service, ServiceContext, ServiceFailure } from '../service';
import { addressOf, callWebUi, explainWebUi } from './call-web-ui';
import { decodePicture, interruptJob, type OwnJob, readRunningJob, reportProgress } from './progress';

export type WebUiTiming = RequestTiming & {
  /** How often to query how far a picture is, in milliseconds. */
  pollMs: number;
};

/** The id that leaves the choice of the model to the web UI. */
const current = 'current';

export function createAutomatic1111Service(timing: WebUiTiming): Service {
  return {
    id: 'automatic1111',

    async makePicture(job, context) {
      const baseUrl = addressOf(context.configuration.automatic1111.baseUrl);
      if (baseUrl === null) return invalidAddress;
      const initImage = await readInitImage(job, context);
      if (!initImage.ok) return initImage;
      const picture: { running: OwnJob | null } = { running: null };
      const made = await withRetries(timing, retryPolicy(baseUrl, context), async (tools) => {
        const [checkpoint, before] = await Promise.all([
          findCheckpoint(baseUrl, job.model, tools),
          readRunningJob(baseUrl, tools.signal),
        ]);
        if (checkpoint === null) return checkpointGone(job.model);
        const finished = new AbortController();
        const ownJob = { baseUrl, pollMs: timing.pollMs, before };
        picture.running = ownJob;
        void reportProgress(ownJob, context, finished.signal);
        try {
          const kind = initImage.base64 === null ? 'txt2img' : 'img2img';
          const body = requestFor(job, checkpoint, initImage.base64);
          const answer = await callWebUi({ baseUrl, path: `/sdapi/v1/${kind}`, body, ...tools });
          picture.running = null;
          return readPicture(answer);
        } finally {
          finished.abort();
        }
      });
      if (made.ok) return made.value;
      // The user does not wait for it to notice.
      const isGivenUp = made.code === 'cancelled' || made.code === 'timed_out';
      if (isGivenUp && picture.running) void interruptJob(picture.running);
      return made;
    },

    async reply() {
      const text =
        'The Stable Diffusion web UI makes pictures but does not talk. Ask me for one, such as ' +
        '“generate an image of a lighthouse at dusk”.';
      return { ok: true, text, pictures: [], costMicroUsd: 0 };
    },

    async listModels(context) {
      const found = await query(timing, context, listCheckpoints);
      if (!found.ok) return { ok: false, code: found.code, message: found.message };
      const models = found.value.map(({ title, model_name: name }) => ({ id: title, label: name }));
      const currentModel = { id: current, label: 'As the web UI has it' };
      return {
        ok: true,
        models: [currentModel, ...models].map((model) => ({ ...model, makes: 'pictures' })),
      };
    },

    async check(context) {
      const found = await query(timing, context, readCurrent);
      if (!found.ok) return { ok: false, code: found.code, message: found.message };
      const model = found.value === '' ? 'it has loaded no model yet' : `its model is ${found.value}`;
      return { ok: true, message: `The web UI answers; ${model}.` };
    },
  };
}

/** A picture takes seconds on a graphics card and many minutes without one. */
export const automatic1111: Service = createAutomatic1111Service({
  timeoutMs: 60 * 60_000,
  retryDelayMs: () => 500 + Math.random() * 1500,
  pollMs: 500,
});

const invalidAddress = failed(
  'bad_answer',
  null,
  'The address of the web UI is not one. Use one such as http://127.0.0.1:7860.',
);

function retryPolicy(baseUrl: string, { signal }: ServiceContext): RetryPolicy {
  return {
    signal,
    explain: (error, exchange) => explainWebUi(error, exchange, baseUrl),
    onCancel: () => failed('cancelled', null),
    onTimeout: () =>
      failed('timed_out', null, 'The web UI did not finish in time. Look at its window, then try again.'),
    // It costs nothing, and a picture that was half made is lost anyway.
    mayRetry: ({ code }) => code === 'connection_lost',
  };
}

/** Somebody waits for it, in front of a form. */
const maxQueryMs = 20_000;

async function query<Value>(
  timing: WebUiTiming,
  context: ServiceContext,
  read: (baseUrl: string, tools: RequestTools) => Promise<Value>,
): Promise<{ ok: true; value: Value } | ServiceFailure> {
  const baseUrl = addressOf(context.configuration.automatic1111.baseUrl);
  if (baseUrl === null) return invalidAddress;
  const queryTiming = { ...timing, timeoutMs: Math.min(timing.timeoutMs, maxQueryMs) };
  return withRetries(queryTiming, retryPolicy(baseUrl, context), (tools) => read(baseUrl, tools));
}

const optionsSchema = z.object({ sd_model_checkpoint: z.string().nullish() });

/** @returns the title of the checkpoint that is loaded; empty where none is. */
async function readCurrent(baseUrl: string, tools: RequestTools): Promise<string> {
  const answer = await callWebUi({ baseUrl, path: '/sdapi/v1/options', ...tools });
  return optionsSchema.parse(answer).sd_model_checkpoint ?? '';
}

const checkpointsSchema = z.array(z.object({ title: z.string().min(1), model_name: z.string().min(1) }));

async function listCheckpoints(baseUrl: string, tools: RequestTools) {
  return checkpointsSchema.parse(await callWebUi({ baseUrl, path: '/sdapi/v1/sd-models', ...tools }));
}

/** The web UI passes over a checkpoint that it does not know, and takes its own. @returns null for such a one. */
async function findCheckpoint(baseUrl: string, model: string, tools: RequestTools): Promise<string | null> {
  if (model === current) return readCurrent(baseUrl, tools);
  const checkpoints = await listCheckpoints(baseUrl, tools);
  const found = checkpoints.find(({ title, model_name: name }) => title === model || name === model);
  return found?.title ?? null;
}

function checkpointGone(model: string): ServiceFailure {
  const name = model.replace(/[\p{C}]/gu, '').slice(0, 100);
  return failed(
    'model_gone',
    null,
    `The web UI has no checkpoint “${name}”, or not any more. Choose another model, then try again.`,
  );
}

/** Names of Stable Diffusion 1 and 2, and of those that came after them. */
const sd1 = /(^|[^a-z0-9])(sd|v|sd[-_ ]?v)?[-_ ]?(1[-._]?[45]|2[-._]?[01])([^0-9]|$)/i;
const sdxlOrNewer = /xl|pony|illustrious|sd[-_ ]?3|flux/i;

/** Well-known children of Stable Diffusion 1 whose names do not say so. */
const knownSd1 =
  /dreamshaper|realistic[-_ ]?vision|deliberate|anything[-_ ]?v|rev[-_ ]?animated|majicmix|counterfeit|meinamix|epicrealism|absolute[-_ ]?reality|chilloutmix|openjourney/i;

/** The sd1 ones were taught with squares of 512 pixels: much beyond, they see double. */
export function sideFor(checkpoint: string): number {
  if (sdxlOrNewer.test(checkpoint)) return 1024;
  return sd1.test(checkpoint) || knownSd1.test(checkpoint) ? 640 : 1024;
}

function requestFor(job: PictureJob, checkpoint: string, initImage: string | null): object {
  const { seed, steps, sampler, negativePrompt } = job.params;
  return {
    prompt: job.prompt,
    seed,
    ...pixelSize(job.params, sideFor(checkpoint), 8),
    batch_size: 1,
    n_iter: 1,
    send_images: true,
    save_images: false,
    ...(negativePrompt && { negative_prompt: negativePrompt }),
    ...(steps && { steps }),
    ...(sampler && { sampler_name: sampler }),
    ...(initImage !== null && { init_images: [initImage] }),
    ...(job.model !== current && { override_settings: { sd_model_checkpoint: checkpoint } }),
  };
}

/** It takes one picture with a prompt: the first. */
async function readInitImage(
  job: PictureJob,
  context: PictureContext,
): Promise<{ ok: true; base64: string | null } | ServiceFailure> {
  const [first] = job.references ?? [];
  if (!first) return { ok: true, base64: null };
  const bytes = await context.readReference(first);
  if (bytes === null) return failed('file_missing', null);
  return { ok: true, base64: Buffer.from(bytes).toString('base64') };
}

const answerSchema = z.object({ images: z.array(z.string()).nullish() });

function readPicture(foreign: unknown): MadePicture | ServiceFailure {
  const bytes = decodePicture(answerSchema.parse(foreign).images?.[0]);
  if (bytes === null) {
    return failed(
      'no_picture',
      null,
      'The web UI ended without a picture. Look at its window, then try again.',
    );
  }
  return { ok: true, bytes, costMicroUsd: 0 };
}
