import { describe, expect, test } from 'vitest';
import { repairJson } from './repair-json';

/** Returns the output for a text that arrives in pieces of `size` bytes. */
function repair(text: string, size: number): string {
  const { take, end } = repairJson();
  const bytes = Buffer.from(text);
  const output: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) output.push(take(bytes.subarray(at, at + size)));
  return Buffer.concat([...output, end()]).toString();
}

describe.each([1, 2, 3, 7, 1000])('in pieces of %i bytes', (size) => {
  test.each([
    ['{"a":NaN,"b":[Infinity,-Infinity , nan],"c":"NaN"}', '{"a":null,"b":[null,null , null],"c":"NaN"}'],
    ['{"a":\n  undefined\n, "b": {"c":None}, "d": True}', '{"a":\n  null\n, "b": {"c":null}, "d": null}'],
    ['[01,.5,1.,0x1F,+3,1e5,-0.5E-3]', '[null,null,null,null,null,1e5,-0.5E-3]'],
    ['data: {"a":NaN}\n\ndata: [DONE]\n\n', 'data: {"a":null}\n\ndata: [DONE]\n\n'],
    [
      ': it\'s "NaN\ndata: {"a":"broken\ndata: {"b":NaN}\r\n',
      ': it\'s "NaN\ndata: {"a":"broken\ndata: {"b":null}\r\n',
    ],
    ['data: {"a":NaN\ndata: {"b":NaN}\n', 'data: {"a":null\ndata: {"b":null}\n'],
  ])('changes %j to %j', (text, repaired) => expect(repair(text, size)).toBe(repaired));

  test.each([
    JSON.stringify({ a: [1, -2.5e-9, true, false, null, 'é 狐 \\ " NaN', {}], 'a"b': '\n' }, null, 2),
    '{"a":"x\\\\","b":"\\"NaN,"}',
    '<html>"NaN" it\'s {',
    '',
    '"',
    ']]NaN',
    'NaN',
    `{"a":${'9'.repeat(500)}}`,
  ])('passes %j unchanged', (text) => expect(repair(text, size)).toBe(text));
});
