import { expect, test } from 'vitest';
import { placeOfNotice } from './dialogs';

const dialog = (...behind: number[]) => ({ key: Symbol(), noticesBehind: new Set(behind) });

test('shows a notice in the topmost dialog, and an earlier one where it was before a small dialog opened', () => {
  const whole = dialog();
  const small = dialog(1, 2);
  expect(placeOfNotice(1, [])).toBeUndefined();
  expect(placeOfNotice(1, [whole])).toBe(whole.key);
  expect(placeOfNotice(1, [small])).toBeUndefined();
  expect(placeOfNotice(3, [small])).toBe(small.key);
  expect(placeOfNotice(2, [whole, small])).toBe(whole.key);
  expect(placeOfNotice(3, [whole, small])).toBe(small.key);
  expect(placeOfNotice(2, [small, whole])).toBe(whole.key);
});
