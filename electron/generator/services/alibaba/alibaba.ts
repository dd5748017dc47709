// Alibaba Cloud's Qwen-Image through DashScope: an asynchronous task for a prompt, a synchronous answer for an
// edit.

import { z } from 'zod';
import { sentence } from '../../../../shared/languages/sentence';
import { createHostedService } from '../hosted/hosted-service';
import { type HostedProfile, JobFailedError, type Wire } from '../hosted/profile';
import { hostedTiming } from '../hosted/timing';
import { nearestSize, type PixelSize, pixelSize } from '../picture-size';
import { sizeWithin } from '../sizes';
import { type PictureSource, sourcesOf } from '../take-pictures';
import { entries, optionalList, optionalText } from '../tolerant';
import { listAlibabaModels } from './models';

const sized = (width: number, height: number): PixelSize => ({ width, height });
/** https://www.alibabacloud.com/help/en/model-studio/qwen-image-api */
const qwenSizes = [
  sized(1328, 1328),
  sized(1664, 928),
  sized(928, 1664),
  sized(1472, 1104),
  sized(1104, 1472),
] as const;

const taskSchema = z.object({
  output: z.object({
    task_id: z.string().min(1).nullish(),
    task_status: z.string(),
    results: optionalList(z.object({ url: optionalText })),
    code: optionalText,
    message: optionalText,
  }),
});
const editSchema = z.object({
  output: z.object({
    choices: entries(
      z.object({
        message: z.object({ content: entries(z.object({ image: optionalText, text: optionalText })) }),
      }),
    ),
  }),
});

/**
 * Returns whether a model works with tasks, which can be cancelled. The others answer synchronously:
 * https://www.alibabacloud.com/help/en/model-studio/qwen-image-api and
 * https://www.alibabacloud.com/help/en/model-studio/text-to-image-v2-api-reference
 */
function hasTasks(model: string): boolean {
  return /^(qwen-image(-plus)?$|wanx|wan2\.[0-5])/.test(model);
}

export const alibabaProfile: HostedProfile = {
  // Not shown: the name of a product.
  name: 'Qwen-Image',
  keyHeaders: (apiKey) => ({ Authorization: `Bearer ${apiKey}` }),
  takes: { negativePrompt: true, seed: true },
  async makePicture({ job: { model, prompt, params }, references }, wire) {
    const { width, height } = /qwen-image/.test(model)
      ? nearestSize(pixelSize(params, 1024, 16), qwenSizes)
      : sizeWithin(params, { side: 1024, step: 16, minEdge: 512, maxEdge: 1440 });
    if (params.resolution && params.resolution !== '1K') wire.warn(sentence('services.qwen_size'));
    const parameters = { n: 1 };
    const optional = {
      seed: params.seed % 2_147_483_648,
      watermark: false,
      prompt_extend: false,
    };
    const negative = params.negativePrompt && { negative_prompt: params.negativePrompt };
    const size = `${width}*${height}`;
    if (references.length > 0 || !hasTasks(model)) {
      const content = [...references.map((image) => ({ image })), { text: prompt }];
      const answer = await wire.submit({
        path: 'services/aigc/multimodal-generation/generation',
        body: { model, input: { messages: [{ role: 'user', content }] }, parameters },
        inside: 'parameters',
        optional: { ...optional, ...negative, ...(references.length === 0 && { size }) },
      });
      const made = editSchema.parse(answer).output.choices.flatMap(({ message }) => message.content);
      const words = made.map(({ text }) => text ?? '').join('');
      return { pictures: sourcesOf(made.map(({ image }) => image)), costMicroUsd: null, words };
    }
    const { output } = taskSchema.parse(
      await wire.submit({
        namesJob: true,
        path: 'services/aigc/text2image/image-synthesis',
        headers: { 'X-DashScope-Async': 'enable' },
        body: { model, input: { prompt, ...negative }, parameters },
        inside: 'parameters',
        optional: { ...optional, size },
      }),
    );
    const path = `tasks/${encodeURIComponent(output.task_id ?? '')}`;
    // Only a pending task can be cancelled.
    wire.stopBy('POST', `${path}/cancel`);
    return { pictures: await waitFor(path, wire), costMicroUsd: null };
  },
  models: { list: listAlibabaModels },
};

async function waitFor(path: string, wire: Wire): Promise<PictureSource[]> {
  for (;;) {
    const { output } = taskSchema.parse(await wire.readWithRetries(path));
    if (output.task_status === 'SUCCEEDED') return sourcesOf((output.results ?? []).map(({ url }) => url));
    if (output.task_status !== 'PENDING' && output.task_status !== 'RUNNING') {
      const isBlocked = /DataInspection/i.test(output.code ?? '');
      throw new JobFailedError(isBlocked ? 'blocked' : 'failed', output.message ?? '');
    }
    await wire.pollPause();
  }
}

export const alibaba = createHostedService(alibabaProfile, hostedTiming);
