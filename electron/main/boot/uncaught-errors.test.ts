import { beforeEach, expect, test } from 'vitest';
import { codeOf } from '../ipc/requests';
import { createUncaughtErrors } from './uncaught-errors';

let events: string[];
let uptime: number;

beforeEach(() => {
  events = [];
  uptime = 120_000;
});

function create({ wasRestarted = false, isRunning = true, restart = () => {} } = {}) {
  const errors = createUncaughtErrors({
    failStart: (error) => void events.push(`failed to start: ${String(error)}`),
    giveUp: () => void events.push('gave up'),
    uptime: () => uptime,
    wasRestarted,
  });
  errors.logTo(() => {});
  if (isRunning) {
    errors.startRecovering({
      codeOf: (error) => codeOf(error, () => false),
      onFailure: (code) => void events.push(code),
      notify: () => void events.push('notified'),
      restart() {
        events.push('restarted');
        restart();
      },
    });
  }
  return errors;
}

function coded(code: string): Error {
  return Object.assign(new Error('no further'), { code });
}

test('an error before the first window ends the start, once', () => {
  const { handle } = create({ isRunning: false });
  handle(new Error('one'));
  handle(new Error('another'));
  expect(events).toEqual(['failed to start: Error: one']);
});

test('a bug in the running app is told to the user, and the app goes on', () => {
  create().handle(new TypeError('a bug'));
  expect(events).toEqual(['internal', 'notified']);
});

test.each([
  ['SQLITE_FULL', 'disk_full'],
  ['ENOSPC', 'disk_full'],
  ['SQLITE_CORRUPT', 'database_damaged'],
])('%s is shown by its own notice and never leads to a restart', (code, expected) => {
  const { handle } = create();
  for (let count = 0; count < 100; count += 1) handle(coded(code));
  expect(new Set(events)).toEqual(new Set([expected]));
});

test('a folder that can no longer be written to is told to the user', () => {
  create().handle(coded('EROFS'));
  expect(events).toEqual(['not_saved', 'notified']);
});

test('errors that follow one another restart the app, once', () => {
  const { handle } = create();
  for (let count = 0; count < 50; count += 1) handle(new Error('again'));
  expect(events.filter((event) => event === 'notified')).toHaveLength(20);
  expect(events.filter((event) => event === 'restarted')).toHaveLength(1);
  expect(events.at(-1)).toBe('restarted');
});

test('errors that are far apart do not restart the app', () => {
  const { handle } = create();
  for (let count = 0; count < 200; count += 1) {
    handle(new Error('now and then'));
    uptime += 600;
  }
  expect(events).not.toContain('restarted');
});

test('a restart that did not help is not repeated', () => {
  uptime = 5000;
  const { handle } = create({ wasRestarted: true });
  for (let count = 0; count < 50; count += 1) handle(new Error('again'));
  expect(events.filter((event) => event === 'gave up')).toHaveLength(1);
  expect(events).not.toContain('restarted');
});

test('an app that ran well after its restart may restart again', () => {
  const { handle } = create({ wasRestarted: true });
  for (let count = 0; count < 50; count += 1) handle(new Error('again'));
  expect(events.at(-1)).toBe('restarted');
});

test('a page that cannot be shown ends the app, once', () => {
  const starting = create({ isRunning: false });
  starting.fail(new Error('no page'));
  starting.handle(new Error('another'));
  expect(events).toEqual(['failed to start: Error: no page']);
  const errors = create();
  errors.fail(new Error('no page'));
  errors.fail(new Error('no page'));
  expect(events.slice(1)).toEqual(['gave up']);
});

test('an error while the app restarts or ends is only logged', () => {
  const errors = create();
  errors.stop();
  errors.handle(new Error('at the end'));
  expect(events).toEqual([]);
});

test('an error of the recovery itself does not come back', () => {
  const errors = create({
    restart() {
      throw new Error('no restart');
    },
  });
  for (let count = 0; count < 50; count += 1) errors.handle(new Error('again'));
  expect(events.filter((event) => event === 'restarted')).toHaveLength(1);
});

test.each([null, undefined, 'text', Object.create(null), { toString: null }])(
  'takes %o, which is no error',
  (value) => {
    const errors = create();
    errors.logTo((_message, error) => void `${String(error)}`);
    errors.handle(value);
    expect(events).toEqual(['internal', 'notified']);
  },
);
