// Tracks which of the pictures shown outside the gallery are in Trash, deleted, or without a file.
import { useEffect } from 'react';
import { create } from 'zustand';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { request } from '../../ipc';

type GoneState = {
  /** By picture id; only pictures that were requested. */
  gone: Readonly<Record<string, boolean>>;
  /** Returns whether a picture exists now. True if that could not be determined. */
  ask: (imageId: string) => Promise<boolean>;
  /** Updates pictures that were added, restored or changed. */
  receive: (images: readonly Pick<GalleryImage, 'id' | 'state'>[]) => void;
  receiveRemoved: (imageIds: readonly string[]) => void;
};

export const useGone = create<GoneState>()((set, get) => ({
  gone: {},

  async ask(imageId) {
    const { [imageId]: before = false } = get().gone;
    // From now on, changes of the picture are received.
    set(({ gone }) => ({ gone: { ...gone, [imageId]: before } }));
    const reply = await request('gallery:tiles', { ids: [imageId] });
    // Ignores the answer if the picture has meanwhile changed.
    if (reply.ok && get().gone[imageId] === before) {
      const isThere = reply.value.some(({ state }) => state === undefined);
      set(({ gone }) => ({ gone: { ...gone, [imageId]: !isThere } }));
    }
    return get().gone[imageId] !== true;
  },

  receive(images) {
    take(images.map(({ id, state }) => [id, state !== undefined] as const));
  },

  receiveRemoved(imageIds) {
    take(imageIds.map((id) => [id, true] as const));
  },
}));

/** Updates only pictures that were requested before. */
function take(entries: readonly (readonly [id: string, isGone: boolean])[]): void {
  const { gone } = useGone.getState();
  const known = entries.filter(([id]) => Object.hasOwn(gone, id));
  if (known.length > 0) useGone.setState({ gone: { ...gone, ...Object.fromEntries(known) } });
}

/** Returns whether a picture is gone; false while unknown. */
export function useIsGone(imageId: string): boolean {
  useEffect(() => {
    if (!Object.hasOwn(useGone.getState().gone, imageId)) void useGone.getState().ask(imageId);
  }, [imageId]);
  return useGone(({ gone }) => gone[imageId] ?? false);
}
