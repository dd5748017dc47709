// The protocol of fal, which uses jobs, and its list of models with prices.
import { z } from 'zod';
import { type Body, json } from '../loopback';
import { dataUrl, many, one, prompt, read } from './schemas';
import { Refusal, type WireProtocol } from './wire-server';

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
