// Protocols of services that implement OpenAI's Images API, each with its own limits.
import { z } from 'zod';
import { type Body, json, raw } from '../loopback';
import { pngFacts } from './png-facts';
import {
  bearer,
  many,
  model,
  openaiError,
  picked,
  prompt,
  read,
  sizeText,
  unknownOpenaiModel,
} from './schemas';
import { Refusal, type WireProtocol, type WireRequest, type WireState } from './wire-server';

/** https://platform.openai.com/docs/api-reference/images/create#images_create-size, for GPT Image 2 and later */
function isSecondGeneration(width: number, height: number): boolean {
  const pixels = width * height;
  const isStepped = width % 16 === 0 && height % 16 === 0;
  const ratio = Math.max(width / height, height / width);
  return (
    isStepped && pixels >= 655_360 && pixels <= 8_294_400 && Math.max(width, height) <= 3840 && ratio <= 3
  );
}

const openaiSize = sizeText('x', isSecondGeneration);
const openaiBody = z.strictObject({
  ...{ model, prompt: prompt.max(32_000), n: z.coerce.number().int().min(1).max(10).optional() },
  size: z.union([z.literal('auto'), openaiSize]).optional(),
  quality: z.enum(['low', 'medium', 'high', 'auto']).optional(),
  stream: z.coerce.boolean().optional(),
  partial_images: z.coerce.number().int().min(0).max(3).optional(),
  background: z.enum(['transparent', 'opaque', 'auto']).optional(),
});

/** Engines and small services: sizes are multiples of 8, and base64 must be requested. */
const plainBody = z.strictObject({
  ...{ model, prompt, n: z.coerce.number().int().min(1).max(4).optional() },
  size: sizeText(
    'x',
    (width, height) => width % 8 === 0 && height % 8 === 0 && Math.max(width, height) <= 2048,
  ).optional(),
  response_format: z.enum(['url', 'b64_json']).optional(),
});

/**
 * Like openaiBody, without parameters that Ollama does not support:
 * https://docs.ollama.com/api/openai-compatibility
 */
const ollamaBody = z.strictObject({
  ...{ model, prompt, n: z.literal(1).optional(), response_format: z.literal('b64_json').optional() },
  size: sizeText('x', (width, height) => width >= 64 && height >= 64).optional(),
});

type Family = {
  base: string;
  configured?: string;
  auth: WireProtocol['auth'];
  body: z.ZodType<{ size?: string | undefined; stream?: boolean | undefined }>;
  edits: boolean;
  usage?: object;
  /** The models of its list. */
  models: readonly { id: string; shutdown_date?: string | null }[];
};

function family({ base, configured, auth, body: schema, edits, usage, models }: Family): WireProtocol {
  const fieldsOf = ({ body, form }: WireRequest) => {
    if (form === null) return body;
    return Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'));
  };
  return {
    ...{ base, auth, ...(configured !== undefined && { configured }) },
    makes: ({ path }) => path.startsWith('/images/'),
    answer(request, state) {
      const { method, path, form } = request;
      if (method === 'GET' && path === '/models')
        return json(200, { object: 'list', data: models.map((entry) => ({ ...entry, object: 'model' })) });
      const isEdit = path === '/images/edits' && edits;
      if (method !== 'POST' || (!isEdit && path !== '/images/generations')) return null;
      if (isEdit !== (form !== null)) throw new Refusal(400, 'Invalid content type.');
      const { stream } = read(schema, fieldsOf(request));
      checkMask(request);
      // A stream never links to pictures.
      if (stream && !state.byUrl) return streamOf(state, isEdit ? 'image_edit' : 'image_generation', usage);
      return json(200, { created: 1, data: many(state, () => picked(state)), ...(usage && { usage }) });
    },
    error: openaiError,
    unknownModel: unknownOpenaiModel,
    shape: (request) => schema.parse(fieldsOf(request)).size ?? 'nothing',
  };
}

/**
 * A mask must have an alpha channel and the size of the first picture:
 * https://platform.openai.com/docs/api-reference/images/createEdit
 */
function checkMask({ files }: WireRequest): void {
  const masks = files.filter(({ field }) => field === 'mask');
  if (masks.length === 0) return;
  const mask = pngFacts(masks[0]?.bytes ?? new Uint8Array());
  const picture = pngFacts(files.find(({ field }) => field.startsWith('image'))?.bytes ?? new Uint8Array());
  const isOfSize = mask?.width === picture?.width && mask?.height === picture?.height;
  if (masks.length > 1 || !mask?.hasAlpha || !isOfSize)
    throw new Refusal(400, 'Invalid mask image format - mask size does not match image size.');
}

/** https://platform.openai.com/docs/api-reference/images-streaming */
function streamOf(state: WireState, name: string, usage: object | undefined): Body {
  const partial = { type: `${name}.partial_image`, b64_json: state.base64, partial_image_index: 0 };
  const done = many(state, () => ({ type: `${name}.completed`, b64_json: state.base64, usage }));
  const events = [partial, ...done].map(
    (event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`,
  );
  return raw(200, 'text/event-stream', events.join(''));
}

const usage = {
  ...{ total_tokens: 1100, input_tokens: 40, output_tokens: 1060 },
  input_tokens_details: { text_tokens: 40, image_tokens: 0 },
};

/** https://platform.openai.com/docs/api-reference/images/create */
export const openaiProtocol = family({
  ...{ base: '/v1', auth: bearer, body: openaiBody, edits: true, usage },
  models: [
    { id: 'gpt-image-2', shutdown_date: null },
    { id: 'gpt-image-1.5', shutdown_date: '2999-01-31' },
  ],
});

/** https://learn.microsoft.com/azure/ai-foundry/openai/latest */
export const azureProtocol = family({
  ...{ base: '/openai/v1', configured: '', body: openaiBody, edits: true, usage },
  auth: { header: 'api-key', value: (key) => key },
  models: [{ id: 'gpt-image-2' }],
});

/** https://deepinfra.com/docs/advanced/openai_api */
export const deepinfraProtocol = family({
  ...{ base: '/v1/openai', auth: bearer, body: plainBody, edits: true },
  models: [{ id: 'black-forest-labs/FLUX-1-schnell' }],
});

/** https://docs.ollama.com/api/openai-compatibility */
export const ollamaProtocol = family({
  ...{ base: '/v1', auth: null, body: ollamaBody, edits: false },
  models: [{ id: 'x/z-image-turbo' }],
});

/** A server such as LocalAI: https://localai.io/features/image-generation */
export const compatibleProtocol = family({
  ...{ base: '/v1', auth: null, body: plainBody, edits: true },
  models: [{ id: 'sdxl' }],
});
