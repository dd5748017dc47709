import { describe, expect, test } from 'vitest';
import { everyPicture, type GalleryQuery } from '../../../shared/domain/gallery-query';
import { chipsOf, isFiltered, matchesSamePictures } from './filters';

const now = new Date(2026, 10, 22, 12).getTime();
const day = (month: number, date: number) => new Date(2026, month - 1, date).getTime();
const names = { conversation: () => 'Foxes', collection: () => 'Best of' };

function chips(changes: Partial<GalleryQuery>) {
  return chipsOf({ ...everyPicture, text: 'fox', sort: 'oldest', ...changes }, names, now);
}

describe('chipsOf', () => {
  test.each<[Partial<GalleryQuery>, string[]]>([
    [{}, []],
    [{ favourites: true, hasSeed: true }, ['Favourites', 'With a seed']],
    [{ models: ['painter-1', 'dreamer'] }, ['Offline sketch', 'dreamer']],
    [{ providers: ['google', '__proto__'] }, ['Google', '__proto__']],
    [{ shape: 'square', minSide: 2048 }, ['Square', '2048\u00a0px and more']],
    [{ from: day(11, 22) }, ['Since 22 November']],
    [{ to: day(11, 22) }, ['Until 21 November']],
    [{ from: day(11, 3), to: day(11, 4) }, ['3 November']],
    [{ from: day(11, 3), to: day(11, 6) }, ['3 November to 5 November']],
    [{ from: day(11, 1), to: day(12, 1) }, ['November 2026']],
    [{ from: day(1, 1), to: day(13, 1) }, ['2026']],
    [{ period: 'last_week', favourites: true }, ['Favourites', 'Last week']],
    [{ conversationId: 'c', collectionId: 'd' }, ['Best of', 'From “Foxes”']],
    [{ alikeTo: 'a', stackOf: 'b' }, ['Stack of this picture', 'Like this picture']],
  ])('labels the filters of %j as %j', (changes, labels) => {
    expect(chips(changes).map(({ label }) => label)).toEqual(labels);
  });

  test('removes only its own filter with each chip', () => {
    const [first, second] = chips({ models: ['painter-1', 'dreamer'], favourites: true }).slice(1);
    expect(first?.without).toMatchObject({
      models: ['dreamer'],
      favourites: true,
      text: 'fox',
      sort: 'oldest',
    });
    expect(second?.without.models).toEqual(['painter-1']);
  });

  test('shows the picture that a filter is about', () => {
    const shown = chips({ alikeTo: 'a', stackOf: 'b', favourites: true });
    expect(shown.map(({ imageId }) => imageId)).toEqual(['b', 'a', undefined]);
  });

  test('leaves only the search text when every chip is removed', () => {
    let query: GalleryQuery = {
      ...everyPicture,
      period: 'today',
      from: 1,
      to: 2,
      models: ['a', 'b'],
      shape: 'portrait',
    };
    for (;;) {
      const [chip] = chipsOf(query, names, now);
      if (!chip) break;
      query = chip.without;
    }
    expect(query).toEqual(everyPicture);
  });
});

test('treats neither the sort order nor surrounding spaces as a filter', () => {
  expect(isFiltered({ ...everyPicture, sort: 'model', text: '  ' })).toBe(false);
  expect(isFiltered({ ...everyPicture, text: 'x' })).toBe(true);
  expect(matchesSamePictures({ ...everyPicture, text: 'fox ' }, { ...everyPicture, text: 'fox' })).toBe(true);
  expect(matchesSamePictures({ ...everyPicture, models: ['a'] }, { ...everyPicture, models: ['b'] })).toBe(
    false,
  );
});
