// Protocols of services that answer a request directly with its picture.
import { z } from 'zod';
import { type Body, json } from '../loopback';
import {
  bearer,
  dataUrl,
  fieldsOf,
  many,
  one,
  openaiError,
  prompt,
  read,
  seed31,
  sizeText,
  unknownOpenaiModel,
} from './schemas';
import { Refusal, type WireProtocol, type WireState } from './wire-server';

const model = z.string().min(1);
const picked = (state: WireState) => (state.byUrl ? { url: state.link() } : { b64_json: state.base64 });

const openrouterBody = z.strictObject({
  ...{ model, prompt, n: one.optional(), seed: seed31.optional() },
  aspect_ratio: z
    .enum([
      '1:1',
      '2:3',
      '3:2',
      '3:4',
      '4:3',
      '4:5',
      '5:4',
      '9:16',
      '16:9',
      '21:9',
      '1:4',
      '4:1',
      '1:8',
      '8:1',
    ])
    .optional(),
  resolution: z.enum(['512', '1K', '2K', '4K']).optional(),
  input_references: z
    .array(z.strictObject({ type: z.literal('image_url'), image_url: z.strictObject({ url: dataUrl }) }))
    .max(16)
    .optional(),
});

/** https://openrouter.ai/docs/api/api-reference/images/list-image-models */
const openrouterModels = [
  {
    ...{ id: 'google/gemini-nano-banana-2.1', name: 'Nano Banana 2.1', supports_streaming: false },
    supported_parameters: {
      resolution: { type: 'enum', values: ['1K', '2K', '4K'] },
      aspect_ratio: { type: 'enum', values: ['1:1', '16:9', '21:9'] },
      input_references: { type: 'range', min: 0, max: 14 },
    },
  },
];

/** https://openrouter.ai/docs/api/api-reference/images */
export const openrouterProtocol: WireProtocol = {
  base: '/api/v1',
  auth: bearer,
  makes: ({ path }) => path === '/images',
  answer({ method, path, body }, state) {
    if (method === 'GET' && path === '/images/models') return json(200, { data: openrouterModels });
    if (method !== 'POST' || path !== '/images') return null;
    read(openrouterBody, body);
    return json(200, {
      created: 1,
      data: many(state, () => ({ ...picked(state), media_type: 'image/png' })),
      usage: { prompt_tokens: 12, completion_tokens: 1120, total_tokens: 1132, cost: 0.0339 },
    });
  },
  error: (status, message) => ({ error: { code: status, message } }),
  unknownModel: (name) => ({
    status: 404,
    body: { error: { code: 404, message: `Model ${name} not found` } },
  }),
  shape: ({ body }) => {
    const { aspect_ratio: ratio, resolution } = openrouterBody.parse(body);
    return [ratio, resolution].filter(Boolean).join(' ');
  },
};

const xaiImage = z.strictObject({ url: dataUrl, type: z.literal('image_url') });
const xaiBody = z.strictObject({
  ...{ model, prompt, n: z.int().min(1).max(10).optional() },
  aspect_ratio: z
    .enum([
      '1:1',
      '3:4',
      '4:3',
      '9:16',
      '16:9',
      '2:3',
      '3:2',
      '9:19.5',
      '19.5:9',
      '9:20',
      '20:9',
      '1:2',
      '2:1',
      'auto',
    ])
    .optional(),
  resolution: z.enum(['1k', '2k']).optional(),
  response_format: z.enum(['url', 'b64_json']).optional(),
  image: xaiImage.optional(),
  images: z.array(xaiImage).max(3).optional(),
});

