// A loopback server that speaks the API of AUTOMATIC1111's Stable Diffusion web UI, with scripted failures.
import { EventEmitter, once } from 'node:events';
import { z } from 'zod';
import { type Body, json, type Mishap, raw, startLoopback } from './loopback';
import { samplePicture } from './sample-picture';

/** One scripted answer to a request for a picture. */
export type WebUiAnswer = { mishap?: Mishap } & (
  | { kind: 'picture'; bytes?: Uint8Array }
  | { kind: 'nothing' }
  | { kind: 'json'; status: number; value: unknown }
  | { kind: 'raw'; status: number; contentType: string; body: string }
);

/**
 * As of modules/api/models.py and modules/processing.py in
 * https://github.com/AUTOMATIC1111/stable-diffusion-webui, as far as Afterimage uses it. The web UI passes over names
 * that it does not know; here they are refused, since they would be mistakes.
 */
const workSchema = z.strictObject({
  prompt: z.string(),
  negative_prompt: z.string().optional(),
  seed: z.int().min(-1),
  steps: z.int().min(1).max(150).optional(),
  sampler_name: z.string().optional(),
  width: z.int().multipleOf(8),
  height: z.int().multipleOf(8),
  batch_size: z.int(),
  n_iter: z.int(),
  send_images: z.boolean(),
  save_images: z.boolean(),
  init_images: z.array(z.base64()).min(1).optional(),
  override_settings: z.strictObject({ sd_model_checkpoint: z.string() }).optional(),
});
export type WebUiWork = z.infer<typeof workSchema> & { path: string; abandoned: () => boolean };

export type Progress = { progress: number; currentImage?: Uint8Array };

export type WebUiOptions = {
  picture?: Uint8Array;
  /** Titles, such as `v1-5-pruned.safetensors [e1441589a6]`. */
  checkpoints?: readonly string[];
};

const defaultCheckpoint = 'sd_xl_base_1.0.safetensors [31e35c80fc]';

export async function startAutomatic1111Server(options: WebUiOptions = {}) {
  const works: WebUiWork[] = [];
  const rejections: string[] = [];
  const queue: WebUiAnswer[] = [];
  const looks: Progress[] = [];
  const happenings = new EventEmitter<{ received: []; interrupted: []; seen: [] }>();
  const checkpoints = options.checkpoints ?? [defaultCheckpoint];
  let standard: WebUiAnswer = { kind: 'picture' };
  let interrupts = 0;
  let everywhere: Body | null = null;
  /** When what it is at was begun, as it writes it; empty while it does nothing. */
  let atWork = '';
  let isForAnother = false;
  let begun = 20_261_122_120_000;

  function begin(): void {
    begun += 1;
    atWork = String(begun);
  }

  function end(): void {
    atWork = '';
  }

  const loopback = await startLoopback(async (incoming) => {
    if (everywhere) return { body: everywhere };
    const { method, path, bytes } = incoming;
    switch (`${method} ${path}`) {
      case 'GET /sdapi/v1/options':
        return { body: json(200, { sd_model_checkpoint: checkpoints[0] ?? null, samples_format: 'png' }) };
      case 'GET /sdapi/v1/sd-models':
        return { body: json(200, checkpoints.map(checkpointOf)) };
      case 'GET /sdapi/v1/progress': {
        const isAtWork = atWork !== '';
        const look = isAtWork && looks.length > 1 ? looks.shift() : looks[0];
        happenings.emit('seen');
        return { body: progressBody(isAtWork ? look : undefined, atWork) };
      }
      case 'POST /sdapi/v1/interrupt':
        interrupts += 1;
        end();
        happenings.emit('interrupted');
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
        if (!isForAnother) begin();
        happenings.emit('received');
        const answer = queue.shift() ?? standard;
        if (answer.mishap?.kind !== 'hang' && !isForAnother) end();
        return { body: await bodyOf(answer, work.data.seed), mishap: answer.mishap };
      }
      default:
        return { body: json(404, { detail: 'Not Found' }) };
    }
  });

  async function bodyOf(answer: WebUiAnswer, seed: number): Promise<Body> {
    if (answer.kind === 'json') return json(answer.status, answer.value);
    if (answer.kind === 'raw') return raw(answer.status, answer.contentType, answer.body);
    const picture =
      answer.kind === 'picture' ? (answer.bytes ?? options.picture ?? (await samplePicture('3:2'))) : null;
    const images = picture ? [Buffer.from(picture).toString('base64')] : [];
    return json(200, { images, parameters: {}, info: JSON.stringify({ seed, all_seeds: [seed] }) });
  }

  return {
    baseUrl: loopback.origin,
    release: (): void => {
      end();
      loopback.release();
    },
    close: loopback.close,
    /** Every request for a picture that was well formed. */
    works: works as readonly WebUiWork[],
    rejections: rejections as readonly string[],
    interrupts: (): number => interrupts,
    /** Queues the answer to one request for a picture. */
    answerNext: (answer: WebUiAnswer): void => {
      queue.push(answer);
    },
    setDefault: (answer: WebUiAnswer): void => {
      standard = answer;
    },
    /** What each look at the progress shows, in this order; the last one for ever. */
    showProgress: (...shown: Progress[]): void => {
      looks.splice(0, looks.length, ...shown);
    },
    /** It is at somebody else's picture from now on; what is asked of it waits. */
    workForAnother: (): void => {
      isForAnother = true;
      begin();
    },
    /** That one is done, and it begins what waits. */
    workForUs: (): void => {
      isForAnother = false;
      begin();
    },
    /** Every request gets this: as if something else lived here. */
    answerEverything: (body: Body): void => {
      everywhere = body;
    },
    /** Resolves when `count` requests for pictures have been read. */
    received: async (count: number): Promise<void> => {
      while (works.length < count) await once(happenings, 'received', { signal: loopback.closing });
    },
    /** Resolves when the last progress that was to be shown has been asked for twice: the first has arrived then. */
    seen: async (): Promise<void> => {
      while (looks.length > 1) await once(happenings, 'seen', { signal: loopback.closing });
      await once(happenings, 'seen', { signal: loopback.closing });
      await once(happenings, 'seen', { signal: loopback.closing });
    },
    interrupted: async (): Promise<void> => {
      while (interrupts === 0) await once(happenings, 'interrupted', { signal: loopback.closing });
    },
  };
}

export type Automatic1111Server = Awaited<ReturnType<typeof startAutomatic1111Server>>;

function checkpointOf(title: string): object {
  const name = title.replace(/\.safetensors.*$/, '');
  return { title, model_name: name, hash: null, sha256: null, filename: `models/${name}`, config: null };
}

function progressBody(look: Progress | undefined, atWork: string): Body {
  const image = look?.currentImage;
  return json(200, {
    progress: look?.progress ?? 0,
    eta_relative: 0,
    state: { job: '', job_count: atWork === '' ? 0 : 1, job_timestamp: atWork || '0' },
    current_image: image ? Buffer.from(image).toString('base64') : null,
    textinfo: null,
  });
}
