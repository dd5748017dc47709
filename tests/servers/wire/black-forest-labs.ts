// The protocol of Black Forest Labs, which uses jobs.
import { z } from 'zod';
import { json } from '../loopback';
import { base64, prompt, read } from './schemas';
import type { WireProtocol } from './wire-server';

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
