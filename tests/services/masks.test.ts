// The mask that each service receives: its bytes, its size and their meaning; and the kept part of the original.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { localCodec } from '../../electron/generator/codec/local-codec';
import { makeWithPart, prepareWith } from '../../electron/generator/pipeline/change-part';
import { noise } from '../../electron/generator/pipeline/test-pictures';
import { buildWorkflow } from '../../electron/generator/services/comfyui/built-in-workflow';
import { google } from '../../electron/generator/services/google/google';
import type { PictureContext, Service } from '../../electron/generator/services/service';
import { temporaryFolder } from '../../electron/main/test-support/temporary-folder';
import { halfMask } from '../../electron/main/test-support/test-masks';
import { type Edit, maskFile } from '../../shared/domain/edits';
import { rememberModels } from '../../shared/domain/listed-models';
import { partSentence, partSupportOf } from '../../shared/domain/part-support';
import { useServiceDirectory } from '../../shared/domain/service-directory';
import { type ServiceKind, serviceKinds } from '../../shared/domain/service-kinds';
import { modelOfWorkflow, type Workflow } from '../../shared/domain/workflows';
import { type PictureJob, unconfigured } from '../../shared/generator/jobs';
import { startGoogleServer } from '../servers/google-server';
import { startWireServer, wireKey } from '../servers/wire/wire-server';
import { subjects } from './subjects';

const timing = { timeoutMs: 60_000, retryDelayMs: () => 1, pollMs: 5 };
const id = '01234567-89ab-7def-8123-456789abcdef';
const other = '01234567-89ab-7def-8123-456789abcd00';
const [width, height] = [320, 240];

useServiceDirectory(
  [...subjects.map(({ kind }) => kind), 'google' as const].map((kind) => ({
    ...{ id: kind, kind, name: serviceKinds[kind].label },
    address: null,
  })),
);

let dataFolder: string;
const original = noise(width, height).toBuffer('image/png');
const second = createCanvas(8, 8).toBuffer('image/png');

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  dataFolder = folder;
  mkdirSync(path.join(folder, 'masks'));
  writeFileSync(path.join(folder, 'a.png'), original);
  writeFileSync(path.join(folder, 'b.png'), second);
  writeFileSync(path.join(folder, maskFile(id)), halfMask(width, height));
});

const half: Edit = { mask: id };
const frame: Edit = { frame: { left: 0, top: 0, right: 80, bottom: 0 } };

/** A picture of one colour. */
function solid(colour: string, size = { width, height }): Uint8Array {
  const canvas = createCanvas(size.width, size.height);
  const pen = canvas.getContext('2d');
  pen.fillStyle = colour;
  pen.fillRect(0, 0, size.width, size.height);
  return canvas.toBuffer('image/png');
}

type EditOptions = { edit: Edit; references?: string[]; workflows?: Workflow[] };

async function make(
  kind: ServiceKind,
  service: Service,
  baseUrl: string,
  { edit, model, references = ['a.png'], workflows = [] }: EditOptions & { model: string },
) {
  const part = { dataFolder, codec: localCodec, workflows };
  const context: PictureContext = {
    service: { ...unconfigured({ id: kind, kind, name: 'A' }), apiKey: wireKey, baseUrl, workflows },
    signal: new AbortController().signal,
    readReference: async ({ file }) => readFileSync(path.join(dataFolder, file)),
    prepareEdit: prepareWith(part),
    paint: async () => null,
    changeHere: () => Promise.reject(new Error('Nothing is changed here.')),
    onProgress: () => {},
  };
  const job: PictureJob = {
    ...{ kind: 'picture', jobId: id, requestId: id, provider: kind, prompt: 'a green hat', model },
    params: { aspectRatio: '4:3', seed: 7, references: [id, other], edit },
    references: references.map((file) => ({
      ...{ imageId: id, file, prompt: 'a fox', signature: null },
    })),
  };
  return makeWithPart(job, part, context.readReference, (asked, readReference) =>
    service.makePicture(asked, { ...context, readReference }),
  );
}

