import { afterEach, expect, test } from 'vitest';
import { en } from './en';
import { inEnglish, setLanguage, t } from './translate';

afterEach(() => setLanguage('en', en));

test('a value with right-to-left letters is isolated in a left-to-right message, and no other value is', () => {
  expect(t('ui.under', { amount: 'ثمن 3' })).toBe('under \u2068ثمن 3\u2069');
  expect(t('ui.under', { amount: '$0.001' })).toBe('under $0.001');
  expect(t('ui.free')).toBe('free');
});

test('a right-to-left text keeps the order of its values, and its numbers beside Latin text', () => {
  setLanguage('ar-XB', { 'ui.under': 'أقل من {amount}', 'ui.seconds': '{seconds} ث', 'ui.free': 'مجاني' });
  expect(t('ui.under', { amount: '$0.001' })).toBe('\u200fأقل من \u2068$0.001\u2069\u200f');
  expect(t('ui.seconds', { seconds: 3 })).toBe('\u200f3 ث\u200f');
  expect(t('ui.free')).toBe('\u200fمجاني\u200f');
  // The log and the database have no marks.
  expect(inEnglish('ui.free')).toBe('free');
});

test('a word that a selection may compare is never changed', () => {
  setLanguage('ar-XB', { 'ui.free': '{kind, select, known {أ} other {ب}}' });
  expect(t('ui.free', { kind: 'known' })).toBe('\u200fأ\u200f');
});
