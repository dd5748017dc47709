// The protocol of Fireworks, which answers some models with bytes and others with jobs.
import { z } from 'zod';
import { type Body, json } from '../loopback';
import { bearer, dataUrl, openaiError, prompt, read, seed31, unknownOpenaiModel } from './schemas';
import { Refusal, type WireProtocol } from './wire-server';

const fluxBody = z.strictObject({
  ...{ prompt, seed: seed31.optional(), input_image: dataUrl.optional() },
  aspect_ratio: z
    .enum(['1:1', '21:9', '16:9', '3:2', '5:4', '4:5', '2:3', '9:16', '9:21', '4:3', '3:4'])
    .optional(),
});
const schnell = '/workflows/accounts/fireworks/models/flux-1-schnell-fp8/text_to_image';
const kontext = '/workflows/accounts/fireworks/models/flux-kontext-pro';

const fireworksQuery = z.strictObject({
  pageSize: z.coerce.number().int().min(1).max(200),
  pageToken: z.literal('page-2').optional(),
});
const fireworksEntry = (name: string, kind: string, more: object = {}) => ({
  ...{ name: `accounts/fireworks/models/${name}`, displayName: name.toUpperCase(), kind, state: 'READY' },
  ...{ supportsServerless: true, conversationConfig: null, deprecationDate: null, ...more },
});

/** https://docs.fireworks.ai/api-reference/list-models */
function fireworksPage(query: URLSearchParams): Body {
  const { pageToken } = read(fireworksQuery, Object.fromEntries(query));
  const ended = { deprecationDate: { year: 2020, month: 1, day: 31 } };
  const ends = { deprecationDate: { year: 2999, month: 2, day: 3 } };
  const models =
    pageToken === undefined
      ? [
          fireworksEntry('glm-5p2', 'HF_BASE_MODEL'),
          fireworksEntry('flux-1-schnell-fp8', 'FLUMINA_BASE_MODEL', ends),
        ]
      : [
          fireworksEntry('flux-kontext-pro', 'FLUMINA_BASE_MODEL'),
          fireworksEntry('flux-old', 'FLUMINA_BASE_MODEL', ended),
          fireworksEntry('flux-own', 'FLUMINA_BASE_MODEL', { supportsServerless: false }),
        ];
  return json(200, { models, nextPageToken: pageToken === undefined ? 'page-2' : '', totalSize: 5 });
}

/** https://docs.fireworks.ai/api-reference/generate-a-new-image-from-a-text-prompt */
export const fireworksProtocol: WireProtocol = {
  base: '/inference/v1',
  beside: '/v1/',
  auth: bearer,
  makes: ({ path }) => path === schnell || path === kontext,
  answer({ method, path, headers, query, body }, state) {
    if (method === 'GET' && path === '/v1/accounts/fireworks/models') return fireworksPage(query);
    if (method !== 'POST') return null;
    if (path === `${kontext}/get_result`) {
      read(z.strictObject({ id: z.literal('job-1') }), body);
      return state.hold
        ? json(200, { status: 'Pending' })
        : json(200, { status: 'Ready', result: { sample: state.link() } });
    }
    if (path !== schnell && path !== kontext) return null;
    const { input_image: image } = read(fluxBody, body, 422);
    if (image && path === schnell) throw new Refusal(422, 'Argument not supported: input_image');
    if (path === kontext) return json(200, { request_id: 'job-1' });
    if (headers.accept !== 'image/png')
      return json(200, { base64: [state.base64], finishReason: 'SUCCESS', seed: 1 });
    return { status: 200, contentType: 'image/png', bytes: state.picture };
  },
  error: openaiError,
  unknownModel: unknownOpenaiModel,
  shape: ({ body }) => fluxBody.parse(body).aspect_ratio ?? 'nothing',
};
