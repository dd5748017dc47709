// A query's filters as chips: the label of each, and the query without it.

import { everyPicture, type GalleryQuery, type pictureShapes } from '../../../shared/domain/gallery-query';
import { labelOfModel } from '../../../shared/domain/model-lookup';
import { importedProvider } from '../../../shared/domain/read-recipe';
import { findService } from '../../../shared/domain/service-directory';
import { t } from '../../../shared/languages/translate';
import { limitsLabel, periodLabel } from './dates-text';

/** `imageId`: the picture that the filter is about. */
export type Chip = { key: string; label: string; without: GalleryQuery; imageId?: string };

export function shapeLabel(shape: (typeof pictureShapes)[number]): string {
  return t(`gallery.shape_${shape}`);
}

export function sortLabel(sort: GalleryQuery['sort']): string {
  return t(`gallery.sort_${sort}`);
}

/** Look up the names of conversations and collections that a query refers to by id. */
export type Names = { conversation: (id: string) => string; collection: (id: string) => string };

/** Returns the name of a model of which only the id is known. Imported pictures have an unknown model. */
export function modelLabelById(id: string): string {
  // Most imported files do not name their model.
  if (id === importedProvider) return t('gallery.unknown_model');
  return labelOfModel(id);
}

/** Returns the label of a filter for a model. */
export function modelFilterLabel(id: string): string {
  return id === importedProvider ? t('gallery.no_known_model') : modelLabelById(id);
}

/** Returns the name of a service in the gallery. Imported pictures have a label of their own. */
export function providerLabel(id: string): string {
  if (id === importedProvider) return t('gallery.imported');
  return findService(id)?.name ?? id;
}

/**
 * Returns a chip for each filter, in the order of the menu. The search text and the sort order are not filters.
 *
 * @param now labels omit the year if it is that of `now`; null: always with the year.
 */
export function chipsOf(query: GalleryQuery, names: Names, now: number | null = Date.now()): Chip[] {
  const chips: Chip[] = [];
  const add = (key: string, label: string, change: Partial<GalleryQuery>) =>
    chips.push({ key, label, without: { ...query, ...change } });
  const {
    period,
    from,
    to,
    models,
    providers: ids,
    shape,
    minSide,
    conversationId,
    collectionId,
    alikeTo,
    stackOf,
  } = query;
  if (stackOf !== null) {
    const without = { ...query, stackOf: null };
    chips.push({ key: 'stack', label: t('gallery.stack_of'), imageId: stackOf, without });
  }
  if (alikeTo !== null) {
    const without = { ...query, alikeTo: null };
    chips.push({ key: 'alike', label: t('gallery.alike_to'), imageId: alikeTo, without });
  }
  if (collectionId !== null) add('collection', names.collection(collectionId), { collectionId: null });
  if (query.favourites) add('favourites', t('gallery.favourites'), { favourites: false });
  if (period !== null) add('period', periodLabel(period), { period: null });
  else if (from !== null || to !== null) add('dates', limitsLabel(from, to, now), { from: null, to: null });
  for (const id of models) {
    add(`model ${id}`, modelFilterLabel(id), { models: models.filter((other) => other !== id) });
  }
  for (const id of ids) {
    add(`provider ${id}`, providerLabel(id), { providers: ids.filter((other) => other !== id) });
  }
  if (shape !== null) add('shape', shapeLabel(shape), { shape: null });
  if (minSide !== null) add('side', t('gallery.min_side', { side: minSide }), { minSide: null });
  if (query.hasSeed) add('seed', t('gallery.filter_with_seed'), { hasSeed: false });
  if (conversationId !== null) {
    add('conversation', t('gallery.from_conversation', { title: names.conversation(conversationId) }), {
      conversationId: null,
    });
  }
  return chips;
}

/** Returns whether a query can rank pictures: by text, or by similarity to a picture. */
export function isRanked({ text, alikeTo }: GalleryQuery): boolean {
  return text.trim() !== '' || alikeTo !== null;
}

/** Returns whether two queries match the same pictures, in any order. */
export function matchesSamePictures(one: GalleryQuery, other: GalleryQuery): boolean {
  return filtersOf(one) === filtersOf(other);
}

/** Returns whether two queries match the same pictures, in the same order. */
export function isSameQuery(one: GalleryQuery, other: GalleryQuery): boolean {
  return JSON.stringify({ ...everyPicture, ...one }) === JSON.stringify({ ...everyPicture, ...other });
}

/** Returns whether the order cannot be derived from the columns, which have neither the model nor the relevance. */
export function isOrderUnknown({ sort }: GalleryQuery): boolean {
  return sort === 'model' || sort === 'relevance';
}

/** Returns whether a query matches everything, ordered by date. */
export function isWhole(query: GalleryQuery): boolean {
  return JSON.stringify({ ...query, text: query.text.trim() }) === JSON.stringify(everyPicture);
}

/** Returns whether a query has a search text or any filter. */
export function isFiltered(query: GalleryQuery): boolean {
  return !matchesSamePictures(query, everyPicture);
}

function filtersOf(query: GalleryQuery): string {
  // Spreading everyPicture first gives both queries the same order of fields.
  return JSON.stringify({ ...everyPicture, ...query, text: query.text.trim(), sort: null });
}
