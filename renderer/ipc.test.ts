import { afterEach, expect, test, vi } from 'vitest';
import {
  aboutAnswer,
  explain,
  failure,
  type Result,
  success,
  untranslatedFailure,
} from '../shared/domain/errors';
import { loadLanguage } from '../shared/languages/load-language';
import { sentence } from '../shared/languages/sentence';
import { request } from './ipc';

afterEach(async () => {
  vi.unstubAllGlobals();
  await loadLanguage('en');
});

/** Sends a request to a main process that gives this answer. */
function answered(reply: Result<unknown>) {
  vi.stubGlobal('window', { afterimage: { request: async () => structuredClone(reply) } });
  return request('app:ping', {});
}

test('a failure is explained in the language of the interface', async () => {
  await loadLanguage('de');
  expect(await answered(failure('no_archive'))).toMatchObject({
    code: 'no_archive',
    message: expect.stringContaining('Wähle den Ordner'),
  });
  const precise = failure('bad_answer', sentence('services.web_ui_address_invalid'));
  const told = await answered(precise);
  expect(told.ok || told.message).not.toBe(precise.message);
});

test.each([
  ['its own sentence', failure('bad_answer', sentence('services.web_ui_address_invalid'))],
  ['the usual one', failure('no_archive')],
  ['the one for answers', aboutAnswer(failure('timed_out'))],
])('a failure with %s can be translated again later', async (_, failed) => {
  await loadLanguage('de');
  const told = await answered(failed);
  if (told.ok) throw new Error('It did not fail.');
  expect(told.message).not.toBe(failed.message);
  await loadLanguage('en');
  expect(explain(told)).toBe(failed.message);
});

test('foreign messages and successful replies do not change', async () => {
  await loadLanguage('de');
  expect(await answered(untranslatedFailure('internal', 'EACCES'))).toMatchObject({ message: 'EACCES' });
  expect(await answered(success(3))).toEqual({ ok: true, value: 3 });
});
