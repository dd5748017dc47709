// The arrow keys in the composer: recalls the prompts of the open conversation.
import { type KeyboardEvent, useMemo } from 'react';
import { request } from '../../ipc';
import { useChat } from '../../state/chat/chat-store';
import { useDraft } from '../../state/composer/draft-store';
import { createPromptHistory } from '../../state/composer/prompt-history';

/** @returns a handler for keys in the field, which returns whether it has handled the key. */
export function usePromptHistory(conversationId: string): (event: KeyboardEvent) => boolean {
  const history = useMemo(
    () =>
      createPromptHistory({
        text: () => useDraft.getState().text,
        setText: (text) => useDraft.getState().recall(text),
        loaded(before) {
          const { order, messages, newer } = useChat.getState();
          const loaded = order.flatMap((id) => messages[id] ?? []);
          const end = loaded.at(-1)?.seq ?? 0;
          // The newest messages are not loaded while the user is far up in the transcript.
          if (newer > 0 && (before ?? Number.POSITIVE_INFINITY) > end + 1) return [];
          return before === null ? loaded : loaded.filter(({ seq }) => seq < before);
        },
        async read(before) {
          const reply = await request('messages:list', { conversationId, before });
          return reply.ok ? reply.value.messages : [];
        },
      }),
    [conversationId],
  );

  return (event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey, nativeEvent, target } = event;
    if (ctrlKey || metaKey || altKey || shiftKey || nativeEvent.isComposing) return false;
    if (key === 'Escape') return history.leave();
    if (!(target instanceof HTMLTextAreaElement) || !isAtEdge(target)) return false;
    return key === 'ArrowUp' ? history.older() : key === 'ArrowDown' && history.newer();
  };
}

/** Within the text the arrow keys move the caret. */
function isAtEdge({ selectionStart, selectionEnd, value }: HTMLTextAreaElement): boolean {
  return selectionStart === selectionEnd && (selectionStart === 0 || selectionStart === value.length);
}
