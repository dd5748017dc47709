import { expect, test } from 'vitest';
import { everyPicture } from '../../../shared/domain/gallery-query';
import { galleryReads } from './gallery-reads';

const { replaces } = galleryReads.galleryCount;
const search = { query: { ...everyPicture, text: 'yesterday' } };
const dates = { query: { ...everyPicture, from: 0, to: 1 }, isAside: true } as const;

test('a newer count ends an older one of another query, but none that is beside the search', () => {
  expect(replaces({ query: everyPicture }, search)).toBe(true);
  expect(replaces(search, { ...search })).toBe(false);
  expect(replaces(dates, search)).toBe(false);
  expect(replaces(search, dates)).toBe(false);
  expect(replaces({ ...dates, query: everyPicture }, dates)).toBe(false);
});
