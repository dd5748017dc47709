// Protocols of Google's models: the Gemini API, Gemini on Vertex, and Imagen on Vertex.

import { pictureSchema, predictSchema, unsignedPicture } from '../google-requests';
import { json } from '../loopback';
import { many, read } from './schemas';
import { Refusal, type WireProtocol, type WireRequest, type WireState } from './wire-server';

const auth = { header: 'x-goog-api-key', value: (key: string) => key };

/** https://cloud.google.com/apis/design/errors#error_model */
const codes: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
};

function error(status: number, message: string): object {
  const retry = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '7s' };
  const details = status === 429 ? { details: [retry] } : {};
  return { error: { code: status, message, status: codes[status] ?? 'UNKNOWN', ...details } };
}

const unknownModel = (model: string) => ({
  status: 404,
  body: error(
    404,
    `models/${model} is not found for API version v1beta, or is not supported for generateContent.`,
  ),
});

/** Tokens of a picture at 1K: https://ai.google.dev/gemini-api/docs/pricing */
const pictureTokens = 1120;

function generated(state: WireState): object {
  const parts = many(state, () => ({ inlineData: { mimeType: 'image/png', data: state.base64 } }));
  const tokens = parts.length * pictureTokens;
  return {
    candidates: [{ content: { role: 'model', parts }, finishReason: 'STOP', index: 0 }],
    usageMetadata: {
      ...{ promptTokenCount: 4, candidatesTokenCount: tokens, totalTokenCount: 4 + tokens },
      candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: tokens }],
    },
    modelVersion: 'gemini-nano-banana-2.1',
  };
}

function readPictureRequest({ body }: WireRequest): void {
  const unsigned = unsignedPicture(read(pictureSchema, body).contents);
  if (unsigned) throw new Refusal(400, unsigned);
}

function shapeOf({ body }: WireRequest): string {
  const { aspectRatio, imageSize } = pictureSchema.parse(body).generationConfig.imageConfig ?? {};
  return [aspectRatio, imageSize].filter(Boolean).join(' ') || 'nothing';
}

function gemini(base: string, model: (id: string) => object): WireProtocol {
  const path = '/models/gemini-nano-banana-2.1:generateContent';
  return {
    ...{ base, configured: '', auth, error, unknownModel, shape: shapeOf },
    makes: (request) => request.path === path,
    answer(request, state) {
      if (request.method === 'GET' && request.path === '/models')
        return json(200, { models: ['gemini-nano-banana-2.1', 'gemini-3.8-flash'].map(model) });
      if (request.method !== 'POST' || request.path !== path) return null;
      readPictureRequest(request);
      return json(200, generated(state));
    },
  };
}

/** https://ai.google.dev/api/generate-content and https://ai.google.dev/api/models */
export const geminiProtocol = gemini('/v1beta', (id) => ({
  ...{ name: `models/${id}`, displayName: id, supportedGenerationMethods: ['generateContent'] },
}));

/** https://docs.cloud.google.com/vertex-ai/generative-ai/docs/multimodal/image-generation, with an express key */
export const vertexProtocol = gemini('/v1beta1/publishers/google', (id) => ({
  name: `publishers/google/models/${id}`,
}));

/** https://docs.cloud.google.com/vertex-ai/generative-ai/docs/model-reference/imagen-api */
export const imagenProtocol: WireProtocol = {
  ...{ base: '/v1beta1/publishers/google', configured: '', auth, error, unknownModel },
  makes: ({ path }) => path.endsWith(':predict'),
  answer({ method, path, body }, state) {
    if (method === 'GET' && path === '/models')
      return json(200, { models: [{ name: 'publishers/google/models/imagen-4.0-generate-001' }] });
    if (method !== 'POST' || path !== '/models/imagen-4.0-generate-001:predict') return null;
    read(predictSchema, body);
    const predictions = many(state, () => ({ mimeType: 'image/png', bytesBase64Encoded: state.base64 }));
    return json(200, { predictions });
  },
  shape: ({ body }) => {
    const { aspectRatio, sampleImageSize } = predictSchema.parse(body).parameters;
    return [aspectRatio, sampleImageSize].filter(Boolean).join(' ') || 'nothing';
  },
};
