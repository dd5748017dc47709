// A loopback server that implements the API of AUTOMATIC1111's Stable Diffusion web UI, with scripted failures.
import { EventEmitter, once } from 'node:events';
import { z } from 'zod';
import { type Body, json, type Mishap, raw, startLoopback } from './loopback';
import { samplePicture } from './sample-picture';
import { inpaintFields } from './wire/web-ui';

/** A scripted answer to a request for a picture. */
export type WebUiAnswer = { mishap?: Mishap } & (
  | { kind: 'picture'; bytes?: Uint8Array }
  | { kind: 'nothing' }
  | { kind: 'json'; status: number; value: unknown }
  | { kind: 'raw'; status: number; contentType: string; body: string }
);

/**
 * See modules/api/models.py and modules/processing.py in https://github.com/AUTOMATIC1111/stable-diffusion-webui.
 * The web UI ignores unknown fields; this server rejects them, because they would be mistakes.
 */
const workSchema = z.strictObject({
  prompt: z.string(),
  negative_prompt: z.string().optional(),
  seed: z.int().min(-1),
  steps: z.int().min(1).max(150).optional(),
  sampler_name: z.string().optional(),
  scheduler: z.string().optional(),
  cfg_scale: z.number().min(1).optional(),
  denoising_strength: z.number().min(0).max(1).optional(),
  width: z.int().multipleOf(8),
  height: z.int().multipleOf(8),
  batch_size: z.int(),
  n_iter: z.int(),
  send_images: z.boolean(),
  save_images: z.boolean(),
  init_images: z.array(z.base64()).min(1).optional(),
  ...inpaintFields,
  override_settings: z.strictObject({ sd_model_checkpoint: z.string() }).optional(),
});
export type WebUiWork = z.infer<typeof workSchema> & { path: string; abandoned: () => boolean };

/** See ExtrasSingleImageRequest in modules/api/models.py. */
const extrasSchema = z.strictObject({
  image: z.base64().min(1),
  upscaler_1: z.string(),
  resize_mode: z.literal(0),
  upscaling_resize: z.number().min(1).max(8),
});

export type Progress = { progress: number; currentImage?: Uint8Array };

export type WebUiOptions = {
  picture?: Uint8Array;
  /** Titles of the checkpoints, such as `v1-5-pruned.safetensors [e1441589a6]`. */
  checkpoints?: readonly string[];
  /** Names of the upscalers; absent: the server has no such list, like some forks. */
  upscalers?: readonly string[];
  /** Serves only pictures, like Draw Things: https://wiki.drawthings.ai/wiki/API */
  picturesOnly?: boolean;
};

const defaultCheckpoint = 'sd_xl_base_1.0.safetensors [31e35c80fc]';

