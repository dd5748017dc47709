// The protocol of OpenRouter.
import { z } from 'zod';
import { json } from '../loopback';
import { bearer, dataUrl, many, model, one, picked, prompt, read, seed31 } from './schemas';
import type { WireProtocol } from './wire-server';

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
