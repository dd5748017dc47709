// The gallery's pictures for a query, page by page.

import { useEffect, useRef, useState } from 'react';
import { everyPicture, type GalleryQuery, maxSearchLength } from '../../../shared/domain/gallery-query';
import { firstChunk, type GalleryCursor } from '../../../shared/domain/gallery-timeline';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { append, emptyIndex, idsBetween } from './picture-index';

export type FoundPicture = { id: string; prompt: string };

type Page = { pictures: FoundPicture[]; next: GalleryCursor | null; problem: string | null };

const nothing: Page = { pictures: [], next: null, problem: null };
const everything: GalleryQuery = { ...everyPicture, sort: 'relevance' };

/** Finds the latest pictures at first, and those of another query once it is set. */
export function useFoundPictures() {
  const [query, setQuery] = useState(everything);
  /** `of`: the query that it answers. */
  const [found, setFound] = useState<Page & { of: GalleryQuery | null }>({ ...nothing, of: null });
  /** Counts searches, so that a reply that a later one has overtaken is recognised. */
  const searches = useRef(0);

  async function read(after: GalleryCursor | null): Promise<void> {
    searches.current += 1;
    const search = searches.current;
    const page = await readPage(query, after);
    if (search !== searches.current) return;
    setFound((before) => ({
      ...page,
      ...(after && { pictures: [...before.pictures, ...page.pictures] }),
      of: query,
    }));
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: another query is another search.
  useEffect(() => void read(null), [query]);

  return {
    query,
    setQuery,
    pictures: found.pictures,
    /** How many are read; null until it is known. */
    count: found.of === query ? found.pictures.length : null,
    problem: found.problem,
    hasMore: found.next !== null,
    loadMore: () => void read(found.next),
  };
}

async function readPage(asked: GalleryQuery, after: GalleryCursor | null): Promise<Page> {
  const query = { ...asked, text: asked.text.slice(0, maxSearchLength) };
  const chunk = await request('gallery:index', { query, isStacked: false, after, limit: firstChunk });
  if (!chunk.ok) return { ...nothing, problem: chunk.message };
  const index = append(emptyIndex(), chunk.value);
  const ids = idsBetween(index, 0, index.length - 1);
  const tiles = await request('gallery:tiles', { ids });
  const prompts = new Map(tiles.ok ? tiles.value.map(({ id, prompt }) => [id, prompt]) : []);
  const pictures = ids.map((id) => ({ id, prompt: prompts.get(id) || t('composer.picture') }));
  return { pictures, next: chunk.value.next, problem: null };
}
