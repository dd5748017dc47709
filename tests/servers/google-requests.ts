// Validates requests to Google's Gemini API and to Vertex, and rejects those that Google would reject.
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { problemOfPicture } from './sent-pictures';

export type GoogleRequest = {
  /** Time at which the request's last byte was read, in fractional milliseconds since 1970. */
  receivedAt: number;
  /**
   * Time at which the last byte of the answer was passed to the operating system; null before that, and after a
   * reset.
   */
  answeredAt: number | null;
  /** Whether the client disconnected before the answer was complete. */
  abandoned: boolean;
  method: GoogleMethod;
  path: string;
  apiVersion: string;
  /** Empty if the method needs no model. */
  model: string;
  /** The key; for Vertex possibly an access token. */
  apiKey: string;
  prompt: string;
  aspectRatio: string | null;
  imageSize: string | null;
  responseModalities: readonly string[];
  contents: readonly GoogleContent[];
  /** The whole body as JSON; null if it is empty. */
  body: unknown;
};

export type GoogleMethod = 'generateContent' | 'streamGenerateContent' | 'predict' | 'list';

/** Matches the path of a model's method in the Gemini API and in Vertex. */
const pathOf = (method: string) =>
  new RegExp(
    `^/(?:(?=(?:v1|v1beta|v1alpha)/models/)|(?=(?:v1|v1beta1)/(?:projects/[^/]+/locations/[^/]+/)?publishers/))(v1|v1beta|v1alpha|v1beta1)/(?:projects/[^/]+/locations/[^/]+/)?(?:publishers/google/)?models/([^/:]+):${method}$`,
  );

const routes: readonly [GoogleMethod, RegExp][] = [
  ['generateContent', pathOf('generateContent')],
  ['streamGenerateContent', pathOf('streamGenerateContent')],
  [
    'predict',
    /^\/(v1|v1beta1)\/(?:projects\/[^/]+\/locations\/[^/]+\/)?publishers\/google\/models\/([^/:]+):predict$/,
  ],
  ['list', /^\/(v1|v1beta|v1alpha|v1beta1)\/(?:publishers\/google\/)?models()$/],
];

const aspectRatios = new Set('1:1 1:4 1:8 2:3 3:2 3:4 4:1 4:3 4:5 5:4 8:1 9:16 16:9 21:9'.split(' '));

const partSchema = z.looseObject({
  text: z.string().optional(),
  thoughtSignature: z.string().optional(),
  inlineData: z.strictObject({ mimeType: z.string(), data: z.base64() }).optional(),
});
const contentsSchema = z
  .array(z.strictObject({ role: z.enum(['user', 'model']).optional(), parts: z.array(partSchema).min(1) }))
  .min(1);
export type GoogleContent = z.infer<typeof contentsSchema>[number];

/** The checked part of https://ai.google.dev/api/generate-content#request-body. Google rejects unknown fields. */
export const pictureSchema = z.object({
  contents: contentsSchema,
  generationConfig: z.looseObject({
    responseModalities: z.array(z.enum(['TEXT', 'IMAGE', 'AUDIO'])),
    thinkingConfig: z.strictObject({ thinkingLevel: z.enum(['MINIMAL', 'MEDIUM', 'HIGH']) }).optional(),
    imageConfig: z
      .strictObject({
        aspectRatio: z.string().refine((ratio) => aspectRatios.has(ratio)),
        imageSize: z.enum(['1K', '2K', '4K']),
      })
      .partial()
      .optional(),
  }),
});

/** Pictures in a question must not contain metadata. */
const questionSchema = contentsSchema.superRefine((contents, context) => {
  for (const { inlineData } of contents.flatMap(({ parts }) => parts)) {
    const problem =
      inlineData && problemOfPicture(inlineData.mimeType, Buffer.from(inlineData.data, 'base64'));
    if (problem) context.addIssue({ code: 'custom', message: problem });
  }
});

const textSchema = z.object({
  contents: questionSchema,
  systemInstruction: z.looseObject({ parts: z.array(partSchema) }).optional(),
  tools: z
    .array(
      z.strictObject({
        functionDeclarations: z.array(
          z.looseObject({
            name: z.string(),
            description: z.string(),
            parametersJsonSchema: z.looseObject({ type: z.literal('object') }),
          }),
        ),
      }),
    )
    .optional(),
});

