// The periods that the search text names, each as a query of the gallery with the number of its pictures.
import { useEffect, useMemo, useState } from 'react';
import { everyPicture, type GalleryQuery } from '../../../shared/domain/gallery-query';
import { request } from '../../ipc';
import { datesLabel, daysText, readDateWords } from './date-words';

export type DateSuggestion = {
  label: string;
  /** The days of the period, if the label does not say them. */
  days: string | null;
  /** What it shows: the pictures of the period, without the words, in the order that was asked for. */
  query: GalleryQuery;
  count: number;
};

/**
 * Returns the periods that have pictures. If none has, the likeliest one, unless the words are found: then nobody may have
 * meant a period. Empty while the numbers are not known.
 *
 * @param found how many pictures have the words; null until it is known.
 * @param sort the order of the pictures of a period.
 */
export function useDateSuggestions(
  query: GalleryQuery,
  found: number | null,
  sort: GalleryQuery['sort'],
): DateSuggestion[] {
  const named = useMemo(() => readDateWords(query.text), [query.text]);
  const [counted, setCounted] = useState<{ query: GalleryQuery; counts: number[] } | null>(null);
  useEffect(() => {
    if (named.length === 0) return;
    let isGone = false;
    void Promise.all(named.map((dates) => countOf(withDates(query, dates)))).then((counts) => {
      if (!isGone) setCounted({ query, counts });
    });
    return () => {
      isGone = true;
    };
  }, [query, named]);
  if (counted?.query !== query || named.length === 0) return [];
  const all = named.map((dates, at) => ({
    label: datesLabel(dates),
    days: daysText(dates),
    query: { ...withDates(query, dates), sort },
    count: counted.counts[at] ?? 0,
  }));
  const some = all.filter(({ count }) => count > 0);
  return some.length > 0 || (found ?? 1) > 0 ? some : all.slice(0, 1);
}

function withDates(query: GalleryQuery, { from, to }: { from: number; to: number }): GalleryQuery {
  return { ...everyPicture, ...query, text: '', from, to };
}

/** A failure of the search itself is reported elsewhere. */
async function countOf(query: GalleryQuery): Promise<number> {
  const reply = await request('gallery:count', { query, isAside: true });
  return reply.ok ? reply.value : 0;
}
