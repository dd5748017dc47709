import { describe, expect, test } from 'vitest';
import {
  covering,
  everything,
  extendedTo,
  noSelection,
  type Selection,
  toggled,
  withoutGone,
} from './selection';

const order = [...'abcdefgh'];
const between = (from: string, to: string) => {
  const [one, other] = [order.indexOf(from), order.indexOf(to)];
  return one < 0 || other < 0 ? [] : order.slice(Math.min(one, other), Math.max(one, other) + 1);
};
const shown = ({ ids }: Selection) => [...ids].toSorted().join('');
const toggle = (selection: Selection, ...ids: string[]) => ids.reduce(toggled, selection);
const extend = (selection: Selection, id: string) => extendedTo(selection, id, between);

test('selects and deselects one by one', () => {
  expect(shown(toggle(noSelection, 'c', 'a'))).toBe('ac');
  expect(shown(toggle(noSelection, 'c', 'a', 'c'))).toBe('a');
  expect(noSelection.ids.size).toBe(0);
});

describe('extendedTo', () => {
  test('extends in either direction from the anchor', () => {
    expect(shown(extend(toggle(noSelection, 'c'), 'e'))).toBe('cde');
    expect(shown(extend(toggle(noSelection, 'c'), 'a'))).toBe('abc');
  });

  test('replaces the range for another end, and keeps the earlier selection', () => {
    const first = extend(toggle(noSelection, 'h', 'c'), 'f');
    expect(shown(first)).toBe('cdefh');
    expect(shown(extend(first, 'd'))).toBe('cdh');
    expect(shown(extend(first, 'a'))).toBe('abch');
  });

  test('keeps pictures inside the range that were selected separately', () => {
    const first = extend(toggle(noSelection, 'e', 'c'), 'f');
    expect(shown(extend(first, 'd'))).toBe('cde');
  });

  test('starts at the picture if there is no anchor', () => {
    expect(shown(extend(noSelection, 'd'))).toBe('d');
    const left = withoutGone(toggle(noSelection, 'a', 'c'), ['c']);
    expect(shown(extend(extend(left, 'e'), 'f'))).toBe('aef');
    expect(shown(extend(toggle(noSelection, 'z'), 'b'))).toBe('bz');
  });

  test('starts at a picture that was just deselected', () => {
    expect(shown(extend(toggle(noSelection, 'a', 'd', 'd'), 'e'))).toBe('ade');
  });
});

test('adds covered pictures, and removes those that are no longer covered', () => {
  const before = toggle(noSelection, 'h').ids;
  expect(shown(covering(before, ['a', 'b', 'c']))).toBe('abch');
  expect(shown(covering(before, ['a']))).toBe('ah');
  expect(shown(covering(before, []))).toBe('h');
  expect(shown(extend(covering(before, ['b', 'c']), 'd'))).toBe('bcdh');
});

test('selects everything', () => {
  expect(shown(everything(order))).toBe('abcdefgh');
  expect(everything([]).anchor).toBeNull();
});

test('deselects pictures that are gone, and otherwise returns the same selection', () => {
  const chosen = extend(toggle(noSelection, 'b'), 'd');
  expect(shown(withoutGone(chosen, ['c', 'x']))).toBe('bd');
  expect(withoutGone(chosen, ['x'])).toBe(chosen);
  expect(shown(extend(withoutGone(chosen, ['c']), 'e'))).toBe('bcde');
});
