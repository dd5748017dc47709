// A Stable Diffusion web UI on this machine or its network: pictures with live previews, and free of charge.
import { z } from 'zod';
import type { PictureJob } from '../../../../shared/generator/messages';
import { failed } from '../failures';
import { type Ask, converse, type ExchangeTiming, type Hands } from '../http/with-retries';
import { pixelSize } from '../picture-size';
import type { MadePicture, PictureContext, Provider, ProviderContext, ProviderFailure } from '../service';
import { addressOf, callWebUi, explainWebUi } from './http';
import { bytesOf, type Ours, stop, watch, workBefore } from './work';

export type WebUiTiming = ExchangeTiming & {
  /** How often to look how far a picture is, in milliseconds. */
  pollMs: number;
};

/** The id that leaves the choice of the model to the web UI. */
const current = 'current';

export function createAutomatic1111Provider(timing: WebUiTiming): Provider {
  return {
    id: 'automatic1111',

    async makePicture(job, context) {
      const baseUrl = addressOf(context.configuration.automatic1111.baseUrl);
      if (baseUrl === null) return badAddress;
      const initImage = await readInitImage(job, context);
      if (!initImage.ok) return initImage;
      const picture: { underWay: Ours | null } = { underWay: null };
      const made = await converse(timing, asking(baseUrl, context), async (hands) => {
        const [checkpoint, before] = await Promise.all([
          findCheckpoint(baseUrl, job.model, hands),
          workBefore(baseUrl, hands.signal),
        ]);
        if (checkpoint === null) return goneCheckpoint(job.model);
        const finished = new AbortController();
        const ours = { baseUrl, pollMs: timing.pollMs, before };
        picture.underWay = ours;
        void watch(ours, context, finished.signal);
        try {
          const kind = initImage.base64 === null ? 'txt2img' : 'img2img';
          const body = requestFor(job, checkpoint, initImage.base64);
          const answer = await callWebUi({ baseUrl, path: `/sdapi/v1/${kind}`, body, ...hands });
          picture.underWay = null;
          return readPicture(answer);
        } finally {
          finished.abort();
        }
      });
      if (made.ok) return made.value;
      // The user does not wait for it to notice.
      const isGivenUp = made.code === 'cancelled' || made.code === 'timed_out';
      if (isGivenUp && picture.underWay) void stop(picture.underWay);
      return made;
    },

    async reply() {
      const text =
        'The Stable Diffusion web UI makes pictures but does not talk. Ask me for one, such as ' +
        '“generate an image of a lighthouse at dusk”.';
      return { ok: true, text, pictures: [], costMicroUsd: 0 };
    },

    async listModels(context) {
      const found = await look(timing, context, listCheckpoints);
      if (!found.ok) return { ok: false, code: found.code, message: found.message };
      const models = found.value.map(({ title, model_name: name }) => ({ id: title, label: name }));
      const asItIs = { id: current, label: 'As the web UI has it' };
      return { ok: true, models: [asItIs, ...models].map((model) => ({ ...model, makes: 'pictures' })) };
    },

    async check(context) {
      const found = await look(timing, context, readCurrent);
      if (!found.ok) return { ok: false, code: found.code, message: found.message };
      const model = found.value === '' ? 'it has loaded no model yet' : `its model is ${found.value}`;
      return { ok: true, message: `The web UI answers; ${model}.` };
    },
  };
}

/** A picture takes seconds on a graphics card and many minutes without one. */
export const automatic1111: Provider = createAutomatic1111Provider({
  timeoutMs: 60 * 60_000,
  retryDelayMs: () => 500 + Math.random() * 1500,
  pollMs: 500,
});

const badAddress = failed(
  'bad_answer',
  null,
  'The address of the web UI is not one. Use one such as http://127.0.0.1:7860.',
);

function asking(baseUrl: string, { signal }: ProviderContext): Ask {
  return {
    signal,
    explain: (error, exchange) => explainWebUi(error, exchange, baseUrl),
    onCancel: () => failed('cancelled', null),
    onTimeout: () =>
      failed('timed_out', null, 'The web UI did not finish in time. Look at its window, then try again.'),
    // It costs nothing, and a picture that was half made is lost anyway.
    mayAskAgain: ({ code }) => code === 'connection_lost',
  };
}

