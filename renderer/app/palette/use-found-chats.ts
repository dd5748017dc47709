// Finds chats and messages for the palette. The main process searches all of them.
import { useEffect, useState } from 'react';
import type { FoundMessage } from '../../../shared/contract/chat';
import type { Conversation } from '../../../shared/domain/conversations';
import { request } from '../../ipc';

/** Maximum number of chats without a text: those used last. */
const maxListed = 6;
const maxFound = 20;
const maxMessages = 8;

type Found = { chats: Conversation[]; messages: FoundMessage[]; foundText: string | null };

/** Returns the latest answer, which for a few milliseconds may belong to an earlier text: see `foundText`. */
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
