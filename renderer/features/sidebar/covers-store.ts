// The picture beside each conversation in the list: its newest one.
import { create } from 'zustand';
import { maxCovers } from '../../../shared/contract/chat';
import type { Message } from '../../../shared/domain/conversations';
import { request } from '../../ipc';
import { pictureIdOf } from '../../state/chat/messages';

type CoversState = {
  /** Ids of pictures by conversation; null for one without a picture. Conversations that were never requested are absent. */
  covers: Readonly<Record<string, string | null>>;
  /** The conversations that may have a newer picture. The known one stays until the answer arrives. */
  outdated: ReadonlySet<string>;
  /** The last arrived picture by conversation, which becomes its cover once it is in the gallery. */
  awaited: Readonly<Record<string, string>>;
  /** Requests the covers of conversations on screen that are unknown or may be outdated. */
  ask: (conversationIds: readonly string[]) => Promise<void>;
  /** Requests the cover of a conversation again after a picture has arrived or was restored. The newest one is the cover. */
  receive: (message: Message) => void;
  /** Requests the covers again for the conversations of pictures that have left the gallery. */
  forgetPictures: (imageIds: readonly string[]) => void;
  /**
   * Requests the covers again for conversations whose awaited picture has entered the gallery, which happens after its
   * message, and for those without a picture, because one may have been restored.
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
    // Later changes may not be in the answer, so they mark the cover as outdated again.
    set({ outdated: new Set([...outdated].filter((id) => !unknown.includes(id))) });
    const reply = await request('conversations:covers', { conversationIds: unknown });
    // After a failure the list shows no pictures, and the next scroll requests them again.
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
