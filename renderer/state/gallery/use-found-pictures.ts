// The gallery's pictures for a search text, page by page, the latest first. For lists beside the gallery.

import { useEffect, useRef, useState } from 'react';
import { everyPicture, type GalleryQuery, maxSearchLength } from '../../../shared/domain/gallery-query';
import { firstChunk, type GalleryCursor } from '../../../shared/domain/gallery-timeline';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { append, emptyIndex, idsBetween } from './picture-index';

export type FoundPicture = {
  id: string;
  prompt: string;
  /** UTC milliseconds. */
  createdAt: number;
};

type Found = { pictures: FoundPicture[]; next: GalleryCursor | null; problem: string | null };

const nothing: Found = { pictures: [], next: null, problem: null };

/**
 * @param text null: nothing is searched for.
 * @param pageSize the number of pictures in a page.
 * @returns the latest answer, which may belong to an earlier text for a few milliseconds: `foundText` is its own.
 */
export function useFoundPictures(text: string | null, pageSize = firstChunk) {
  const [found, setFound] = useState<Found & { foundText: string | null }>({ ...nothing, foundText: null });
  /** Counts searches, so that a reply that a later one has overtaken is recognised. */
  const searches = useRef(0);

  async function read(after: GalleryCursor | null): Promise<void> {
    searches.current += 1;
    const search = searches.current;
    const page = text === null ? nothing : await readPage(text, after, pageSize);
    if (search !== searches.current) return;
    setFound((before) => ({
      ...page,
      pictures: after ? [...before.pictures, ...page.pictures] : page.pictures,
      foundText: text,
    }));
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: another text is another search.
  useEffect(() => void read(null), [text]);

  return {
    pictures: found.pictures,
    foundText: found.foundText,
    problem: found.problem,
    hasMore: found.next !== null,
    loadMore: () => void read(found.next),
  };
}

/** Returns the query of the gallery for a text alone: the best matches first. */
export function queryOfText(text: string): GalleryQuery {
  return { ...everyPicture, text: text.slice(0, maxSearchLength), sort: 'relevance' };
}

async function readPage(text: string, after: GalleryCursor | null, limit: number): Promise<Found> {
  const query = queryOfText(text);
  const chunk = await request('gallery:index', { query, isStacked: false, isAside: true, after, limit });
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
