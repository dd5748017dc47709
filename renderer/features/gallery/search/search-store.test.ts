import { expect, test } from 'vitest';
import { everyPicture } from '../../../../shared/domain/gallery-query';
import { useSearch } from './search-store';

const { withText } = useSearch.getState();

test('a search begins with the best matches, keeps an order that is chosen, and ends with the one from before', () => {
  const browsing = { ...everyPicture, sort: 'oldest' as const };
  const started = withText(browsing, 'f');
  expect(started).toMatchObject({ text: 'f', sort: 'relevance' });
  const chosen = { ...started, sort: 'largest' as const };
  expect(withText(chosen, 'fox')).toMatchObject({ text: 'fox', sort: 'largest' });
  expect(withText(withText(chosen, 'fox'), '')).toEqual(browsing);
});

test('spaces are no search', () => {
  expect(withText(everyPicture, '  ')).toMatchObject({ sort: 'newest' });
  expect(withText({ ...everyPicture, text: '  ' }, 'fox')).toMatchObject({ sort: 'relevance' });
});
