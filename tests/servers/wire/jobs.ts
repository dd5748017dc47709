// Protocols of services and engines that use jobs.
import { z } from 'zod';
import { type Body, json } from '../loopback';
import { isMaskOf } from './png-facts';
import { bearer, dataUrl, many, one, prompt, read, seed31, sizeText } from './schemas';
import { Refusal, type WireProtocol } from './wire-server';

const base64 = z.base64().min(1);

const bflEdge = z.int().min(256).max(1440).multipleOf(32);
const bflBody = z.strictObject({
  ...{ prompt, width: bflEdge.optional(), height: bflEdge.optional(), seed: z.int().min(0).optional() },
  ...{ output_format: z.enum(['png', 'jpeg']).optional(), image_prompt: base64.optional() },
});

/** https://docs.bfl.ai/api-reference/utility/generate-an-image-with-flux-3: other fields are rejected. */
const flux3Body = z.strictObject({
  prompt,
  images: z.array(base64).min(1).max(10).optional(),
  aspect_ratio: z
    .enum([
      ...(['auto', '21:9', '2:1', '16:9', '3:2', '7:5', '4:3', '5:4', '1:1'] as const),
      ...(['4:5', '3:4', '5:7', '2:3', '9:16', '1:2', '9:21'] as const),
    ])
    .optional(),
  resolution: z.enum(['768sq', '1k', '1.5k', '2k', '4k']).optional(),
  ...{ grounding: z.boolean().optional(), safety_tolerance: z.int().min(0).max(4).optional() },
  version: z.literal('latest').optional(),
});

/** https://docs.bfl.ai/quick_start/generating_images */
export const blackForestLabsProtocol: WireProtocol = {
  base: '/v1',
  auth: { header: 'x-key', value: (key) => key },
  makes: ({ path }) => path === '/flux-pro-1.1' || path === '/flux-3-image',
  answer({ method, path, body, query }, state) {
    // https://docs.bfl.ai/api-reference/get-the-users-credits
    if (method === 'GET' && path === '/credits') return json(200, { credits: 123 });
    if (method === 'GET' && path === '/get_result' && query.get('id') === 'job-1') {
      if (state.hold) return json(200, { id: 'job-1', status: 'Pending', progress: 0.5, result: null });
      return json(200, { id: 'job-1', status: 'Ready', result: { sample: state.link(), seed: 1 } });
    }
    if (method !== 'POST' || (path !== '/flux-pro-1.1' && path !== '/flux-3-image')) return null;
    read(path === '/flux-3-image' ? flux3Body : bflBody, body, 422);
    return json(200, { id: 'job-1', polling_url: `${state.base}/get_result?id=job-1`, cost: 4 });
  },
  error: (status, message) =>
    status === 422
      ? { detail: [{ type: 'extra_forbidden', loc: ['body'], msg: message }] }
      : { detail: message },
  unknownModel: () => ({ status: 404, body: { detail: 'Not Found' } }),
  shape: ({ body }) => {
    const { width, height } = bflBody.parse(body);
    return `${width}×${height}`;
  },
};

const falEdge = z.int().min(256).max(14_142).multipleOf(16);
const falBody = z.strictObject({
  ...{
    prompt,
    seed: z.int().min(0).optional(),
    num_images: one.optional(),
    negative_prompt: z.string().optional(),
  },
  image_size: z.strictObject({ width: falEdge, height: falEdge }).optional(),
  image_url: dataUrl.optional(),
});

/** The fields of https://fal.ai/models/fal-ai/seedvr/upscale/image/llms.txt and similar models that are sent. */
const falUpscale = z.strictObject({
  image_url: dataUrl,
  upscale_factor: z.number().min(1).max(10).optional(),
  scale: z.number().min(1).max(8).optional(),
  output_format: z.enum(['png', 'jpg', 'webp']).optional(),
});
const falUpscalers: Readonly<Record<string, 'upscale_factor' | 'scale'>> = {
  '/fal-ai/seedvr/upscale/image': 'upscale_factor',
  '/fal-ai/clarity-upscaler': 'upscale_factor',
  '/fal-ai/esrgan': 'scale',
};

