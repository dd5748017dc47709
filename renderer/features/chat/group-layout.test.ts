import { expect, test } from 'vitest';
import type { PictureMessage, PictureTile } from '../../../shared/domain/conversations';
import { columnsOf } from './group-layout';

function picture(tile?: PictureTile, model = 'm'): PictureMessage {
  const base = { conversationId: 'c', seq: 1, revision: 1, error: null, createdAt: 1, updatedAt: 1 } as const;
  const made = { retryAt: null, image: null, durationMs: null, costMicroUsd: null, parentId: null } as const;
  return {
    ...{ ...base, ...made, id: '1', role: 'assistant', kind: 'image', status: 'pending', groupId: 'g' },
    ...{ prompt: 'p', params: { aspectRatio: '1:1', seed: 1 }, provider: 'google', model },
    ...(tile && { tile }),
  };
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
  expect(columnsOf(pictures)).toBe(columns);
});

test('a further picture of an answer does not change the grid', () => {
  const part = { ...picture({ words: ['red', 'sand'] }), isPart: true } as const;
  expect(columnsOf([...grid(['red', 'blue'], ['snow', 'sand', 'mud']), part])).toBe(3);
});
