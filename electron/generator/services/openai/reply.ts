// Lets a text model behind an OpenAI-compatible service answer in the chat: words as they come, and wishes for pictures.
import type { OpenAI } from 'openai';
import { z } from 'zod';
import type { TextJob } from '../../../../shared/generator/messages';
import { guessTokens, hearWords, instruction, isTooLong, turnsInWords } from '../chat-prompt';
import { brokeOff, failed } from '../failures';
import { type FunctionCall, generateImage, readWishes } from '../generate-image-tool';
import type { Hands } from '../http/with-retries';
import type { ProviderFailure, Reply } from '../service';
import { costOfUsage, type Usage, usageSchema } from './cost';
import { readError } from './failures';

/** https://platform.openai.com/docs/api-reference/chat/create#chat_create-tools */
const tool: OpenAI.ChatCompletionTool = { type: 'function', function: generateImage };

/** https://platform.openai.com/docs/api-reference/chat-streaming/streaming */
const chunkSchema = z.object({
  choices: z
    .array(
      z.object({
        delta: z
          .object({
            content: z.string().nullish(),
            refusal: z.string().nullish(),
            tool_calls: z
              .array(
                z.object({
                  index: z.number().catch(0),
                  function: z
                    .object({ name: z.string().nullish(), arguments: z.string().nullish() })
                    .nullish(),
                }),
              )
              .nullish()
              .catch(null),
          })
          .nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .nullish(),
  usage: usageSchema,
});

/** What has come of a reply. */
export type Heard = {
  text: string;
  /** By their place; the arguments are JSON in pieces. */
  calls: Map<number, { name: string; json: string }>;
  finishReason: string | null;
  usage: Usage;
};

export function nothingHeard(): Heard {
  return { text: '', calls: new Map(), finishReason: null, usage: null };
}

/** Asks for a streamed answer; again without the tool, where the model knows no tools: a refusal costs nothing. */
export async function askForReply(
  client: OpenAI,
  job: TextJob,
  model: string,
  heard: Heard,
  { signal, exchange }: Hands,
  onText: (more: string) => void,
): Promise<void> {
  const { APIError } = await import('openai');
  const ask = (tools: OpenAI.ChatCompletionTool[]) =>
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
  const stream = await ask([tool]).catch((error: unknown) => {
    const isAboutTools =
      error instanceof APIError && exchange.status === 400 && /\btools?\b/i.test(readError(error).message);
    if (!isAboutTools) throw error;
    return ask([]);
  });
  for await (const chunk of stream) {
    if (signal.aborted) return;
    hear(chunk, heard, onText);
    if (isTooLong(heard)) return;
  }
}

/** What of a chunk cannot be read is passed over: the ones around it can. */
function hear(chunk: unknown, heard: Heard, onText: (more: string) => void): void {
  const { data } = chunkSchema.safeParse(chunk);
  const [choice] = data?.choices ?? [];
  // A refusal in words is an answer in words.
  const more = `${choice?.delta?.content ?? ''}${choice?.delta?.refusal ?? ''}`;
  hearWords(heard, more, onText);
  for (const { index, function: called } of choice?.delta?.tool_calls ?? []) {
    const before = heard.calls.get(index) ?? { name: '', json: '' };
    heard.calls.set(index, {
      name: before.name || (called?.name ?? ''),
      json: before.json + (called?.arguments ?? ''),
    });
  }
  heard.finishReason = choice?.finish_reason ?? heard.finishReason;
  heard.usage = data?.usage ?? heard.usage;
}

/** @param mayCost what the answer may have cost. */
export function readReply(
  heard: Heard,
  { job, model }: { job: TextJob; model: string },
  mayCost: number | null,
): Reply | ProviderFailure {
  if (isTooLong(heard)) return failed('reply_too_long', mayCost);
  if (heard.finishReason === 'content_filter') {
    return failed(
      'refused',
      mayCost,
      'The service’s safety filter ended this answer. Say it in other words, then try again.',
    );
  }
  // The service closes each answer with its reason, so that without one the rest is missing.
  if (heard.finishReason === null) {
    return brokeOff(mayCost);
  }
  const { pictures, strangers } = readWishes([...heard.calls.values()].map(callOf), job.history);
  if (heard.text.trim() !== '' || pictures.length > 0) {
    return { ok: true, text: heard.text, pictures, costMicroUsd: costOfUsage(model, heard.usage) };
  }
  if (strangers === 0) return failed('no_reply', mayCost);
  return failed(
    'no_reply',
    mayCost,
    'The model wanted to edit a picture that is not in this conversation. Say which picture you mean, then try again.',
  );
}

function callOf({ name, json }: { name: string; json: string }): FunctionCall {
  try {
    return { name, args: JSON.parse(json) };
  } catch {
    return { name };
  }
}

function messagesOf(job: TextJob): OpenAI.ChatCompletionMessageParam[] {
  const before = turnsInWords(job).map(({ role, text }) => ({ role, content: text }));
  return [{ role: 'system', content: instruction }, ...before, { role: 'user', content: job.text }];
}

export function guessUsage(job: TextJob, heard: Heard): Usage {
  const { input, output } = guessTokens(job, heard.text);
  return { prompt_tokens: input, completion_tokens: output };
}