/** Somebody waits for it, in front of a form. */
const maxPollMs = 20_000;

async function look<Value>(
  timing: WebUiTiming,
  context: ProviderContext,
  read: (baseUrl: string, hands: Hands) => Promise<Value>,
): Promise<{ ok: true; value: Value } | ProviderFailure> {
  const baseUrl = addressOf(context.configuration.automatic1111.baseUrl);
  if (baseUrl === null) return badAddress;
  const quick = { ...timing, timeoutMs: Math.min(timing.timeoutMs, maxPollMs) };
  return converse(quick, asking(baseUrl, context), (hands) => read(baseUrl, hands));
}

const optionsSchema = z.object({ sd_model_checkpoint: z.string().nullish() });

/** @returns the title of the checkpoint that is loaded; empty where none is. */
async function readCurrent(baseUrl: string, hands: Hands): Promise<string> {
  const answer = await callWebUi({ baseUrl, path: '/sdapi/v1/options', ...hands });
  return optionsSchema.parse(answer).sd_model_checkpoint ?? '';
}

const checkpointsSchema = z.array(z.object({ title: z.string().min(1), model_name: z.string().min(1) }));

async function listCheckpoints(baseUrl: string, hands: Hands) {
  return checkpointsSchema.parse(await callWebUi({ baseUrl, path: '/sdapi/v1/sd-models', ...hands }));
}

/** The web UI passes over a checkpoint that it does not know, and takes its own. @returns null for such a one. */
async function findCheckpoint(baseUrl: string, model: string, hands: Hands): Promise<string | null> {
  if (model === current) return readCurrent(baseUrl, hands);
  const checkpoints = await listCheckpoints(baseUrl, hands);
  const found = checkpoints.find(({ title, model_name: name }) => title === model || name === model);
  return found?.title ?? null;
}

function goneCheckpoint(model: string): ProviderFailure {
  const name = model.replace(/[\p{C}]/gu, '').slice(0, 100);
  return failed(
    'model_gone',
    null,
    `The web UI has no checkpoint “${name}”, or not any more. Choose another model, then try again.`,
  );
}

/** Names of Stable Diffusion 1 and 2, and of those that came after them. */
const early = /(^|[^a-z0-9])(sd|v|sd[-_ ]?v)?[-_ ]?(1[-._]?[45]|2[-._]?[01])([^0-9]|$)/i;
const later = /xl|pony|illustrious|sd[-_ ]?3|flux/i;

/** Well-known children of Stable Diffusion 1 whose names do not say so. */
const knownEarly =
  /dreamshaper|realistic[-_ ]?vision|deliberate|anything[-_ ]?v|rev[-_ ]?animated|majicmix|counterfeit|meinamix|epicrealism|absolute[-_ ]?reality|chilloutmix|openjourney/i;

/** The early ones were taught with squares of 512 pixels: much beyond, they see double. */
export function sideFor(checkpoint: string): number {
  if (later.test(checkpoint)) return 1024;
  return early.test(checkpoint) || knownEarly.test(checkpoint) ? 640 : 1024;
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
): Promise<{ ok: true; base64: string | null } | ProviderFailure> {
  const [first] = job.references ?? [];
  if (!first) return { ok: true, base64: null };
  const bytes = await context.readReference(first);
  if (bytes === null) return failed('file_missing', null);
  return { ok: true, base64: Buffer.from(bytes).toString('base64') };
}

const answerSchema = z.object({ images: z.array(z.string()).nullish() });

function readPicture(foreign: unknown): MadePicture | ProviderFailure {
  const bytes = bytesOf(answerSchema.parse(foreign).images?.[0]);
  if (bytes === null) {
    return failed(
      'no_picture',
      null,
      'The web UI ended without a picture. Look at its window, then try again.',
    );
  }
  return { ok: true, bytes, costMicroUsd: 0 };
}
