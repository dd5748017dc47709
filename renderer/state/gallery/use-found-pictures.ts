// The gallery's pictures for a search text, page by page, the latest first.

import { useEffect, useRef, useState } from 'react';
import { everyPicture, type GalleryQuery, maxSearchLength } from '../../../shared/domain/gallery-query';
import { firstChunk, type GalleryCursor } from '../../../shared/domain/gallery-timeline';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { append, emptyIndex, idsBetween } from './picture-index';

export type FoundPicture = { id: string; prompt: string };

type Found = { pictures: FoundPicture[]; next: GalleryCursor | null; problem: string | null };

const nothing: Found = { pictures: [], next: null, problem: null };

export function useFoundPictures(text: string) {
  const [found, setFound] = useState(nothing);
  /** Counts searches, so that a reply that a later one has overtaken is recognised. */
  const searches = useRef(0);

  async function read(after: GalleryCursor | null): Promise<void> {
    searches.current += 1;
    const search = searches.current;
    const page = await readPage(text, after);
    if (search !== searches.current) return;
    setFound((before) => (after ? { ...page, pictures: [...before.pictures, ...page.pictures] } : page));
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: another text is another search.
  useEffect(() => void read(null), [text]);

  return {
    pictures: found.pictures,
    problem: found.problem,
    hasMore: found.next !== null,
    loadMore: () => void read(found.next),
  };
}

async function readPage(text: string, after: GalleryCursor | null): Promise<Found> {
  const query: GalleryQuery = {
    ...everyPicture,
    text: text.slice(0, maxSearchLength),
    sort: 'relevance',
  };
  const chunk = await request('gallery:index', { query, isStacked: false, after, limit: firstChunk });
  if (!chunk.ok) return { ...nothing, problem: chunk.message };
  const index = append(emptyIndex(), chunk.value);
  const ids = idsBetween(index, 0, index.length - 1);
  const tiles = await request('gallery:tiles', { ids });
  const prompts = new Map(tiles.ok ? tiles.value.map(({ id, prompt }) => [id, prompt]) : []);
  const pictures = ids.map((id) => ({ id, prompt: prompts.get(id) || t('composer.picture') }));
  return { pictures, next: chunk.value.next, problem: null };
}
