// Requests a picture from an OpenAI-compatible service and reads its response.

import type { APIError, OpenAI } from 'openai';
import { z } from 'zod';
import { failureLike } from '../../../../shared/domain/errors';
import type { PictureQuality } from '../../../../shared/domain/models';
import { serviceKinds } from '../../../../shared/domain/service-kinds';
import type { PictureJob, PictureReference } from '../../../../shared/generator/jobs';
import { type Sentence, sentence } from '../../../../shared/languages/sentence';
import { failed } from '../failures';
import type { PictureTools } from '../http/with-retries';
import { nearestSize, type PixelSize, pixelSize } from '../picture-size';
import { readPictures } from '../read-pictures';
import type { MadePicture, PictureContext, ServiceFailure } from '../service';
import { sizeLike, sizeWithin } from '../sizes';
import { takePictures } from '../take-pictures';
import { optionalList, optionalText } from '../tolerant';
import { type Usage, usageSchema } from './cost';
import { readError } from './failures';
import { partialPictures, readPictureStream } from './picture-stream';

const square = { width: 1024, height: 1024 };

/** The sizes of OpenAI's first models. Most services accept them, so they are the fallback for a rejected size. */
const commonSizes = [square, { width: 1536, height: 1024 }, { width: 1024, height: 1536 }] as const;

/** https://platform.openai.com/docs/api-reference/images/create#images_create-size; other models accept any size. */
const fixedSizes: readonly [RegExp, readonly [PixelSize, ...PixelSize[]]][] = [
  [/^(gpt-image-1|chatgpt-image)/, commonSizes],
  [/^dall-e-3/, [square, { width: 1792, height: 1024 }, { width: 1024, height: 1792 }]],
  [/^dall-e-2/, [square]],
];

/** https://platform.openai.com/docs/api-reference/images/create#images_create-size, for GPT Image 2 and later. */
const secondGeneration = /^gpt-image-([2-9]|\d\d)/;
const secondLimits = {
  ...{ side: 1024, step: 16, minPixels: 655_360, maxPixels: 8_294_400, maxEdge: 3840, maxRatio: 3 },
} as const;

/** Limits of engines and small services, which make about a megapixel. */
const plainLimits = { step: 64, maxPixels: 1024 * 1024 * 1.5 };

/**
 * Returns the size of a picture.
 *
 * @param framed the size of a picture with its frame if a part of it changes: the answer should have the same
 *   shape.
 */
function sizeFor({ model, params }: PictureJob, framed: PixelSize | null): PixelSize {
  if (secondGeneration.test(model)) {
    return framed ? sizeLike(framed, secondLimits) : sizeWithin(params, secondLimits);
  }
  // Multiples of 64 suit most engines, and OpenAI's newer models.
  const wanted = framed ? sizeLike(framed, plainLimits) : pixelSize(params, 1024, 64);
  const sizes = fixedSizes.find(([pattern]) => pattern.test(model))?.[1];
  return sizes ? nearestSize(wanted, sizes) : wanted;
}

/** Parameters that are dropped if a service rejects them. */
type OptionalParameters = {
  size?: string;
  quality?: PictureQuality;
  background?: 'transparent';
  response_format?: 'b64_json';
  stream?: true;
  partial_images?: number;
};

function optionalParameters(job: PictureJob, framed: PixelSize | null): OptionalParameters {
  const size = formatSize(sizeFor(job, framed));
  if (/^(gpt-image|chatgpt-image)/.test(job.model)) {
    const { quality = 'medium', background } = job.params;
    // Without a quality the service may choose one that costs four times as much.
    return { size, quality, ...(background && { background }) };
  }
  return { size, response_format: 'b64_json' };
}

function formatSize({ width, height }: PixelSize): string {
  return `${width}x${height}`;
}

/** The pictures sent with a prompt. With a mask, the first picture is the one to change, in the mask's size. */
export type Attachments = { files: File[]; mask: File | null; framed: PixelSize | null };

/** The maximum size of a GPT Image 2 picture. A file has at most 50 MB, and a mask must have its picture's size. */
const maskLimits = { maxPixels: secondLimits.maxPixels, maxEdge: secondLimits.maxEdge };

/**
 * Reads the reference pictures, and the mask in OpenAI's form, where transparent pixels change.
 * https://platform.openai.com/docs/api-reference/images/createEdit#images_createedit-mask
 */
export async function readAttachments(
  job: PictureJob,
  context: PictureContext,
): Promise<({ ok: true } & Attachments) | ServiceFailure> {
  const isMasked = serviceKinds[context.service.kind].mask !== null;
  const edit = isMasked ? await context.prepareEdit(job, 'alpha', maskLimits) : null;
  if (!edit) {
    const read = await readFiles(job.references ?? [], 0, context);
    return read.ok ? { ...read, mask: null, framed: null } : read;
  }
  if (!edit.ok) return { ...failureLike(edit), costMicroUsd: null };
  const rest = await readFiles(job.references?.slice(1) ?? [], 1, context);
  if (!rest.ok) return rest;
  const { picture, mask, framed } = edit.value;
  const pngFile = (bytes: Uint8Array, name: string) =>
    new File([Buffer.from(bytes)], name, { type: 'image/png' });
  return {
    ok: true,
    files: [pngFile(picture, 'picture-1.png'), ...rest.files],
    mask: pngFile(mask, 'mask.png'),
    framed,
  };
}

