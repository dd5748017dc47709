// The protocol of SiliconFlow, which answers with links only.
import { z } from 'zod';
import { json } from '../loopback';
import { bearer, dataUrl, many, model, prompt, read } from './schemas';
import type { WireProtocol } from './wire-server';

const siliconSizes = [
  '1328x1328',
  '1664x928',
  '928x1664',
  '1472x1140',
  '1140x1472',
  '1584x1056',
  '1056x1584',
] as const;
const siliconflowBody = z
  .strictObject({
    ...{
      model,
      prompt,
      negative_prompt: z.string().optional(),
      seed: z.int().min(0).max(9_999_999_999).optional(),
    },
    ...{ image: dataUrl.optional(), image2: dataUrl.optional(), image3: dataUrl.optional() },
    image_size: z.enum(siliconSizes).optional(),
  })
  .refine(
    ({ model: name, image_size: size, image }) => !/Edit/.test(name) || (size === undefined && image),
    'image_size',
  );

/** https://docs.siliconflow.com/en/api-reference/images/images-generations */
export const siliconflowProtocol: WireProtocol = {
  base: '/v1',
  auth: bearer,
  makes: ({ path }) => path === '/images/generations',
  answer({ method, path, query, body }, state) {
    if (method === 'GET' && path === '/models' && query.get('sub_type') === 'text-to-image')
      return json(200, { object: 'list', data: [{ id: 'Qwen/Qwen-Image' }] });
    if (method !== 'POST' || path !== '/images/generations') return null;
    read(siliconflowBody, body);
    return json(200, {
      images: many(state, () => ({ url: state.link() })),
      timings: { inference: 1.2 },
      seed: 1,
    });
  },
  error: (status, message) => (status === 401 ? { message } : { code: 20_012, message, data: null }),
  unknownModel: () => ({
    status: 400,
    body: { code: 20_012, message: 'Model does not exist. Please check it carefully.' },
  }),
  shape: ({ body }) => siliconflowBody.parse(body).image_size ?? 'nothing',
};
