// Replies of the text models of OpenAI-compatible services: streamed text, and the pictures that the model
// requests.

import type { OpenAI } from 'openai';
import { z } from 'zod';
import { asOneSentence } from '../../../../shared/domain/join-sentences';
import { splitThought } from '../../../../shared/domain/thoughts';
import type { TextJob } from '../../../../shared/generator/jobs';
import { type Sentence, sentence } from '../../../../shared/languages/sentence';
import {
  announcePictures,
  appendText,
  estimateTokens,
  isReplyTooLong,
  type TextPrompt,
} from '../chat-prompt';
import { failed, truncatedFailure } from '../failures';
import { generateImage, readToolCalls, type ToolCall, withLeftOut } from '../generate-image-tool';
import type { RequestTools } from '../http/with-retries';
import { dataUrlOf, type ReadPicture } from '../read-pictures';
import type { FurtherPicture, Reply, ServiceFailure } from '../service';
import { takePictures } from '../take-pictures';
import { optional, optionalList, optionalText } from '../tolerant';
import { type Usage, usageSchema } from './cost';
import { readError } from './failures';
import { readChunks, StreamFailedError } from './read-chunks';
import { createPictureFilter, type PictureFilter, takeOutLinked } from './take-out-pictures';

/** https://platform.openai.com/docs/api-reference/chat/create#chat_create-tools */
const tool: OpenAI.ChatCompletionTool = { type: 'function', function: generateImage };

/**
 * A picture in an answer: https://openrouter.ai/docs/guides/overview/multimodal/image-generation, and the forms of
 * other services.
 */
const pictureSchema = z.object({
  image_url: optional(z.union([z.string(), z.object({ url: z.string() }).transform(({ url }) => url)])),
  url: optionalText,
  b64_json: optionalText,
});

/** Plain text, or parts: https://platform.openai.com/docs/api-reference/chat/object */
const contentSchema = optional(
  z.union([z.string(), z.array(pictureSchema.extend({ text: optionalText, refusal: optionalText }))]),
);

const messageSchema = z.object({
  content: contentSchema,
  refusal: optionalText,
  images: optionalList(pictureSchema),
  tool_calls: optionalList(
    z.object({
      index: optional(z.number()),
      function: optional(z.object({ name: optionalText, arguments: optionalText })),
    }),
  ),
});

/** `delta` in a stream, `message` in one document: https://platform.openai.com/docs/api-reference/chat-streaming/streaming */
const chunkSchema = z.object({
  choices: optionalList(
    z.object({
      delta: optional(messageSchema),
      message: optional(messageSchema),
      finish_reason: optionalText,
    }),
  ),
  usage: usageSchema,
});

/** The request to a text model. */
export type Question = {
  model: string;
  prompt: TextPrompt;
  /** Precede the text: https://platform.openai.com/docs/guides/images-vision */
  pictures: readonly ReadPicture[];
};

/** The received part of a reply. */
export type PartialReply = {
  text: string;
  /** Called with each further piece of the text. */
  onText: (more: string) => void;
  /** Tool calls by their index. `json` holds the arguments, which arrive in pieces. */
  calls: Map<number, { name: string; json: string }>;
  finishReason: string | null;
  usage: Usage;
  /** The pictures that the reply itself contains: data URLs, base64 or addresses. */
  sources: string[];
  /** The bytes of the pictures in `sources`. */
  made: readonly FurtherPicture[];
  /** Number of pictures in `sources` that could not be fetched. */
  lost: number;
};

/** Returns a reply of which nothing has been received. */
export function emptyReply(onText: PartialReply['onText']): PartialReply {
  return {
    ...{ text: '', onText, calls: new Map(), finishReason: null, usage: null },
    ...{ sources: [], made: [], lost: 0 },
  };
}

/** Streams a reply. Retries without the tool if the model does not support it. A rejected request costs nothing. */
export async function requestReply(
  client: OpenAI,
  question: Question,
  partial: PartialReply,
  { signal, exchange }: RequestTools,
): Promise<void> {
  const { hasTools } = question.prompt;
  const { APIError } = await import('openai');
  const startStream = (tools: OpenAI.ChatCompletionTool[]) =>
    client.chat.completions
      .create(
        {
          model: question.model,
          messages: messagesOf(question),
          stream: true,
          stream_options: { include_usage: true },
          ...(tools.length > 0 && { tools }),
        },
        { signal },
      )
      .asResponse();
  const response = await startStream(hasTools ? [tool] : []).catch((error: unknown) => {
    const isAboutTools =
      error instanceof APIError && exchange.status === 400 && /\btools?\b/i.test(readError(error).message);
    if (!isAboutTools || !hasTools) throw error;
    return startStream([]);
  });
  const filter = createPictureFilter(
    (more) => appendText(partial, more, partial.onText),
    (dataUrl) => void partial.sources.push(dataUrl),
    () => {
      partial.lost += 1;
    },
  );
  try {
    for await (const chunk of readChunks(response)) {
      if (signal.aborted) return;
      applyChunk(chunk, partial, filter);
      if (isReplyTooLong(partial)) return;
    }
  } catch (error) {
    // The same error as the SDK throws.
    if (error instanceof StreamFailedError)
      throw new APIError(undefined, error.error, undefined, response.headers);
    throw error;
  }
  filter.end();
}

