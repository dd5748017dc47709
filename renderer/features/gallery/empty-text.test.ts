import { expect, test } from 'vitest';
import { everyPicture, type GalleryQuery } from '../../../shared/domain/gallery-query';
import { nothingWords } from './empty-text';

const collectionId = '0190a000-0000-7000-8000-000000000001';

test.each<[string, Partial<GalleryQuery>, string]>([
  ['an empty gallery', {}, 'No pictures yet'],
  ['an empty gallery in another order', { sort: 'oldest' }, 'No pictures yet'],
  ['words', { text: ' fox "' }, 'No picture has “fox "”'],
  ['favourites', { favourites: true }, 'No favourites yet'],
  ['a collection', { collectionId }, 'This collection is empty'],
  ['a collection and words', { collectionId, text: 'fox' }, 'Take a filter away'],
  ['several filters', { favourites: true, hasSeed: true }, 'Take a filter away'],
])('%s', (_name, changes, words) => {
  expect(nothingWords({ ...everyPicture, ...changes })).toContain(words);
});
