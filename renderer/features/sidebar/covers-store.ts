// The picture beside each conversation in the list: its newest one.
import { create } from 'zustand';
import { maxCovers } from '../../../shared/contract/chat';
import type { Message } from '../../../shared/domain/conversations';
import { request } from '../../ipc';
import { pictureIdOf } from '../../state/chat/messages';

type CoversState = {
  /** Ids of pictures by conversation; null for one without a picture. Those that nobody has asked about are missing. */
  covers: Readonly<Record<string, string | null>>;
  /** The conversations that may have a newer picture than the one here, which stays until the answer has come. */
  outdated: ReadonlySet<string>;
  /** By conversation, the picture that arrived last: it stands for its chat once it is in the gallery. */
  awaited: Readonly<Record<string, string>>;
  /** Asks about the conversations on screen, as far as they are not known or may be outdated. */
  ask: (conversationIds: readonly string[]) => Promise<void>;
  /** Asks again about the conversation of a picture that has arrived or come back: only its newest one stands for it. */
  receive: (message: Message) => void;
  /** Asks again about the conversations of these pictures, which have left the gallery. */
  forgetPictures: (imageIds: readonly string[]) => void;
  /**
   * Asks again about the conversations whose picture is in the gallery now, which comes after its message, and about those
   * without a picture: one may have come back.
   */
  receiveAdded: (imageIds: readonly string[]) => void;
};

export const useCovers = create<CoversState>()((set, get) => ({
  covers: {},
  outdated: new Set(),
  awaited: {},

  async ask(conversationIds) {
    const { covers: known, outdated } = get();
    const unknown = conversationIds
      .filter((id) => !Object.hasOwn(known, id) || outdated.has(id))
      .slice(0, maxCovers);
    if (unknown.length === 0) return;
    // What changes from now on may not be in the answer.
    set({ outdated: new Set([...outdated].filter((id) => !unknown.includes(id))) });
    const reply = await request('conversations:covers', { conversationIds: unknown });
    // Without an answer the list shows no pictures, which is asked again with the next scroll.
    if (!reply.ok) return;
    const { value } = reply;
    const found = Object.fromEntries(unknown.map((id) => [id, value[id] ?? null]));
    set(({ covers }) => ({ covers: { ...covers, ...found } }));
  },

  receive(message) {
    if (message.kind !== 'image' || message.status !== 'ready' || !message.image) return;
    if (message.image.state !== undefined) return;
    const { conversationId } = message;
    const pictureId = pictureIdOf(message);
    if (get().covers[conversationId] === pictureId) return;
    set(({ outdated, awaited }) => ({
      outdated: new Set(outdated).add(conversationId),
      awaited: { ...awaited, [conversationId]: pictureId },
    }));
  },

  forgetPictures(imageIds) {
    const gone = new Set(imageIds);
    keepOnly((cover) => cover === null || !gone.has(cover));
  },

  receiveAdded(imageIds) {
    const added = new Set(imageIds);
    const entries = Object.entries(get().awaited);
    const arrived = entries.filter(([, pictureId]) => added.has(pictureId)).map(([id]) => id);
    if (arrived.length > 0) {
      set(({ outdated }) => ({
        outdated: new Set([...outdated, ...arrived]),
        awaited: Object.fromEntries(entries.filter(([id]) => !arrived.includes(id))),
      }));
    }
    keepOnly((cover) => cover !== null);
  },
}));

function keepOnly(isKept: (cover: string | null) => boolean): void {
  const { covers } = useCovers.getState();
  const entries = Object.entries(covers);
  const kept = entries.filter(([, cover]) => isKept(cover));
  if (kept.length < entries.length) useCovers.setState({ covers: Object.fromEntries(kept) });
}