/** https://docs.x.ai/docs/api-reference#image-generations */
export const xaiProtocol: WireProtocol = {
  base: '/v1',
  auth: bearer,
  makes: ({ path }) => path.startsWith('/images/'),
  answer({ method, path, body }, state) {
    if (method === 'GET' && path === '/image-generation-models')
      return json(200, { models: [{ id: 'grok-imagine-image' }] });
    const isEdit = path === '/images/edits';
    if (method !== 'POST' || (!isEdit && path !== '/images/generations')) return null;
    const { image, images } = read(xaiBody, body);
    if (isEdit !== (image !== undefined || images !== undefined))
      throw new Refusal(400, 'Argument not supported: image');
    return json(200, { data: many(state, () => picked(state)), usage: { cost_in_usd_ticks: 200_000_000 } });
  },
  error: (_status, message) => ({ code: 'Client specified an invalid argument', error: message }),
  unknownModel: (name) => ({
    status: 404,
    body: { code: 'Not found', error: `The model ${name} does not exist` },
  }),
  shape: ({ body }) => {
    const { aspect_ratio: ratio, resolution } = xaiBody.parse(body);
    return [ratio, resolution].filter(Boolean).join(' ');
  },
};

const edge = z.int().min(64).max(1792).multipleOf(16);
const togetherBody = z.strictObject({
  ...{ model, prompt, n: z.int().min(1).max(4).optional(), width: edge.optional(), height: edge.optional() },
  ...{
    seed: z.int().optional(),
    steps: z.int().min(1).max(100).optional(),
    negative_prompt: z.string().optional(),
  },
  image_url: dataUrl.optional(),
  response_format: z.enum(['base64', 'url']).optional(),
});

/** https://docs.together.ai/reference/post-images-generations */
export const togetherProtocol: WireProtocol = {
  base: '/v1',
  auth: bearer,
  makes: ({ path }) => path === '/images/generations',
  answer({ method, path, body }, state) {
    if (method === 'GET' && path === '/models')
      return json(200, [
        { id: 'black-forest-labs/FLUX.1-schnell', type: 'image', display_name: 'FLUX.1 schnell' },
      ]);
    if (method !== 'POST' || path !== '/images/generations') return null;
    const { response_format: format } = read(togetherBody, body);
    const asked = () =>
      format === 'base64' && !state.byUrl ? { b64_json: state.base64 } : { url: state.link() };
    return json(200, {
      id: 'a',
      model: 'm',
      object: 'list',
      data: many(state, () => ({ index: 0, type: 'b64_json', ...asked() })),
    });
  },
  error: openaiError,
  unknownModel: unknownOpenaiModel,
  shape: ({ body }) => {
    const { width, height } = togetherBody.parse(body);
    return `${width}×${height}`;
  },
};

const siliconSizes = [
  '1328x1328',
  '1664x928',
  '928x1664',
  '1472x1140',
  '1140x1472',
  '1584x1056',
  '1056x1584',
] as const;
const siliconflowBody = z
  .strictObject({
    ...{
      model,
      prompt,
      negative_prompt: z.string().optional(),
      seed: z.int().min(0).max(9_999_999_999).optional(),
    },
    ...{ image: dataUrl.optional(), image2: dataUrl.optional(), image3: dataUrl.optional() },
    image_size: z.enum(siliconSizes).optional(),
  })
  .refine(
    ({ model: name, image_size: size, image }) => !/Edit/.test(name) || (size === undefined && image),
    'image_size',
  );

/** https://docs.siliconflow.com/en/api-reference/images/images-generations */
export const siliconflowProtocol: WireProtocol = {
  base: '/v1',
  auth: bearer,
  makes: ({ path }) => path === '/images/generations',
  answer({ method, path, query, body }, state) {
    if (method === 'GET' && path === '/models' && query.get('sub_type') === 'text-to-image')
      return json(200, { object: 'list', data: [{ id: 'Qwen/Qwen-Image' }] });
    if (method !== 'POST' || path !== '/images/generations') return null;
    read(siliconflowBody, body);
    return json(200, {
      images: many(state, () => ({ url: state.link() })),
      timings: { inference: 1.2 },
      seed: 1,
    });
  },
  error: (status, message) => (status === 401 ? { message } : { code: 20_012, message, data: null }),
  unknownModel: () => ({
    status: 400,
    body: { code: 20_012, message: 'Model does not exist. Please check it carefully.' },
  }),
  shape: ({ body }) => siliconflowBody.parse(body).image_size ?? 'nothing',
};

