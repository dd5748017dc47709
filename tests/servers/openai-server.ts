// A loopback server that implements OpenAI's APIs for pictures, chat and models, with scripted failures.
import { EventEmitter, once } from 'node:events';
import { z } from 'zod';
import { type Body, type Incoming, json, type Mishap, raw, startLoopback } from './loopback';
import { samplePicture } from './sample-picture';
import { problemOfDataUrl } from './sent-pictures';

/** A scripted answer. */
export type OpenaiAnswer = { mishap?: Mishap } & (
  | { kind: 'picture'; bytes?: Uint8Array; usage?: object; form?: 'base64' | 'url' }
  /** An answer that links to the picture. */
  | { kind: 'link'; url: string }
  | { kind: 'error'; status: number; error: object; headers?: Record<string, string> }
  /**
   * https://platform.openai.com/docs/api-reference/chat-streaming: chunks, then `[DONE]` unless the stream is
   * truncated.
   */
  | { kind: 'stream'; chunks: readonly object[]; cutOff?: boolean }
  /** Any other answer, byte for byte. */
  | { kind: 'raw'; status: number; contentType: string; body: string; headers?: Record<string, string> }
);

export type OpenaiRequest = {
  path: string;
  authorization: string | null;
  /** The fields of a JSON body, or of a form, whose files are in `files`. */
  fields: Record<string, unknown>;
  files: readonly { name: string; type: string; bytes: Uint8Array }[];
  incoming: Incoming;
};

/** https://platform.openai.com/docs/api-reference/images/create. Unknown fields are rejected. */
const pictureSchema = z.strictObject({
  model: z.string(),
  prompt: z.string().min(1).max(32_000),
  n: z.coerce.number().int().min(1).max(10).optional(),
  size: z
    .string()
    .regex(/^\d+x\d+$/)
    .optional(),
  quality: z.enum(['low', 'medium', 'high', 'auto']).optional(),
  background: z.enum(['transparent', 'opaque', 'auto']).optional(),
  response_format: z.enum(['url', 'b64_json']).optional(),
  stream: z.coerce.boolean().optional(),
  partial_images: z.coerce.number().int().min(0).max(3).optional(),
});

const partSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().min(1) }),
  z.strictObject({
    type: z.literal('image_url'),
    image_url: z.strictObject({
      url: z.string().superRefine((url, context) => {
        const problem = problemOfDataUrl(url);
        if (problem !== null) context.addIssue({ code: 'custom', message: problem });
      }),
    }),
  }),
]);

/** https://platform.openai.com/docs/api-reference/chat/create */
const chatSchema = z.strictObject({
  model: z.string(),
  messages: z
    .array(
      z.union([
        z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string().min(1) }),
        // Only a user's message may have pictures: https://platform.openai.com/docs/guides/images-vision
        z.strictObject({ role: z.literal('user'), content: z.array(partSchema).min(1) }),
      ]),
    )
    .min(1),
  stream: z.literal(true),
  stream_options: z.strictObject({ include_usage: z.boolean() }).optional(),
  tools: z
    .array(
      z.strictObject({
        type: z.literal('function'),
        function: z.strictObject({
          name: z.string().regex(/^[\w-]{1,64}$/),
          description: z.string(),
          parameters: z.looseObject({ type: z.literal('object') }),
        }),
      }),
    )
    .optional(),
});

export type OpenaiServerOptions = {
  /** Replaces the sample picture. */
  picture?: Uint8Array;
  models?: readonly string[];
};

