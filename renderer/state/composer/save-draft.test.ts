import { expect, onTestFinished, test, vi } from 'vitest';
import type { Draft } from '../../../shared/domain/draft';
import { patient } from '../../../tests/harness/patient';
import { createDraftSaver } from './save-draft';

/** A composer and the main process's copy of its draft. The test decides when sending ends. */
function setUp() {
  const main = { draft: null as Draft | null, saves: 0, isBroken: false };
  const composer = { draft: null as Draft | null };
  const saver = createDraftSaver({
    read: () => composer.draft,
    async save(draft) {
      if (main.isBroken) return false;
      main.draft = draft;
      main.saves += 1;
      return true;
    },
  });
  return {
    main,
    composer,
    saver,
    write(text: string, questionId = text): void {
      composer.draft = draftOf(text, questionId);
      saver.changed();
    },
    send(): (isSent: boolean) => Promise<boolean> {
      let end = (_isSent: boolean) => {};
      const ended = new Promise<boolean>((resolve) => {
        end = resolve;
      });
      const taken = composer.draft;
      const sent = saver.whileSending(async () => {
        composer.draft = null;
        const isSent = await ended;
        if (!isSent) composer.draft = taken;
        return isSent;
      });
      return (isSent) => {
        if (isSent && main.draft?.questionId === taken?.questionId) main.draft = null;
        end(isSent);
        return sent;
      };
    },
  };
}

function draftOf(text: string, questionId = text): Draft {
  return {
    questionId,
    text,
    mode: 'auto',
    model: null,
    models: [],
    options: {},
    styles: [],
    aspectRatio: null,
    followsPicture: true,
    count: 1,
    seed: null,
    references: [],
  };
}

test('saves a single change once', async () => {
  const { main, saver, write } = setUp();
  saver.start(null);
  for (const text of ['a', 'a f', 'a fox']) write(text, 'one');
  await vi.waitFor(() => expect(main.draft).toEqual(draftOf('a fox', 'one')), patient);
  expect(main.saves).toBe(1);
  await saver.flush();
  expect(main.saves).toBe(1);
});

test('saves at an interval while the user types without a pause', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { main, saver, write } = setUp();
  saver.start(null);
  let text = '';
  for (let key = 0; key < 100; key += 1) {
    text += 'x';
    write(text, 'one');
    await vi.advanceTimersByTimeAsync(30);
    // At most ten keys of 30 ms each may be unsaved.
    expect(text.length - (main.draft?.text.length ?? 0)).toBeLessThanOrEqual(10);
  }
  expect(main.saves).toBeLessThan(15);
});

test('saves a draft that is about to be sent, and does not overwrite it until it is stored', async () => {
  const { main, saver, write, send } = setUp();
  saver.start(null);
  write('a fox');
  const end = send();
  expect(main.draft).toEqual(draftOf('a fox'));
  write('an owl');
  await saver.flush();
  await saver.flush(true);
  expect(main.draft).toEqual(draftOf('a fox'));
  await end(true);
  await vi.waitFor(() => expect(main.draft).toEqual(draftOf('an owl')), patient);
});

test('saves nothing after sending if the composer is empty', async () => {
  const { main, saver, write, send } = setUp();
  saver.start(null);
  write('a fox');
  await send()(true);
  await saver.flush();
  expect([main.draft, main.saves]).toEqual([null, 1]);
});

test('keeps a draft that could not be sent', async () => {
  const { main, saver, write, send } = setUp();
  saver.start(null);
  write('a fox');
  await send()(false);
  await saver.flush();
  expect(main.draft).toEqual(draftOf('a fox'));
});

test('of two messages sent at once, leaves no draft of the one that failed and was cleared by the user', async () => {
  const { main, composer, saver, write, send } = setUp();
  saver.start(null);
  write('a fox');
  const endFirst = send();
  write('an owl');
  const endSecond = send();
  await endFirst(false);
  expect(main.draft).toEqual(draftOf('a fox'));
  composer.draft = null;
  saver.changed();
  await endSecond(true);
  await saver.flush();
  expect(main.draft).toBeNull();
});

test('saves changes that were made during a save', async () => {
  const { main, composer, saver, write } = setUp();
  saver.start(null);
  write('a');
  const saving = saver.flush();
  composer.draft = draftOf('a fox', 'a');
  await saving;
  await vi.waitFor(() => expect(main.draft).toEqual(draftOf('a fox', 'a')), patient);
});

test('saves a draft of an older version, and removes a deleted one', async () => {
  const { main, composer, saver } = setUp();
  composer.draft = draftOf('from before');
  saver.start(null);
  await vi.waitFor(() => expect(main.draft).toEqual(draftOf('from before')), patient);
  main.isBroken = true;
  composer.draft = null;
  await saver.flush();
  expect(main.draft).not.toBeNull();
  main.isBroken = false;
  await saver.flush();
  expect(main.draft).toBeNull();
});

test('does not save a draft from another window again, but saves the next change', async () => {
  const { main, composer, saver, write } = setUp();
  saver.start(null);
  composer.draft = draftOf('a red fox', 'a');
  saver.received(composer.draft);
  await saver.flush();
  expect(main.saves).toBe(0);
  write('a red fox at dawn');
  await saver.flush();
  expect(main.draft).toMatchObject({ text: 'a red fox at dawn' });
});

test('reports whether everything is saved, even during a running save', async () => {
  const { main, saver, write } = setUp();
  saver.start(null);
  write('a fox', 'one');
  void saver.flush();
  write('a red fox', 'one');
  expect(await saver.saved()).toBe(true);
  expect(main.draft).toEqual(draftOf('a red fox', 'one'));
  main.isBroken = true;
  write('a blue fox', 'one');
  expect(await saver.saved()).toBe(false);
});