/** Fetches the pictures that a reply contains, and removes linked ones from its text. */
export async function takeReplyPictures(
  partial: PartialReply,
  { baseUrl, isPrivate }: { baseUrl: string; isPrivate: boolean },
  { signal }: Pick<RequestTools, 'signal'>,
): Promise<void> {
  const linked = takeOutLinked(partial.text, baseUrl);
  partial.text = linked.text;
  // A stream may repeat a picture in its last chunk.
  const sources = [...new Set([...partial.sources, ...linked.addresses])];
  if (sources.length === 0) return;
  const taken = await takePictures(
    sources.map((picture) => ({ picture })),
    { baseUrl, allowPrivate: isPrivate, signal, costMicroUsd: null },
  );
  if (!taken.ok) {
    partial.lost += sources.length;
    return;
  }
  const { bytes, mimeType, further = [], lost = 0 } = taken;
  partial.made = [{ bytes, mimeType: mimeType ?? null }, ...further];
  partial.lost += lost;
}

/** Adds a chunk to the reply. Skips a malformed one, because the others may still be readable. */
function applyChunk(chunk: unknown, partial: PartialReply, filter: PictureFilter): void {
  const { data } = chunkSchema.safeParse(chunk);
  const [choice] = data?.choices ?? [];
  const message = choice?.delta ?? choice?.message;
  const content = message?.content ?? '';
  for (const part of typeof content === 'string' ? [] : content) {
    filter.push(`${part.text ?? ''}${part.refusal ?? ''}`);
    addPicture(part, partial);
  }
  // A refusal is text for the user, too.
  filter.push(`${typeof content === 'string' ? content : ''}${message?.refusal ?? ''}`);
  for (const picture of message?.images ?? []) addPicture(picture, partial);
  for (const [position, { index, function: called }] of (message?.tool_calls ?? []).entries()) {
    const place = index ?? position;
    const existing = partial.calls.get(place) ?? { name: '', json: '' };
    partial.calls.set(place, {
      name: existing.name || (called?.name ?? ''),
      json: existing.json + (called?.arguments ?? ''),
    });
  }
  partial.finishReason = choice?.finish_reason ?? partial.finishReason;
  partial.usage = data?.usage ?? partial.usage;
}

function addPicture(
  { image_url: imageUrl, url, b64_json: base64 }: z.infer<typeof pictureSchema>,
  { sources }: PartialReply,
): void {
  const source = imageUrl || url || base64;
  if (source) sources.push(source);
}

/** Returns the finished reply, or the reason why there is none. */
export function readReply(
  partial: PartialReply,
  job: TextJob,
  /** `known`: null if it is unknown. `possible`: the possible cost of a failed reply; null if nothing. */
  cost: { known: number | null; possible: number | null },
): Reply | ServiceFailure {
  if (isReplyTooLong(partial)) return failed('reply_too_long', cost.possible);
  if (partial.finishReason === 'content_filter') {
    return failed('refused', cost.possible, sentence('services.answer_filtered'));
  }
  // Every complete reply has a finish reason.
  if (partial.finishReason === null) return truncatedFailure(cost.possible);
  const requested = readToolCalls([...partial.calls.values()].map(toToolCall), job.history);
  const { pictures, leftOut } = requested;
  const { made, lost } = partial;
  const isEmpty = splitThought(partial.text).text.trim() === '';
  if (!isEmpty || pictures.length > 0 || made.length > 0) {
    const told =
      isEmpty && made.length > 0
        ? `${partial.text}\n\n${announcePictures(made.length)}`.trim()
        : partial.text;
    const text = withLeftOut(told, { leftOut: [...leftOut, ...lostSentence(lost)] });
    return { ok: true, text, pictures, costMicroUsd: cost.known, ...(made.length > 0 && { made }) };
  }
  if (lost > 0) return failed('no_picture', cost.possible, asOneSentence(lostSentence(lost)));
  return leftOut.length > 0
    ? failed('no_reply', cost.possible, asOneSentence(leftOut))
    : failed('no_reply', cost.possible);
}

function lostSentence(lost: number): Sentence[] {
  return lost === 0 ? [] : [sentence('services.answer_pictures_lost', { count: lost })];
}

function toToolCall({ name, json }: { name: string; json: string }): ToolCall {
  try {
    return { name, args: JSON.parse(json) };
  } catch {
    return { name };
  }
}

function messagesOf({ prompt, pictures }: Question): OpenAI.ChatCompletionMessageParam[] {
  const { system, turns, user } = prompt;
  const content: OpenAI.ChatCompletionContentPart[] = [
    ...pictures.map((picture) => ({
      type: 'image_url' as const,
      image_url: { url: dataUrlOf(picture) },
    })),
    { type: 'text', text: user },
  ];
  return [
    { role: 'system', content: system },
    ...turns.map(({ role, text }) => ({ role, content: text })),
    { role: 'user', content: pictures.length === 0 ? user : content },
  ];
}

/** Estimates the tokens of a reply that ended without its usage, from its text. */
export function estimateUsage(job: TextJob, partial: PartialReply): Usage {
  const { input, output } = estimateTokens(job, partial.text);
  return { prompt_tokens: input, completion_tokens: output };
}
