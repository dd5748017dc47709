// Replies of Google's text models: streamed text, and the pictures that the model requests.

import type { Content, GenerateContentResponse, GoogleGenAI, Part } from '@google/genai';
import { z } from 'zod';
import { asOneSentence } from '../../../../shared/domain/join-sentences';
import { costOfTokens, type TokenUsage } from '../../../../shared/domain/token-prices';
import type { TextJob } from '../../../../shared/generator/jobs';
import {
  announcePictures,
  appendText,
  estimateTokens,
  isReplyTooLong,
  type TextPrompt,
  textPromptOf,
} from '../chat-prompt';
import { failed, truncatedFailure } from '../failures';
import { generateImage, readToolCalls, type ToolCall, withLeftOut } from '../generate-image-tool';
import type { FurtherPicture, Reply, ServiceFailure, TextContext } from '../service';
import { optional, optionalText } from '../tolerant';
import { explainBlockReason, explainTextRefusal } from './block-reasons';
import { readPart } from './contents';
import { type GoogleOptions, type GoogleRequestTools, requestGoogle } from './request';
import { readUsage, responseSchemaOf } from './response';

const { parameters: parametersJsonSchema, ...named } = generateImage;
const declaration = { ...named, parametersJsonSchema };

const chunkSchema = responseSchemaOf(
  z.object({
    text: optionalText,
    thought: optional(z.boolean()),
    thoughtSignature: optionalText,
    inlineData: optional(z.object({ mimeType: optionalText, data: optionalText })),
    functionCall: optional(z.object({ name: optionalText, args: z.unknown() })),
  }),
);

/** The received part of a reply. */
type PartialReply = {
  text: string;
  calls: ToolCall[];
  finishReason: string | null;
  blockReason: string | null;
  usage: TokenUsage | null;
  /** The pictures that the reply itself contains. */
  made: FurtherPicture[];
};

export type ReplyRequest = {
  job: TextJob;
  model: string;
  context: TextContext;
  connect: (tools: GoogleRequestTools) => GoogleGenAI;
  unsent?: ServiceFailure;
};

/**
 * Streams a reply of a model.
 *
 * @returns the reply, or a failure with its possible cost, which is null if nothing was sent.
 */
export async function streamReply(
  options: GoogleOptions,
  request: ReplyRequest,
): Promise<Reply | ServiceFailure> {
  const { job, model, context } = request;
  const partial: PartialReply = {
    ...{ text: '', calls: [], finishReason: null, blockReason: null, usage: null, made: [] },
  };
  const prompt = textPromptOf(job);
  const attached: Part[] = [];
  for (const reference of job.references ?? []) {
    const part = await readPart(reference, context);
    if ('code' in part) return part;
    attached.push(part);
  }
  const contents = chatContents(prompt, attached);
  const costOf = (usage: TokenUsage) => costOfTokens(model, usage, options.clock.now());
  // Zero if the price is unknown, because something may have been charged.
  const possibleCost = () =>
    costOf(partial.usage ?? { ...estimateTokens(job, partial.text), pictures: 0 }) ?? 0;

  const done = await requestGoogle(
    options,
    {
      ...({ signal: context.signal, makes: 'answer', model, possibleCost } as const),
      destination: context.service,
      ...(request.unsent && { unsent: request.unsent }),
    },
    async (tools) => {
      const stream = await request.connect(tools).models.generateContentStream({
        model,
        contents,
        config: {
          systemInstruction: prompt.system,
          ...(prompt.hasTools && { tools: [{ functionDeclarations: [declaration] }] }),
          // A low level shortens the wait for the first word. Older models reject this setting.
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
  if (partial.blockReason) {
    const { code, precise } = explainBlockReason(partial.blockReason);
    return failed(code, null, precise);
  }
  const refusal = explainTextRefusal(partial.finishReason ?? '');
  if (refusal) return failed(refusal.code, possibleCost(), refusal.precise);
  // Google ends every reply with a finish reason.
  if (partial.finishReason === null) return truncatedFailure(possibleCost());
  const requested = readToolCalls(partial.calls, job.history);
  const { pictures, leftOut } = requested;
  const { made } = partial;
  if (partial.text.trim() !== '' || pictures.length > 0 || made.length > 0) {
    const costMicroUsd = partial.usage && costOf(partial.usage);
    const text = withLeftOut(partial.text || announcePictures(made.length), requested);
    return { ok: true, text, pictures, costMicroUsd, ...(made.length > 0 && { made }) };
  }
  return leftOut.length > 0
    ? failed('no_reply', possibleCost(), asOneSentence(leftOut))
    : failed('no_reply', possibleCost());
}

/** Adds a chunk to the reply. Skips a malformed one, because the others may still be readable. */
function applyChunk(
  chunk: GenerateContentResponse,
  partial: PartialReply,
  onText: (more: string) => void,
): void {
  const parsed = chunkSchema.safeParse(chunk);
  if (!parsed.success) return;
  const { candidates, promptFeedback, usageMetadata } = parsed.data;
  const candidate = candidates?.[0];
  let more = '';
  for (const { text, thought, thoughtSignature, functionCall, inlineData } of candidate?.content?.parts ??
    []) {
    const bytes = Buffer.from(inlineData?.data ?? '', 'base64');
    const mimeType = inlineData?.mimeType ?? null;
    if (bytes.length > 0 && !thought && (mimeType?.startsWith('image/') ?? true))
      partial.made.push({ bytes, mimeType, ...(thoughtSignature && { signature: thoughtSignature }) });
    if (functionCall) partial.calls.push(functionCall);
    if (text && !thought) more += text;
  }
  appendText(partial, more, onText);
  partial.finishReason = candidate?.finishReason ?? partial.finishReason;
  partial.blockReason = promptFeedback?.blockReason ?? partial.blockReason;
  // The counts of each chunk include those of the earlier ones.
  if (usageMetadata) partial.usage = readUsage(usageMetadata);
}

function chatContents({ turns, user }: TextPrompt, pictures: readonly Part[]): Content[] {
  const history = turns.map(({ role, text }) => ({
    role: role === 'user' ? 'user' : 'model',
    parts: [{ text }],
  }));
  return [...history, { role: 'user', parts: [...pictures, { text: user }] }];
}
