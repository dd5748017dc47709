// The chats and messages for what is typed into the palette. The main process finds them among all titles.
import { useEffect, useState } from 'react';
import type { FoundMessage } from '../../../shared/contract/chat';
import type { Conversation } from '../../../shared/domain/conversations';
import { request } from '../../ipc';

/** Without a text, the ones that were used last. */
const maxListed = 6;
const maxFound = 20;
const maxMessages = 8;
const nothing = { chats: [], messages: [] };

/** Returns the latest answer, which may belong to an earlier text for a few milliseconds. */
export function useFoundChats(text: string): { chats: Conversation[]; messages: FoundMessage[] } {
  const [found, setFound] = useState<{ chats: Conversation[]; messages: FoundMessage[] }>(nothing);
  useEffect(() => {
    let isCurrent = true;
    const limit = text.trim() === '' ? maxListed : maxFound;
    void request('conversations:search', { text, limit }).then((reply) => {
      if (isCurrent && reply.ok)
        setFound({ chats: reply.value.byTitle, messages: reply.value.messages.slice(0, maxMessages) });
    });
    return () => {
      isCurrent = false;
    };
  }, [text]);
  return found;
}
