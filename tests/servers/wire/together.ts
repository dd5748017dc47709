// The protocol of Together AI.
import { z } from 'zod';
import { json } from '../loopback';
import { bearer, dataUrl, many, model, openaiError, prompt, read, unknownOpenaiModel } from './schemas';
import type { WireProtocol } from './wire-server';

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
