// The web UI service against a loopback server, over HTTP. Its failures: tests/failures/automatic1111.ts.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PictureJob } from '../../../../shared/generator/jobs';
import { sentence } from '../../../../shared/languages/sentence';
import { holdTimeouts } from '../../../../tests/harness/hold-timeouts';
import {
  type Automatic1111Server,
  startAutomatic1111Server,
} from '../../../../tests/servers/automatic1111-server';
import { json } from '../../../../tests/servers/loopback';
import { samplePicture } from '../../../../tests/servers/sample-picture';
import { createServiceContext } from '../test-context';
import { createAutomatic1111Service, sideFor } from './automatic1111';

const small = Uint8Array.from([137, 80, 78, 71, 13, 10, 26, 10, 1, 2, 3]);
const timing = { timeoutMs: 60_000, retryDelayMs: () => 0, pollMs: 1 };
const webUi = createAutomatic1111Service(timing);

const job: PictureJob = {
  kind: 'picture',
  jobId: '01930000-0000-7000-8000-000000000000',
  requestId: '01930000-0000-7000-8000-00000000ff01',
  provider: 'automatic1111',
  model: 'current',
  prompt: 'a lighthouse at dusk, “très” calm 🌅',
  params: { aspectRatio: '3:2', seed: 7 },
};
const sd1 = 'v1-5-pruned-emaonly.safetensors [6ce0161689]';
const sdxlOrNewer = 'sd_xl_base_1.0.safetensors [31e35c80fc]';

let server: Automatic1111Server;

beforeEach(async () => {
  server = await startAutomatic1111Server({ picture: small, checkpoints: [sdxlOrNewer, sd1] });
});

afterEach(() => server.close());

function contextWith(signal?: AbortSignal, references: Record<string, Uint8Array> = {}) {
  return createServiceContext({ automatic1111: { baseUrl: server.baseUrl } }, signal, references);
}

describe('a picture', () => {
  it('sends the requested parameters and returns the bytes unchanged and free', async () => {
    const bytes = await samplePicture('3:2');
    server.answerNext({ kind: 'picture', bytes });
    const made = await webUi.makePicture(job, contextWith());
    expect(made).toMatchObject({ ok: true, costMicroUsd: 0 });
    expect(made.ok && Buffer.compare(made.bytes, bytes)).toBe(0);
    expect(server.rejections).toEqual([]);
    expect(server.works).toMatchObject([
      { path: '/sdapi/v1/txt2img', prompt: job.prompt, seed: 7, width: 1256, height: 840, batch_size: 1 },
    ]);
    expect(server.works[0]?.override_settings).toBeUndefined();
    expect(server.interrupts()).toBe(0);
  });

  it('comes from a server that has neither options nor progress', async () => {
    const plain = await startAutomatic1111Server({ picture: small, picturesOnly: true });
    const context = createServiceContext({ automatic1111: { baseUrl: plain.baseUrl } });
    const made = await webUi.makePicture(job, context);
    await plain.close();
    expect(made).toMatchObject({ ok: true, costMicroUsd: 0 });
    expect(plain.works).toHaveLength(1);
  });

  it('sends the parameters that the user set', async () => {
    const params = { ...job.params, steps: 30, sampler: 'DPM++ 2M', negativePrompt: 'people' };
    await webUi.makePicture({ ...job, params }, contextWith());
    expect(server.works).toMatchObject([{ steps: 30, sampler_name: 'DPM++ 2M', negative_prompt: 'people' }]);
  });

  it.each(['v1-5-pruned-emaonly', sd1])('selects the checkpoint %s and uses its size', async (model) => {
    await webUi.makePicture({ ...job, model, params: { aspectRatio: '1:1', seed: 7 } }, contextWith());
    expect(server.works).toMatchObject([
      { override_settings: { sd_model_checkpoint: sd1 }, width: 640, height: 640 },
    ]);
  });

  it('sends only the first reference picture', async () => {
    const reference = (imageId: string) => ({
      imageId,
      file: `images/${imageId}`,
      prompt: '',
      signature: null,
    });
    const edit = { ...job, references: [reference('one'), reference('two')] };
    await webUi.makePicture(edit, contextWith(undefined, { one: small }));
    expect(server.works).toMatchObject([
      { path: '/sdapi/v1/img2img', init_images: [Buffer.from(small).toString('base64')] },
    ]);
  });

  it('retries after a broken connection, because the web UI is free', async () => {
    server.answerNext({ kind: 'picture', mishap: { kind: 'reset', when: 'midway' } });
    server.answerNext({ kind: 'picture', mishap: { kind: 'reset', when: 'before' } });
    expect(await webUi.makePicture(job, contextWith())).toMatchObject({ ok: true });
    expect(server.works).toHaveLength(3);
  });
});

