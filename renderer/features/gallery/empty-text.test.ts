import { expect, test } from 'vitest';
import { everyPicture, type GalleryQuery } from '../../../shared/domain/gallery-query';
import { emptyText, emptyTimeText, type NextStep } from './empty-text';

const now = new Date(2026, 10, 22, 12).getTime();
const day = (year: number, month: number) => new Date(year, month - 1, 1).getTime();
const none = { trashed: 0, isImporting: false };
const collectionId = '0190a000-0000-7000-8000-000000000001';

test.each<[string, Partial<GalleryQuery>, string, NextStep]>([
  ['an empty gallery', {}, 'No pictures yet', 'ask'],
  ['an empty gallery in another order', { sort: 'oldest' }, 'No pictures yet', 'ask'],
  ['a search text', { text: ' fox "' }, 'No picture has “fox "”', 'clearSearch'],
  ['favourites', { favourites: true }, 'No favourites yet', 'showAll'],
  ['a collection', { collectionId }, 'This collection is empty', 'showAll'],
  ['a collection and a search text', { collectionId, text: 'fox' }, 'Remove a filter', 'clearFilters'],
  ['several filters', { favourites: true, hasSeed: true }, 'Remove a filter', 'clearFilters'],
])('explains %s', (_name, changes, text, next) => {
  const shown = emptyText({ ...everyPicture, ...changes }, none);
  expect(shown.text).toContain(text);
  expect(shown.next).toBe(next);
});

test('explains that all pictures are in Trash', () => {
  expect(emptyText(everyPicture, { trashed: 3, isImporting: false })).toEqual({
    text: 'All 3 pictures are in Trash.',
    next: 'openTrash',
  });
  expect(emptyText({ ...everyPicture, sort: 'oldest' }, { trashed: 1, isImporting: false })).toEqual({
    text: 'Your only picture is in Trash.',
    next: 'openTrash',
  });
});

test('explains during an import that its pictures will appear, unless a filter is set', () => {
  const importing = { trashed: 3, isImporting: true };
  expect(emptyText(everyPicture, importing)).toEqual({
    text: 'The pictures that you import appear here.',
    next: null,
  });
  expect(emptyText({ ...everyPicture, favourites: true }, importing).next).toBe('showAll');
});

test('explains that no picture is similar', () => {
  expect(emptyText({ ...everyPicture, alikeTo: 'a', sort: 'relevance' }, none)).toEqual({
    text: 'No other picture looks like this one.',
    next: 'showAll',
  });
});

test('does not mention Trash for a search', () => {
  expect(emptyText({ ...everyPicture, text: 'fox' }, { trashed: 3, isImporting: false }).next).toBe(
    'clearSearch',
  );
});

test.each<[Partial<GalleryQuery>, string]>([
  [{ period: 'last_week' }, 'No picture is from this time: 9\u2009–\u200915 November 2026.'],
  [{ from: day(2025, 3), to: day(2025, 4) }, 'No picture is from this time: March 2025.'],
  [{ from: day(2025, 1), to: day(2026, 1) }, 'No picture is from this time: 2025.'],
  [{ to: day(2025, 1) }, 'No picture is from this time: Until 31 December 2024.'],
  [
    { period: 'today', favourites: true },
    'No picture from this time matches the other filters: 22 November 2026.',
  ],
])('explains for %j that there are no pictures from that time', (changes, text) => {
  expect(emptyTimeText({ ...everyPicture, ...changes }, now).replaceAll('–', '–')).toBe(text);
});