/** Starts a server. Its `baseUrl` is for the SDK. */
export async function startOpenaiServer(options: OpenaiServerOptions = {}) {
  const requests: OpenaiRequest[] = [];
  const rejections: string[] = [];
  const queue: OpenaiAnswer[] = [];
  const events = new EventEmitter<{ received: [] }>();
  const links = new Map<string, { bytes: Uint8Array; incoming: Incoming[] }>();
  let standard: OpenaiAnswer = { kind: 'picture' };

  const loopback = await startLoopback(async (incoming) => {
    const link = links.get(incoming.path);
    if (link) {
      link.incoming.push(incoming);
      return { body: { status: 200, contentType: 'image/png', bytes: link.bytes } };
    }
    const request = await readRequest(incoming);
    const problem = problemOf(request);
    if (problem !== null) {
      rejections.push(problem);
      return {
        body: json(400, {
          error: { message: problem, type: 'invalid_request_error', param: null, code: null },
        }),
      };
    }
    requests.push(request);
    events.emit('received');
    const scripted = queue.shift();
    if (!scripted && request.path === '/v1/models') {
      const data = (options.models ?? ['gpt-image-1']).map((id) => ({
        id,
        object: 'model',
        owned_by: 'loopback',
      }));
      return { body: json(200, { object: 'list', data }) };
    }
    const usual = request.path === '/v1/chat/completions' ? words('Hello', ' there.') : standard;
    const answer = scripted ?? usual;
    return { body: await bodyOf(answer), mishap: answer.mishap };
  });

  async function bodyOf(answer: OpenaiAnswer): Promise<Body> {
    switch (answer.kind) {
      case 'error':
        return json(answer.status, { error: answer.error }, answer.headers);
      case 'raw':
        return raw(answer.status, answer.contentType, answer.body, answer.headers);
      case 'stream': {
        const lines = answer.chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('');
        return raw(200, 'text/event-stream', answer.cutOff ? lines : `${lines}data: [DONE]\n\n`);
      }
      case 'link':
        return json(200, { created: 1, data: [{ url: answer.url }] });
      case 'picture': {
        const bytes = answer.bytes ?? options.picture ?? (await samplePicture('3:2'));
        const usage = answer.usage && { usage: answer.usage };
        if (answer.form !== 'url') {
          return json(200, {
            created: 1,
            data: [{ b64_json: Buffer.from(bytes).toString('base64') }],
            ...usage,
          });
        }
        const path = `/files/${links.size}.png`;
        links.set(path, { bytes, incoming: [] });
        return json(200, { created: 1, data: [{ url: `${loopback.origin}${path}` }], ...usage });
      }
    }
  }

  return {
    baseUrl: `${loopback.origin}/v1`,
    release: loopback.release,
    close: loopback.close,
    /** All valid requests, in order of arrival. */
    requests: requests as readonly OpenaiRequest[],
    /** The reasons for which the other requests were rejected. */
    rejections: rejections as readonly string[],
    /** The downloads of pictures that an answer linked to. */
    fetched: (): Incoming[] => [...links.values()].flatMap(({ incoming }) => incoming),
    /** Serves a picture. Returns its address, and its path on this server. */
    link: (bytes: Uint8Array): { url: string; path: string } => {
      const path = `/files/${links.size}.png`;
      links.set(path, { bytes, incoming: [] });
      return { url: `${loopback.origin}${path}`, path };
    },
    /** Queues the answer to one request. */
    answerNext: (answer: OpenaiAnswer): void => {
      queue.push(answer);
    },
    /** Sets the answer to requests for pictures for which none is queued. */
    setDefault: (answer: OpenaiAnswer): void => {
      standard = answer;
    },
    /** Resolves when `count` requests have been read. */
    received: async (count: number): Promise<void> => {
      while (requests.length < count) await once(events, 'received', { signal: loopback.closing });
    },
  };
}

export type OpenaiServer = Awaited<ReturnType<typeof startOpenaiServer>>;

async function readRequest(incoming: Incoming): Promise<OpenaiRequest> {
  const { path, headers, bytes } = incoming;
  const type = headers['content-type'] ?? '';
  const fields: Record<string, unknown> = {};
  const files: { name: string; type: string; bytes: Uint8Array }[] = [];
  if (type.startsWith('multipart/form-data')) {
    const form = await new Response(new Uint8Array(bytes), { headers: { 'Content-Type': type } }).formData();
    for (const [name, value] of form) {
      if (typeof value === 'string') fields[name] = value;
      else files.push({ name, type: value.type, bytes: Buffer.from(await value.arrayBuffer()) });
    }
  } else if (bytes.length > 0) {
    Object.assign(fields, z.record(z.string(), z.unknown()).parse(JSON.parse(bytes.toString('utf8'))));
  }
  return { path, authorization: headers.authorization ?? null, fields, files, incoming };
}

/** Returns the reason why OpenAI would reject the request. */
function problemOf({ path, fields, files, incoming: { method } }: OpenaiRequest): string | null {
  const route = `${method} ${path}`;
  if (route === 'GET /v1/models') return null;
  if (route === 'POST /v1/chat/completions') return wrong(chatSchema.safeParse(fields));
  if (route !== 'POST /v1/images/generations' && route !== 'POST /v1/images/edits')
    return `There is no ${route}.`;
  const isEdit = path.endsWith('edits');
  if (isEdit !== files.length > 0) return 'An edit has files, and nothing else has.';
  if (!files.every(({ name }) => ['image', 'image[]', 'mask'].includes(name)))
    return 'A file is called neither image[] nor mask.';
  // https://platform.openai.com/docs/api-reference/images/create#images_create-response_format
  if (/^gpt-image/.test(String(fields['model'])) && 'response_format' in fields) {
    return "Unknown parameter: 'response_format'.";
  }
  return wrong(pictureSchema.safeParse(fields));
}

function wrong(result: z.ZodSafeParseResult<unknown>): string | null {
  return result.success ? null : z.prettifyError(result.error);
}

/** A chunk of a text answer. */
export function chunk(delta: object, finishReason: string | null = null): object {
  return { object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finishReason }] };
}

/** Returns the last chunk with `stream_options.include_usage`. */
export function usageChunk(prompt: number, completion: number): object {
  return {
    object: 'chat.completion.chunk',
    choices: [],
    usage: { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion },
  };
}

/** The chunks of a complete text answer. */
export function words(...pieces: readonly string[]): OpenaiAnswer {
  const chunks = [...pieces.map((content) => chunk({ content })), chunk({}, 'stop'), usageChunk(100, 10)];
  return { kind: 'stream', chunks };
}
