import { beforeEach, expect, test } from 'vitest';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { useGallery } from './gallery-store';
import { emptyIndex, insert, type PictureIndex } from './picture-index';
import { isSelectingAll, useSelection } from './selection-store';

const idOf = (at: number) => `0190a000-0000-7000-8000-00000000000${at}`;

function indexOf(count: number): PictureIndex {
  let index = emptyIndex();
  for (let at = 0; at < count; at += 1) {
    const image: GalleryImage = {
      ...{ id: idOf(at), prompt: '', provider: 'painter', model: 'painter-1', aspectRatio: null },
      ...{ width: 4, height: 3, bytes: 1, thumbhash: '', createdAt: at, position: `${at}`, favourite: false },
    };
    index = insert(index, image, 'newest');
  }
  return index;
}

beforeEach(() => {
  useGallery.setState({ index: indexOf(2), isComplete: false, state: 'ready' });
  useSelection.getState().clear();
  useSelection.getState().selectAll();
});

test('is pending while the rest of the gallery loads, then selects all of it', () => {
  expect(isSelectingAll(useSelection.getState())).toBe(true);
  useGallery.setState({ index: indexOf(4), isComplete: true });
  expect(isSelectingAll(useSelection.getState())).toBe(false);
  expect(useSelection.getState().ids.size).toBe(4);
});

test('is no longer pending after the user has changed the selection', () => {
  useSelection.getState().toggle(idOf(0));
  expect(isSelectingAll(useSelection.getState())).toBe(false);
  useGallery.setState({ index: indexOf(4), isComplete: true });
  expect([...useSelection.getState().ids]).toEqual([idOf(1)]);
});

test('keeps the loaded pictures if the rest fails to load', () => {
  useGallery.setState({ state: 'failed' });
  expect(isSelectingAll(useSelection.getState())).toBe(false);
  expect(useSelection.getState().ids.size).toBe(2);
});