const falListQuery = z.strictObject({
  category: z.enum(['text-to-image', 'image-to-image']),
  status: z.literal('active'),
  limit: z.coerce.number().int().min(1).max(100),
  cursor: z.literal('page-2').optional(),
});
const falEntry = (id: string, category: string, name: string, status = 'active') => ({
  endpoint_id: id,
  metadata: { display_name: name, category, status, description: 'About it.', tags: [] },
});
const falFirst = [
  falEntry('fal-ai/flux/schnell', 'text-to-image', 'FLUX.1 [schnell]'),
  falEntry('fal-ai/old', 'text-to-image', 'Old', 'deprecated'),
];
const falSecond = [falEntry('fal-ai/nano-banana-2', 'text-to-image', 'Nano Banana 2')];
const falEdits = [falEntry('fal-ai/nano-banana-2/edit', 'image-to-image', 'Nano Banana 2')];
const falPrices: Readonly<Record<string, readonly [number, string]>> = {
  'fal-ai/flux/schnell': [0.003, 'megapixels'],
  'fal-ai/nano-banana-2': [0.08, 'images'],
  'fal-ai/nano-banana-2/edit': [0.0011, 'compute seconds'],
};

/** https://fal.ai/docs/platform-apis/v1/models/search and https://fal.ai/docs/platform-apis/v1/models/pricing */
function falPlatform(path: string, query: URLSearchParams): Body {
  if (path === '/v1/models/pricing') {
    const ids = query.get('endpoint_id')?.split(',') ?? [];
    if (ids.length === 0 || ids.length > 50) throw new Refusal(400, 'Between 1 and 50 endpoint IDs.');
    const prices = ids.map((id) => {
      const [price, unit] = falPrices[id] ?? [];
      if (price === undefined) throw new Refusal(404, `Endpoint id '${id}' not found`);
      return { endpoint_id: id, unit_price: price, unit, currency: 'USD' };
    });
    return json(200, { prices, next_cursor: null, has_more: false });
  }
  const { category, cursor } = read(falListQuery, Object.fromEntries(query));
  if (category === 'image-to-image')
    return json(200, { models: falEdits, next_cursor: null, has_more: false });
  return json(
    200,
    cursor === undefined
      ? { models: falFirst, next_cursor: 'page-2', has_more: true }
      : { models: falSecond, next_cursor: null, has_more: false },
  );
}

/** https://docs.fal.ai/documentation/model-apis/inference/queue */
export const falProtocol: WireProtocol = {
  base: '/queue',
  auth: { header: 'authorization', value: (key) => `Key ${key}` },
  makes: ({ method }) => method === 'POST',
  answer({ method, path, query, body }, state) {
    if (method === 'GET' && path.startsWith('/v1/models')) return falPlatform(path, query);
    const job = '/fal-ai/flux/requests/job-1';
    if (method === 'GET' && path === `${job}/status`)
      return json(200, { status: state.hold ? 'IN_QUEUE' : 'COMPLETED' });
    if (method === 'GET' && path === job)
      return json(200, {
        images: many(state, () => ({ url: state.link(), content_type: 'image/png' })),
        has_nsfw_concepts: many(state, () => false),
      });
    if (method === 'PUT' && path === `${job}/cancel`) {
      state.stopped();
      return json(202, { status: 'CANCELLATION_REQUESTED' });
    }
    const factorField = falUpscalers[path];
    if (method !== 'POST' || (path !== '/fal-ai/flux/schnell' && !factorField)) return null;
    const work = factorField ? read(falUpscale, body, 422) : read(falBody, body, 422);
    if (factorField && !(factorField in work)) throw new Refusal(422, `${factorField} is missing.`);
    const url = `${state.base}${job}`;
    return json(200, {
      request_id: 'job-1',
      response_url: url,
      status_url: `${url}/status`,
      cancel_url: `${url}/cancel`,
      queue_position: 0,
    });
  },
  error: (status, message) =>
    status === 422
      ? { detail: [{ type: 'extra_forbidden', loc: ['body'], msg: message }] }
      : { detail: message },
  unknownModel: (name) => ({ status: 404, body: { detail: `Application ${name} not found` } }),
  shape: ({ body }) => {
    const size = falBody.parse(body).image_size;
    return `${size?.width}×${size?.height}`;
  },
};

