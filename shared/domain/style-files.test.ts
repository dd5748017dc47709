import { expect, test } from 'vitest';
import { sayInEnglish } from '../languages/sentence';
import { applyStyles, variablesOf } from './apply-styles';
import { decodeStyleFile, readStyleFile, writeStyleFile } from './style-files';
import { maxStyles } from './styles';

const ink = { name: 'Ink', prompt: 'ink drawing of {prompt}, {{mood=calm}}', negativePrompt: 'colour' };

function problemOf(text: string): string | null {
  const read = readStyleFile(text);
  return read.ok ? null : sayInEnglish(read.problem);
}

test('reads what it has written', () => {
  const styles = [ink, { name: '水彩 🦊', prompt: '"a"\\\n{b|c}', negativePrompt: '' }];
  expect(readStyleFile(writeStyleFile(styles))).toEqual({
    ...{ ok: true, styles, leftOut: { empty: 0, tooLong: 0 } },
  });
});

test('reads the styles.csv of the Stable Diffusion web UI', () => {
  const csv = [
    '\uFEFFname,prompt,negative_prompt',
    'None,,',
    '--- Painting ---,,',
    '"Oil, thick","oil painting of {prompt},\r\n""impasto""",photo',
    'Novel,"{{masterpiece}}, [cat|dog], (x:1.2)",',
    'Only negative,,blurry',
    '',
  ].join('\r\n');
  const read = readStyleFile(csv);
  expect(read).toMatchObject({ ok: true, leftOut: { empty: 2, tooLong: 0 } });
  const [oil, novel, negative] = read.ok ? read.styles : [];
  expect(oil).toEqual({
    ...{ name: 'Oil, thick', prompt: 'oil painting of {prompt},\r\n"impasto"', negativePrompt: 'photo' },
  });
  // The web UI has no variables, so braces in its file are literal text.
  expect(novel && variablesOf(novel)).toEqual([]);
  expect(novel && applyStyles('a', [{ ...novel, id: 'n', values: {} }], 100)).toBe(
    'a, {{masterpiece}}, [cat|dog], (x:1.2)',
  );
  expect(negative).toMatchObject({ name: 'Only negative', prompt: '', negativePrompt: 'blurry' });
});

test('reads it with the semicolons of spreadsheets, other orders of columns, and the older name of the prompt', () => {
  expect(readStyleFile('Negative_Prompt;NAME;text\nblur;Ink;ink, black\n')).toMatchObject({
    styles: [{ name: 'Ink', prompt: 'ink, black', negativePrompt: 'blur' }],
  });
  expect(readStyleFile('name,prompt\nInk,ink')).toMatchObject({ styles: [{ negativePrompt: '' }] });
});

test('counts what is too long', () => {
  const csv = `name,prompt\nLong,${'x'.repeat(20_001)}\n${'n'.repeat(81)},x\nFits,${'🦊'.repeat(20_000)}`;
  expect(readStyleFile(csv)).toMatchObject({ styles: [{ name: 'Fits' }], leftOut: { tooLong: 2 } });
});

test('is decoded from UTF-8 or UTF-16 only', () => {
  const text = 'name,prompt\nÖl 🦊,"öl, {prompt}"\n';
  const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le');
  const files = [text, `\uFEFF${text}`].map((each) => new Uint8Array(Buffer.from(each)));
  for (const bytes of [...files, new Uint8Array(utf16), new Uint8Array(utf16.swap16())])
    expect(readStyleFile(decodeStyleFile(bytes) ?? '')).toMatchObject({ styles: [{ name: 'Öl 🦊' }] });
  expect(decodeStyleFile(new Uint8Array(Buffer.from(text, 'latin1')))).toBeNull();
  expect(decodeStyleFile(new Uint8Array(Buffer.from(text).subarray(0, 13)))).toBeNull();
  expect(decodeStyleFile(new Uint8Array(0))).toBe('');
});

test.each([
  ['', /neither a file of styles/],
  ['hello', /neither a file of styles/],
  ['\u0000\u0001PNG', /neither a file of styles/],
  ['a,b\n1,2', /neither a file of styles/],
  ['{"styles":', /damaged/],
  ['[]', /neither a file of styles/],
  ['{"application":"Other","styles":1,"items":[]}', /neither a file of styles/],
  ['{"application":"Afterimage","styles":2,"items":[]}', /newer version/],
  ['{"application":"Afterimage","styles":1,"items":[]}', /no style/],
  ['{"application":"Afterimage","styles":1,"items":[{"name":"A","prompt":"b"},{"name":7}]}', /Entry 2/],
  ['name,prompt\nA,"b', /row 2 is never closed/],
  ['name,prompt\n', /no style/],
  [`name,prompt\n${'A,b\n'.repeat(maxStyles + 1)}`, /1,001 styles, and 1,000/],
])('explains the problem with %j', (text, sentence) => {
  expect(problemOf(text)).toMatch(sentence);
});
