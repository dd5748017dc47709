import { expect, test } from 'vitest';
import {
  applyNegatives,
  applyStyles,
  escapeVariables,
  isCompletePrompt,
  missingValues,
  readableText,
  variablesOf,
} from './apply-styles';
import { parsePattern } from './prompt-patterns';
import type { UsedStyle } from './styles';

function style(prompt: string, values: Record<string, string> = {}, negativePrompt = ''): UsedStyle {
  return { id: 'a', name: 'A', prompt, negativePrompt, values };
}

const apply = (words: string, ...styles: UsedStyle[]) => applyStyles(words, styles, 32_000);

test.each([
  ['a fox', 'watercolour', 'a fox, watercolour'],
  ['a fox,', ' , watercolour ', 'a fox, watercolour'],
  ['a fox', 'watercolour of {prompt}, soft', 'watercolour of a fox, soft'],
  ['a fox', '{prompt} and {prompt}', 'a fox and a fox'],
  ['a fox', '{{prompt}} at dawn', 'a fox at dawn'],
  ['a fox', '\\{prompt} at dawn', 'a fox, {prompt} at dawn'],
  ['a fox', '', 'a fox'],
  ['', 'watercolour', 'watercolour'],
  ['a fox', '{Prompt}', 'a fox, {Prompt}'],
  ['ein Füchslein 🦊', '水彩画：{prompt}', '水彩画：ein Füchslein 🦊'],
])('joins %j with %j', (words, prompt, whole) => {
  expect(apply(words, style(prompt))).toBe(whole);
});

test('applies several styles in their order', () => {
  expect(apply('a fox', style('a film still of {prompt}'), style('at night'), style('[{prompt}]'))).toBe(
    '[a film still of a fox, at night]',
  );
});

test.each(['{prompt}', '{{mood}}', '$&', '$1', '\\', '{a|b}', '__animal__', '</script>', '\u0000', '🦊'])(
  'inserts %j literally, and does not parse it again',
  (words) => {
    expect(apply(words, style('x {prompt} y'), style('{prompt} z'))).toBe(`x ${words} y z`);
    expect(apply('a fox', style('{prompt} in {{mood}}', { mood: words }))).toBe(`a fox in ${words}`);
  },
);

test('finds each variable once, ignoring case, with its first fallback', () => {
  const texts = {
    prompt: '{{ Subject }} in {{hair colour=red}}, {{subject=a fox}}, {{größe}}, {{}}, {{_x}}, {a}, {{a|b}}',
    negativePrompt: '{{HAIR COLOUR=blue}} {{extra=}}',
  };
  expect(variablesOf(texts)).toEqual([
    { key: 'subject', name: 'Subject', fallback: 'a fox' },
    { key: 'hair colour', name: 'hair colour', fallback: 'red' },
    { key: 'größe', name: 'größe', fallback: '' },
    { key: 'extra', name: 'extra', fallback: '' },
  ]);
  expect(
    missingValues({ ...style(texts.prompt, { größe: '  ' }), negativePrompt: texts.negativePrompt }),
  ).toEqual(['größe', 'extra']);
});

test('fills in variables with values or fallbacks, also in negative prompts', () => {
  const used = style('{{subject}} in {{light=dusk}}', { subject: ' a fox ' }, 'no {{light=dusk}}');
  expect(apply('', used)).toBe('a fox in dusk');
  expect(applyNegatives('text', [used], 4000)).toBe('text, no dusk');
});

test('accepts names of object properties as variables', () => {
  expect(apply('a', style('{{constructor}} {{toString}}', { tostring: 'b' }))).toBe('a, b');
  expect(missingValues(style('{{constructor}}'))).toEqual(['constructor']);
});

test('does not add a negative prompt twice', () => {
  const styles = [style('', {}, 'blur, text'), style('', {}, 'frame')];
  const once = applyNegatives('hands', styles, 4000) ?? '';
  expect(once).toBe('hands, blur, text, frame');
  expect(applyNegatives(once, styles, 4000)).toBe(once);
});

test('keeps backslashes that escape nothing', () => {
  expect(apply('a', style('\\(b\\) \\{c} \\{{d}} \\'))).toBe('a, \\(b\\) \\{c} {{d}} \\');
});

test('does not conflict with the syntax of prompt patterns', () => {
  const text = 'a {red|blue} fox {prompt} {{mood=calm}}';
  expect(apply('x', style(text))).toBe('a {red|blue} fox x calm');
  expect(parsePattern('{prompt} {{mood=calm}}', []).isPattern).toBe(false);
});

test('refuses a prompt that is too long without building it', () => {
  const many = style('{prompt}'.repeat(2500));
  expect(
    applyStyles(
      'x'.repeat(32_000),
      Array.from({ length: 8 }, () => many),
      32_000,
    ),
  ).toBeNull();
  expect(applyStyles('x'.repeat(12_000), [style('y'.repeat(20_000))], 32_000)).toBeNull();
  expect(applyStyles('🦊'.repeat(5), [style('{prompt}🦊')], 6)).toBe('🦊'.repeat(6));
  expect(applyStyles('🦊'.repeat(5), [style('{prompt}🦊')], 5)).toBeNull();
});

test.each(['{{', '{{a', 'a ', '{{a=', 'b', '\\', '{{a ', '{{a=b}', ' ', '🦊{{'])(
  'finds no variable in repetitions of %j',
  (piece) => {
    const long = `{{a${piece.repeat(Math.floor(20_000 / piece.length))}`.slice(0, 20_000);
    expect(variablesOf({ prompt: long, negativePrompt: '' })).toEqual([]);
    expect(apply('a', style(long))).toContain(long.trim().slice(-5));
  },
);

test.each([
  [['portrait of {{subject=a fox}}'], true],
  [['watercolour', 'portrait of {{subject=a fox}}', 'film still of {prompt}'], true],
  [['portrait of {{subject}}'], false],
  [['film still of {prompt}, {{light=dusk}}'], false],
  [['film still of {prompt}', 'portrait of {{subject=a fox}}'], false],
  [['watercolour'], false],
  [[], false],
])('knows whether %j need no further text', (prompts, isSo) => {
  expect(isCompletePrompt(prompts.map((prompt) => style(prompt)))).toBe(isSo);
});

test('keeps the braces of programs that have no variables', () => {
  const text = 'a {{masterpiece}}, {{x=1}} of {prompt}, \\{{y}}';
  const escaped = escapeVariables(text);
  expect(variablesOf({ prompt: escaped, negativePrompt: '' })).toEqual([]);
  expect(apply('fox', style(escaped))).toBe('a {{masterpiece}}, {{x=1}} of fox, {{y}}');
});

test('treats variables beyond twenty as text', () => {
  const text = Array.from({ length: 25 }, (_, at) => `{{v${at}=w}}`).join(' ');
  expect(variablesOf({ prompt: text, negativePrompt: '' })).toHaveLength(20);
  expect(apply('a', style(text))).toContain('{{v24=w}}');
});

test.each([
  ['photograph of {prompt}, natural light', 'photograph of …, natural light'],
  ['{{subject}} at {{light=golden hour}} in {{Prompt}}', 'subject at golden hour in …'],
  ['\\{prompt} and \\{{mood=calm}}', '{prompt} and {{mood=calm}}'],
  ['  watercolour  ', 'watercolour'],
  ['', ''],
])('shows the text %j as %j', (text, shown) => {
  expect(readableText(text)).toBe(shown);
});
