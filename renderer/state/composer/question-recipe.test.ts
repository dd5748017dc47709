import { expect, test, vi } from 'vitest';
import type { Message } from '../../../shared/domain/conversations';
import { madeChange, unchanged } from '../../../shared/domain/edits';
import type { PictureParams } from '../../../shared/domain/models';
import { recipeFrom } from './question-recipe';

// The parts of a browser that the stores need when they are created.
vi.hoisted(() => Object.assign(globalThis, { window: new EventTarget(), location: { hash: '' } }));

const base = { conversationId: 'c', seq: 1, revision: 1, error: null, createdAt: 1, updatedAt: 1 } as const;

function text(role: 'user' | 'assistant'): Message {
  const rest = { text: 'x', provider: null, model: null, costMicroUsd: null } as const;
  return { ...base, ...rest, id: role, role, kind: 'text', status: 'ready' };
}

function picture(groupId: string, references?: string[]): Message {
  const made = { retryAt: null, image: null, durationMs: null, costMicroUsd: null, parentId: null } as const;
  const params = { aspectRatio: '16:9', seed: 7, ...(references && { references }) } as const;
  const ids = { id: `${groupId} ${Math.random()}`, groupId, provider: 'google', model: 'm' } as const;
  return {
    ...base,
    ...made,
    ...ids,
    params,
    role: 'assistant',
    kind: 'image',
    status: 'failed',
    prompt: 'p',
  };
}

test('has the shape, the number and the attached pictures of its answers', () => {
  const answers = [picture('a', ['r1', 'r2']), picture('a', ['r1', 'r2'])];
  expect(recipeFrom([...answers, text('user'), picture('b')])).toEqual({
    ...{ mode: 'picture', aspectRatio: '16:9', count: 2, models: [] },
    references: ['r1', 'r2'],
  });
});

test('has the picture that was changed without a prompt, and the dialog of the change', () => {
  const { params, ...made } = picture('a', ['r1']) as Extract<Message, { kind: 'image' }>;
  const wordless = (how: Pick<PictureParams, 'upscale' | 'change'>) =>
    recipeFrom([{ ...made, params: { ...params, ...how } }]).wordless;
  const inDialog = { imageId: 'r1', chosenIn: 'upscale' };
  expect(wordless({ upscale: { factor: 2, width: 64, height: 48 } })).toEqual(inDialog);
  expect(wordless({ change: madeChange({ ...unchanged, scale: 4 }, 'jpg') })).toEqual(inDialog);
  for (const more of [{ mirrored: true }, { straighten: 1 }, { quarterTurns: 2 }]) {
    const change = madeChange({ ...unchanged, scale: 4, ...more }, 'jpg');
    expect(wordless({ change })).toEqual({ imageId: 'r1', chosenIn: 'editor' });
  }
  expect(recipeFrom([{ ...made, params }])).not.toHaveProperty('wordless');
});

test('does not count additional pictures of an answer', () => {
  const part = { ...picture('a'), isPart: true } as const;
  expect(recipeFrom([picture('a'), part, part, part, part])).toMatchObject({ count: 1 });
  expect(recipeFrom([picture('a'), picture('a'), part])).toMatchObject({ count: 2 });
});

test('does not count pictures of another request that follow directly', () => {
  expect(recipeFrom([picture('a'), picture('b')])).toMatchObject({ count: 1, references: [] });
});

test.each([
  ['nothing', []],
  ['the next question', [text('user'), picture('a')]],
  ['a text, whose model requests a picture', [text('assistant'), picture('a')]],
])('has no choices before %s', (_, following) => {
  expect(recipeFrom(following)).toEqual({
    mode: 'auto',
    aspectRatio: null,
    count: 1,
    models: [],
    references: [],
  });
});

test('has the models that were asked, and how many pictures each of them made', () => {
  const of = (model: string) => ({ ...picture('a'), model, tile: { ofSeveral: true } }) as Message;
  expect(recipeFrom([of('m'), of('n'), of('m'), of('n')])).toMatchObject({
    count: 2,
    models: [
      { serviceId: 'google', model: 'm' },
      { serviceId: 'google', model: 'n' },
    ],
  });
});

test('of a pattern, counts the pictures of each combination', () => {
  const of = (...words: string[]) => ({ ...picture('a'), tile: { words } }) as Message;
  const pictures = [of('red'), of('red'), of('blue'), of('blue')];
  expect(recipeFrom(pictures, '{red|blue} fox')).toMatchObject({ count: 2, models: [] });
  expect(recipeFrom(pictures.slice(0, 2), '{red|blue} fox')).toMatchObject({ count: 1 });
});
