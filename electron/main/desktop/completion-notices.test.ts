import { expect, test } from 'vitest';
import type { MessageStatus, PictureMessage } from '../../../shared/domain/conversations';
import { pictureMessage } from '../../../shared/domain/test-message';
import { createCompletionNotices, type Notice } from './completion-notices';

function picture(id: string, status: MessageStatus, prompt = 'a red fox'): PictureMessage {
  return pictureMessage({ id, status, prompt });
}

function setUp() {
  const world = { isInFront: false, notifications: true, promptInNotifications: true };
  const shown: Notice[] = [];
  const later: (() => void)[] = [];
  const notices = createCompletionNotices({
    isInFront: () => world.isInFront,
    settings: () => world,
    show: (notice) => void shown.push(notice),
    after: (_milliseconds, callback) => void later.push(callback),
  });
  return {
    world,
    shown,
    update: notices.update,
    complete(id: string, prompt?: string) {
      notices.update(picture(id, 'generating', prompt));
      notices.update(picture(id, 'ready', prompt));
    },
    pass() {
      for (const callback of later.splice(0)) callback();
    },
  };
}

test('shows a notice with the prompt that links to the picture', () => {
  const { complete, pass, shown } = setUp();
  complete('1', '  a red\nfox ');
  expect(shown).toEqual([]);
  pass();
  expect(shown).toEqual([{ title: 'Your picture is ready', body: 'a red fox', pictureId: '1' }]);
});

test('shows one notice for several pictures at once, and another one later', () => {
  const { complete, pass, shown } = setUp();
  for (const id of ['1', '2', '3']) complete(id);
  pass();
  complete('4');
  pass();
  expect(shown.map(({ title }) => title)).toEqual(['Your 3 pictures are ready', 'Your picture is ready']);
});

test('leaves out the prompt if the user has disabled it', () => {
  const { complete, pass, shown, world } = setUp();
  world.promptInNotifications = false;
  complete('1', 'a secret fox');
  pass();
  expect(shown).toHaveLength(1);
  expect(JSON.stringify(shown)).not.toContain('fox');
});

test('shows no notice while the window is focused or notifications are disabled', () => {
  const { complete, pass, shown, world } = setUp();
  world.isInFront = true;
  complete('1');
  pass();
  world.isInFront = false;
  world.notifications = false;
  complete('2');
  pass();
  expect(shown).toEqual([]);
});

test('ignores a ready picture that was not generating before', () => {
  const { update, pass, shown } = setUp();
  // A reused picture of the gallery, or one restored from Trash.
  update(picture('1', 'ready'));
  update(picture('2', 'generating'));
  update(picture('2', 'failed'));
  update(picture('2', 'ready'));
  pass();
  expect(shown).toEqual([]);
});

test('shortens a long prompt', () => {
  const { complete, pass, shown } = setUp();
  complete('1', 'fox '.repeat(1000));
  pass();
  expect(shown[0]?.body.length).toBeLessThanOrEqual(121);
});
