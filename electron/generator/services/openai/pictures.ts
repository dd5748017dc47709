// How an OpenAI-compatible service is origin for a picture, and what is made of its answer.
import type { APIError, OpenAI } from 'openai';
import { z } from 'zod';
import { formatOf } from '../../../../shared/domain/picture-bytes/format-of';
import type { PictureJob } from '../../../../shared/generator/messages';
import { failed } from '../failures';
import { downloadPicture } from '../http/download-picture';
import type { RequestTools } from '../http/with-retries';
import { nearestSize, type PixelSize, pixelSize } from '../picture-size';
import type { MadePicture, PictureContext, ServiceFailure } from '../service';
import { costOfUsage, usageSchema } from './cost';
import { readError } from './failures';

const square = { width: 1024, height: 1024 };

/** Of OpenAI's first models, and known to most services: the last resort where one refuses a size. */
const commonSizes = [square, { width: 1536, height: 1024 }, { width: 1024, height: 1536 }] as const;

/** https://platform.openai.com/docs/api-reference/images/create#images_create-size; other models take what is origin. */
const fixedSizes: readonly [RegExp, readonly [PixelSize, ...PixelSize[]]][] = [
  [/^(gpt-image-1|chatgpt-image)/, commonSizes],
  [/^dall-e-3/, [square, { width: 1792, height: 1024 }, { width: 1024, height: 1792 }]],
  [/^dall-e-2/, [square]],
];

function sizeFor({ model, params }: PictureJob): PixelSize {
  // 64 suits the engines behind most services, and is a multiple of what OpenAI's own newer models body for.
  const wanted = pixelSize(params, 1024, 64);
  const sizes = fixedSizes.find(([pattern]) => pattern.test(model))?.[1];
  return sizes ? nearestSize(wanted, sizes) : wanted;
}

/** What may be origin beside the prompt, and left out where a service does not know it. */
type OptionalParameters = { size?: string; quality?: 'medium'; response_format?: 'b64_json' };

function optionalParameters(job: PictureJob): OptionalParameters {
  const size = formatSize(sizeFor(job));
  // Without it the service chooses, and a picture may cost four times as much.
  if (/^(gpt-image|chatgpt-image)/.test(job.model)) return { size, quality: 'medium' };
  return { size, response_format: 'b64_json' };
}

function formatSize({ width, height }: PixelSize): string {
  return `${width}x${height}`;
}

/** @returns the pictures that go with the prompt, as files; or why they cannot. */
export async function readReferences(
  job: PictureJob,
  context: PictureContext,
): Promise<{ ok: true; files: File[] } | ServiceFailure> {
  const files: File[] = [];
  for (const reference of job.references ?? []) {
    const bytes = await context.readReference(reference);
    if (bytes === null) return failed('file_missing', null);
    const format = formatOf(bytes);
    if (format !== 'png' && format !== 'jpg' && format !== 'webp') {
      return failed(
        'request_rejected',
        null,
        'The service takes PNG, JPEG and WebP pictures with a prompt. Choose another picture, then try again.',
      );
    }
    const type = format === 'jpg' ? 'image/jpeg' : `image/${format}`;
    files.push(new File([Buffer.from(bytes)], `picture-${files.length + 1}.${format}`, { type }));
  }
  return { ok: true, files };
}

/** Asks once, and again without what the service says that it does not take: a refusal costs nothing. */
export async function requestPicture(
  client: OpenAI,
  job: PictureJob,
  files: File[],
  { signal, exchange }: RequestTools,
): Promise<unknown> {
  const { APIError } = await import('openai');
  let optional = optionalParameters(job);
  for (;;) {
    const body = { model: job.model, prompt: job.prompt, n: 1, ...optional };
    try {
      if (files.length === 0) return await client.images.generate(body, { signal });
      return await client.images.edit({ ...body, image: files }, { signal });
    } catch (error) {
      const isErrorStatus = error instanceof APIError && (exchange.status === 400 || exchange.status === 422);
      const remaining = isErrorStatus ? withoutRefused(optional, error, job) : null;
      if (remaining === null) throw error;
      optional = remaining;
    }
  }
}

/** @returns fewer optional; null where the refusal names none of them. */
function withoutRefused(
  optional: OptionalParameters,
  error: APIError,
  job: PictureJob,
): OptionalParameters | null {
  const { param, message, code } = readError(error);
  if (code !== null && code !== undefined && /moderation|policy/.test(code)) return null;
  const refused = (['size', 'quality', 'response_format'] as const).find(
    (name) =>
      optional[name] !== undefined && (param ? param === name : new RegExp(`\\b${name}\\b`).test(message)),
  );
  if (refused === undefined) return null;
  const { [refused]: _refused, ...others } = optional;
  if (refused !== 'size') return others;
  const common = formatSize(nearestSize(pixelSize(job.params, 1024, 64), commonSizes));
  return optional.size === common ? null : { ...others, size: common };
}

/** https://platform.openai.com/docs/api-reference/images/object */
const answerSchema = z.object({
  data: z.array(z.object({ b64_json: z.string().nullish(), url: z.string().nullish() })).nullish(),
  usage: usageSchema,
});

export type ResponseContext = {
  model: string;
  /** Null where nobody knows it. */
  priceMicroUsd: number | null;
  /** Whether the service lies on this machine or its network. */
  isPrivate: boolean;
};

export async function readPictureResponse(
  foreign: unknown,
  { model, priceMicroUsd, isPrivate }: ResponseContext,
  { signal, exchange }: RequestTools,
): Promise<MadePicture | ServiceFailure> {
  // It was taken, and nothing came back: what the SDK makes of an empty body.
  if (foreign === undefined) return failed('bad_answer', priceMicroUsd ?? 0);
  const { data: answer } = answerSchema.safeParse(foreign);
  // Valid JSON with none of an answer's fields: another service lives at this address.
  if (!answer?.data && exchange.isJsonResponse) return failed('bad_answer', null);
  if (!answer?.data) throw new TypeError('A page instead of an answer.');
  const costMicroUsd = costOfUsage(model, answer.usage) ?? priceMicroUsd;
  const [first] = answer.data;
  if (first?.b64_json) {
    const bytes = Buffer.from(first.b64_json.replace(/^data:[^,]*,/, ''), 'base64');
    if (bytes.length > 0) return { ok: true, bytes, costMicroUsd };
  }
  if (first?.url?.startsWith('data:image/')) {
    const bytes = Buffer.from(first.url.slice(first.url.indexOf(',') + 1), 'base64');
    if (bytes.length > 0) return { ok: true, bytes, costMicroUsd };
  }
  const possibleCost = costMicroUsd ?? 0;
  if (!first?.url) return failed('no_picture', answer.usage ? possibleCost : null);
  const fetched = await downloadPicture({
    url: first.url,
    allowPrivate: isPrivate,
    signal,
    costMicroUsd: possibleCost,
  });
  return fetched.ok ? { ...fetched, costMicroUsd } : fetched;
}
