// The protocol of xAI.
import { z } from 'zod';
import { json } from '../loopback';
import { bearer, dataUrl, many, model, picked, prompt, read } from './schemas';
import { Refusal, type WireProtocol } from './wire-server';

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
