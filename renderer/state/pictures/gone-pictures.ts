// Which pictures are in Trash, deleted or without their file, among those that are shown outside of the gallery.
import { useEffect } from 'react';
import { create } from 'zustand';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { request } from '../../ipc';

type GoneState = {
  /** By picture, as far as somebody has asked. */
  gone: Readonly<Record<string, boolean>>;
  /** Returns whether a picture is there now; true also if nobody can tell. */
  ask: (imageId: string) => Promise<boolean>;
  /** Takes over what has come, come back or changed. */
  receive: (images: readonly Pick<GalleryImage, 'id' | 'state'>[]) => void;
  receiveRemoved: (imageIds: readonly string[]) => void;
};

export const useGone = create<GoneState>()((set, get) => ({
  gone: {},

  async ask(imageId) {
    const { [imageId]: before = false } = get().gone;
    // From now on it is told of changes.
    set(({ gone }) => ({ gone: { ...gone, [imageId]: before } }));
    const reply = await request('gallery:tiles', { ids: [imageId] });
    // What has changed meanwhile may not be in the answer.
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

/** Of what nobody has asked about, nothing is kept. */
function take(entries: readonly (readonly [id: string, isGone: boolean])[]): void {
  const { gone } = useGone.getState();
  const known = entries.filter(([id]) => Object.hasOwn(gone, id));
  if (known.length > 0) useGone.setState({ gone: { ...gone, ...Object.fromEntries(known) } });
}

/** Returns whether a picture is gone; false until that is known. */
export function useIsGone(imageId: string): boolean {
  useEffect(() => {
    if (!Object.hasOwn(useGone.getState().gone, imageId)) void useGone.getState().ask(imageId);
  }, [imageId]);
  return useGone(({ gone }) => gone[imageId] ?? false);
}
