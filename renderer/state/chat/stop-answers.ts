// Stops the pending answers of the open conversation, the newest first.
import { useChat } from './chat-store';
import { newestUnfinished } from './messages';

/**
 * Returns whether the newest unfinished answer has no Stop button of its own: an arriving text, or pictures whose messages
 * are not loaded. Loaded pictures have their own, because the user continues to write while they are made.
 */
export function useIsAnswering(): boolean {
  return useChat((state) =>
    newestUnfinished(state).some((id) => state.messages[id]?.kind === 'text' || !state.order.includes(id)),
  );
}

/** Stops the answers to the newest question that has unfinished ones. @returns whether there were any. */
export function stopNewest(): boolean {
  const state = useChat.getState();
  const ids = newestUnfinished(state);
  for (const id of ids) void state.cancel(id);
  return ids.length > 0;
}
