import { afterEach, describe, expect, test } from 'vitest';
import { engineServiceId } from './engine';
import { type ErrorCode, errorSentences, isErrorCode } from './errors';
import { circumstancesAt, failureActionLabel, failureButtons, maxFailureButtons } from './failure-actions';
import { useServiceDirectory } from './service-directory';
import { builtInService, builtInServiceIds, newService } from './services';

const codes: ErrorCode[] = Object.keys(errorSentences).filter(isErrorCode);
const plain = { replacement: 'none', takesKey: true, isOwnServer: false } as const;
const both = [true, false];
const circumstances = (['none', 'possible', 'needed'] as const).flatMap((replacement) =>
  both.flatMap((takesKey) => both.map((isOwnServer) => ({ replacement, takesKey, isOwnServer }))),
);

describe.each(codes)('%s', (code) => {
  test('offers retry, removal and details, with at most two buttons beside the sentence', () => {
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

  test('offers the replacement of a missing model first, and never without one', () => {
    expect(failureButtons(code, { ...plain, replacement: 'needed' }).shown[0]).toBe('use-replacement');
    const { shown, more } = failureButtons(code, plain);
    expect([...shown, ...more]).not.toContain('use-replacement');
  });

  test('offers the replacement of a working model only after more helpful actions', () => {
    const { shown, more } = failureButtons(code, { ...plain, replacement: 'possible' });
    const all = [...shown, ...more];
    const before = all.slice(0, Math.max(0, all.indexOf('use-replacement')));
    const usual = failureButtons(code, plain);
    expect(all.includes('use-replacement')).toBe(all.includes('choose-model') || code === 'model_gone');
    expect([...usual.shown, ...usual.more].slice(0, before.length)).toEqual(before);
    expect(before).not.toContain('choose-model');
  });

  test('offers no key to a service that takes none', () => {
    const { shown, more } = failureButtons(code, { ...plain, takesKey: false });
    for (const action of ['add-key', 'check-key']) expect([...shown, ...more]).not.toContain(action);
  });

  test('offers the address only if the user has entered it', () => {
    const { shown, more } = failureButtons(code, plain);
    expect([...shown, ...more]).not.toContain('service-settings');
  });

  test('offers the actions that its sentence mentions', () => {
    const sentence = errorSentences[code];
    const { shown } = failureButtons(code, plain);
    if (/Change the prompt|Rephrase|more clearly/.test(sentence)) expect(shown).toContain('edit-prompt');
    if (/Raise the cap|raise the limit/.test(sentence)) expect(shown).toContain('raise-limit');
    if (/choose another model/i.test(sentence)) expect(shown).toContain('choose-model');
    // In the sentences about copies, "it" is the picture itself.
    if (/Save it/.test(sentence) && !/clipboard|without a file/.test(sentence))
      expect(shown).toContain('save-kept');
    if (/no API key/.test(sentence)) expect(shown).toContain('add-key');
    else if (/the API key/.test(sentence)) expect(shown).toContain('check-key');
  });
});

test.each(['bad_key', 'key_rejected', 'not_permitted'] as const)(
  'offers to check the key of a service that has one, which failed with %s',
  (code) => {
    const all = Object.values(failureButtons(code, plain)).flat();
    expect(all).toContain('check-key');
    expect(all).not.toContain('add-key');
  },
);

test('has a label for each button', () => {
  const buttons = codes.flatMap((code) =>
    circumstances.flatMap((each) => Object.values(failureButtons(code, each)).flat()),
  );
  for (const action of new Set(buttons)) expect(failureActionLabel(action)).toMatch(/^[A-Z]/);
});

test.each(['unreachable', 'bad_answer', 'bad_address', 'private_address'] as const)(
  'offers the settings of a user’s own server that failed with %s',
  (code) => {
    expect(failureButtons(code, { ...plain, isOwnServer: true }).shown).toContain('service-settings');
  },
);

describe('a server of the user’s own is', () => {
  afterEach(() => useServiceDirectory(builtInServiceIds.map(builtInService)));

  test.each([
    ['openai', null, false],
    ['openai', 'https://api.openai.com/v1/', false],
    ['openai', 'https://pictures.example/v1', true],
    ['openai-compatible', 'http://127.0.0.1:1234/v1', true],
    ['comfyui', null, true],
    ['ollama', 'http://192.168.1.7:11434/v1', true],
    ['google', 'http://127.0.0.1:9', true],
    ['painter', null, false],
  ] as const)('one of the kind %s at the address %j: %j', (kind, address, isOwnServer) => {
    useServiceDirectory([{ ...newService('a', kind, 'A'), address }]);
    expect(circumstancesAt('a').isOwnServer).toBe(isOwnServer);
  });

  test('not the engine, whose address is the app’s own', () => {
    useServiceDirectory([newService(engineServiceId, 'sd-server', 'Engine')]);
    expect(circumstancesAt(engineServiceId).isOwnServer).toBe(false);
    expect(circumstancesAt(null)).toEqual({ takesKey: false, isOwnServer: false });
  });
});
