import { describe, expect, test } from 'vitest';
import { sentence } from '../languages/sentence';
import {
  aboutAnswer,
  aboutQuery,
  errorSentences,
  explain,
  failure,
  isErrorCode,
  success,
  untranslatedFailure,
} from './errors';

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
  expect(untranslatedFailure('cancelled', 'Because.')).toEqual({
    ok: false,
    code: 'cancelled',
    message: 'Because.',
  });
  expect(success(null)).toEqual({ ok: true, value: null });
});

describe('the explanation of a text answer', () => {
  const quoted = (id: 'errors.request_rejected' | 'services.web_ui_no_sampler') =>
    failure(
      'request_rejected',
      sentence('services.it_said', { explanation: sentence(id), words: 'errors.request_rejected' }),
    );

  test('uses the sentence for answers, also before a message of the service', () => {
    expect(aboutAnswer(failure('request_rejected'))).toMatchObject({
      message: 'The service did not accept this message. Rephrase it, then try again.',
      sentence: sentence('answer_errors.request_rejected'),
    });
    expect(aboutAnswer(quoted('errors.request_rejected'))).toMatchObject({
      code: 'request_rejected',
      message:
        'The service did not accept this message. Rephrase it, then try again. It said: “errors.request_rejected”',
    });
  });

  test.each([
    failure('disk_full'),
    untranslatedFailure('request_rejected', 'Because.'),
    quoted('services.web_ui_no_sampler'),
  ])('does not change without a sentence for answers (%j)', (failed) => {
    expect(aboutAnswer(failed)).toBe(failed);
  });
});

test('the explanation of a query mentions no prompt, picture or charge', () => {
  const said = 'The service did not accept this request. Check its address and its key, then try again.';
  const rejected = failure('request_rejected');
  expect(aboutQuery(rejected)).toMatchObject({ code: 'request_rejected', message: said });
  expect(aboutQuery(failure('timed_out')).message).toBe('The service did not answer in time. Try again.');
  const unreachable = failure('unreachable');
  expect(aboutQuery(unreachable)).toBe(unreachable);
  expect(explain({ code: 'request_rejected', message: said })).toBe(said);
});
