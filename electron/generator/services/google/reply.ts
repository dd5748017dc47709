// Lets one of Google's text models answer in the chat: words as they come, and the pictures that it wants made.
import type { Content, GenerateContentResponse, GoogleGenAI } from '@google/genai';
import { z } from 'zod';
import { costOfTokens, type TokenUsage } from '../../../../shared/domain/token-prices';
import type { TextJob } from '../../../../shared/generator/messages';
import {
  appendText,
  describeHistory,
  estimateTokens,
  isReplyTooLong,
  systemInstruction,
} from '../chat-prompt';
import { failed, truncatedFailure } from '../failures';
import { generateImage, readToolCalls, type ToolCall } from '../generate-image-tool';
import type { Reply, ServiceFailure, TextContext } from '../service';
import { explainBlockReason, explainTextRefusal } from './block-reasons';
import { readUsage, usageSchema } from './picture-response';
import { type GoogleOptions, type GoogleRequestTools, requestGoogle } from './request';

const { parameters: parametersJsonSchema, ...named } = generateImage;
const declaration = { ...named, parametersJsonSchema };

const partSchema = z.object({
  text: z.string().nullish(),
  thought: z.boolean().nullish(),
  functionCall: z.object({ name: z.string().nullish(), args: z.unknown() }).nullish(),
});

const chunkSchema = z.object({
  candidates: z
    .array(
      z.object({
        content: z.object({ parts: z.array(partSchema).nullish() }).nullish(),
        finishReason: z.string().nullish(),
      }),
    )
    .nullish(),
  promptFeedback: z.object({ blockReason: z.string().nullish() }).nullish(),
  usageMetadata: usageSchema,
});

/** What has come of a reply. */
type PartialReply = {
  text: string;
  calls: ToolCall[];
  finishReason: string | null;
  blockReason: string | null;
  usage: TokenUsage | null;
};

export type ReplyRequest = {
  job: TextJob;
  model: string;
  context: TextContext;
  /** @returns a client that works with these tools. */
  connect: (tools: GoogleRequestTools) => GoogleGenAI;
};

export async function streamReply(
  options: GoogleOptions,
  request: ReplyRequest,
): Promise<Reply | ServiceFailure> {
  const { job, model, context } = request;
  const partial: PartialReply = { text: '', calls: [], finishReason: null, blockReason: null, usage: null };
  const contents = chatContents(job);
  const priceOfUse = (usage: TokenUsage) => costOfTokens(model, usage, options.clock.now());
  // Zero where nobody knows the price: something may have been charged all the same.
  const possibleCost = () =>
    priceOfUse(partial.usage ?? { ...estimateTokens(job, partial.text), pictures: 0 }) ?? 0;

  const done = await requestGoogle(
    options,
    { signal: context.signal, makes: 'answer', model, possibleCost },
    async (tools) => {
      const stream = await request.connect(tools).models.generateContentStream({
        model,
        contents,
        config: {
          systemInstruction: systemInstruction,
          tools: [{ functionDeclarations: [declaration] }],
          // A chat waits for its first word. Older models do not know this setting.
          ...(/^gemini-3/.test(model) && { thinkingConfig: { thinkingLevel: tools.sdk.ThinkingLevel.LOW } }),
          automaticContinuation: false,
          abortSignal: tools.signal,
        },
      });
      for await (const chunk of stream) {
        if (tools.signal.aborted) break;
        applyChunk(chunk, partial, context.onText);
        if (isReplyTooLong(partial)) break;
      }
      return tools.exchange.isJsonResponse;
    },
  );
  if (!done.ok) return done;
  if (!done.value) return failed('bad_answer', null);
  if (isReplyTooLong(partial)) return failed('reply_too_long', possibleCost());
  if (partial.blockReason) return reasonFailure(explainBlockReason(partial.blockReason), null);
  const refusal = explainTextRefusal(partial.finishReason ?? '');
  if (refusal) return reasonFailure(refusal, possibleCost());
  // Google closes each answer with its reason, so that without one the rest is missing.
  if (partial.finishReason === null) {
    return truncatedFailure(possibleCost());
  }
  const { pictures, unknownPictures } = readToolCalls(partial.calls, job.history);
  if (partial.text.trim() !== '' || pictures.length > 0) {
    const costMicroUsd = partial.usage && priceOfUse(partial.usage);
    return { ok: true, text: partial.text, pictures, costMicroUsd };
  }
  if (unknownPictures > 0) {
    return failed(
      'no_reply',
      possibleCost(),
      'Google’s model wanted to edit a picture that is not in this conversation. Say which picture you mean, then try again.',
    );
  }
  return failed('no_reply', possibleCost());
}

function reasonFailure(
  { code, message }: { code: ServiceFailure['code']; message?: string },
  costMicroUsd: number | null,
): ServiceFailure {
  return failed(code, costMicroUsd, message);
}

/** What of a chunk cannot be read is passed over: the ones around it can. */
function applyChunk(
  chunk: GenerateContentResponse,
  partial: PartialReply,
  onText: (more: string) => void,
): void {
  const read = chunkSchema.safeParse(chunk);
  if (!read.success) return;
  const { candidates, promptFeedback, usageMetadata } = read.data;
  const candidate = candidates?.[0];
  let more = '';
  for (const { text, thought, functionCall } of candidate?.content?.parts ?? []) {
    if (functionCall) partial.calls.push(functionCall);
    if (text && !thought) more += text;
  }
  appendText(partial, more, onText);
  partial.finishReason = candidate?.finishReason ?? partial.finishReason;
  partial.blockReason = promptFeedback?.blockReason ?? partial.blockReason;
  // Each chunk counts all that came before it.
  if (usageMetadata) partial.usage = readUsage(usageMetadata);
}

function chatContents(job: TextJob): Content[] {
  const before = describeHistory(job).map(({ role, text }) => ({
    role: role === 'user' ? 'user' : 'model',
    parts: [{ text }],
  }));
  return [...before, { role: 'user', parts: [{ text: job.text }] }];
}
