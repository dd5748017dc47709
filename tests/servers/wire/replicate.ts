// The protocol of Replicate, which uses jobs.
import { z } from 'zod';
import { json } from '../loopback';
import { bearer, dataUrl, many, prompt, read, seed31 } from './schemas';
import type { WireProtocol } from './wire-server';

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
