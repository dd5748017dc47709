import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../test-support/temporary-folder';
import { newPlace, readSession, writeSession } from './session-file';

const id = '01930000-0000-7000-8000-0000000000ab';
const state = { bounds: { x: 10, y: 20, width: 800, height: 600 }, isMaximized: false, isFullScreen: false };
const galleryPlace = { id, offset: 12 };
let folder: string;

beforeEach(() => {
  const fresh = temporaryFolder();
  onTestFinished(fresh.remove);
  folder = fresh.folder;
});

function restored(text: string) {
  writeFileSync(path.join(folder, 'window.json'), text);
  return readSession(folder);
}

test('restores every window with what it shows', () => {
  const windows = [
    { state, place: { ...newPlace, openChat: id } },
    {
      state: { ...state, isMaximized: true },
      place: { ...newPlace, view: 'gallery' as const, galleryPlace },
    },
    { state, place: newPlace },
  ];
  writeSession(folder, windows);
  expect(readSession(folder)).toMatchObject(windows);
});

test('has one new window at the first start', () => {
  expect(readSession(folder)).toEqual([{ state: null, place: newPlace }]);
});

test('reads the file of a version with one window, which reads ours', () => {
  expect(restored(JSON.stringify(state))).toEqual([{ state, place: newPlace }]);
  writeSession(folder, [
    { state, place: newPlace },
    { state, place: newPlace },
  ]);
  expect(JSON.parse(readFileSync(path.join(folder, 'window.json'), 'utf8'))).toMatchObject(state);
});

test.each(['', '{', '7', '[]', 'null', '{"others":7}', '{"others":[7,null,{"bounds":1}],"place":"x"}'])(
  'has one new window after the damaged file %j',
  (text) => {
    const windows = restored(text);
    expect(windows).toHaveLength(1);
    expect(windows[0].place).toEqual(newPlace);
  },
);

test('restores a window whose place is damaged as a new one', () => {
  const other = { ...state, place: { openChat: '../x', view: 'film', galleryPlace: { id: 7 } } };
  expect(restored(JSON.stringify({ ...state, others: [other] }))[1]).toMatchObject({
    state,
    place: newPlace,
  });
});

test('restores no more windows than may be open', () => {
  const others = Array.from({ length: 500 }, () => ({ ...state, place: newPlace }));
  expect(restored(JSON.stringify({ ...state, others }))).toHaveLength(10);
});