const replicateBody = z.strictObject({
  input: z.strictObject({
    ...{
      prompt,
      seed: seed31.optional(),
      output_format: z.enum(['webp', 'jpg', 'png']).optional(),
      image: dataUrl.optional(),
    },
    aspect_ratio: z
      .enum(['1:1', '16:9', '21:9', '3:2', '2:3', '4:5', '5:4', '3:4', '4:3', '9:16', '9:21'])
      .optional(),
  }),
});

/** https://replicate.com/nightmareai/real-esrgan/api: requires a version, because the model is not an official one. */
const replicateUpscale = z.strictObject({
  version: z.string().regex(/^[\da-f]{64}$/),
  input: z.strictObject({ image: dataUrl, scale: z.number().min(0).max(10), face_enhance: z.boolean() }),
});

/** https://replicate.com/docs/reference/http */
export const replicateProtocol: WireProtocol = {
  base: '/v1',
  auth: bearer,
  makes: ({ path }) => path.endsWith('/predictions'),
  answer({ method, path, body }, state) {
    const prediction = (status: string, output: unknown = null) => ({
      ...{ id: 'job-1', status, output, error: null },
      urls: { get: `${state.base}/predictions/job-1`, cancel: `${state.base}/predictions/job-1/cancel` },
    });
    if (method === 'GET' && path === '/collections/text-to-image')
      return json(200, { models: [{ owner: 'black-forest-labs', name: 'flux-schnell' }] });
    if (method === 'GET' && path === '/predictions/job-1')
      return json(
        200,
        state.hold ? prediction('processing') : prediction('succeeded', many(state, state.link)),
      );
    if (method === 'POST' && path === '/predictions/job-1/cancel') {
      state.stopped();
      return json(200, prediction('canceled'));
    }
    if (method === 'POST' && path === '/predictions') read(replicateUpscale, body, 422);
    else if (method === 'POST' && path === '/models/black-forest-labs/flux-schnell/predictions')
      read(replicateBody, body, 422);
    else return null;
    return json(201, prediction('starting'));
  },
  error: (status, message) => ({ title: 'Error', detail: message, status }),
  unknownModel: () => ({
    status: 404,
    body: { detail: 'The requested resource could not be found.', status: 404 },
  }),
  shape: ({ body }) => replicateBody.parse(body).input.aspect_ratio ?? 'nothing',
};

