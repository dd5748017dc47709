// The "before" variant of sending a message, for comparison: the reply waits for all of the work.

import type { ChatContext } from '../../../electron/main/chat/chat-context';
import { readIntent } from '../../../electron/main/chat/intent';
import { newId } from '../../../electron/main/db/new-id';
import type { Generator } from '../../../electron/main/generation/generator-process';
import type { Handlers } from '../../../electron/main/ipc/handlers';
import type { NewMessage, PictureMessage } from '../../../shared/domain/conversations';
import { failure, success } from '../../../shared/domain/errors';
import { serviceOf } from '../../../shared/domain/service-directory';

/**
 * Generates and stores the picture, writes three rows and broadcasts twice before it replies, as chat apps commonly
 * do. Uses the same service, files and tables as the app.
 */
export function sendAndWait(context: ChatContext, generator: Generator): Handlers['chat:send'] {
  const { store, broadcast } = context;
  return async (input) => {
    const intent = readIntent(input.text, input.mode);
    if (intent.kind !== 'picture') return failure('request_rejected');
    const at = context.now();
    const { conversationId, questionId, answerIds } = input;
    const answerId = answerIds[0] ?? newId();
    const provider = context.activeProvider().id;
    const base = { conversationId, error: null, createdAt: at, updatedAt: at };
    const question: NewMessage = {
      ...base,
      id: questionId,
      role: 'user',
      kind: 'text',
      status: 'ready',
      text: input.text,
      provider: null,
      model: null,
      costMicroUsd: null,
    };
    const answer: NewMessage<PictureMessage> = {
      ...base,
      id: answerId,
      groupId: newId(),
      role: 'assistant',
      kind: 'image',
      status: 'pending',
      prompt: intent.prompt,
      params: { aspectRatio: input.aspectRatio, seed: 0 },
      provider,
      model: serviceOf(provider).defaultModel,
      parentId: null,
      retryAt: null,
      image: null,
      durationMs: null,
      costMicroUsd: null,
    };
    store.transaction(() => {
      if (input.isNew) store.conversations.insert({ id: conversationId, title: input.text, createdAt: at });
      store.messages.insert(question);
    });

    const { id: jobId, model, prompt, params } = answer;
    const job = { kind: 'picture', jobId, requestId: newId(), provider, model, prompt, params } as const;
    const outcome = await generator.run(job);
    if (outcome.type !== 'stored') return failure('no_picture');

    const thumbhash = Buffer.from(outcome.thumbhash, 'base64');
    store.transaction(() => {
      store.messages.insert(answer);
      store.messages.setReady(answer.id, { ...outcome, thumbhash }, context.now());
    });
    store.generationLog.insert({
      id: newId(),
      messageId: answer.id,
      provider,
      model,
      outcome: 'ready',
      errorCode: null,
      requestedAt: at,
      durationMs: Math.round(outcome.durationMs),
      costMicroUsd: outcome.costMicroUsd,
    });
    const { file, width, height, bytes } = outcome;
    store.userImages.insert({
      id: answer.id,
      messageId: answer.id,
      file,
      width,
      height,
      bytes,
      thumbhash: outcome.thumbhash,
      prompt,
      provider,
      model,
      params: JSON.stringify(answer.params),
      createdAt: context.now(),
    });
    const asked = store.messages.find(question.id);
    const ready = store.messages.find(answer.id);
    const image = store.userImages.find(answer.id);
    const conversation = store.conversations.find(conversationId);
    if (!asked || !ready || !image || !conversation) return failure('internal');
    broadcast('message:updated', ready);
    broadcast('gallery:added', [image]);
    return success({ conversation, messages: [asked, ready] });
  };
}