const volcengineBody = z.strictObject({
  ...{
    model,
    prompt,
    watermark: z.boolean().optional(),
    response_format: z.enum(['url', 'b64_json']).optional(),
  },
  image: z.union([dataUrl, z.array(dataUrl).max(14)]).optional(),
  size: z
    .union([
      z.enum(['2K', '4K']),
      sizeText('x', (width, height) => {
        const pixels = width * height;
        return pixels >= 3_686_400 && pixels <= 16_777_216 && Math.max(width / height, height / width) <= 16;
      }),
    ])
    .optional(),
});

/** A model has a status only when its end is near. */
const arkModels = [
  { id: 'seed-2-0-lite-260428', name: 'seed-2-0-lite', domain: 'VLM', task_type: ['TextGeneration'] },
  {
    ...{ id: 'seedream-4-5-251128', name: 'seedream-4-5', domain: 'ImageGeneration', created: 1_764_288_000 },
    ...{ task_type: ['TextToImage', 'ImageToImage'], status: 'Retiring' },
  },
  { id: 'seedream-3-0-t2i-250415', name: 'seedream-3-0-t2i', task_type: ['TextToImage'] },
  { id: 'seedream-2-0', name: 'seedream-2-0', domain: 'ImageGeneration', status: 'Shutdown' },
];

/** Seedream 4.5: https://docs.byteplus.com/en/docs/ModelArk/1541523 */
export const volcengineProtocol: WireProtocol = {
  base: '/api/v3',
  auth: bearer,
  makes: ({ path }) => path === '/images/generations',
  answer({ method, path, body }, state) {
    if (method === 'GET' && path === '/models') return json(200, { object: 'list', data: arkModels });
    if (method !== 'POST' || path !== '/images/generations') return null;
    read(volcengineBody, body);
    return json(200, {
      ...{ model: 'seedream-4-5-251128', created: 1 },
      data: many(state, () => ({ ...picked(state), size: '2048x2048' })),
      usage: { generated_images: 1, output_tokens: 16_384, total_tokens: 16_384 },
    });
  },
  error: (status, message) => ({
    error: {
      code: status === 401 ? 'AuthenticationError' : 'InvalidParameter',
      message,
      param: '',
      type: 'BadRequest',
    },
  }),
  unknownModel: (name) => ({
    status: 404,
    body: {
      error: {
        code: 'InvalidEndpointOrModel.NotFound',
        message: `The model ${name} does not exist or you do not have access to it.`,
      },
    },
  }),
  shape: ({ body }) => volcengineBody.parse(body).size ?? 'nothing',
};

const fluxBody = z.strictObject({
  ...{ prompt, seed: seed31.optional(), input_image: dataUrl.optional() },
  aspect_ratio: z
    .enum(['1:1', '21:9', '16:9', '3:2', '5:4', '4:5', '2:3', '9:16', '9:21', '4:3', '3:4'])
    .optional(),
});
const schnell = '/workflows/accounts/fireworks/models/flux-1-schnell-fp8/text_to_image';
const kontext = '/workflows/accounts/fireworks/models/flux-kontext-pro';

const fireworksQuery = z.strictObject({
  pageSize: z.coerce.number().int().min(1).max(200),
  pageToken: z.literal('page-2').optional(),
});
const fireworksEntry = (name: string, kind: string, more: object = {}) => ({
  ...{ name: `accounts/fireworks/models/${name}`, displayName: name.toUpperCase(), kind, state: 'READY' },
  ...{ supportsServerless: true, conversationConfig: null, deprecationDate: null, ...more },
});

