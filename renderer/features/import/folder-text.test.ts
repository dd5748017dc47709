import { expect, test } from 'vitest';
import type { WatchedFolder } from '../../../shared/domain/watched-folders';
import { describeChoice, describeState, isImporting } from './folder-text';

const folder: WatchedFolder = {
  id: 'a',
  path: '/pictures',
  mode: 'copy',
  subfolders: true,
  enabled: true,
  state: 'waiting',
  isPolled: false,
  progress: { found: 0, done: 0, added: 0, present: 0, notes: { files: [], count: 0 } },
  unread: { count: 0, files: [] },
};

test('says how pictures are kept', () => {
  expect(describeChoice(folder)).toBe('Copied · with subfolders');
  expect(describeChoice({ ...folder, mode: 'link', subfolders: false })).toBe('Left where they are');
});

test('describes the last import, and pictures that already existed', () => {
  expect(describeState(folder)).toBe('Up to date');
  const progress = { found: 5, done: 5, added: 3, present: 2, notes: { files: [], count: 0 } };
  expect(describeState({ ...folder, progress })).toBe('3 pictures added · 2 were there already');
});

test('shows only the progress during an import', () => {
  const coming: WatchedFolder = {
    ...folder,
    state: 'importing',
    progress: { found: 1000, done: 312, added: 300, present: 0, notes: { files: [], count: 0 } },
  };
  expect(isImporting(coming)).toBe(true);
  expect(describeState(coming)).toBe('312 of 1,000 done');
});

test.each(['missing', 'stopped', 'unreadable', 'off'] as const)('describes a problem: %s', (state) => {
  expect(isImporting({ ...folder, state })).toBe(false);
  expect(describeState({ ...folder, state })).not.toBe(describeState(folder));
});

test('explains that a folder is scanned periodically', () => {
  expect(describeState({ ...folder, isPolled: true })).toContain('every 30 seconds');
});
