// Back and Forward through the views that the user has visited: chats, the gallery with its collection, settings and
// Trash.
import type { GalleryQuery } from '../../../shared/domain/gallery-query';
import { useChat } from '../../state/chat/chat-store';
import { useCollections } from '../../state/collections/collections-store';
import { isSameQuery } from '../../state/gallery/filters';
import { useGallery } from '../../state/gallery/gallery-store';
import { showView, useView, type View } from '../../state/navigation';
import { useElsewhere } from '../../state/windows';
import { createSteps } from './steps';

type Place = { view: View; place: readonly string[]; conversationId: string; query: GalleryQuery };

const steps = createSteps<Place>({ isSame, isGone, max: 100 });

/** Starts recording the shown places. @returns a function that stops this */
export function watchHistory(): () => void {
  const record = () => steps.record(placeNow());
  record();
  const unsubscribe = [useView, useChat, useGallery].map((store) => store.subscribe(record));
  const acts = ['pointerdown', 'keydown', 'drop'];
  for (const act of acts) window.addEventListener(act, noteAct, { capture: true });
  return () => {
    for (const stop of unsubscribe) stop();
    for (const act of acts) window.removeEventListener(act, noteAct, { capture: true });
  };
}

/** Call it for the user's actions outside of the page, such as choosing from the native menu. */
export function noteAct(): void {
  steps.act();
}

/** @param by 1: forward, -1: back. */
export function canGo(by: 1 | -1): boolean {
  return steps.has(by);
}

/** @param by 1: forward, -1: back. */
export async function go(by: 1 | -1): Promise<void> {
  const to = steps.go(by);
  if (!to) return;
  const { view, place, conversationId, query } = to;
  if (view === 'chat') {
    const before = useView.getState();
    await openChat(conversationId);
    // The user has meanwhile gone elsewhere, or the chat could not be loaded.
    if (useChat.getState().currentId !== conversationId || useView.getState() !== before) return;
  }
  const gallery = useGallery.getState();
  if (view === 'gallery' && !isSameQuery(query, gallery.query)) gallery.setQuery(query);
  showView(view, ...place);
}

async function openChat(conversationId: string): Promise<void> {
  const { newChatId, currentId, newChat, open } = useChat.getState();
  if (conversationId !== newChatId) await open(conversationId);
  else if (currentId !== newChatId) newChat();
}

function placeNow(): Place {
  const { view, place } = useView.getState();
  return { view, place, conversationId: useChat.getState().currentId, query: useGallery.getState().query };
}

/** A search within the gallery is not a step, because its text changes with each letter. */
function isSame(one: Place, other: Place): boolean {
  if (one.view !== other.view || one.place.join('/') !== other.place.join('/')) return false;
  if (one.view === 'chat') return one.conversationId === other.conversationId;
  return one.view !== 'gallery' || partOf(one.query) === partOf(other.query);
}

/** Returns a key for the part of the gallery that a query shows. */
function partOf({ collectionId, conversationId, stackOf, alikeTo, favourites }: GalleryQuery): string {
  return JSON.stringify([collectionId, conversationId, stackOf, alikeTo, favourites]);
}

/** A chat in another window counts as gone, because opening it would bring that window to the front. */
function isGone({ view, conversationId, query: { collectionId } }: Place): boolean {
  if (view === 'chat')
    return useChat.getState().isRemoved(conversationId) || useElsewhere.getState().ids.has(conversationId);
  if (view !== 'gallery' || collectionId === null) return false;
  return !useCollections.getState().list.collections.some(({ id }) => id === collectionId);
}