describe('a running job', () => {
  it('reports its progress and each preview once', async () => {
    const [one, two] = [Uint8Array.of(1), Uint8Array.of(2)];
    server.showProgress(
      { progress: 0 },
      { progress: 0.25, currentImage: one },
      { progress: 0.5, currentImage: one },
      { progress: 1.5, currentImage: two },
    );
    server.answerNext({ kind: 'picture', mishap: { kind: 'hang' } });
    const reported: [number | null, number | undefined][] = [];
    const context = contextWith();
    const onProgress = (fraction: number | null, preview?: Uint8Array) =>
      void reported.push([fraction, preview?.[0]]);
    const made = webUi.makePicture(job, { ...context, onProgress });
    await server.seen();
    server.release();
    expect((await made).ok).toBe(true);
    expect(reported).toEqual([
      [0, undefined],
      [0.25, 1],
      [0.5, undefined],
      [1, 2],
    ]);
  });

  it('ends immediately on cancel and interrupts the web UI', async () => {
    server.answerNext({ kind: 'picture', mishap: { kind: 'hang' } });
    const user = new AbortController();
    const made = webUi.makePicture(job, contextWith(user.signal));
    await server.received(1);
    user.abort();
    expect(await made).toMatchObject({ code: 'cancelled', costMicroUsd: null });
    await server.interrupted();
    await expect.poll(() => server.works[0]?.abandoned()).toBe(true);
  });

  it('neither shows nor interrupts another user’s job, and is interrupted once it runs itself', async () => {
    server.workForAnother();
    server.showProgress({ progress: 0.5, currentImage: Uint8Array.of(1) });
    server.answerNext({ kind: 'picture', mishap: { kind: 'hang' } });
    const user = new AbortController();
    const reported: unknown[] = [];
    const context = {
      ...contextWith(user.signal),
      onProgress: (...all: unknown[]) => void reported.push(all),
    };
    const made = webUi.makePicture(job, context);
    await server.received(1);
    await server.seen();
    user.abort();
    expect(await made).toMatchObject({ code: 'cancelled' });
    await server.seen();
    expect([reported, server.interrupts()]).toEqual([[], 0]);
    server.workForUs();
    await server.interrupted();
    expect(server.interrupts()).toBe(1);
  });

  it('reports its progress once it runs itself', async () => {
    server.workForAnother();
    server.showProgress({ progress: 0.25, currentImage: Uint8Array.of(2) });
    server.answerNext({ kind: 'picture', mishap: { kind: 'hang' } });
    const reported: unknown[] = [];
    const context = { ...contextWith(), onProgress: (...all: unknown[]) => void reported.push(all) };
    const made = webUi.makePicture(job, context);
    await server.received(1);
    await server.seen();
    expect(reported).toEqual([]);
    server.workForUs();
    await expect.poll(() => reported).toEqual([[0.25, Buffer.of(2)]]);
    server.release();
    expect((await made).ok).toBe(true);
  });

  it('interrupts the web UI on timeout', async () => {
    server.answerNext({ kind: 'picture', mishap: { kind: 'hang' } });
    const pass = holdTimeouts();
    const made = webUi.makePicture(job, contextWith());
    await server.received(1);
    pass(timing.timeoutMs);
    expect(await made).toMatchObject({ code: 'timed_out' });
    await server.interrupted();
  });

  it('interrupts nothing if it is cancelled before the request', async () => {
    expect(await webUi.makePicture(job, contextWith(AbortSignal.abort()))).toMatchObject({
      code: 'cancelled',
    });
    expect([server.works.length, server.interrupts()]).toEqual([0, 0]);
  });
});

