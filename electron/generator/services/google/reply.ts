// Lets one of Google's text models answer in the chat: words as they come, and the pictures that it wants made.
import type { Content, GenerateContentResponse, GoogleGenAI } from '@google/genai';
import { z } from 'zod';
import { costOfTokens, type TokenUsage } from '../../../../shared/domain/token-prices';
import type { TextJob } from '../../../../shared/generator/messages';
import { guessTokens, hearWords, instruction, isTooLong, turnsInWords } from '../chat-prompt';
import { brokeOff, failed } from '../failures';
import { type FunctionCall, generateImage, readWishes } from '../generate-image-tool';
import type { ProviderFailure, Reply, TextContext } from '../service';
import { readUsage, usageSchema } from './answer';
import { type ExchangeOptions, exchangeWith, type Hands } from './exchange';
import { explainBlock, explainRefusal } from './reasons';

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
type Heard = {
  text: string;
  calls: FunctionCall[];
  finishReason: string | null;
  blockReason: string | null;
  usage: TokenUsage | null;
};

export type ReplyAsk = {
  job: TextJob;
  model: string;
  context: TextContext;
  /** @returns a client that works with these hands. */
  connect: (hands: Hands) => GoogleGenAI;
};

export async function replyWith(options: ExchangeOptions, ask: ReplyAsk): Promise<Reply | ProviderFailure> {
  const { job, model, context } = ask;
  const heard: Heard = { text: '', calls: [], finishReason: null, blockReason: null, usage: null };
  const contents = contentsOf(job);
  const priceOfUse = (usage: TokenUsage) => costOfTokens(model, usage, options.clock.now());
  // Zero where nobody knows the price: something may have been charged all the same.
  const mayCost = () => priceOfUse(heard.usage ?? { ...guessTokens(job, heard.text), pictures: 0 }) ?? 0;

  const done = await exchangeWith(
    options,
    { signal: context.signal, makes: 'answer', model, mayCost },
    async (hands) => {
      const stream = await ask.connect(hands).models.generateContentStream({
        model,
        contents,
        config: {
          systemInstruction: instruction,
          tools: [{ functionDeclarations: [declaration] }],
          // A chat waits for its first word. Older models do not know this setting.
          ...(/^gemini-3/.test(model) && { thinkingConfig: { thinkingLevel: hands.sdk.ThinkingLevel.LOW } }),
          automaticContinuation: false,
          abortSignal: hands.signal,
        },
      });
      for await (const chunk of stream) {
        if (hands.signal.aborted) break;
        hear(chunk, heard, context.onText);
        if (isTooLong(heard)) break;
      }
      return hands.exchange.answeredJson;
    },
  );
  if (!done.ok) return done;
  if (!done.value) return failed('bad_answer', null);
  if (isTooLong(heard)) return failed('reply_too_long', mayCost());
  if (heard.blockReason) return reasonFailure(explainBlock(heard.blockReason), null);
  const refusal = explainRefusal(heard.finishReason ?? '');
  if (refusal) return reasonFailure(refusal, mayCost());
  // Google closes each answer with its reason, so that without one the rest is missing.
  if (heard.finishReason === null) {
    return brokeOff(mayCost());
  }
  const { pictures, strangers } = readWishes(heard.calls, job.history);
  if (heard.text.trim() !== '' || pictures.length > 0) {
    const costMicroUsd = heard.usage && priceOfUse(heard.usage);
    return { ok: true, text: heard.text, pictures, costMicroUsd };
  }
  if (strangers > 0) {
    return failed(
      'no_reply',
      mayCost(),
      'Google’s model wanted to edit a picture that is not in this conversation. Say which picture you mean, then try again.',
    );
  }
  return failed('no_reply', mayCost());
}

function reasonFailure(
  { code, message }: { code: ProviderFailure['code']; message?: string },
  costMicroUsd: number | null,
): ProviderFailure {
  return failed(code, costMicroUsd, message);
}

/** What of a chunk cannot be read is passed over: the ones around it can. */
function hear(chunk: GenerateContentResponse, heard: Heard, onText: (more: string) => void): void {
  const read = chunkSchema.safeParse(chunk);
  if (!read.success) return;
  const { candidates, promptFeedback, usageMetadata } = read.data;
  const candidate = candidates?.[0];
  let more = '';
  for (const { text, thought, functionCall } of candidate?.content?.parts ?? []) {
    if (functionCall) heard.calls.push(functionCall);
    if (text && !thought) more += text;
  }
  hearWords(heard, more, onText);
  heard.finishReason = candidate?.finishReason ?? heard.finishReason;
  heard.blockReason = promptFeedback?.blockReason ?? heard.blockReason;
  // Each chunk counts all that came before it.
  if (usageMetadata) heard.usage = readUsage(usageMetadata);
}

function contentsOf(job: TextJob): Content[] {
  const before = turnsInWords(job).map(({ role, text }) => ({
    role: role === 'user' ? 'user' : 'model',
    parts: [{ text }],
  }));
  return [...before, { role: 'user', parts: [{ text: job.text }] }];
}
