import { expect, test } from 'vitest';
import type { PictureMessage, PictureTile } from '../../../shared/domain/conversations';
import type { AspectRatio } from '../../../shared/domain/models';
import { pictureMessage } from '../../../shared/domain/test-message';
import { gridOf, isAnyPending } from './group-layout';

function picture(tile?: PictureTile, model = 'm', aspectRatio: AspectRatio = '1:1'): PictureMessage {
  const params = { aspectRatio, seed: 1 };
  return pictureMessage({ status: 'pending', params, provider: 'google', model, ...(tile && { tile }) });
}

function grid(...choices: string[][]): PictureMessage[] {
  const combinations = choices.reduce<string[][]>(
    (before, words) => before.flatMap((chosen) => words.map((word) => [...chosen, word])),
    [[]],
  );
  return combinations.map((words) => picture({ words }));
}

test.each([
  ['four of the same', Array.from({ length: 4 }, () => picture()), 2],
  ['two models', [picture({ ofSeveral: true }, 'a'), picture({ ofSeveral: true }, 'b')], 2],
  [
    'three models, with two prompts',
    ['a', 'b', 'c', 'a', 'b', 'c'].map((model) => picture({ ofSeveral: true }, model)),
    3,
  ],
  ['two by three', grid(['red', 'blue'], ['snow', 'sand', 'mud']), 3],
  ['four by four', grid([...'abcd'], [...'1234']), 4],
  ['five by two', grid([...'abcde'], [...'12']), 2],
  ['two by two by two', grid([...'ab'], [...'cd'], [...'ef']), 2],
  ['one choice of nine', grid([...'abcdefghi']), 3],
  ['one choice of sixteen', grid([...'abcdefghijklmnop']), 4],
])('%s', (_, pictures, columns) => {
  expect(gridOf(pictures, true).columns).toBe(columns);
});

test('a further picture of an answer does not change the grid', () => {
  const part = { ...picture({ words: ['red', 'sand'] }), isPart: true } as const;
  expect(gridOf([...grid(['red', 'blue'], ['snow', 'sand', 'mud']), part], true).columns).toBe(3);
});

const portraits = (count: number, tile?: PictureTile) =>
  Array.from({ length: count }, () => picture(tile, 'm', '9:16'));

test.each([
  ['three portraits', portraits(3), true],
  ['four portraits with words of their own', portraits(4, { words: ['red'] }), true],
  ['four squares', Array.from({ length: 4 }, () => picture()), false],
  ['a portrait beside a wide picture', [...portraits(1), picture(undefined, 'm', '16:9')], false],
  ['five portraits', portraits(5), false],
  [
    'two models, with a row for each prompt',
    ['a', 'b', 'a', 'b'].map((model) => picture({ ofSeveral: true }, model, '2:3')),
    false,
  ],
])('whether %s may be in one row', (_, pictures, fitsRow) => {
  expect(gridOf(pictures, true).fitsRow).toBe(fitsRow);
});

test('a group is as wide as its widest picture makes it', () => {
  const { ratio } = gridOf([...portraits(1), picture(undefined, 'm', '16:9')], true);
  expect(ratio).toBeGreaterThan(1.7);
});

test('complete groups use the pictures’ own shapes, which may differ from the request', () => {
  const image = { width: 1264, height: 848, bytes: 1, thumbhash: '' };
  const waiting = Array.from({ length: 4 }, () => picture(undefined, 'm', '2:3'));
  const arrived = waiting.map((each) => ({ ...each, status: 'ready' as const, image }));
  for (const [messages, isToCome, isWide] of [
    [waiting, true, false],
    [[...waiting.slice(1), ...arrived.slice(0, 1)], true, false],
    [arrived, false, true],
  ] as const) {
    expect(isAnyPending(messages)).toBe(isToCome);
    const { ratio, fitsRow } = gridOf(messages, isAnyPending(messages));
    expect(ratio > 1).toBe(isWide);
    expect(fitsRow).toBe(!isWide);
  }
});
