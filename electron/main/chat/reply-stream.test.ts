import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { openPlain } from '../db/test-database';
import { openTestContext, testDatabaseFile } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import { startedJob } from '../test-support/test-messages';
import { createReplyStream, type ReplyStream } from './reply-stream';

let chat: TestContext;
let stream: ReplyStream;
let timers: { milliseconds: number; work: () => void }[];
let errors: unknown[];
let jobId: string;
let file: string;

beforeEach(() => {
  file = testDatabaseFile();
  chat = openTestContext(file);
  timers = [];
  errors = [];
  stream = createReplyStream(chat.context, {
    after: (milliseconds, work) => void timers.push({ milliseconds, work }),
    onWriteError: (error) => void errors.push(error),
  });
  jobId = startedJob(chat, { text: '/image' }).jobId;
  chat.broadcasts['message:updated'].length = 0;
});

function receive(text: string): void {
  stream.receive({ type: 'text', jobId, text });
}

/** Fires every timer of this length that is set. */
function fireTimers(milliseconds: number): void {
  const due = timers.filter((timer) => timer.milliseconds === milliseconds);
  timers = timers.filter((timer) => timer.milliseconds !== milliseconds);
  for (const { work } of due) work();
}

const row = () => chat.store.messages.find(jobId);

test('broadcasts and saves the first text at once and the rest in intervals', () => {
  receive('Hel');
  expect(row()).toMatchObject({ status: 'streaming', text: 'Hel' });
  expect(chat.broadcasts['message:updated']).toEqual([row()]);
  for (const text of ['lo', ', ', 'you']) receive(text);
  expect(chat.broadcasts['message:text']).toEqual([]);
  fireTimers(50);
  expect(chat.broadcasts['message:text']).toEqual([{ id: jobId, text: 'Hello, you' }]);
  receive('.');
  fireTimers(50);
  expect(chat.broadcasts['message:text']).toHaveLength(2);
  expect(row()).toMatchObject({ text: 'Hel' });
  fireTimers(1000);
  expect(row()).toMatchObject({ status: 'streaming', text: 'Hello, you.' });
});

test('sets no timer if no more text arrives', () => {
  receive('Hello');
  expect(timers).toEqual([]);
  receive(' you');
  fireTimers(50);
  fireTimers(1000);
  expect(timers).toEqual([]);
  expect(chat.broadcasts['message:text']).toHaveLength(1);
});

test('saves the rest at its end and broadcasts no more', () => {
  receive('Hello');
  receive(' you');
  stream.end(jobId);
  expect(row()).toMatchObject({ status: 'streaming', text: 'Hello you' });
  fireTimers(50);
  fireTimers(1000);
  expect(chat.broadcasts['message:text']).toEqual([]);
});

test('saves the text of every reply before the app ends', () => {
  receive('Hello');
  receive(' you');
  stream.saveAll();
  expect(row()).toMatchObject({ text: 'Hello you' });
});

test('starts with empty text when a job starts again', () => {
  receive('Hello');
  receive(' you');
  stream.reset(jobId);
  receive('Good day');
  fireTimers(50);
  fireTimers(1000);
  expect(row()).toMatchObject({ status: 'streaming', text: 'Good day' });
  expect(chat.broadcasts['message:text']).toEqual([]);
});

test('ignores text for a message that has ended', () => {
  chat.store.messages.setEnded(
    jobId,
    'cancelled',
    { code: 'cancelled', message: 'Stopped.' },
    chat.world.now,
  );
  const before = row();
  receive('Too late');
  expect(row()).toEqual(before);
});

/** Fills the disk. Returns what makes room, and the log. */
function fillDisk() {
  const logged = vi.spyOn(console, 'error').mockReturnValue();
  onTestFinished(() => logged.mockRestore());
  const database = openPlain(file);
  onTestFinished(() => void database.close());
  database.exec(`CREATE TRIGGER full_disk BEFORE UPDATE ON messages
    BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`);
  return { logged, makeRoom: () => database.exec('DROP TRIGGER full_disk') };
}

test('saves text that could not be saved, also if no more text arrives', () => {
  const { logged, makeRoom } = fillDisk();
  receive('Hello');
  for (let time = 0; time < 3; time += 1) fireTimers(5000);
  expect(row()).toMatchObject({ status: 'generating', text: '' });
  expect(logged).toHaveBeenCalledOnce();
  expect(errors).toHaveLength(4);
  makeRoom();
  fireTimers(5000);
  expect(row()).toMatchObject({ status: 'streaming', text: 'Hello' });
  expect(timers).toEqual([]);
});

test('keeps the text of a reply that has ended until it can be saved', () => {
  receive('Hello');
  receive(' you');
  const { makeRoom } = fillDisk();
  expect(() => stream.end(jobId)).toThrow('the disk is full');
  makeRoom();
  stream.end(jobId);
  expect(row()).toMatchObject({ text: 'Hello you' });
});

test('saves text that could not be saved with the next save', () => {
  const { logged, makeRoom } = fillDisk();
  receive('Hello');
  expect(row()).toMatchObject({ status: 'generating', text: '' });
  expect(logged).toHaveBeenCalledOnce();
  makeRoom();
  receive(' you');
  fireTimers(50);
  expect(chat.broadcasts['message:text']).toEqual([{ id: jobId, text: 'Hello you' }]);
  fireTimers(1000);
  expect(row()).toMatchObject({ status: 'streaming', text: 'Hello you' });
});

test('broadcasts the progress of a picture', () => {
  stream.receive({ type: 'progress', jobId, fraction: 0.25 });
  expect(chat.broadcasts['message:progress']).toEqual([{ id: jobId, fraction: 0.25 }]);
});
