// The responses of Google's Gemini API and Vertex, as sent.
import type { GoogleRequest } from './google-requests';
import { colourOf, samplePicture } from './sample-picture';

/** A scripted answer. `delayMs` counts from the request's last byte to the answer's first. */
export type GoogleAnswer = { delayMs?: number } & (
  | {
      kind: 'picture';
      bytes?: Uint8Array;
      mimeType?: string;
      /** Replaces the plausible default. */
      usage?: object;
      /** https://ai.google.dev/gemini-api/docs/thought-signatures */
      signature?: string;
      drip?: { chunks: number; everyMs: number };
    }
  /**
   * The events of a stream; it ends normally without an `ending`. The last `held` ones wait for `release()`. See
   * `textEvents` and `callPart`.
   */
  | {
      kind: 'stream';
      events: readonly object[];
      everyMs?: number;
      held?: number;
      ending?: 'break' | 'silence';
    }
  /** An answer of `:predict`: https://docs.cloud.google.com/vertex-ai/generative-ai/docs/model-reference/imagen-api */
  | { kind: 'predictions'; predictions: readonly object[] }
  /** An answer of `models.list`: https://ai.google.dev/api/models#method:-models.list */
  | { kind: 'models'; models: readonly object[]; nextPageToken?: string }
  /** Any parts of a candidate, such as thoughts: https://ai.google.dev/api/caching#Part */
  | { kind: 'parts'; parts: readonly object[]; finishReason?: string }
  /** https://ai.google.dev/api/generate-content#FinishReason */
  | { kind: 'finish'; reason: string; message?: string; countsPicture?: boolean }
  /** https://ai.google.dev/api/generate-content#BlockReason */
  | { kind: 'block'; reason: string }
  | { kind: 'no-candidates' }
  | {
      kind: 'error';
      status: number;
      code: string;
      message?: string;
      details?: readonly object[];
      headers?: Record<string, string>;
    }
  /** Any other answer, byte for byte. */
  | { kind: 'raw'; status: number; contentType: string; body: string; headers?: Record<string, string> }
  /** The connection is reset before the first byte, or closed in the middle of the body. */
  | { kind: 'reset'; when: 'before' | 'midway' }
  /** No answer until `release()`, then the picture. */
  | { kind: 'hang' }
);

export type PictureOptions = {
  /** Replaces the sample picture of the aspect ratio. */
  picture?: Uint8Array;
  /** Gives each prompt a picture of its own colour: `colourOf(prompt)`. */
  colourPerPrompt?: boolean;
  /** Scale of both sides of the sample pictures; 1 by default. */
  scale?: number;
};

/** https://cloud.google.com/apis/design/errors#error_model */
export function errorBody(
  status: number,
  code: string,
  message: string,
  details?: readonly object[],
): Uint8Array {
  return toJson({ error: { code: status, message, status: code, ...(details && { details }) } });
}

/** Returns the whole body of an answer; for a reset, the body that the reset truncates. */
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
    case 'predictions':
      return toJson({ predictions: answer.predictions });
    case 'models': {
      const { models, nextPageToken } = answer;
      return toJson({ models, ...(nextPageToken && { nextPageToken }) });
    }
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
        own?.bytes ??
        options.picture ??
        (await samplePicture(request.aspectRatio ?? '1:1', colour, options.scale));
      const data = Buffer.from(bytes).toString('base64');
      const mimeType = own?.mimeType ?? 'image/png';
      if (request.method === 'predict') {
        return toJson({ predictions: [{ mimeType, bytesBase64Encoded: data }] });
      }
      const thoughtSignature = own?.signature;
      const part = { inlineData: { mimeType, data }, ...(thoughtSignature && { thoughtSignature }) };
      const content = { role: 'model', parts: [part] };
      const fields = { candidates: [{ content, finishReason: 'STOP', index: 0 }] };
      if (own?.usage) return toJson({ ...fields, usageMetadata: own.usage });
      return toAnswer(request, fields, pictureTokens);
    }
  }
}

/** Number of tokens of a picture at 1K. */
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
