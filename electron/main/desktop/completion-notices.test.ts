import { expect, test } from 'vitest';
import type { MessageStatus, PictureMessage } from '../../../shared/domain/conversations';
import { createCompletionNotices, type Notice } from './completion-notices';

function picture(id: string, status: MessageStatus, prompt = 'a red fox'): PictureMessage {
  return {
    id,
    conversationId: 'c',
    groupId: 'g',
    role: 'assistant',
    kind: 'image',
    status,
    error: null,
    prompt,
    params: { aspectRatio: '3:2', seed: 1 },
    provider: 'painter',
    model: 'painter-1',
    parentId: null,
    retryAt: null,
    image: null,
    durationMs: null,
    costMicroUsd: null,
    createdAt: 1,
    updatedAt: 1,
  };
}

function setUp() {
  const world = { isInFront: false, notifications: true, promptInNotifications: true };
  const shown: Notice[] = [];
  const later: (() => void)[] = [];
  const landings = createCompletionNotices({
    isInFront: () => world.isInFront,
    settings: () => world,
    show: (notice) => void shown.push(notice),
    after: (_milliseconds, work) => void later.push(work),
  });
  return {
    world,
    shown,
    follow: landings.follow,
    land(id: string, prompt?: string) {
      landings.follow(picture(id, 'generating', prompt));
      landings.follow(picture(id, 'ready', prompt));
    },
    pass() {
      for (const work of later.splice(0)) work();
    },
  };
}

test('one picture that lands is told of, with its prompt, and leads to it', () => {
  const { land, pass, shown } = setUp();
  land('1', '  a red\nfox ');
  expect(shown).toEqual([]);
  pass();
  expect(shown).toEqual([{ title: 'Your picture is ready', body: 'a red fox', pictureId: '1' }]);
});

test('several within a moment are told of once; the next moment anew', () => {
  const { land, pass, shown } = setUp();
  for (const id of ['1', '2', '3']) land(id);
  pass();
  land('4');
  pass();
  expect(shown.map(({ title }) => title)).toEqual(['Your 3 pictures are ready', 'Your picture is ready']);
});

test('nothing of the prompt is said where the person does not want it', () => {
  const { land, pass, shown, world } = setUp();
  world.promptInNotifications = false;
  land('1', 'a secret fox');
  pass();
  expect(shown).toHaveLength(1);
  expect(JSON.stringify(shown)).not.toContain('fox');
});

test('nothing is said while the window is in front, nor where it is switched off', () => {
  const { land, pass, shown, world } = setUp();
  world.isInFront = true;
  land('1');
  pass();
  world.isInFront = false;
  world.notifications = false;
  land('2');
  pass();
  expect(shown).toEqual([]);
});

test('only what was seen being made has landed', () => {
  const { follow, pass, shown } = setUp();
  // One of the gallery that answers again, or one that came back from Trash.
  follow(picture('1', 'ready'));
  follow(picture('2', 'generating'));
  follow(picture('2', 'failed'));
  follow(picture('2', 'ready'));
  pass();
  expect(shown).toEqual([]);
});

test('a long prompt is cut', () => {
  const { land, pass, shown } = setUp();
  land('1', 'fox '.repeat(1000));
  pass();
  expect(shown[0]?.body.length).toBeLessThanOrEqual(121);
});
