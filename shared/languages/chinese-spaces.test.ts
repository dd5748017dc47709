import { expect, test } from 'vitest';
import { closeUp, joinSpaced } from './chinese-spaces';

test.each([
  ['FLUX', '由 {name} 在 {name} · {name} 生成'],
  ['离线画师', '由{name}在{name} · {name}生成'],
  ['Web UI 的当前模型', '由 {name}在 {name} · {name}生成'],
  ['通义 V2', '由{name} 在{name} · {name} 生成'],
  ['（未命名）', '由{name}在{name} · {name}生成'],
])('keeps a space of a message only beside non-Chinese values: %s', (name, expected) => {
  expect(closeUp('由 {name} 在 {name} · {name} 生成', { name })).toBe(expected);
});

test('leaves the spaces beside numbers, missing values and branches as they are', () => {
  const message = '用 {model} 生成 {count} 张，{state, select, known {在 {place} 中} other {}}';
  expect(closeUp(message, { count: 3 })).toBe(message);
  expect(closeUp(message, { count: 3, place: '本机', state: '中' })).toBe(
    message.replace(' {place} ', '{place}'),
  );
});

test.each([
  [['Gemini', '、', 'xAI', '和', '离线画师'], 'Gemini、xAI 和离线画师'],
  [['水彩', '或', 'GPT 5'], '水彩或 GPT 5'],
  [['“a”', '和', '“b”'], '“a”和“b”'],
  [['摄影'], '摄影'],
  [[], ''],
])('joins the parts of a list with spaces beside Latin ones only: %j', (parts, expected) => {
  expect(joinSpaced(parts)).toBe(expected);
});