export async function startAutomatic1111Server(options: WebUiOptions = {}) {
  const works: WebUiWork[] = [];
  const enlarged: z.infer<typeof extrasSchema>[] = [];
  const rejections: string[] = [];
  const queue: WebUiAnswer[] = [];
  const progressQueue: Progress[] = [];
  const events = new EventEmitter<{ received: []; interrupted: []; seen: [] }>();
  const checkpoints = options.checkpoints ?? [defaultCheckpoint];
  let defaultAnswer: WebUiAnswer = { kind: 'picture' };
  let interrupts = 0;
  let fixedBody: Body | null = null;
  /** When the running job started, in the web UI's notation; empty while it is idle. */
  let runningSince = '';
  let isOtherUsersJob = false;
  let lastStart = 20_261_122_120_000;

  function startJob(): void {
    lastStart += 1;
    runningSince = String(lastStart);
  }

  function endJob(): void {
    runningSince = '';
  }

  const loopback = await startLoopback(async (incoming) => {
    if (fixedBody) return { body: fixedBody };
    const { method, path, bytes } = incoming;
    if (options.picturesOnly && !path.endsWith('2img')) return { body: raw(404, 'text/plain', 'Not Found') };
    switch (`${method} ${path}`) {
      case 'GET /sdapi/v1/options':
        return { body: json(200, { sd_model_checkpoint: checkpoints[0] ?? null, samples_format: 'png' }) };
      case 'GET /sdapi/v1/sd-models':
        return { body: json(200, checkpoints.map(checkpointOf)) };
      case 'GET /sdapi/v1/upscalers':
        if (!options.upscalers) return { body: json(404, { detail: 'Not Found' }) };
        return { body: json(200, options.upscalers.map(upscalerOf)) };
      case 'POST /sdapi/v1/extra-single-image': {
        const extras = extrasSchema.parse(JSON.parse(bytes.toString('utf8')));
        enlarged.push(extras);
        startJob();
        events.emit('received');
        const answer = queue.shift() ?? defaultAnswer;
        if (answer.mishap?.kind !== 'hang') endJob();
        const image = await pictureOf(answer);
        const body = image ? json(200, { html_info: '<p></p>', image }) : await bodyOf(answer, 0);
        return { body, mishap: answer.mishap };
      }
      case 'GET /sdapi/v1/progress': {
        const isRunning = runningSince !== '';
        const progress = isRunning && progressQueue.length > 1 ? progressQueue.shift() : progressQueue[0];
        events.emit('seen');
        return { body: progressBody(isRunning ? progress : undefined, runningSince) };
      }
      case 'POST /sdapi/v1/interrupt':
        interrupts += 1;
        endJob();
        events.emit('interrupted');
        return { body: json(200, {}) };
      case 'POST /sdapi/v1/txt2img':
      case 'POST /sdapi/v1/img2img': {
        const work = workSchema.safeParse(JSON.parse(bytes.toString('utf8')));
        const isEdit = work.data?.init_images !== undefined;
        if (!work.success || isEdit !== path.endsWith('img2img')) {
          rejections.push(
            work.error ? z.prettifyError(work.error) : 'init_images and the path do not agree.',
          );
          return {
            body: json(422, { detail: [{ loc: ['body'], msg: rejections.at(-1), type: 'value_error' }] }),
          };
        }
        works.push({ ...work.data, path, abandoned: () => incoming.abandoned });
        if (!isOtherUsersJob) startJob();
        events.emit('received');
        const answer = queue.shift() ?? defaultAnswer;
        if (answer.mishap?.kind !== 'hang' && !isOtherUsersJob) endJob();
        return { body: await bodyOf(answer, work.data.seed), mishap: answer.mishap };
      }
      default:
        return { body: json(404, { detail: 'Not Found' }) };
    }
  });

  /** Returns the picture of an answer in base64; null if it has none. */
  async function pictureOf(answer: WebUiAnswer): Promise<string | null> {
    if (answer.kind !== 'picture') return null;
    const picture = answer.bytes ?? options.picture ?? (await samplePicture('3:2'));
    return Buffer.from(picture).toString('base64');
  }

  async function bodyOf(answer: WebUiAnswer, seed: number): Promise<Body> {
    if (answer.kind === 'json') return json(answer.status, answer.value);
    if (answer.kind === 'raw') return raw(answer.status, answer.contentType, answer.body);
    const picture = await pictureOf(answer);
    return json(200, {
      images: picture ? [picture] : [],
      parameters: {},
      info: JSON.stringify({ seed, all_seeds: [seed] }),
    });
  }

  return {
    baseUrl: loopback.origin,
    release: (): void => {
      endJob();
      loopback.release();
    },
    close: loopback.close,
    /** All valid requests for a picture. */
    works: works as readonly WebUiWork[],
    /** All valid requests to enlarge a picture. */
    enlarged: enlarged as readonly z.infer<typeof extrasSchema>[],
    rejections: rejections as readonly string[],
    interrupts: (): number => interrupts,
    /** Queues the answer to one request for a picture. */
    answerNext: (answer: WebUiAnswer): void => {
      queue.push(answer);
    },
    setDefault: (answer: WebUiAnswer): void => {
      defaultAnswer = answer;
    },
    /** Sets the progress that each poll returns, in order; the last one is repeated. */
    showProgress: (...shown: Progress[]): void => {
      progressQueue.splice(0, progressQueue.length, ...shown);
    },
    /** Starts another user's job. Our requests wait from now on. */
    workForAnother: (): void => {
      isOtherUsersJob = true;
      startJob();
    },
    /** Ends the other user's job and starts ours. */
    workForUs: (): void => {
      isOtherUsersJob = false;
      startJob();
    },
    /** Answers every request with this body, like another program at the address. */
    answerEverything: (body: Body): void => {
      fixedBody = body;
    },
    /** Resolves when `count` requests for pictures have been read. */
    received: async (count: number): Promise<void> => {
      while (works.length + enlarged.length < count)
        await once(events, 'received', { signal: loopback.closing });
    },
    /** Resolves when the last progress has been polled twice, because the client has then received it at least once. */
    seen: async (): Promise<void> => {
      while (progressQueue.length > 1) await once(events, 'seen', { signal: loopback.closing });
      await once(events, 'seen', { signal: loopback.closing });
      await once(events, 'seen', { signal: loopback.closing });
    },
    interrupted: async (): Promise<void> => {
      while (interrupts === 0) await once(events, 'interrupted', { signal: loopback.closing });
    },
  };
}

export type Automatic1111Server = Awaited<ReturnType<typeof startAutomatic1111Server>>;

function upscalerOf(name: string): object {
  return { name, model_name: null, model_path: null, model_url: null, scale: 4 };
}

function checkpointOf(title: string): object {
  const name = title.replace(/\.safetensors.*$/, '');
  return { title, model_name: name, hash: null, sha256: null, filename: `models/${name}`, config: null };
}

function progressBody(progress: Progress | undefined, runningSince: string): Body {
  const image = progress?.currentImage;
  return json(200, {
    progress: progress?.progress ?? 0,
    eta_relative: 0,
    state: { job: '', job_count: runningSince === '' ? 0 : 1, job_timestamp: runningSince || '0' },
    current_image: image ? Buffer.from(image).toString('base64') : null,
    textinfo: null,
  });
}
