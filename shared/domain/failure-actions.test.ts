import { describe, expect, test } from 'vitest';
import { type ErrorCode, errorSentences, isErrorCode } from './errors';
import { failureActionLabel, failureButtons, maxFailureButtons } from './failure-actions';

const codes: ErrorCode[] = Object.keys(errorSentences).filter(isErrorCode);
const plain = { hasReplacement: false, takesKey: true };
const circumstances = [true, false].flatMap((hasReplacement) =>
  [true, false].map((takesKey) => ({ hasReplacement, takesKey })),
);

describe.each(codes)('%s', (code) => {
  test('can be retried, removed and looked into, with at most two buttons beside the sentence', () => {
    for (const circumstance of circumstances) {
      const { shown, more } = failureButtons(code, circumstance);
      const all = [...shown, ...more];
      expect(all).toEqual(expect.arrayContaining(['retry', 'remove', 'details']));
      expect(new Set(all).size).toBe(all.length);
      expect(shown.length).toBeGreaterThan(0);
      expect(shown.length).toBeLessThanOrEqual(maxFailureButtons);
      expect(more.filter((action) => action === 'remove' || action === 'details')).toEqual(
        shown.includes('details') ? ['remove'] : ['remove', 'details'],
      );
      expect(more.at(-1)).toMatch(/^(remove|details)$/);
    }
  });

  test('offers a replacement first if there is one, and never otherwise', () => {
    expect(failureButtons(code, { hasReplacement: true, takesKey: true }).shown[0]).toBe('use-replacement');
    const { shown, more } = failureButtons(code, plain);
    expect([...shown, ...more]).not.toContain('use-replacement');
  });

  test('offers no key to a service that takes none', () => {
    const { shown, more } = failureButtons(code, { hasReplacement: false, takesKey: false });
    expect([...shown, ...more]).not.toContain('add-key');
  });

  test('offers what its sentence names', () => {
    const sentence = errorSentences[code];
    const { shown } = failureButtons(code, plain);
    if (/Change the prompt|Rephrase|more clearly/.test(sentence)) expect(shown).toContain('edit-prompt');
    if (/Raise the cap|raise the limit/.test(sentence)) expect(shown).toContain('raise-limit');
    if (/choose another model/i.test(sentence)) expect(shown).toContain('choose-model');
    // Of a copy, it means the picture itself.
    if (/Save it/.test(sentence) && !/clipboard|without a file/.test(sentence))
      expect(shown).toContain('save-kept');
    if (/the API key|no API key/.test(sentence)) expect(shown).toContain('add-key');
  });
});

test('has a label for each button', () => {
  const buttons = codes.flatMap((code) =>
    circumstances.flatMap((each) => Object.values(failureButtons(code, each)).flat()),
  );
  for (const action of new Set(buttons)) expect(failureActionLabel(action)).toMatch(/^[A-Z]/);
});