async function readFiles(
  references: readonly PictureReference[],
  before: number,
  context: PictureContext,
): Promise<{ ok: true; files: File[] } | ServiceFailure> {
  const read = await readPictures(references, context);
  if (!read.ok) return read;
  const files = read.pictures.map(
    ({ bytes, format, mimeType }, index) =>
      new File([Buffer.from(bytes)], `picture-${before + index + 1}.${format}`, { type: mimeType }),
  );
  return { ok: true, files };
}

export type RequestNotices = {
  /** Receives a sentence about a user's setting that was not applied. */
  warn: (warning: Sentence) => void;
  /** Receives each partial picture; null if none are requested. */
  onPartial: ((bytes: Uint8Array) => void) | null;
};

/** Sends the request, and again without each parameter that the service rejects. A rejected request costs nothing. */
export async function requestPicture(
  client: OpenAI,
  job: PictureJob,
  { files, mask, framed }: Attachments,
  { signal, exchange, bytesOf }: PictureTools,
  { warn, onPartial }: RequestNotices,
): Promise<unknown> {
  const { APIError } = await import('openai');
  let optional = { ...optionalParameters(job, framed), ...(onPartial && partialPictures(job)) };
  for (;;) {
    const body = { model: job.model, prompt: job.prompt, n: 1, ...optional };
    try {
      const sent =
        files.length === 0
          ? client.images.generate(body, { signal })
          : client.images.edit({ ...body, image: files, ...(mask && { mask }) }, { signal });
      return optional.stream && onPartial
        ? await readPictureStream(await sent.asResponse(), { onPartial, bytesOf })
        : await sent;
    } catch (error) {
      const isRejected = error instanceof APIError && (exchange.status === 400 || exchange.status === 422);
      const remaining = isRejected
        ? withoutRejected(optional, error, framed ?? pixelSize(job.params, 1024, 64))
        : null;
      if (remaining === null) throw error;
      for (const name of ['quality', 'background'] as const) {
        const isDropped = optional[name] !== undefined && remaining[name] === undefined;
        if (isDropped && job.params[name] !== undefined) warn(sentence('services.setting_refused', { name }));
      }
      optional = remaining;
    }
  }
}

/** Returns the remaining parameters; null if the error names none of them. */
function withoutRejected(
  optional: OptionalParameters,
  error: APIError,
  wanted: PixelSize,
): OptionalParameters | null {
  const { param, message, code } = readError(error);
  if (code !== null && code !== undefined && /moderation|policy/.test(code)) return null;
  const isAboutStream =
    /^(stream|partial_images)$/.test(param ?? '') || /\b(stream|partial_images)\b/.test(message);
  if (optional.stream && isAboutStream) {
    const { stream: _stream, partial_images: _partial, ...whole } = optional;
    return whole;
  }
  const rejected = (['size', 'quality', 'background', 'response_format'] as const).find(
    (name) =>
      optional[name] !== undefined && (param ? param === name : new RegExp(`\\b${name}\\b`).test(message)),
  );
  if (rejected === undefined) return null;
  const { [rejected]: _rejected, ...others } = optional;
  if (rejected !== 'size') return others;
  const common = formatSize(nearestSize(wanted, commonSizes));
  // Finally no size is sent, and the service chooses.
  return optional.size === common ? others : { ...others, size: common };
}

/** https://platform.openai.com/docs/api-reference/images/object */
const responseSchema = z.object({
  data: optionalList(z.object({ b64_json: optionalText, url: optionalText })),
  output_format: optionalText,
  usage: usageSchema,
});

export type ResponseContext = {
  /** Returns the cost of an answer by its usage, in micro-dollars; null if unknown. */
  costOf: (usage: Usage) => number | null;
  /** Null if unknown. */
  priceMicroUsd: number | null;
  baseUrl: string;
  /** Whether the service is on this computer or its network. */
  isPrivate: boolean;
};

/**
 * Returns the pictures of a response, or a failure with its possible cost.
 *
 * @param received the response as the SDK returns it.
 */
export async function readPictureResponse(
  received: unknown,
  { costOf, priceMicroUsd, baseUrl, isPrivate }: ResponseContext,
  { signal, exchange, bytesOf }: PictureTools,
): Promise<MadePicture | ServiceFailure> {
  // The SDK returns undefined for an empty body: the request was accepted, so it may be charged. For a body without
  // a media type, it returns text.
  const isText = typeof received === 'string' && exchange.isJsonResponse;
  const isPage = received === undefined && !exchange.isJsonResponse;
  if (!isPage && (received === undefined || isText)) return failed('connection_lost', priceMicroUsd ?? 0);
  const { data: response } = responseSchema.safeParse(received);
  if (!response?.data && exchange.isJsonResponse) {
    // Valid JSON without any of the expected fields comes from another service at this address.
    const isUnknown = !response?.usage && !Object.hasOwn(Object(received), 'data');
    return failed('bad_answer', isUnknown ? null : (priceMicroUsd ?? 0));
  }
  if (!response?.data) throw new TypeError('A web page instead of a response.');
  const costMicroUsd = costOf(response.usage) ?? priceMicroUsd;
  const mimeType = response.output_format ? `image/${response.output_format}` : null;
  const sources = response.data.flatMap(({ b64_json: base64, url }) => {
    const picture = base64 || url;
    return picture ? [{ picture, mimeType }] : [];
  });
  // An answer with usage was charged, whatever it contains.
  if (sources.length === 0) return failed('no_picture', response.usage ? (costMicroUsd ?? 0) : null);
  const made = await takePictures(sources, {
    ...{ baseUrl, allowPrivate: isPrivate, signal, costMicroUsd, bytesOf },
  });
  const isEmpty = !made.ok && made.code === 'no_picture';
  return isEmpty && response.usage ? failed('no_picture', costMicroUsd ?? 0) : made;
}
