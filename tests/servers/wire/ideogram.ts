// The protocol of Ideogram, which takes a form instead of JSON.
import { z } from 'zod';
import { json } from '../loopback';
import { fieldsOf, many, prompt, read, seed31 } from './schemas';
import type { WireProtocol } from './wire-server';

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
