// The chats and messages for what is typed into the palette. The main process finds them among all titles.
import { useEffect, useState } from 'react';
import type { FoundMessage } from '../../../shared/contract/chat';
import type { Conversation } from '../../../shared/domain/conversations';
import { request } from '../../ipc';

/** Without a text, the ones that were used last. */
const maxListed = 6;
const maxFound = 20;
const maxMessages = 8;

type Found = { chats: Conversation[]; messages: FoundMessage[]; foundText: string | null };

/** Returns the latest answer, which may belong to an earlier text for a few milliseconds: `foundText` is its own. */
export function useFoundChats(text: string): Found {
  const [found, setFound] = useState<Found>({ chats: [], messages: [], foundText: null });
  useEffect(() => {
    let isCurrent = true;
    const limit = text.trim() === '' ? maxListed : maxFound;
    void request('conversations:search', { text, limit }).then((reply) => {
      if (!isCurrent) return;
      const { byTitle, messages } = reply.ok ? reply.value : { byTitle: [], messages: [] };
      setFound({ chats: byTitle, messages: messages.slice(0, maxMessages), foundText: text });
    });
    return () => {
      isCurrent = false;
    };
  }, [text]);
  return found;
}
