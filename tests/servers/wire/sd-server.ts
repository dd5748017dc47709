// The protocol of stable-diffusion.cpp’s server, which uses jobs.
import { z } from 'zod';
import { json } from '../loopback';
import { isMaskOf } from './png-facts';
import { base64, many, one, prompt, read } from './schemas';
import { Refusal, type WireProtocol } from './wire-server';

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
