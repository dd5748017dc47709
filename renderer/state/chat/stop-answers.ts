// Stops what is being made in the open conversation, the newest answers first.
import { useShallow } from 'zustand/react/shallow';
import { useChat } from './chat-store';
import { newestUnfinished } from './messages';

/** Returns the ids of the answers that Stop would end now; empty if nothing is being made. */
export function useStoppable(): string[] {
  return useChat(useShallow(({ order, messages }) => newestUnfinished(order, messages)));
}

/** Stops the answers to the newest question that has unfinished ones. @returns whether there were any. */
export function stopNewest(): boolean {
  const { order, messages, cancel } = useChat.getState();
  const ids = newestUnfinished(order, messages);
  for (const id of ids) void cancel(id);
  return ids.length > 0;
}
