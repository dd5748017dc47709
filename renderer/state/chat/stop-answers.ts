// Stops the text answers that are arriving in the open conversation. Pictures have a Stop of their own: the user goes on writing
// while they are made, and a picture may cost money.

import { useChat } from './chat-store';
import { arrivingAnswers } from './messages';

/** Returns whether a text answer is arriving. */
export function useIsAnswering(): boolean {
  return useChat(({ order, messages }) => arrivingAnswers(order, messages).length > 0);
}

/** Stops the answers that are arriving for the newest question that has some. @returns whether there were any. */
export function stopAnswering(): boolean {
  const { order, messages, cancel } = useChat.getState();
  const ids = arrivingAnswers(order, messages);
  for (const id of ids) void cancel(id);
  return ids.length > 0;
}
