import { describe, expect, test } from 'vitest';
import { errorSentences, failure, failureInWords, isErrorCode, success } from './errors';

describe.each(Object.entries(errorSentences))('%s', (code, sentence) => {
  test('has a whole sentence', () => {
    expect(sentence).toMatch(/^[A-Z].*[.]$/);
    expect(isErrorCode(code)).toBe(true);
  });
});

test.each(['', 'toString', '__proto__', 'Cancelled', 'made_up'])('%j is not a code', (text) => {
  expect(isErrorCode(text)).toBe(false);
});

test('a failure has the sentence of its code, or a more precise one', () => {
  expect(failure('cancelled')).toEqual({
    ok: false,
    code: 'cancelled',
    message: 'You stopped this picture.',
  });
  expect(failureInWords('cancelled', 'Because.')).toEqual({
    ok: false,
    code: 'cancelled',
    message: 'Because.',
  });
  expect(success(null)).toEqual({ ok: true, value: null });
});
