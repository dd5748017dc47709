// The protocol of Volcengine and BytePlus ModelArk.
import { z } from 'zod';
import { json } from '../loopback';
import { bearer, dataUrl, many, model, picked, prompt, read, sizeText } from './schemas';
import type { WireProtocol } from './wire-server';

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
