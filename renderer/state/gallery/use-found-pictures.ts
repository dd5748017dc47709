// The gallery's pictures for a query, page by page. For lists beside the gallery.

import { useEffect, useRef, useState } from 'react';
import { everyPicture, type GalleryQuery, maxSearchLength } from '../../../shared/domain/gallery-query';
import { firstChunk, type GalleryCursor } from '../../../shared/domain/gallery-timeline';
import { lengthProblem } from '../../../shared/domain/text-length';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { append, emptyIndex, idsBetween } from './picture-index';

export type FoundPicture = {
  id: string;
  prompt: string;
  /** UTC milliseconds. */
  createdAt: number;
};

type Page = { pictures: FoundPicture[]; next: GalleryCursor | null; problem: string | null };

const nothing: Page = { pictures: [], next: null, problem: null };

/** Returns a query for a text, best matches first. Without a text, it finds the latest pictures. */
export function queryOfText(text: string): GalleryQuery {
  return { ...everyPicture, text, sort: 'relevance' };
}

/**
 * @param query null: no search.
 * @param pageSize the number of pictures in a page.
 * @returns the latest answer, which for a few milliseconds may belong to an earlier query: see `of`.
 */
export function useFoundPictures(query: GalleryQuery | null, pageSize = firstChunk) {
  const [found, setFound] = useState<Page & { of: GalleryQuery | null }>({ ...nothing, of: null });
  /** Number of searches, to recognise a reply that a later one has overtaken. */
  const searches = useRef(0);

  async function read(after: GalleryCursor | null): Promise<void> {
    searches.current += 1;
    const search = searches.current;
    const page = query === null ? nothing : await readPage(query, after, pageSize);
    if (search !== searches.current) return;
    setFound((before) => ({
      ...page,
      ...(after && { pictures: [...before.pictures, ...page.pictures] }),
      of: query,
    }));
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for each query.
  useEffect(() => void read(null), [query]);

  return {
    pictures: found.pictures,
    of: found.of,
    /** The number of loaded pictures; null until it is known. */
    count: found.of === query ? found.pictures.length : null,
    problem: found.problem,
    hasMore: found.next !== null,
    loadMore: () => void read(found.next),
  };
}

async function readPage(asked: GalleryQuery, after: GalleryCursor | null, limit: number): Promise<Page> {
  const tooLong = lengthProblem(asked.text, maxSearchLength);
  if (tooLong !== null) return { ...nothing, problem: t('gallery.shorten', { problem: tooLong }) };
  const chunk = await request('gallery:index', {
    query: asked,
    isStacked: false,
    isAside: true,
    after,
    limit,
  });
  if (!chunk.ok) return { ...nothing, problem: chunk.message };
  const index = append(emptyIndex(), chunk.value);
  const ids = idsBetween(index, 0, index.length - 1);
  const tiles = await request('gallery:tiles', { ids });
  const prompts = new Map(tiles.ok ? tiles.value.map(({ id, prompt }) => [id, prompt]) : []);
  const pictures = ids.map((id, at) => ({
    id,
    prompt: prompts.get(id) || t('composer.picture'),
    createdAt: index.createdAt[at] ?? 0,
  }));
  return { pictures, next: chunk.value.next, problem: null };
}
