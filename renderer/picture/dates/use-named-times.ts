// The times with pictures that a search text names.
import { useEffect, useState } from 'react';
import type { GalleryQuery } from '../../../shared/domain/gallery-query';
import { type NamedTime, readNamedTimes } from './named-times';

/** Returns the times with pictures that a query's text names. Empty while they are unknown. */
export function useNamedTimes(query: GalleryQuery): NamedTime[] {
  const [times, setTimes] = useState<{ query: GalleryQuery; list: NamedTime[] } | null>(null);
  useEffect(() => {
    let isGone = false;
    void readNamedTimes(query).then((list) => {
      if (!isGone) setTimes({ query, list });
    });
    return () => {
      isGone = true;
    };
  }, [query]);
  return times?.query === query ? times.list.filter(({ count }) => count > 0) : [];
}