/** https://docs.cloud.google.com/vertex-ai/generative-ai/docs/model-reference/imagen-api#parameter_list */
export const predictSchema = z.strictObject({
  instances: z.tuple([z.strictObject({ prompt: z.string().min(1) })]),
  parameters: z.looseObject({
    sampleCount: z.int().min(1).max(4),
    aspectRatio: z.enum(['1:1', '3:4', '4:3', '9:16', '16:9']).optional(),
    sampleImageSize: z.enum(['1K', '2K']).optional(),
  }),
});

export type Rejection = { status: number; code: string; problem: string };

/** Returns the request to record, or the reason why Google would reject it. */
export function check(
  incoming: IncomingMessage,
  text: string,
  receivedAt: number,
): GoogleRequest | Rejection {
  const { pathname } = new URL(incoming.url ?? '/', 'http://localhost');
  const found = routes.map(([method, route]) => ({ method, match: route.exec(pathname) }));
  const { method, match } = found.find((candidate) => candidate.match !== null) ?? {};
  const [, apiVersion, model] = match ?? [];
  const verb = method === 'list' ? 'GET' : 'POST';
  if (incoming.method !== verb || !method || apiVersion === undefined || model === undefined) {
    return { status: 404, code: 'NOT_FOUND', problem: `There is no ${incoming.method} ${pathname}.` };
  }
  // Vertex also accepts an access token: https://docs.cloud.google.com/docs/authentication/rest
  const token = /^Bearer (.+)$/.exec(incoming.headers.authorization ?? '')?.[1];
  const apiKey = incoming.headers['x-goog-api-key'] ?? (apiVersion === 'v1beta1' ? token : undefined);
  if (typeof apiKey !== 'string' || apiKey === '') {
    return { status: 403, code: 'PERMISSION_DENIED', problem: 'The header x-goog-api-key is missing.' };
  }
  const read = readBody(method, text);
  if ('problem' in read) return { status: 400, code: 'INVALID_ARGUMENT', problem: read.problem };
  return {
    receivedAt,
    answeredAt: null,
    abandoned: false,
    method,
    path: pathname,
    apiVersion,
    model: decodeURIComponent(model),
    apiKey,
    ...read,
  };
}

type Body = Pick<
  GoogleRequest,
  'prompt' | 'aspectRatio' | 'imageSize' | 'responseModalities' | 'contents' | 'body'
>;

function readBody(method: GoogleMethod, text: string): Body | { problem: string } {
  const empty = { prompt: '', aspectRatio: null, imageSize: null, responseModalities: [], contents: [] };
  if (method === 'list') return { ...empty, body: null };
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return { problem: 'The body is not JSON.' };
  }
  if (method === 'predict') {
    const predict = predictSchema.safeParse(body);
    if (!predict.success) return { problem: z.prettifyError(predict.error) };
    const { aspectRatio, sampleImageSize } = predict.data.parameters;
    return {
      ...empty,
      prompt: predict.data.instances[0].prompt,
      aspectRatio: aspectRatio ?? null,
      imageSize: sampleImageSize ?? null,
      body,
    };
  }
  const schema = method === 'generateContent' ? pictureSchema : textSchema;
  const read = schema.safeParse(body);
  if (!read.success) return { problem: z.prettifyError(read.error) };
  const { contents } = read.data;
  const unsigned = unsignedPicture(contents);
  if (unsigned) return { problem: unsigned };
  const config = 'generationConfig' in read.data ? read.data.generationConfig : null;
  return {
    prompt: (contents.at(-1)?.parts ?? []).map((part) => part.text ?? '').join(''),
    aspectRatio: config?.imageConfig?.aspectRatio ?? null,
    imageSize: config?.imageConfig?.imageSize ?? null,
    responseModalities: config?.responseModalities ?? [],
    contents,
    body,
  };
}

/** Returns Google's error for a picture without a signature: https://github.com/langchain-ai/langchain-google/issues/1431 */
export function unsignedPicture(contents: readonly GoogleContent[]): string | null {
  for (const [turn, { role, parts }] of contents.entries()) {
    if (role !== 'model') continue;
    const part = parts.findIndex(({ inlineData, thoughtSignature }) => inlineData && !thoughtSignature);
    if (part === -1) continue;
    return `Image part is missing a thought_signature in content position ${turn + 1}, part position ${part + 1}.`;
  }
  return null;
}
