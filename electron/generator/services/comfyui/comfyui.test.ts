// ComfyUI's workflows, progress and previews against a loopback server. Its failures: tests/services/matrix.test.ts.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findPlaces } from '../../../../shared/domain/workflow-places';
import { modelOfWorkflow, type Workflow } from '../../../../shared/domain/workflows';
import { type PictureJob, unconfigured } from '../../../../shared/generator/jobs';
import { json } from '../../../../tests/servers/loopback';
import { comfyuiProtocol } from '../../../../tests/servers/wire/comfyui';
import { smallPicture, startWireServer } from '../../../../tests/servers/wire/wire-server';
import { createHostedService } from '../hosted/hosted-service';
import { createServiceContext } from '../test-context';
import { buildWorkflow } from './built-in-workflow';
import { comfyuiProfile } from './comfyui';
import { createProgressReader } from './progress';

const service = createHostedService(comfyuiProfile, { timeoutMs: 60_000, retryDelayMs: () => 0, pollMs: 1 });

const job: PictureJob = {
  kind: 'picture',
  jobId: '01930000-0000-7000-8000-000000000000',
  requestId: '01930000-0000-7000-8000-00000000ff01',
  provider: 'comfyui',
  model: modelOfWorkflow('Mein Bild 画'),
  prompt: 'a lighthouse at dusk',
  params: { aspectRatio: '16:9', seed: 7, steps: 4 },
};

/** Uses the server’s only checkpoint, and the size of a small model. */
function workflow(image: string | null = null): Workflow {
  const graph = buildWorkflow({
    checkpoint: 'модель + “a&b” 画.safetensors',
    prompt: 'before',
    params: { aspectRatio: '1:1', seed: 1, negativePrompt: 'people', sampler: 'dpmpp_2m' },
    size: { width: 512, height: 512 },
    image,
  });
  return { name: 'Mein Bild 画', graph, places: findPlaces(graph) };
}

let server: Awaited<ReturnType<typeof startWireServer>>;
beforeEach(async () => {
  server = await startWireServer(comfyuiProtocol);
});
afterEach(() => server.close());

function contextWith(workflows: Workflow[], references: Record<string, Uint8Array> = {}) {
  const context = createServiceContext(undefined, undefined, references);
  const { baseUrl } = server;
  const plain = unconfigured({ id: 'comfyui', kind: 'comfyui', name: 'ComfyUI' });
  return { ...context, service: { ...plain, baseUrl, workflows } };
}

function sentInputs(id: string): unknown {
  const body = server.made.at(-1)?.body;
  return JSON.parse(JSON.stringify(body)).prompt[id].inputs;
}

it('fills a workflow with the request’s values, and leaves the rest unchanged', async () => {
  const made = await service.makePicture(job, contextWith([workflow()]));
  expect(made).toMatchObject({ ok: true, costMicroUsd: 0 });
  expect(sentInputs('6')).toMatchObject({ text: job.prompt });
  expect(sentInputs('7')).toMatchObject({ text: 'people' });
  expect(sentInputs('3')).toMatchObject({ seed: 7, steps: 4, sampler_name: 'dpmpp_2m' });
  // Has as many pixels as the workflow's own size.
  expect(sentInputs('5')).toEqual({ width: 680, height: 384, batch_size: 1 });
});

it('uploads the reference picture if the workflow takes one', async () => {
  const reference = { imageId: 'one', file: 'images/one', prompt: '', signature: null };
  const made = await service.makePicture(
    { ...job, references: [reference] },
    contextWith([workflow('example.png')], { one: smallPicture }),
  );
  expect(made).toMatchObject({ ok: true });
  expect(sentInputs('10')).toEqual({ image: 'afterimage.png' });
});

it('refuses a reference picture before sending anything if the workflow takes none', async () => {
  const reference = { imageId: 'one', file: 'images/one', prompt: '', signature: null };
  const made = await service.makePicture({ ...job, references: [reference] }, contextWith([workflow()]));
  expect(made).toMatchObject({ ok: false, code: 'no_references' });
  expect(server.total()).toBe(0);
});

it('reports a removed workflow', async () => {
  expect(await service.makePicture(job, contextWith([]))).toMatchObject({ ok: false, code: 'model_gone' });
  expect(server.made).toEqual([]);
});

