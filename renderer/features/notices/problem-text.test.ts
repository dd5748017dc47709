import { expect, test } from 'vitest';
import { problemText } from './problem-text';

test('says where an unreadable key file is', () => {
  const { title, text } = problemText({ kind: 'keys_unreadable', movedTo: 'keys.json.unreadable-2' });
  expect(title).toBe('The saved API keys could not be read');
  expect(text).toContain('keys.json.unreadable-2');
});

test('explains the problem with the services of this run, and the fallback', () => {
  const reason = 'AFTERIMAGE_SERVICES: the file is not JSON.';
  const { text } = problemText({ kind: 'services_unreadable', reason });
  expect(text).toContain(reason);
  expect(text).toContain('Your saved services are in use.');
});

test('explains that the app continues after an unexpected error', () => {
  expect(problemText({ kind: 'unexpected_error' }).text).toContain('restart it');
});
