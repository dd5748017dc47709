// Stops what is being made in the open conversation, the newest answers first.
import { useChat } from './chat-store';
import { newestUnfinished } from './messages';

/**
 * Returns whether the newest unfinished answer is words that are arriving. Pictures have a Stop in their own places, because
 * the user writes on while they are made.
 */
export function useIsAnswering(): boolean {
  return useChat(({ order, messages }) =>
    newestUnfinished(order, messages).some((id) => messages[id]?.kind === 'text'),
  );
}

/** Stops the answers to the newest question that has unfinished ones. @returns whether there were any. */
export function stopNewest(): boolean {
  const { order, messages, cancel } = useChat.getState();
  const ids = newestUnfinished(order, messages);
  for (const id of ids) void cancel(id);
  return ids.length > 0;
}
