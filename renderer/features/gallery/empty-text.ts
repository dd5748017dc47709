// The texts of an empty gallery: why it is empty, and the next step.

import { datesOf, everyPicture, type GalleryQuery, withDates } from '../../../shared/domain/gallery-query';
import { t } from '../../../shared/languages/translate';
import { daysText, limitsLabel } from '../../state/gallery/dates-text';
import { isFiltered, matchesSamePictures } from '../../state/gallery/filters';

/** The action of the button. */
export type NextStep = 'ask' | 'openTrash' | 'clearSearch' | 'clearFilters' | 'showAll';

export function nextStepLabel(step: NextStep): string {
  return t(`gallery.next_${step}`);
}

/** @param trashed the number of pictures in Trash. @returns `next` is null while an import brings pictures. */
export function emptyText(
  query: GalleryQuery,
  { trashed, isImporting }: { trashed: number; isImporting: boolean },
): { text: string; next: NextStep | null } {
  const { text, collectionId, alikeTo } = query;
  if (!isFiltered(query)) {
    if (isImporting) return { text: t('gallery.empty_importing'), next: null };
    if (trashed === 0) return { text: t('gallery.empty'), next: 'ask' };
    return { text: t('gallery.all_in_trash', { count: trashed }), next: 'openTrash' };
  }
  if (matchesSamePictures(query, { ...everyPicture, text })) {
    return {
      text: t('gallery.empty_search', { text: text.trim() }),
      next: 'clearSearch',
    };
  }
  if (matchesSamePictures(query, { ...everyPicture, favourites: true })) {
    return { text: t('gallery.empty_favourites'), next: 'showAll' };
  }
  if (matchesSamePictures(query, { ...everyPicture, alikeTo })) {
    return { text: t('gallery.empty_alike'), next: 'showAll' };
  }
  if (matchesSamePictures(query, { ...everyPicture, collectionId })) {
    return {
      text: t('gallery.empty_collection'),
      next: 'showAll',
    };
  }
  return { text: t('gallery.empty_filters'), next: 'clearFilters' };
}

/** Returns whether a query is limited to certain days. */
export function isAboutTime({ period, from, to }: GalleryQuery): boolean {
  return period !== null || from !== null || to !== null;
}

/** @param query a query for days without pictures. */
export function emptyTimeText(query: GalleryQuery, now: number = Date.now()): string {
  const { from, to } = datesOf(query, now);
  const days = from === null || to === null ? limitsLabel(from, to, now) : daysText({ from, to });
  const hasOtherFilters = isFiltered(withDates(query, {}));
  return t(hasOtherFilters ? 'gallery.empty_time_filtered' : 'gallery.empty_time', { days });
}