/** Asks a service of the matrix, whose answer is a red picture. */
async function ask(kind: ServiceKind, options: EditOptions & { answer?: Uint8Array; model?: string }) {
  const subject = subjects.find((candidate) => candidate.kind === kind);
  if (!subject) throw new Error('There is no such service.');
  const server = await startWireServer(subject.protocol);
  onTestFinished(server.close);
  server.state.picture = options.answer ?? solid('#ff0000');
  server.state.base64 = Buffer.from(server.state.picture).toString('base64');
  const model = options.model ?? subject.editModel ?? subject.model;
  const made = await make(kind, subject.create(timing), server.baseUrl, { ...options, model });
  expect(server.refusals).toEqual([]);
  expect(server.made).toHaveLength(1);
  const [request] = server.made;
  if (!request || !made.ok) throw new Error('Nothing was made.');
  return { made, request, uploads: server.state.uploads };
}

async function read(bytes: Uint8Array | string) {
  const image = await loadImage(
    typeof bytes === 'string' ? Buffer.from(bytes, 'base64') : Buffer.from(bytes),
  );
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  const { data } = canvas.getContext('2d').getImageData(0, 0, image.width, image.height);
  return {
    size: [image.width, image.height],
    at: (x: number, y: number) => [
      ...data.subarray((y * image.width + x) * 4, (y * image.width + x) * 4 + 4),
    ],
  };
}

/** The left half is what was made, and the right one is that of the original, pixel by pixel. */
async function expectRestKept(bytes: Uint8Array): Promise<void> {
  const [kept, before] = [await read(bytes), await read(original)];
  expect(kept.size).toEqual([width, height]);
  expect(kept.at(10, 10)).toEqual([255, 0, 0, 255]);
  for (let y = 0; y < height; y += 7) {
    for (let x = width / 2; x < width; x += 5) expect(kept.at(x, y)).toEqual(before.at(x, y));
  }
}

async function expectWhiteLeft(mask: Uint8Array | string, size: number[]): Promise<void> {
  const { size: found, at } = await read(mask);
  expect(found).toEqual(size);
  const [w = 0, h = 0] = size;
  const values = [at(2, 2), at(w * 0.4, h - 3), at(w * 0.6, 2), at(w - 2, h - 3)].map(([gray]) => gray);
  expect(values).toEqual([255, 255, 0, 0]);
}

const textOf = (form: FormData | null, field: string) => String(form?.get(field));

describe('openai', () => {
  test('gets the picture and a mask of its size, transparent where it changes, before other references', async () => {
    const { made, request } = await ask('openai', { edit: half, references: ['a.png', 'b.png'] });
    const files = request.files.map(({ field }) => field.replace('[]', ''));
    expect(files).toEqual(['image', 'image', 'mask']);
    const [picture, reference, mask] = request.files.map(({ bytes }) => bytes);
    const { size, at } = await read(mask ?? '');
    expect(size).toEqual([width, height]);
    expect([at(10, 10), at(300, 10)].map((pixel) => pixel[3])).toEqual([0, 255]);
    expect((await read(picture ?? '')).at(300, 10)).toEqual((await read(original)).at(300, 10));
    expect(Buffer.from(reference ?? []).equals(second)).toBe(true);
    expect(textOf(request.form, 'prompt')).toBe('a green hat');
    // 4:3, of the fewest pixels that the model makes.
    expect(textOf(request.form, 'size')).toBe('944x704');
    // It promises nothing about the rest, so what it has made is kept as it came.
    expect(Buffer.from(made.bytes).equals(solid('#ff0000'))).toBe(true);
  });

  test('gets an extended picture with its new area transparent in the mask', async () => {
    const { request } = await ask('openai', { edit: frame });
    const [picture, mask] = await Promise.all(request.files.map(({ bytes }) => read(bytes)));
    expect([picture?.size, mask?.size]).toEqual([
      [width + 80, height],
      [width + 80, height],
    ]);
    expect([mask?.at(100, 10)[3], mask?.at(390, 10)[3]]).toEqual([255, 0]);
    // 5:3, of the fewest pixels that the model makes.
    expect(textOf(request.form, 'size')).toBe('1056x624');
  });
});

