import { beforeEach, describe, expect, test, vi } from 'vitest';
import { everyPicture, type GalleryQuery } from '../../../../shared/domain/gallery-query';
import { useGallery } from '../../../state/gallery/gallery-store';
import { useSearch } from './search-store';

type Answer = { ok: true; value: number } | { ok: false; code: string; message: string };

/** The counts that the main process has not answered yet. */
const { asked } = vi.hoisted(() => {
  const asked: { query: GalleryQuery; answer: (answer: Answer) => void }[] = [];
  const request = (name: string, { query }: { query: GalleryQuery }) =>
    new Promise((answer) => {
      if (name === 'gallery:count') asked.push({ query, answer });
    });
  Object.assign(globalThis, {
    window: Object.assign(new EventTarget(), { afterimage: { request } }),
    ...{ localStorage: { getItem: () => null }, location: { hash: '' } },
  });
  return { asked };
});

const { withText } = useSearch.getState();
const settled = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  asked.length = 0;
  useSearch.setState({ found: null, times: null, entered: null });
});

/** Starts a search, as typing does. */
function searchFor(text: string) {
  useGallery.getState().setQuery({ ...everyPicture, text });
  return countAgain(useGallery.getState().query);
}

/** Reads a query whose answers the test gives later. Null stands for a failure. */
function countAgain(query: GalleryQuery) {
  const from = asked.length;
  void useSearch.getState().read(query);
  const answer = (isOfWords: boolean) => (count: number | null) => {
    const own = asked.slice(from).filter((each) => (each.query.text !== '') === isOfWords);
    for (const each of own) {
      each.answer(count === null ? { ok: false, code: 'internal', message: '' } : { ok: true, value: count });
    }
  };
  return { query, countWords: answer(true), countTime: answer(false) };
}

test('a search sorts by relevance, keeps a chosen order, and restores the previous one', () => {
  const browsing = { ...everyPicture, sort: 'oldest' as const };
  const started = withText(browsing, 'f');
  expect(started).toMatchObject({ text: 'f', sort: 'relevance' });
  const chosen = { ...started, sort: 'largest' as const };
  expect(withText(chosen, 'fox')).toMatchObject({ text: 'fox', sort: 'largest' });
  expect(withText(withText(chosen, 'fox'), '')).toEqual(browsing);
});

test('spaces do not count as a search', () => {
  expect(withText(everyPicture, '  ')).toMatchObject({ sort: 'newest' });
  expect(withText({ ...everyPicture, text: '  ' }, 'fox')).toMatchObject({ sort: 'relevance' });
});

describe('Enter', () => {
  test('shows the time that the text names once both answers have arrived', async () => {
    const { query, countWords, countTime } = searchFor('yesterday');
    useSearch.getState().enter(query);
    countTime(3);
    await settled();
    expect(useGallery.getState().query).toBe(query);
    countWords(0);
    await settled();
    expect(useGallery.getState().query).toMatchObject({ text: '', period: 'yesterday' });
  });

  test('shows it at once if both answers have already arrived', async () => {
    const { query, countWords, countTime } = searchFor('yesterday');
    countWords(0);
    countTime(3);
    await settled();
    expect(useGallery.getState().query).toBe(query);
    useSearch.getState().enter(query);
    expect(useGallery.getState().query.period).toBe('yesterday');
  });

  test.each([
    ['the words are found', 2, 3],
    ['the time has no pictures', 0, 0],
    ['the words cannot be counted', null, 3],
  ])('is cancelled when %s, so that a later answer changes nothing', async (_why, words, time) => {
    const { query, countWords, countTime } = searchFor('yesterday');
    useSearch.getState().enter(query);
    countWords(words);
    countTime(time);
    await settled();
    expect(useSearch.getState().entered).toBeNull();
    // Pictures were deleted or added in the meantime.
    const again = countAgain(query);
    again.countWords(0);
    again.countTime(1);
    await settled();
    expect(useGallery.getState().query).toBe(query);
  });

  test('is cancelled when the field is left or another text is typed before the answer', async () => {
    const left = searchFor('yesterday');
    useSearch.getState().enter(left.query);
    useSearch.getState().leave();
    left.countWords(0);
    left.countTime(3);
    await settled();
    expect(useGallery.getState().query).toBe(left.query);

    const first = searchFor('yesterday');
    useSearch.getState().enter(first.query);
    const second = searchFor('today');
    first.countWords(0);
    first.countTime(3);
    second.countWords(0);
    second.countTime(3);
    await settled();
    expect(useGallery.getState().query).toBe(second.query);
  });

  test('ignores answers for other texts', async () => {
    const first = searchFor('yesterda');
    first.countWords(0);
    await settled();
    const second = searchFor('yesterday');
    useSearch.getState().enter(second.query);
    second.countTime(3);
    await settled();
    expect(useGallery.getState().query).toBe(second.query);
    second.countWords(1);
    await settled();
    expect(useGallery.getState().query).toBe(second.query);
  });
});
