// The protocol of Alibaba Cloud, which answers some models directly and others with jobs.
import { z } from 'zod';
import { json } from '../loopback';
import { bearer, dataUrl, many, one, prompt, read, seed31, sizeText } from './schemas';
import { Refusal, type WireProtocol } from './wire-server';

const qwenSizes = ['1328*1328', '1664*928', '928*1664', '1472*1104', '1104*1472'];
const alibabaParameters = {
  n: one,
  seed: seed31.optional(),
  watermark: z.boolean().optional(),
  prompt_extend: z.boolean().optional(),
};
const alibabaTask = z.strictObject({
  model: z.literal('qwen-image-plus'),
  input: z.strictObject({ prompt: prompt.max(800), negative_prompt: z.string().max(500).optional() }),
  parameters: z.strictObject({
    ...alibabaParameters,
    size: sizeText('*', (width, height) => qwenSizes.includes(`${width}*${height}`)).optional(),
  }),
});
const alibabaEdit = z.strictObject({
  model: z.literal('qwen-image-edit-plus'),
  input: z.strictObject({
    messages: z.tuple([
      z.strictObject({
        role: z.literal('user'),
        content: z
          .array(z.union([z.strictObject({ image: dataUrl }), z.strictObject({ text: prompt })]))
          .min(2)
          .max(4),
      }),
    ]),
  }),
  parameters: z.strictObject({ ...alibabaParameters, negative_prompt: z.string().optional() }),
});
const alibabaSyncOnly = z.strictObject({
  model: z.literal('qwen-image-max'),
  input: z.strictObject({
    messages: z.tuple([
      z.strictObject({
        role: z.literal('user'),
        content: z.tuple([z.strictObject({ text: prompt.max(800) })]),
      }),
    ]),
  }),
  parameters: z.strictObject({
    ...alibabaParameters,
    ...alibabaTask.shape.parameters.pick({ size: true }).shape,
    negative_prompt: z.string().max(500).optional(),
  }),
});
const alibabaListQuery = z.strictObject({
  capabilities: z.literal('IG'),
  page_no: z.coerce.number().int().min(1),
  page_size: z.coerce.number().int().min(1).max(100),
});
const perImage = (price: string) => [
  { range_name: 'Default', prices: [{ type: 'image_number', price, price_unit: 'per image' }] },
];
const alibabaModels = [
  { model: 'qwen-image-plus', name: 'Qwen-Image-Plus', prices: perImage('0.03') },
  { model: 'qwen-image-max', name: 'Qwen-Image-Max', prices: perImage('0.075') },
  { model: 'qwen-image-edit-plus', name: 'Qwen-Image-Edit-Plus', prices: perImage('0.03') },
];

const alibabaSync = '/services/aigc/multimodal-generation/generation';
const alibabaAsync = '/services/aigc/text2image/image-synthesis';

/** https://www.alibabacloud.com/help/en/model-studio/qwen-image-api */
export const alibabaProtocol: WireProtocol = {
  base: '/api/v1',
  auth: bearer,
  makes: ({ path }) => path === alibabaSync || path === alibabaAsync,
  answer({ method, path, headers, query, body }, state) {
    if (method === 'GET' && path === '/models') {
      const { page_no: page, page_size: size } = read(alibabaListQuery, Object.fromEntries(query));
      const models = alibabaModels.slice((page - 1) * size, page * size);
      const output = { page_no: page, page_size: size, total: alibabaModels.length, models };
      return json(200, { success: true, request_id: 'r', output });
    }
    if (method === 'POST' && path === '/tasks/job-1/cancel') {
      state.stopped();
      return json(200, { request_id: 'r' });
    }
    if (method === 'GET' && path === '/tasks/job-1') {
      const done = { task_status: 'SUCCEEDED', results: many(state, () => ({ url: state.link() })) };
      return json(200, {
        request_id: 'r',
        output: { task_id: 'job-1', ...(state.hold ? { task_status: 'RUNNING' } : done) },
      });
    }
    if (method === 'POST' && path === alibabaSync) {
      read(z.union([alibabaEdit, alibabaSyncOnly]), body);
      return json(200, {
        output: { choices: [{ message: { content: many(state, () => ({ image: state.link() })) } }] },
      });
    }
    if (method !== 'POST' || path !== alibabaAsync) return null;
    if (headers['x-dashscope-async'] !== 'enable')
      throw new Refusal(403, 'current user api does not support synchronous calls.');
    read(alibabaTask, body);
    return json(200, { request_id: 'r', output: { task_id: 'job-1', task_status: 'PENDING' } });
  },
  error: (status, message) => ({
    code: status === 401 ? 'InvalidApiKey' : 'InvalidParameter',
    message,
    request_id: 'r',
  }),
  unknownModel: () => ({
    status: 400,
    body: { code: 'InvalidParameter', message: 'Model not exist.', request_id: 'r' },
  }),
  shape: ({ body }) => alibabaTask.parse(body).parameters.size ?? 'nothing',
};