describe('sd-server', () => {
  test('gets init_image and mask_image of the size that it is asked for', async () => {
    const { made, request } = await ask('sd-server', { edit: half });
    const body = Object(request.body);
    expect(body).toMatchObject({ width: 320, height: 256, strength: 0.75, prompt: 'a green hat' });
    expect(body).not.toHaveProperty('ref_images');
    await expectWhiteLeft(body.mask_image, [320, 256]);
    expect((await read(body.init_image)).size).toEqual([320, 256]);
    await expectRestKept(made.bytes);
  });

  test('extends a picture, which stays as it is', async () => {
    const { made, request } = await ask('sd-server', { edit: frame });
    expect(Object(request.body)).toMatchObject({ width: 384, height: 256, strength: 0.95 });
    const [kept, before] = [await read(made.bytes), await read(original)];
    expect(kept.size).toEqual([width + 80, height]);
    expect(kept.at(399, 10)).toEqual([255, 0, 0, 255]);
    expect(kept.at(200, 100)).toEqual(before.at(200, 100));
  });
});

test('automatic1111 gets the mask and how to use it, and the rest stays', async () => {
  const { made, request } = await ask('automatic1111', { edit: half });
  const body = Object(request.body);
  expect(request.path).toBe('/img2img');
  expect(body).toMatchObject({
    ...{ width, height, denoising_strength: 0.75, inpainting_fill: 1, inpaint_full_res: false, mask_blur: 0 },
  });
  await expectWhiteLeft(body.mask, [width, height]);
  expect((await read(body.init_images[0])).at(5, 5)).toEqual((await read(original)).at(5, 5));
  await expectRestKept(made.bytes);
});

test('comfyui gets the mask as a noise mask of its latent picture, and the rest stays', async () => {
  const { made, request, uploads } = await ask('comfyui', { edit: half });
  const graph = Object(request.body).prompt;
  const byType = (type: string) =>
    Object.entries<{ class_type: string; inputs: object }>(graph).find(
      ([, node]) => node.class_type === type,
    );
  const [maskNode, loader] = byType('LoadImageMask') ?? [];
  const [latent, noiseMask] = byType('SetLatentNoiseMask') ?? [];
  const [encoded] = byType('VAEEncode') ?? [];
  expect(loader?.inputs).toEqual({ image: 'afterimage (1).png', channel: 'red' });
  expect(noiseMask?.inputs).toEqual({ samples: [encoded, 0], mask: [maskNode, 0] });
  expect(byType('KSampler')?.[1].inputs).toMatchObject({ latent_image: [latent, 0], denoise: 0.75 });
  expect(uploads).toHaveLength(2);
  await expectWhiteLeft(uploads[1] ?? '', [width, height]);
  await expectRestKept(made.bytes);
});

describe('a workflow of the user’s', () => {
  function workflowOf(places: Workflow['places']): Workflow {
    const params = { aspectRatio: '4:3', seed: 1 } as const;
    const names = { image: 'afterimage.png', mask: 'afterimage.png' };
    const checkpoint = 'модель + “a&b” 画.safetensors';
    const graph = buildWorkflow({
      checkpoint,
      prompt: '',
      params,
      size: { width: 512, height: 512 },
      ...names,
    });
    const loader = graph['12'];
    // As ComfyUI's editor adds it.
    if (loader) loader.inputs['channel'] = 'alpha';
    return { name: 'Mine', graph, places };
  }
  const picture = [{ node: '10', input: 'image' }];
  const prompt = [{ node: '6', input: 'text' }];
  const options = { edit: half, model: modelOfWorkflow('Mine') };

  test('gets the mask where it has a place for one, and reads its colour', async () => {
    const workflow = workflowOf({ picture, prompt, mask: [{ node: '12', input: 'image' }] });
    const { made, request, uploads } = await ask('comfyui', { ...options, workflows: [workflow] });
    const graph = Object(request.body).prompt;
    expect(graph['12'].inputs).toEqual({ image: 'afterimage (1).png', channel: 'red' });
    expect(graph['6'].inputs.text).toBe('a green hat');
    await expectWhiteLeft(uploads[1] ?? '', [width, height]);
    await expectRestKept(made.bytes);
  });

  test('gets words where it has none, and its answer is kept as it came', async () => {
    const workflow = workflowOf({ picture, prompt });
    const { made, request, uploads } = await ask('comfyui', { ...options, workflows: [workflow] });
    expect(Object(request.body).prompt['6'].inputs.text).toContain('from 0% to 50% of the width');
    expect(uploads).toHaveLength(1);
    expect(Buffer.from(made.bytes).equals(solid('#ff0000'))).toBe(true);
  });

  test('says in its list whether it takes a mask', () => {
    const listed = { id: modelOfWorkflow('Mine'), label: 'Mine', makes: 'pictures', references: 1 } as const;
    rememberModels('comfyui', 'comfyui', [{ ...listed, masks: false }]);
    expect(partSupportOf('comfyui', listed.id)).toBe('described');
    rememberModels('comfyui', 'comfyui', [{ ...listed, masks: true }]);
    expect(partSupportOf('comfyui', listed.id)).toBe('exact');
    rememberModels('comfyui', 'comfyui', [{ ...listed, references: 0 }]);
    expect(partSupportOf('comfyui', listed.id)).toBe('none');
    rememberModels('comfyui', 'comfyui', []);
  });
});

