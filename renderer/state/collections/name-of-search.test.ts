import { afterEach, expect, test } from 'vitest';
import { everyPicture, type GalleryQuery } from '../../../shared/domain/gallery-query';
import { de } from '../../../shared/languages/de';
import { en } from '../../../shared/languages/en';
import { setLanguage } from '../../../shared/languages/translate';
import { nameOfSearch } from './collection-actions';

afterEach(() => setLanguage('en', en));

const names = { conversation: () => 'Foxes', collection: () => 'Best of' };
const day = (year: number, month: number, date: number) => new Date(year, month - 1, date).getTime();
const thisYear = new Date().getFullYear();

test.each<[Partial<GalleryQuery>, string]>([
  [{ period: 'last_week' }, 'Last week'],
  [{ period: 'yesterday', text: ' fox ' }, 'fox, Yesterday'],
  // In another year, a day without its year would be ambiguous.
  [{ from: day(thisYear, 3, 3), to: day(thisYear, 3, 4) }, `3 March ${thisYear}`],
  [{ from: day(thisYear, 3, 1), to: day(thisYear, 4, 1) }, `March ${thisYear}`],
  [{ to: day(2025, 3, 4) }, 'Until 3 March 2025'],
  [{ hasSeed: true, minSide: 2048 }, '2048\u00a0px and more, With a seed'],
  [{ conversationId: 'c', shape: 'square' }, 'Square, From “Foxes”'],
])('names a search for %j %j', (changes, name) => {
  expect(nameOfSearch({ ...everyPicture, ...changes }, names)).toBe(name);
});

test('names it in the language of the interface', () => {
  setLanguage('de', de);
  expect(nameOfSearch({ ...everyPicture, period: 'last_week' }, names)).toBe('Letzte Woche');
  expect(nameOfSearch({ ...everyPicture, from: day(2025, 3, 1), to: day(2025, 4, 1) }, names)).toBe(
    'März 2025',
  );
});

test('shortens a long name', () => {
  expect(nameOfSearch({ ...everyPicture, text: 'fox '.repeat(40) }, names)).toMatch(/^(fox ){14}fox…$/);
});
