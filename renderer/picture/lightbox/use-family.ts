// Loads the family of the open picture: the pictures that it was made from, and those made from it.
import { useEffect, useState } from 'react';
import { type Family, isAlone } from '../../../shared/domain/lineage';
import { request } from '../../ipc';
import { useGallery } from '../../state/gallery/gallery-store';

/**
 * Returns null until there is something to show. The previous picture's family stays until the next one is loaded, so that
 * nothing moves while the user steps within a family.
 *
 * @param imageId null: nothing is loaded.
 */
export function useFamily(imageId: string | null): Family | null {
  const [family, setFamily] = useState<Family | null>(null);
  // Loads again when a new picture arrives, which may have been made from this one.
  const newest = useGallery(({ waiting, index }) => waiting.at(-1)?.id ?? index.length);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new picture may belong to the family.
  useEffect(() => {
    if (imageId === null) return;
    let isGone = false;
    void request('images:family', { imageId }).then((reply) => {
      if (!isGone) setFamily(reply.ok && !isAlone(reply.value) ? reply.value : null);
    });
    return () => {
      isGone = true;
    };
  }, [imageId, newest]);
  return family;
}
