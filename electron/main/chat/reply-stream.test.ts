import path from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { openPlain } from '../db/test-database';
import { temporaryFolder } from '../test-support/temporary-folder';
import { createTestContext, type TestContext } from '../test-support/test-context';
import { createReplyStream, type ReplyStream } from './reply-stream';
import { sendMessage } from './send-message';

let chat: TestContext;
let stream: ReplyStream;
let timers: { milliseconds: number; work: () => void }[];
let jobId: string;
let file: string;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  file = path.join(folder, 'test.db');
  chat = createTestContext(file);
  onTestFinished(() => chat.store.close());
  timers = [];
  stream = createReplyStream(chat.context, (milliseconds, work) => void timers.push({ milliseconds, work }));
  sendMessage(chat.context, {
    conversationId: null,
    text: 'what can you do?',
    mode: 'auto',
    aspectRatio: '1:1',
    count: 1,
  });
  chat.runAfterReply();
  jobId = chat.enqueued[0]?.jobId ?? '';
  chat.store.messages.startAttempt(jobId, 'generating', chat.world.now);
});

function hear(text: string): void {
  stream.receive({ type: 'text', jobId, text });
}

/** Lets every timer of this length go off that was set so far. */
function pass(milliseconds: number): void {
  const due = timers.filter((timer) => timer.milliseconds === milliseconds);
  timers = timers.filter((timer) => timer.milliseconds !== milliseconds);
  for (const { work } of due) work();
}

const row = () => chat.store.messages.find(jobId);

test('the first words are told and kept at once, the next ones in steps of all that there is', () => {
  hear('Hel');
  expect(row()).toMatchObject({ status: 'streaming', text: 'Hel' });
  expect(chat.broadcasts['message:updated']).toEqual([row()]);
  for (const text of ['lo', ', ', 'you']) hear(text);
  expect(chat.broadcasts['message:text']).toEqual([]);
  pass(50);
  expect(chat.broadcasts['message:text']).toEqual([{ id: jobId, text: 'Hello, you' }]);
  hear('.');
  pass(50);
  expect(chat.broadcasts['message:text']).toHaveLength(2);
  expect(row()).toMatchObject({ text: 'Hel' });
  pass(1000);
  expect(row()).toMatchObject({ status: 'streaming', text: 'Hello, you.' });
});

test('where no more comes, nothing is told or kept again', () => {
  hear('Hello');
  expect(timers).toEqual([]);
  hear(' you');
  pass(50);
  pass(1000);
  expect(timers).toEqual([]);
  expect(chat.broadcasts['message:text']).toHaveLength(1);
});

test('at its end it keeps what is not kept yet, and says no more', () => {
  hear('Hello');
  hear(' you');
  stream.end(jobId);
  expect(row()).toMatchObject({ status: 'streaming', text: 'Hello you' });
  pass(50);
  pass(1000);
  expect(chat.broadcasts['message:text']).toEqual([]);
});

test('before the app ends, all that there is is kept', () => {
  hear('Hello');
  hear(' you');
  stream.saveAll();
  expect(row()).toMatchObject({ text: 'Hello you' });
});

test('a job that goes to the generator a second time begins anew', () => {
  hear('Hello');
  hear(' you');
  stream.reset(jobId);
  hear('Good day');
  pass(50);
  pass(1000);
  expect(row()).toMatchObject({ status: 'streaming', text: 'Good day' });
  expect(chat.broadcasts['message:text']).toEqual([]);
});

test('one that has ended stays as it ended', () => {
  chat.store.messages.setEnded(jobId, 'cancelled', 'cancelled', 'Stopped.', chat.world.now);
  const before = row();
  hear('Too late');
  expect(row()).toEqual(before);
});

test('words that cannot be kept now are kept with the next ones', () => {
  const logged = vi.spyOn(console, 'error').mockReturnValue();
  onTestFinished(() => logged.mockRestore());
  const database = openPlain(file);
  onTestFinished(() => void database.close());
  database.exec(`CREATE TRIGGER full_disk BEFORE UPDATE ON messages
    BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`);
  hear('Hello');
  expect(row()).toMatchObject({ status: 'generating', text: '' });
  expect(logged).toHaveBeenCalledOnce();
  database.exec('DROP TRIGGER full_disk');
  hear(' you');
  pass(50);
  expect(chat.broadcasts['message:text']).toEqual([{ id: jobId, text: 'Hello you' }]);
  pass(1000);
  expect(row()).toMatchObject({ status: 'streaming', text: 'Hello you' });
});

test('how far a picture is goes to the screen as it comes', () => {
  stream.receive({ type: 'progress', jobId, fraction: 0.25 });
  expect(chat.broadcasts['message:progress']).toEqual([{ id: jobId, fraction: 0.25 }]);
});
