// A query's filters in words, and how each is taken away: what the chips show.
import { everyPicture, type GalleryQuery, type pictureShapes } from '../../../shared/domain/gallery-query';
import { providers } from '../../../shared/domain/model-catalogue';
import { findModel } from '../../../shared/domain/model-lookup';
import { importedProvider } from '../../../shared/domain/read-recipe';
import { formatDay } from '../../ui/format';

export type Chip = { key: string; label: string; without: GalleryQuery };

export const shapeLabels: Record<(typeof pictureShapes)[number], string> = {
  landscape: 'Landscape',
  portrait: 'Portrait',
  square: 'Square',
};

export const sortLabels: Record<GalleryQuery['sort'], string> = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  largest: 'Largest first',
  smallest: 'Smallest first',
  model: 'By model',
};

/** The names of what a query knows only by its id. */
export type Names = { conversation: (id: string) => string; collection: (id: string) => string };

export function modelLabel(id: string): string {
  // The files of most pictures that are brought in name none.
  if (id === importedProvider) return 'Unknown model';
  return findModel(id)?.label ?? id;
}

export function providerLabel(id: string): string {
  if (id === importedProvider) return 'Imported';
  return Object.values(providers).find((provider) => provider.id === id)?.label ?? id;
}

/** @returns a chip for each filter, in the order of the menu. The words in the field and the order are none. */
export function chipsOf(query: GalleryQuery, names: Names, now: number = Date.now()): Chip[] {
  const chips: Chip[] = [];
  const add = (key: string, label: string, change: Partial<GalleryQuery>) =>
    chips.push({ key, label, without: { ...query, ...change } });
  const { from, to, models, providers: ids, shape, minSide, conversationId, collectionId } = query;
  if (collectionId !== null) add('collection', names.collection(collectionId), { collectionId: null });
  if (query.favourites) add('favourites', 'Favourites', { favourites: false });
  if (from !== null || to !== null) add('dates', datesLabel(from, to, now), { from: null, to: null });
  for (const id of models) {
    add(`model ${id}`, modelLabel(id), { models: models.filter((other) => other !== id) });
  }
  for (const id of ids) {
    add(`provider ${id}`, providerLabel(id), { providers: ids.filter((other) => other !== id) });
  }
  if (shape !== null) add('shape', shapeLabels[shape], { shape: null });
  if (minSide !== null) add('side', `${minSide} px and more`, { minSide: null });
  if (query.hasSeed) add('seed', 'Has a seed', { hasSeed: false });
  if (conversationId !== null) {
    add('conversation', `From “${names.conversation(conversationId)}”`, { conversationId: null });
  }
  return chips;
}

/** @returns a range as "3 December", "3 December to 5 December", "Since …" or "Until …"; `to` is not in it. */
function datesLabel(from: number | null, to: number | null, now: number): string {
  const last = to === null ? null : formatDay(to - 1, now);
  if (from === null) return `Until ${last}`;
  const first = formatDay(from, now);
  if (last === null) return `Since ${first}`;
  return first === last ? first : `${first} to ${last}`;
}

/** @returns whether two queries find the same pictures; the order aside. */
export function findsTheSame(one: GalleryQuery, other: GalleryQuery): boolean {
  return filtersOf(one) === filtersOf(other);
}

export function isFiltered(query: GalleryQuery): boolean {
  return !findsTheSame(query, everyPicture);
}

function filtersOf(query: GalleryQuery): string {
  // In the order of everyPicture's fields, whatever theirs is.
  return JSON.stringify({ ...everyPicture, ...query, text: query.text.trim(), sort: null });
}
