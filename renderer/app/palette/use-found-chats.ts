// The chats for what is typed into the palette. The main process finds them among all titles.
import { useEffect, useState } from 'react';
import type { Conversation } from '../../../shared/domain/conversations';
import { request } from '../../ipc';

/** Without a text, the ones that were used last. */
const maxListed = 6;
const maxFound = 20;

/** Returns the latest answer, which may belong to an earlier text for a few milliseconds. */
export function useFoundChats(text: string): Conversation[] {
  const [chats, setChats] = useState<Conversation[]>([]);
  useEffect(() => {
    let isCurrent = true;
    const limit = text.trim() === '' ? maxListed : maxFound;
    void request('conversations:search', { text, limit }).then((reply) => {
      if (isCurrent && reply.ok) setChats(reply.value.byTitle);
    });
    return () => {
      isCurrent = false;
    };
  }, [text]);
  return chats;
}