describe('enlarging a picture', () => {
  const upscalers = ['None', 'Lanczos', 'Nearest', 'R-ESRGAN 4x+', '4x “Ж” & co'];
  const params = { ...job.params, upscale: { factor: 4, width: 60, height: 40 } } as const;
  const reference = { imageId: 'one', file: 'images/one.png', prompt: '', signature: null };
  const enlarging: PictureJob = { ...job, params, model: 'upscaler:4x “Ж” & co', references: [reference] };
  let enlarger: Automatic1111Server;

  beforeEach(async () => {
    enlarger = await startAutomatic1111Server({ picture: small, checkpoints: [sd1], upscalers });
  });
  afterEach(() => enlarger.close());

  function context(signal?: AbortSignal) {
    return createServiceContext({ automatic1111: { baseUrl: enlarger.baseUrl } }, signal, { one: small });
  }

  it('sends the picture, the upscaler and the factor, and is free', async () => {
    const made = await webUi.makePicture(enlarging, context());
    expect(made).toMatchObject({ ok: true, bytes: Buffer.from(small), costMicroUsd: 0 });
    expect(enlarger.enlarged).toEqual([
      {
        ...{ image: Buffer.from(small).toString('base64'), upscaler_1: '4x “Ж” & co' },
        ...{ resize_mode: 0, upscaling_resize: 4 },
      },
    ]);
    expect(enlarger.works).toEqual([]);
  });

  it('reports a missing upscaler, and sends nothing', async () => {
    const gone = { ...enlarging, model: 'upscaler:gone' };
    const says = sentence('services.web_ui_upscaler_gone', { name: 'gone' });
    expect(await webUi.makePicture(gone, context())).toMatchObject({ code: 'model_gone', sentence: says });
    expect(enlarger.enlarged).toEqual([]);
  });

  it('reports its progress, and is interrupted on cancel', async () => {
    enlarger.showProgress({ progress: 0.01 }, { progress: 0.5 });
    enlarger.answerNext({ kind: 'picture', mishap: { kind: 'hang' } });
    const user = new AbortController();
    const running = context(user.signal);
    const made = webUi.makePicture(enlarging, running);
    await enlarger.seen();
    expect(running.progress.at(-1)).toBe(0.5);
    user.abort();
    expect(await made).toMatchObject({ code: 'cancelled', costMicroUsd: null });
    await enlarger.interrupted();
  });

  it('explains an internal error', async () => {
    enlarger.answerNext({ kind: 'json', status: 500, value: { error: 'OutOfMemoryError', errors: '' } });
    expect(await webUi.makePicture(enlarging, context())).toMatchObject({ code: 'provider_unavailable' });
  });

  it('is offered by every upscaler that adds detail', async () => {
    const listed = await webUi.listModels?.(context());
    expect(listed?.ok && listed.models.slice(2)).toEqual([
      { id: 'upscaler:R-ESRGAN 4x+', label: 'R-ESRGAN 4x+', makes: 'pictures', needsReference: true },
      { id: 'upscaler:4x “Ж” & co', label: '4x “Ж” & co', makes: 'pictures', needsReference: true },
    ]);
  });
});

describe('the settings of the web UI', () => {
  it('list the checkpoints, the loaded one first', async () => {
    expect(await webUi.listModels?.(contextWith())).toEqual({
      ok: true,
      models: [
        { id: 'current', label: 'Current model of the web UI', makes: 'pictures' },
        { id: sdxlOrNewer, label: 'sd_xl_base_1.0', makes: 'pictures' },
        { id: sd1, label: 'v1-5-pruned-emaonly', makes: 'pictures' },
      ],
    });
  });

  it('confirm that it works, and with which model', async () => {
    const says = sentence('services.web_ui_answers', { model: sdxlOrNewer });
    expect(await webUi.check?.(contextWith())).toEqual({ ok: true, says });
  });

  it('report that no model is loaded', async () => {
    server.answerEverything(json(200, { sd_model_checkpoint: null }));
    const says = sentence('services.web_ui_answers_without_model');
    expect(await webUi.check?.(contextWith())).toEqual({ ok: true, says });
  });

  it('report that its API is off', async () => {
    server.answerEverything(json(404, { detail: 'Not Found' }));
    const message = `The web UI at ${server.baseUrl} runs without its API. Start it with --api, then try again.`;
    expect(await webUi.check?.(contextWith())).toMatchObject({ ok: false, code: 'bad_answer', message });
  });

  it('do not show a password from the address', async () => {
    server.answerEverything(json(404, { detail: 'Not Found' }));
    const baseUrl = server.baseUrl.replace('//', '//me:hidden@');
    const verdict = await webUi.check?.(createServiceContext({ automatic1111: { baseUrl } }));
    expect(verdict).toMatchObject({ ok: false, message: expect.not.stringContaining('hidden') });
  });
});

it('replies to text with a fixed note', async () => {
  const textJob = {
    kind: 'text',
    jobId: job.jobId,
    requestId: '01930000-0000-7000-8000-00000000ff01',
    provider: 'automatic1111',
    model: null,
    text: 'hello',
  } as const;
  const replied = await webUi.reply({ ...textJob, history: [] }, contextWith());
  expect(replied).toMatchObject({
    ok: true,
    text: expect.stringContaining('does not talk'),
    costMicroUsd: 0,
  });
});

it.each([
  ['v1-5-pruned-emaonly.safetensors [6ce0161689]', 640],
  ['sd-v1-4.ckpt', 640],
  ['sd15_inpainting', 640],
  ['v2-1_768-ema-pruned', 640],
  ['sd_xl_base_1.0.safetensors', 1024],
  ['juggernautXL_v1.5', 1024],
  ['flux1-dev-fp8', 1024],
  ['dreamshaper_8.safetensors [879db523c3]', 640],
  ['dreamshaperXL_v21TurboDPMSDE', 1024],
  ['realisticVisionV60B1', 640],
  ['somebodysOwn', 1024],
  ['', 1024],
])('the side of a picture by %s is %i', (checkpoint, side) => expect(sideFor(checkpoint)).toBe(side));
