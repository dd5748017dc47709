// The user's own pictures that are being added to the gallery, to attach them to a message.
import { create } from 'zustand';

export type AddingPicture = { key: string; name: string; conversationId: string };

type AddingState = {
  adding: readonly AddingPicture[];
  /** Conversations whose message is sent as soon as its pictures are added. */
  sendsAfter: readonly string[];
  add: (pictures: readonly AddingPicture[]) => void;
  end: (key: string) => void;
  setSendsAfter: (conversationId: string, isSending: boolean) => void;
};

export const useAdding = create<AddingState>((set) => ({
  adding: [],
  sendsAfter: [],
  add(pictures) {
    set(({ adding }) => ({ adding: [...adding, ...pictures] }));
  },
  end(key) {
    set(({ adding }) => ({ adding: adding.filter((picture) => picture.key !== key) }));
  },
  setSendsAfter(conversationId, isSending) {
    set(({ sendsAfter }) => {
      const others = sendsAfter.filter((id) => id !== conversationId);
      return { sendsAfter: isSending ? [...others, conversationId] : others };
    });
  },
}));

/** Returns how many pictures are being added to a conversation's message. */
export function countAdding(conversationId: string): number {
  const { adding } = useAdding.getState();
  return adding.filter((picture) => picture.conversationId === conversationId).length;
}

export function isAdding(conversationId: string): boolean {
  return countAdding(conversationId) > 0;
}

/** Resolves when no picture is being added to a conversation's message. */
export function whenAdded(conversationId: string): Promise<void> {
  return new Promise((resolve) => {
    if (!isAdding(conversationId)) return resolve();
    const stop = useAdding.subscribe(() => {
      if (isAdding(conversationId)) return;
      stop();
      resolve();
    });
  });
}
