import { expect, onTestFinished, test, vi } from 'vitest';
import { writeClipboard } from './clipboard';
import { useToasts } from './toasts';

test.each([
  ['takes a text', false, []],
  ['refuses it', true, ['The text could not be copied. Try again.']],
])('a clipboard that %s', async (_, refuses, notices) => {
  const written: string[] = [];
  vi.spyOn(console, 'error').mockImplementation(() => {});
  vi.stubGlobal('navigator', {
    clipboard: {
      async writeText(text: string) {
        if (refuses) throw new DOMException('Write permission denied.', 'NotAllowedError');
        written.push(text);
      },
    },
  });
  onTestFinished(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    useToasts.setState({ toasts: [] });
  });
  expect(await writeClipboard('a fox')).toBe(!refuses);
  expect(written).toEqual(refuses ? [] : ['a fox']);
  expect(useToasts.getState().toasts.map(({ text }) => text)).toEqual(notices);
});