const qwenSizes = ['1328*1328', '1664*928', '928*1664', '1472*1104', '1104*1472'];
const alibabaParameters = {
  n: one,
  seed: seed31.optional(),
  watermark: z.boolean().optional(),
  prompt_extend: z.boolean().optional(),
};
const alibabaTask = z.strictObject({
  model: z.literal('qwen-image-plus'),
  input: z.strictObject({ prompt: prompt.max(800), negative_prompt: z.string().max(500).optional() }),
  parameters: z.strictObject({
    ...alibabaParameters,
    size: sizeText('*', (width, height) => qwenSizes.includes(`${width}*${height}`)).optional(),
  }),
});
const alibabaEdit = z.strictObject({
  model: z.literal('qwen-image-edit-plus'),
  input: z.strictObject({
    messages: z.tuple([
      z.strictObject({
        role: z.literal('user'),
        content: z
          .array(z.union([z.strictObject({ image: dataUrl }), z.strictObject({ text: prompt })]))
          .min(2)
          .max(4),
      }),
    ]),
  }),
  parameters: z.strictObject({ ...alibabaParameters, negative_prompt: z.string().optional() }),
});
const alibabaSyncOnly = z.strictObject({
  model: z.literal('qwen-image-max'),
  input: z.strictObject({
    messages: z.tuple([
      z.strictObject({
        role: z.literal('user'),
        content: z.tuple([z.strictObject({ text: prompt.max(800) })]),
      }),
    ]),
  }),
  parameters: z.strictObject({
    ...alibabaParameters,
    ...alibabaTask.shape.parameters.pick({ size: true }).shape,
    negative_prompt: z.string().max(500).optional(),
  }),
});
const alibabaListQuery = z.strictObject({
  capabilities: z.literal('IG'),
  page_no: z.coerce.number().int().min(1),
  page_size: z.coerce.number().int().min(1).max(100),
});
const perImage = (price: string) => [
  { range_name: 'Default', prices: [{ type: 'image_number', price, price_unit: 'per image' }] },
];
const alibabaModels = [
  { model: 'qwen-image-plus', name: 'Qwen-Image-Plus', prices: perImage('0.03') },
  { model: 'qwen-image-max', name: 'Qwen-Image-Max', prices: perImage('0.075') },
  { model: 'qwen-image-edit-plus', name: 'Qwen-Image-Edit-Plus', prices: perImage('0.03') },
];

const alibabaSync = '/services/aigc/multimodal-generation/generation';
const alibabaAsync = '/services/aigc/text2image/image-synthesis';

/** https://www.alibabacloud.com/help/en/model-studio/qwen-image-api */
export const alibabaProtocol: WireProtocol = {
  base: '/api/v1',
  auth: bearer,
  makes: ({ path }) => path === alibabaSync || path === alibabaAsync,
  answer({ method, path, headers, query, body }, state) {
    if (method === 'GET' && path === '/models') {
      const { page_no: page, page_size: size } = read(alibabaListQuery, Object.fromEntries(query));
      const models = alibabaModels.slice((page - 1) * size, page * size);
      const output = { page_no: page, page_size: size, total: alibabaModels.length, models };
      return json(200, { success: true, request_id: 'r', output });
    }
    if (method === 'POST' && path === '/tasks/job-1/cancel') {
      state.stopped();
      return json(200, { request_id: 'r' });
    }
    if (method === 'GET' && path === '/tasks/job-1') {
      const done = { task_status: 'SUCCEEDED', results: many(state, () => ({ url: state.link() })) };
      return json(200, {
        request_id: 'r',
        output: { task_id: 'job-1', ...(state.hold ? { task_status: 'RUNNING' } : done) },
      });
    }
    if (method === 'POST' && path === alibabaSync) {
      read(z.union([alibabaEdit, alibabaSyncOnly]), body);
      return json(200, {
        output: { choices: [{ message: { content: many(state, () => ({ image: state.link() })) } }] },
      });
    }
    if (method !== 'POST' || path !== alibabaAsync) return null;
    if (headers['x-dashscope-async'] !== 'enable')
      throw new Refusal(403, 'current user api does not support synchronous calls.');
    read(alibabaTask, body);
    return json(200, { request_id: 'r', output: { task_id: 'job-1', task_status: 'PENDING' } });
  },
  error: (status, message) => ({
    code: status === 401 ? 'InvalidApiKey' : 'InvalidParameter',
    message,
    request_id: 'r',
  }),
  unknownModel: () => ({
    status: 400,
    body: { code: 'InvalidParameter', message: 'Model not exist.', request_id: 'r' },
  }),
  shape: ({ body }) => alibabaTask.parse(body).parameters.size ?? 'nothing',
};

const sdEdge = z.int().min(64).max(2048);
const sdBody = z.strictObject({
  ...{ prompt, negative_prompt: z.string().optional(), width: sdEdge, height: sdEdge, seed: z.int().min(-1) },
  ...{
    batch_count: one,
    output_format: z.enum(['png', 'jpeg', 'webp']),
    ref_images: z.array(base64).optional(),
    ...{ init_image: base64.optional(), mask_image: base64.optional() },
    strength: z.number().min(0).max(1).optional(),
  },
  sample_params: z
    .strictObject({
      sample_steps: z.int().optional(),
      sample_method: z.string().optional(),
      guidance: z.strictObject({ txt_cfg: z.number() }).optional(),
    })
    .optional(),
});

