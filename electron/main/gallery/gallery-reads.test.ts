import { expect, test } from 'vitest';
import { everyPicture } from '../../../shared/domain/gallery-query';
import { galleryReads } from './gallery-reads';

const { galleryCount, galleryChunk } = galleryReads;
const search = { query: { ...everyPicture, text: 'yesterday' } };
const dates = { query: { ...everyPicture, from: 0, to: 1 }, isAside: true } as const;

test('a newer count ends an older one of another query, but none that is beside the search', () => {
  expect(galleryCount.replaces({ query: everyPicture }, search)).toBe(true);
  expect(galleryCount.replaces(search, { ...search })).toBe(false);
  expect(galleryCount.replaces(dates, search)).toBe(false);
  expect(galleryCount.replaces(search, dates)).toBe(false);
  expect(galleryCount.replaces({ ...dates, query: everyPicture }, dates)).toBe(false);
});

test('a newer search ends an older one of the same list, and none of another list', () => {
  const page = { after: null, limit: 5, isStacked: false };
  const fox = { query: { ...everyPicture, text: 'fox' }, ...page };
  const owl = { query: { ...everyPicture, text: 'owl' }, ...page };
  const aside = { isAside: true } as const;
  expect(galleryChunk.replaces(owl, fox)).toBe(true);
  expect(galleryChunk.replaces({ ...owl, ...aside }, { ...fox, ...aside })).toBe(true);
  expect(galleryChunk.replaces({ ...owl, ...aside }, fox)).toBe(false);
  expect(galleryChunk.replaces(owl, { ...fox, ...aside })).toBe(false);
  // The next page of the same search.
  expect(galleryChunk.replaces({ ...fox, limit: 6 }, fox)).toBe(false);
});
