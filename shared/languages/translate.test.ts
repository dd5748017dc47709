import { IntlMessageFormat } from 'intl-messageformat';
import { afterEach, expect, test } from 'vitest';
import { en, isMessageId } from './en';
import { ja } from './ja';
import { formatParts, inEnglish, setLanguage, t } from './translate';

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

test.each(Object.entries({ en, ja }))(
  'every message without plurals and tags reads as the library formats it: %s',
  (language, messages) => {
    setLanguage('de', messages);
    const plain = Object.entries(messages).filter(([, message]) => !/\{\w+,|</.test(message));
    expect(plain.length).toBeGreaterThan(1000);
    for (const [id, message] of plain) {
      const names = message.match(/(?<=\{)\w+(?=\})/g) ?? [];
      const values = Object.fromEntries(names.map((name, index) => [name, index % 2 ? 1234.5 : `a ${name}`]));
      if (!isMessageId(id)) throw new Error(`There is no message ${id}.`);
      expect(t(id, values)).toBe(String(new IntlMessageFormat(message, language).format(values)));
    }
  },
);

test('a message whose value is missing, or with a quoted brace, is left to the library', () => {
  setLanguage('de', { 'ui.under': "'{'no {amount}" });
  expect(t('ui.under', { amount: 2 })).toBe('{no 2');
  setLanguage('en', en);
  expect(() => t('ui.under', {})).toThrow('amount');
});

test('a Chinese message omits spaces within plurals and around tags, for each value', () => {
  setLanguage('zh', {
    'chat.edited_from': '编辑自 <link>{picture}</link> 的图片',
    'ui.under': '{count, plural, other {用 {amount} 生成 # 张}}',
  });
  const link = (parts: string[]) => parts.join('');
  expect(formatParts('chat.edited_from', { picture: '红 狐', link }).join('')).toBe('编辑自红 狐的图片');
  expect(formatParts('chat.edited_from', { picture: 'a fox', link }).join('')).toBe('编辑自 a fox 的图片');
  expect(t('ui.under', { count: 2, amount: '本机' })).toBe('用本机生成 2 张');
  expect(t('ui.under', { count: 2, amount: 'FLUX' })).toBe('用 FLUX 生成 2 张');
});

test('other languages keep the spaces of their messages', () => {
  setLanguage('de', { 'ui.under': '下 {amount} 下' });
  expect(t('ui.under', { amount: '本机' })).toBe('下 本机 下');
});