/** https://github.com/leejet/stable-diffusion.cpp/blob/master/examples/server/api.md#sdcpp-api */
export const sdServerProtocol: WireProtocol = {
  base: '/sdcpp/v1',
  configured: '/v1',
  auth: null,
  makes: ({ path }) => path === '/img_gen',
  answer({ method, path, body }, state) {
    const job = (status: string, result: unknown = null) => ({
      ...{
        id: 'job-1',
        kind: 'img_gen',
        status,
        created: 1,
        started: null,
        completed: null,
        queue_position: 0,
      },
      ...{ result, error: null },
    });
    if (method === 'GET' && path === '/capabilities')
      return json(200, {
        model: { name: 'z.gguf', stem: 'z' },
        limits: { max_width: 2048, max_height: 2048 },
      });
    if (method === 'GET' && path === '/jobs/job-1') {
      const images = {
        output_format: 'png',
        images: many(state, () => ({ index: 0, b64_json: state.base64 })),
      };
      return json(200, state.hold ? job('generating') : job('completed', images));
    }
    if (method === 'POST' && path === '/jobs/job-1/cancel') {
      state.stopped();
      return json(200, job('cancelled'));
    }
    if (method !== 'POST' || path !== '/img_gen') return null;
    const work = read(sdBody, body);
    const { init_image: init, mask_image: mask } = work;
    if ((init === undefined) !== (mask === undefined) || (mask && init && !isMaskOf(mask, init, work)))
      throw new Refusal(400, 'A mask of one channel, of the size of its picture, is needed.');
    return json(202, { ...job('queued'), poll_url: '/sdcpp/v1/jobs/job-1' });
  },
  error: (_status, message) => ({ error: 'invalid_request', message }),
  unknownModel: () => ({ status: 404, body: { error: 'not found' } }),
  shape: ({ body }) => {
    const { width, height } = sdBody.parse(body);
    return `${width}×${height}`;
  },
};

const graphBody = z.strictObject({
  prompt: z.record(
    z.string(),
    z.strictObject({ class_type: z.string(), inputs: z.record(z.string(), z.unknown()), _meta: z.unknown() }),
  ),
  client_id: z.string().min(1),
});
const latent = z.object({ width: z.int().multipleOf(8), height: z.int().multipleOf(8) });
const nodes = [
  'KSampler',
  'CheckpointLoaderSimple',
  'EmptyLatentImage',
  'LoadImage',
  'VAEEncode',
  'LoadImageMask',
  'SetLatentNoiseMask',
  'CLIPTextEncode',
  'VAEDecode',
  'SaveImage',
];
const comfyCheckpoint = 'модель + “a&b” 画.safetensors';

/** An existing name gets a number, as in ComfyUI's server.py. */
function uploadName(index: number): string {
  return index === 0 ? 'afterimage.png' : `afterimage (${index}).png`;
}

/** Returns the reports of a run to the client that started it, including messages that a client must ignore. */
function comfyReports(picture: Uint8Array): (string | Uint8Array)[] {
  const report = (type: string, data: object) => JSON.stringify({ type, data });
  const progress = (value: number, prompt_id: string) =>
    report('progress', { value, max: 4, prompt_id, node: '3' });
  const image = (kind: number, ...rest: Uint8Array[]) => {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(kind);
    return Buffer.concat([head, ...rest]);
  };
  const png = Buffer.from([0, 0, 0, 2]);
  const metadata = Buffer.from('{"node_id":"3"}');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(metadata.length);
  return [
    report('status', { status: { exec_info: { queue_remaining: 1 } } }),
    image(1, png, Buffer.from('of no known run')),
    report('execution_start', { prompt_id: 'job-1' }),
    progress(1, 'job-1'),
    image(1, png, picture),
    image(4, length, metadata, picture),
    image(3, Buffer.from('a text')),
    'not JSON',
    progress(4, 'job-1'),
  ];
}