/** https://docs.fireworks.ai/api-reference/list-models */
function fireworksPage(query: URLSearchParams): Body {
  const { pageToken } = read(fireworksQuery, Object.fromEntries(query));
  const ended = { deprecationDate: { year: 2020, month: 1, day: 31 } };
  const ends = { deprecationDate: { year: 2999, month: 2, day: 3 } };
  const models =
    pageToken === undefined
      ? [
          fireworksEntry('glm-5p2', 'HF_BASE_MODEL'),
          fireworksEntry('flux-1-schnell-fp8', 'FLUMINA_BASE_MODEL', ends),
        ]
      : [
          fireworksEntry('flux-kontext-pro', 'FLUMINA_BASE_MODEL'),
          fireworksEntry('flux-old', 'FLUMINA_BASE_MODEL', ended),
          fireworksEntry('flux-own', 'FLUMINA_BASE_MODEL', { supportsServerless: false }),
        ];
  return json(200, { models, nextPageToken: pageToken === undefined ? 'page-2' : '', totalSize: 5 });
}

const ideogramPath = '/v1/ideogram-v3/generate';
/** Form fields are texts. */
const ideogramForm = z.strictObject({
  ...{ prompt, negative_prompt: z.string().optional(), num_images: z.literal('1').optional() },
  seed: z.string().regex(/^\d+$/).transform(Number).pipe(seed31).optional(),
  aspect_ratio: z
    .enum([
      ...(['1x3', '3x1', '1x2', '2x1', '9x16', '16x9', '10x16', '16x10'] as const),
      ...(['2x3', '3x2', '3x4', '4x3', '4x5', '5x4', '1x1'] as const),
    ])
    .optional(),
  rendering_speed: z.enum(['FLASH', 'TURBO', 'DEFAULT', 'QUALITY']).optional(),
  magic_prompt: z.enum(['AUTO', 'ON', 'OFF']).optional(),
});

/** https://developer.ideogram.ai/api-reference/api-reference/generate-v3 */
export const ideogramProtocol: WireProtocol = {
  base: '',
  auth: { header: 'Api-Key', value: (key) => key },
  makes: ({ path }) => path === ideogramPath,
  answer(request, state) {
    const { method, path } = request;
    // https://developer.ideogram.ai/v1/api-reference/custom-model-training/list-models
    if (method === 'GET' && path === '/models') return json(200, { models: [] });
    if (method !== 'POST' || path !== ideogramPath) return null;
    const { prompt: used, seed = 1 } = read(ideogramForm, fieldsOf(request));
    return json(200, {
      created: '2026-11-29T06:00:00Z',
      data: many(state, () => ({
        ...{ url: state.link(), prompt: used, resolution: '1024x1024', is_image_safe: true, seed },
        style_type: 'GENERAL',
      })),
    });
  },
  error: (_status, message) => ({ error: message }),
  // The model is part of the path.
  unknownModel: () => ({ status: 404, body: { error: 'Not found' } }),
  shape: (request) => ideogramForm.parse(fieldsOf(request)).aspect_ratio ?? 'nothing',
};

/** https://docs.fireworks.ai/api-reference/generate-a-new-image-from-a-text-prompt */
export const fireworksProtocol: WireProtocol = {
  base: '/inference/v1',
  beside: '/v1/',
  auth: bearer,
  makes: ({ path }) => path === schnell || path === kontext,
  answer({ method, path, headers, query, body }, state) {
    if (method === 'GET' && path === '/v1/accounts/fireworks/models') return fireworksPage(query);
    if (method !== 'POST') return null;
    if (path === `${kontext}/get_result`) {
      read(z.strictObject({ id: z.literal('job-1') }), body);
      return state.hold
        ? json(200, { status: 'Pending' })
        : json(200, { status: 'Ready', result: { sample: state.link() } });
    }
    if (path !== schnell && path !== kontext) return null;
    const { input_image: image } = read(fluxBody, body, 422);
    if (image && path === schnell) throw new Refusal(422, 'Argument not supported: input_image');
    if (path === kontext) return json(200, { request_id: 'job-1' });
    if (headers.accept !== 'image/png')
      return json(200, { base64: [state.base64], finishReason: 'SUCCESS', seed: 1 });
    return { status: 200, contentType: 'image/png', bytes: state.picture };
  },
  error: openaiError,
  unknownModel: unknownOpenaiModel,
  shape: ({ body }) => fluxBody.parse(body).aspect_ratio ?? 'nothing',
};
