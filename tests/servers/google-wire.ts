// The wire format of Google's Gemini API, from the server's side: reads requests, writes answers.
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { colourOf, samplePicture } from './sample-picture';

/** One scripted answer. `delayMs` counts from the request's last byte to the answer's first. */
export type GoogleAnswer = { delayMs?: number } & (
  | { kind: 'picture'; bytes?: Uint8Array; mimeType?: string; drip?: { chunks: number; everyMs: number } }
  /** Any parts of a candidate, such as thoughts: https://ai.google.dev/api/caching#Part */
  | { kind: 'parts'; parts: readonly object[]; finishReason?: string }
  /** https://ai.google.dev/api/generate-content#FinishReason */
  | { kind: 'finish'; reason: string; message?: string; countsPicture?: boolean }
  /** https://ai.google.dev/api/generate-content#BlockReason */
  | { kind: 'block'; reason: string }
  | { kind: 'no-candidates' }
  | { kind: 'error'; status: number; code: string; message?: string; details?: readonly object[] }
  /** Any other answer, byte for byte. */
  | { kind: 'raw'; status: number; contentType: string; body: string; headers?: Record<string, string> }
  /** The connection breaks: before the first byte (RST), or in the middle of the body. */
  | { kind: 'reset'; when: 'before' | 'midway' }
  /** Nothing until `release()`, then the picture. */
  | { kind: 'hang' }
);

export type GoogleRequest = {
  /** Milliseconds since 1970, with fractions: when the request's last byte was read. */
  receivedAt: number;
  /** When the answer's last byte went to the operating system; null until then, and for ever after a reset. */
  answeredAt: number | null;
  /** The client went away before the answer was complete. */
  abandoned: boolean;
  apiVersion: string;
  model: string;
  apiKey: string;
  prompt: string;
  aspectRatio: string | null;
  imageSize: string | null;
  responseModalities: readonly string[];
};

export type PictureOptions = {
  /** Instead of the sample picture of the aspect ratio. */
  picture?: Uint8Array;
  /** Each prompt gets a picture of its own colour: `colourOf(prompt)`. */
  colourPerPrompt?: boolean;
};

const route = /^\/(v1|v1beta|v1alpha)\/models\/([^/:]+):generateContent$/;

const aspectRatios = new Set('1:1 1:4 1:8 2:3 3:2 3:4 4:1 4:3 4:5 5:4 8:1 9:16 16:9 21:9'.split(' '));

/** What is checked of https://ai.google.dev/api/generate-content#request-body: Google refuses unknown names. */
const bodySchema = z.object({
  contents: z
    .array(
      z.strictObject({
        role: z.enum(['user', 'model']).optional(),
        parts: z.array(z.looseObject({ text: z.string().optional() })).min(1),
      }),
    )
    .min(1),
  generationConfig: z.looseObject({
    responseModalities: z.array(z.enum(['TEXT', 'IMAGE', 'AUDIO'])),
    imageConfig: z
      .strictObject({
        aspectRatio: z.string().refine((ratio) => aspectRatios.has(ratio)),
        imageSize: z.enum(['1K', '2K', '4K']),
      })
      .partial()
      .optional(),
  }),
});

export type Rejection = { status: number; code: string; problem: string };

/** @returns the request as it is recorded, or why Google would turn it away. */
export function check(
  incoming: IncomingMessage,
  text: string,
  receivedAt: number,
): GoogleRequest | Rejection {
  const invalid = (problem: string): Rejection => ({ status: 400, code: 'INVALID_ARGUMENT', problem });
  const { pathname } = new URL(incoming.url ?? '/', 'http://localhost');
  const [, apiVersion, model] = route.exec(pathname) ?? [];
  if (incoming.method !== 'POST' || apiVersion === undefined || model === undefined) {
    return { status: 404, code: 'NOT_FOUND', problem: `There is no ${incoming.method} ${pathname}.` };
  }
  const apiKey = incoming.headers['x-goog-api-key'];
  if (typeof apiKey !== 'string' || apiKey === '') {
    return { status: 403, code: 'PERMISSION_DENIED', problem: 'The header x-goog-api-key is missing.' };
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return invalid('The body is not JSON.');
  }
  const body = bodySchema.safeParse(json);
  if (!body.success) return invalid(z.prettifyError(body.error));
  const { contents, generationConfig } = body.data;
  return {
    receivedAt,
    answeredAt: null,
    abandoned: false,
    apiVersion,
    model: decodeURIComponent(model),
    apiKey,
    prompt: (contents.at(-1)?.parts ?? []).map((part) => part.text ?? '').join(''),
    aspectRatio: generationConfig.imageConfig?.aspectRatio ?? null,
    imageSize: generationConfig.imageConfig?.imageSize ?? null,
    responseModalities: generationConfig.responseModalities,
  };
}

/** https://cloud.google.com/apis/design/errors#error_model */
export function errorBody(
  status: number,
  code: string,
  message: string,
  details?: readonly object[],
): Uint8Array {
  return toJson({ error: { code: status, message, status: code, ...(details && { details }) } });
}

/** @returns the whole body of an answer; for a reset, the one that it breaks off. */
export async function bodyOf(
  answer: GoogleAnswer,
  request: GoogleRequest,
  options: PictureOptions,
): Promise<Uint8Array> {
  switch (answer.kind) {
    case 'error':
      return errorBody(
        answer.status,
        answer.code,
        answer.message ?? `Scripted ${answer.code}.`,
        answer.details,
      );
    case 'raw':
      return Buffer.from(answer.body);
    case 'block':
      return toAnswer(request, { promptFeedback: { blockReason: answer.reason } }, 0);
    case 'no-candidates':
      return toAnswer(request, {}, 0);
    case 'finish': {
      const candidate = { finishReason: answer.reason, finishMessage: answer.message, index: 0 };
      return toAnswer(request, { candidates: [candidate] }, answer.countsPicture ? pictureTokens : 0);
    }
    case 'parts': {
      const content = { role: 'model', parts: answer.parts };
      return toAnswer(request, { candidates: [{ content, finishReason: answer.finishReason ?? 'STOP' }] }, 0);
    }
    default: {
      const own = answer.kind === 'picture' ? answer : null;
      const colour = options.colourPerPrompt ? colourOf(request.prompt) : null;
      const bytes =
        own?.bytes ?? options.picture ?? (await samplePicture(request.aspectRatio ?? '1:1', colour));
      const data = Buffer.from(bytes).toString('base64');
      const content = {
        role: 'model',
        parts: [{ inlineData: { mimeType: own?.mimeType ?? 'image/png', data } }],
      };
      return toAnswer(request, { candidates: [{ content, finishReason: 'STOP', index: 0 }] }, pictureTokens);
    }
  }
}

/** What a picture at 1K counts as. */
const pictureTokens = 1120;

function toAnswer(request: GoogleRequest, fields: object, imageTokens: number): Uint8Array {
  const promptTokenCount = Math.ceil(request.prompt.length / 4);
  const usageMetadata = {
    promptTokenCount,
    totalTokenCount: promptTokenCount + imageTokens,
    promptTokensDetails: [{ modality: 'TEXT', tokenCount: promptTokenCount }],
    ...(imageTokens > 0 && {
      candidatesTokenCount: imageTokens,
      candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: imageTokens }],
    }),
  };
  return toJson({ ...fields, usageMetadata, modelVersion: request.model, responseId: 'loopback' });
}

function toJson(value: object): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}
