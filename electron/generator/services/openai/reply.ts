// Replies of the text models of OpenAI-compatible services: text as it arrives, and the pictures that the model requests.
import type { OpenAI } from 'openai';
import { z } from 'zod';
import type { TextJob } from '../../../../shared/generator/jobs';
import {
  appendText,
  describeHistory,
  estimateTokens,
  isReplyTooLong,
  systemInstruction,
} from '../chat-prompt';
import { failed, truncatedFailure } from '../failures';
import { generateImage, readToolCalls, type ToolCall, withLeftOut } from '../generate-image-tool';
import type { RequestTools } from '../http/with-retries';
import type { Reply, ServiceFailure } from '../service';
import { optional, optionalList, optionalText } from '../tolerant';
import { type Usage, usageSchema } from './cost';
import { readError } from './failures';

/** https://platform.openai.com/docs/api-reference/chat/create#chat_create-tools */
const tool: OpenAI.ChatCompletionTool = { type: 'function', function: generateImage };

/** https://platform.openai.com/docs/api-reference/chat-streaming/streaming */
const chunkSchema = z.object({
  choices: optionalList(
    z.object({
      delta: optional(
        z.object({
          content: optionalText,
          refusal: optionalText,
          tool_calls: optionalList(
            z.object({
              index: z.number().catch(0),
              function: optional(z.object({ name: optionalText, arguments: optionalText })),
            }),
          ),
        }),
      ),
      finish_reason: optionalText,
    }),
  ),
  usage: usageSchema,
});

/** What has arrived of a reply. */
export type PartialReply = {
  text: string;
  /** By their index. `json` holds the arguments, which arrive in pieces. */
  calls: Map<number, { name: string; json: string }>;
  finishReason: string | null;
  usage: Usage;
};

export function emptyReply(): PartialReply {
  return { text: '', calls: new Map(), finishReason: null, usage: null };
}

/** Streams a reply; retries without the tool if the model supports none. A rejected request costs nothing. */
export async function requestReply(
  client: OpenAI,
  job: TextJob,
  model: string,
  partial: PartialReply,
  { signal, exchange }: RequestTools,
  onText: (more: string) => void,
): Promise<void> {
  const { APIError } = await import('openai');
  const startStream = (tools: OpenAI.ChatCompletionTool[]) =>
    client.chat.completions.create(
      {
        model,
        messages: messagesOf(job),
        stream: true,
        stream_options: { include_usage: true },
        ...(tools.length > 0 && { tools }),
      },
      { signal },
    );
  const stream = await startStream([tool]).catch((error: unknown) => {
    const isAboutTools =
      error instanceof APIError && exchange.status === 400 && /\btools?\b/i.test(readError(error).message);
    if (!isAboutTools) throw error;
    return startStream([]);
  });
  for await (const chunk of stream) {
    if (signal.aborted) return;
    applyChunk(chunk, partial, onText);
    if (isReplyTooLong(partial)) return;
  }
}

/** Adds a chunk to the reply. Skips a malformed one, because the others may still be readable. */
function applyChunk(chunk: unknown, partial: PartialReply, onText: (more: string) => void): void {
  const { data } = chunkSchema.safeParse(chunk);
  const [choice] = data?.choices ?? [];
  // A refusal is text for the user, too.
  const more = `${choice?.delta?.content ?? ''}${choice?.delta?.refusal ?? ''}`;
  appendText(partial, more, onText);
  for (const { index, function: called } of choice?.delta?.tool_calls ?? []) {
    const existing = partial.calls.get(index) ?? { name: '', json: '' };
    partial.calls.set(index, {
      name: existing.name || (called?.name ?? ''),
      json: existing.json + (called?.arguments ?? ''),
    });
  }
  partial.finishReason = choice?.finish_reason ?? partial.finishReason;
  partial.usage = data?.usage ?? partial.usage;
}

/** Returns the finished reply, or why there is none. */
export function readReply(
  partial: PartialReply,
  job: TextJob,
  /** `known`: null if it is unknown. `possible`: of a reply that failed; null if nothing. */
  cost: { known: number | null; possible: number | null },
): Reply | ServiceFailure {
  if (isReplyTooLong(partial)) return failed('reply_too_long', cost.possible);
  if (partial.finishReason === 'content_filter') {
    return failed(
      'refused',
      cost.possible,
      'The service’s safety filter ended this answer. Rephrase your message, then try again.',
    );
  }
  // Every complete reply has a finish reason.
  if (partial.finishReason === null) return truncatedFailure(cost.possible);
  const requested = readToolCalls([...partial.calls.values()].map(toToolCall), job.history);
  const { pictures, leftOut } = requested;
  if (partial.text.trim() !== '' || pictures.length > 0) {
    const text = withLeftOut(partial.text, requested);
    return { ok: true, text, pictures, costMicroUsd: cost.known };
  }
  return leftOut.length > 0
    ? failed('no_reply', cost.possible, leftOut.join(' '))
    : failed('no_reply', cost.possible);
}

function toToolCall({ name, json }: { name: string; json: string }): ToolCall {
  try {
    return { name, args: JSON.parse(json) };
  } catch {
    return { name };
  }
}

function messagesOf(job: TextJob): OpenAI.ChatCompletionMessageParam[] {
  const history = describeHistory(job).map(({ role, text }) => ({ role, content: text }));
  return [{ role: 'system', content: systemInstruction }, ...history, { role: 'user', content: job.text }];
}

export function estimateUsage(job: TextJob, partial: PartialReply): Usage {
  const { input, output } = estimateTokens(job, partial.text);
  return { prompt_tokens: input, completion_tokens: output };
}
