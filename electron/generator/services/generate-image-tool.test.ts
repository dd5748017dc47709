import { expect, test } from 'vitest';
import { maxTextLength } from '../../../shared/domain/conversations';
import { say } from '../../../shared/languages/sentence';
import { generateImage, readToolCalls, withLeftOut } from './generate-image-tool';

const call = (args: unknown) => ({ name: generateImage.name, args });

test('omits a prompt that is too long, and reports it', () => {
  const whole = 'f'.repeat(maxTextLength);
  const { pictures, leftOut } = readToolCalls([call({ prompt: whole }), call({ prompt: `${whole}x` })], []);
  expect(pictures.map(({ prompt }) => prompt)).toEqual([whole]);
  expect(leftOut.map(say)).toEqual([expect.stringContaining('32,000 characters')]);
});

test.each([
  ['in one call', [{ prompt: 'a fox', count: 9 }]],
  ['in one call, with a count that is no number', [{ prompt: 'a fox', count: 1e300 }]],
  ['in several calls', [1, 2, 3, 4, 5, 6].map((number) => ({ prompt: `fox ${number}` }))],
  [
    'in several calls with counts',
    [
      { prompt: 'a fox', count: 3 },
      { prompt: 'an owl', count: 2 },
    ],
  ],
])('reports that more pictures were requested than are made, %s', (_how, args) => {
  const { pictures, leftOut } = readToolCalls(args.map(call), []);
  expect(pictures.reduce((sum, { count }) => sum + count, 0)).toBe(4);
  expect(leftOut.map(say)).toEqual([expect.stringContaining('more than 4 pictures')]);
});

test('reports each omission once, below the text of the reply', () => {
  const edit = call({ prompt: 'at night', edits: '01930000-0000-7000-8000-0000000000aa' });
  const requested = readToolCalls([edit, edit, call({ prompt: 'a fox' })], []);
  expect(requested.pictures).toHaveLength(1);
  expect(requested.leftOut).toHaveLength(1);
  expect(withLeftOut('Here.\n', requested)).toBe(`Here.\n\n${requested.leftOut.map(say)[0]}`);
  expect(withLeftOut('', requested)).toBe(requested.leftOut.map(say)[0]);
});

test('adds nothing if nothing was omitted', () => {
  const requested = readToolCalls([call({ prompt: 'a fox', count: 4 }), { name: 'other', args: {} }], []);
  expect(requested.leftOut).toEqual([]);
  expect(withLeftOut('Here.', requested)).toBe('Here.');
});