/** https://docs.comfy.org/development/comfyui-server/comms_routes */
export const comfyuiProtocol: WireProtocol = {
  base: '',
  auth: null,
  socketPath: '/ws',
  makes: ({ path }) => path === '/prompt',
  answer({ method, path, query, body, form, files }, state) {
    if (method === 'GET' && path === '/object_info/CheckpointLoaderSimple')
      return json(200, {
        CheckpointLoaderSimple: { input: { required: { ckpt_name: [[comfyCheckpoint], {}] } } },
      });
    // The form of newer versions. An unknown class has an empty answer.
    if (method === 'GET' && path === '/object_info/CLIPLoader')
      return json(200, {
        CLIPLoader: {
          input: {
            required: {
              clip_name: ['COMBO', { options: ['qwen_3_4b.safetensors'] }],
              type: ['STRING', { default: 'lumina2' }],
            },
          },
        },
      });
    if (method === 'GET' && path === '/object_info/Gone') return json(200, {});
    if (method === 'GET' && path === '/history/job-1') {
      const images = many(state, () => ({ filename: 'a b.png', subfolder: '', type: 'output' }));
      return json(
        200,
        state.hold
          ? {}
          : {
              'job-1': {
                status: { status_str: 'success', completed: true, messages: [] },
                outputs: { '9': { images } },
              },
            },
      );
    }
    if (
      method === 'GET' &&
      path === '/view' &&
      query.get('filename') === 'a b.png' &&
      query.get('type') === 'output'
    )
      return { status: 200, contentType: 'image/png', bytes: state.picture };
    const [file] = files;
    if (method === 'POST' && path === '/upload/image' && form && file?.field === 'image') {
      state.uploads.push(file.bytes);
      return json(200, { name: uploadName(state.uploads.length - 1), subfolder: '', type: 'input' });
    }
    if (method === 'POST' && (path === '/queue' || path === '/interrupt')) {
      const ids =
        path === '/queue' ? { delete: z.tuple([z.literal('job-1')]) } : { prompt_id: z.literal('job-1') };
      read(z.strictObject(ids), body);
      state.stopped();
      return { status: 200, contentType: 'text/plain', bytes: new Uint8Array() };
    }
    if (method !== 'POST' || path !== '/prompt') return null;
    const { prompt: graph, client_id: client } = read(graphBody, body);
    for (const { class_type: type, inputs } of Object.values(graph)) {
      if (!nodes.includes(type)) throw new Refusal(400, `Node ${type} not found.`);
      if (type === 'CheckpointLoaderSimple' && inputs['ckpt_name'] !== comfyCheckpoint)
        throw new Refusal(400, 'Value not in list: ckpt_name');
      const isLoader = type === 'LoadImage' || type === 'LoadImageMask';
      if (isLoader && !state.uploads.some((_bytes, index) => uploadName(index) === inputs['image']))
        throw new Refusal(400, 'Invalid image file.');
      if (type === 'LoadImageMask' && !['alpha', 'red', 'green', 'blue'].includes(String(inputs['channel'])))
        throw new Refusal(400, 'Value not in list: channel');
      for (const link of Object.values(inputs))
        if (Array.isArray(link) && graph[String(link[0])] === undefined)
          throw new Refusal(400, 'A link leads nowhere.');
    }
    state.report(client, comfyReports(state.picture));
    return json(200, { prompt_id: 'job-1', number: 1, node_errors: {} });
  },
  error: (_status, message) => ({ error: { type: 'invalid_prompt', message, details: '' }, node_errors: {} }),
  unknownModel: () => ({ status: 404, body: {} }),
  shape: ({ body }) => {
    const size = latent.safeParse(graphBody.parse(body).prompt['5']?.inputs).data;
    return size ? `${size.width}×${size.height}` : 'the input’s';
  },
};
