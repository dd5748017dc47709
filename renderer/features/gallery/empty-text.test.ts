import { expect, test } from 'vitest';
import { everyPicture, type GalleryQuery } from '../../../shared/domain/gallery-query';
import { emptyText } from './empty-text';

const collectionId = '0190a000-0000-7000-8000-000000000001';

test.each<[string, Partial<GalleryQuery>, string]>([
  ['an empty gallery', {}, 'No pictures yet'],
  ['an empty gallery in another order', { sort: 'oldest' }, 'No pictures yet'],
  ['a search text', { text: ' fox "' }, 'No picture has “fox "”'],
  ['favourites', { favourites: true }, 'No favourites yet'],
  ['a collection', { collectionId }, 'This collection is empty'],
  ['a collection and a search text', { collectionId, text: 'fox' }, 'Remove a filter'],
  ['several filters', { favourites: true, hasSeed: true }, 'Remove a filter'],
])('explains %s', (_name, changes, text) => {
  expect(emptyText({ ...everyPicture, ...changes })).toContain(text);
});