describe('google', () => {
  async function askGoogle(edit: Edit) {
    const server = await startGoogleServer();
    onTestFinished(server.close);
    const made = await make('google', google, server.baseUrl, { edit, model: 'gemini-nano-banana-2.1' });
    expect(made.ok).toBe(true);
    const [request] = server.requests;
    return Object(request?.body).contents[0].parts;
  }

  test('takes no mask, so it gets a copy with the part marked, and words that explain it', async () => {
    const [picture, marked, words] = await askGoogle(half);
    expect(Buffer.from(picture.inlineData.data, 'base64').equals(original)).toBe(true);
    const [shown, before] = [await read(marked.inlineData.data), await read(original)];
    expect(shown.size).toEqual([width, height]);
    expect(shown.at(300, 10)).toEqual(before.at(300, 10));
    const [red = 0, green = 255] = shown.at(10, 10);
    expect(red - green).toBeGreaterThan(40);
    expect(words.text).toContain('marked in magenta in the second picture');
    expect(words.text).toContain('a green hat');
    expect(partSupportOf('google', 'gemini-nano-banana-2.1')).toBe('marked');
    expect(partSentence('marked', half)?.id).toBe('services.part_marked');
  });

  test('may change the marked part of a picture that it extends', async () => {
    const [, , words] = await askGoogle({ ...half, ...frame });
    expect(words.text).toContain('by 25% of its width at the right');
    expect(words.text).toContain('marked in magenta in the second picture');
    expect(words.text).toContain('What the new area and that part should show: a green hat');
    expect(words.text).toContain('Keep everything else exactly as it is.');
  });

  test('gets words alone for a frame', async () => {
    const parts = await askGoogle(frame);
    expect(parts).toHaveLength(2);
    expect(parts[1].text).toContain('by 25% of its width at the right');
    expect(parts[1].text).toContain('a green hat');
  });
});

test('a model of one reference picture gets words that say where the part is', async () => {
  const { request } = await ask('together', { edit: half });
  expect(Object(request.body).prompt).toContain('from 0% to 50% of the width');
  // In parts of the picture that it sees, which is without the frame.
  const extended = await ask('together', { edit: { ...half, ...frame } });
  expect(Object(extended.request.body).prompt).toContain('from 0% to 50% of the width');
});

test('a picture that cannot be prepared costs nothing, and nothing is sent', async () => {
  for (const kind of ['openai', 'sd-server', 'automatic1111', 'comfyui', 'xai'] as const) {
    const subject = subjects.find((candidate) => candidate.kind === kind);
    if (!subject) throw new Error('There is no such service.');
    const server = await startWireServer(subject.protocol);
    onTestFinished(server.close);
    const made = await make(kind, subject.create(timing), server.baseUrl, {
      ...{ edit: { mask: other }, model: subject.model },
    });
    expect(made).toMatchObject({ ok: false, code: 'mask_gone', costMicroUsd: null });
    expect(server.made).toHaveLength(0);
  }
});
