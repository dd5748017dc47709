// Builds the rows of a question and of its pending reply.
import type { NewMessage, TextMessage } from '../../../shared/domain/conversations';
import type { UsedStyle } from '../../../shared/domain/styles';
import type { ChatContext } from './chat-context';

const plainText = { kind: 'text', error: null, provider: null, model: null, costMicroUsd: null } as const;

/** Returns the row of what the user wrote, with the styles that were chosen for it. */
export function questionRow(
  id: string,
  conversationId: string,
  text: string,
  at: number,
  styles: readonly UsedStyle[] = [],
): NewMessage<TextMessage> {
  const times = { createdAt: at, updatedAt: at };
  const used = styles.length > 0 && { styles: [...styles] };
  return { ...plainText, ...times, id, conversationId, role: 'user', status: 'ready', text, ...used };
}

/** Returns a reply that waits for the text model in use. */
export function pendingReply(
  context: ChatContext,
  id: string,
  conversationId: string,
  at: number,
): NewMessage<TextMessage> {
  const { id: provider, textModel: model } = context.activeProvider();
  return {
    ...questionRow(id, conversationId, '', at),
    role: 'assistant',
    status: 'pending',
    provider,
    model,
  };
}