it('stops a job that is cancelled before ComfyUI has returned its id', async () => {
  server.failNext({ kind: 'mishap', mishap: { kind: 'hang' } });
  server.state.hold = true;
  const user = new AbortController();
  const made = service.makePicture(job, { ...contextWith([workflow()]), signal: user.signal });
  await server.until(() => server.made.length === 1);
  user.abort();
  expect(await made).toMatchObject({ ok: false, code: 'cancelled' });
  expect(server.stops()).toBe(0);
  server.release();
  await server.until(() => server.stops() === 2);
});

it('names the file that ComfyUI lacks', async () => {
  const error = { type: 'prompt_outputs_failed_validation', message: 'Prompt outputs failed validation' };
  const details = "vae_name: 'ae.safetensors' not in ['sdxl.safetensors']";
  const problem = { class_type: 'VAELoader', errors: [{ message: 'Value not in list', details }] };
  server.failNext({ kind: 'body', body: json(400, { error, node_errors: { '7': problem } }) });
  const made = await service.makePicture(job, contextWith([workflow()]));
  expect(made).toMatchObject({
    ok: false,
    message: expect.stringMatching(/VAELoader: Value not in list: .*'ae\.safetensors'/),
  });
});

it('lists the files that nodes can load, in both forms of a combo input', async () => {
  const listed = await service.listFiles?.(contextWith([]), ['CheckpointLoaderSimple', 'CLIPLoader', 'Gone']);
  expect(listed).toEqual({
    ok: true,
    files: {
      'CheckpointLoaderSimple/ckpt_name': ['модель + “a&b” 画.safetensors'],
      'CLIPLoader/clip_name': ['qwen_3_4b.safetensors'],
    },
  });
});

it('lists workflows before checkpoints, with the inputs that each takes', async () => {
  const listed = await service.listModels?.(contextWith([workflow()]));
  expect(listed?.ok && listed.models.map(({ id, references }) => [id, references])).toEqual([
    [job.model, 0],
    ['current', undefined],
    ['модель + “a&b” 画.safetensors', undefined],
  ]);
  expect(listed?.ok && listed.models[0]?.options).toContain('negativePrompt');
});

it('reports the progress and the previews of its own run', async () => {
  const reports: [number | null, number | undefined][] = [];
  const onProgress = (fraction: number | null, preview?: Uint8Array) =>
    void reports.push([fraction, preview?.length]);
  server.state.hold = true;
  const made = service.makePicture(job, { ...contextWith([workflow()]), onProgress });
  await expect.poll(() => reports.at(-1)?.[0]).toBe(1);
  server.state.hold = false;
  expect(await made).toMatchObject({ ok: true });
  expect(reports).toEqual([
    [0.25, undefined],
    [0.25, smallPicture.length],
    [0.25, smallPicture.length],
    [1, undefined],
  ]);
});

it('combines the progress of several samplers, and never goes back', () => {
  const sampler = { class_type: 'KSampler', inputs: {} };
  const read = createProgressReader(
    { a: sampler, b: sampler, c: { class_type: 'KSamplerSelect', inputs: {} } },
    () => 'x',
  );
  const progress = (node: string, value: number) =>
    read(JSON.stringify({ type: 'progress', data: { value, max: 10, node, prompt_id: 'x' } }))?.fraction;
  expect([progress('a', 5), progress('a', 10), progress('b', 0), progress('b', 5), progress('a', 1)]).toEqual(
    [0.25, 0.5, 0.5, 0.75, 0.75],
  );
});

it.each([
  ['nothing', new Uint8Array()],
  ['a head only', new Uint8Array([0, 0, 0, 1])],
  ['metadata beyond the end', new Uint8Array([0, 0, 0, 4, 255, 255, 255, 255, 1, 2])],
  ['an unknown kind', new Uint8Array([9, 9, 9, 9, 1, 2, 3, 4, 5])],
  ['no JSON', '{'],
  ['null', 'null'],
  ['a negative value', '{"type":"progress","data":{"value":-1,"max":0}}'],
])('ignores %s', (_name, message) => {
  const read = createProgressReader({}, () => null);
  read('{"type":"execution_start","data":{}}');
  expect(read(message)).toBeNull();
});
