import { beforeEach, expect, test, vi } from 'vitest';
import type { RecipeFacts } from '../../../shared/contract/pictures';
import type { Result } from '../../../shared/domain/errors';
import { supportedOptions } from '../../../shared/domain/picture-options';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { useServiceDirectory } from '../../../shared/domain/service-directory';
import { pictureMessage, textMessage } from '../../../shared/domain/test-message';
import { useChat } from '../../state/chat/chat-store';
import { rangeAtEnd } from '../../state/chat/loaded-range';
import { useDraft } from '../../state/composer/draft-store';
import { useStyleEditor } from '../../state/styles/style-editor';
import { useToasts } from '../../ui/toasts';
import { targetOfGroup, targetOfImage } from '../action-target';
import { makeActions } from './make-actions';

/** The main process as far as it is asked here. */
const main = vi.hoisted(() => {
  const refused = { ok: false, code: 'internal', message: 'Not now.' } as const;
  const replies: { facts: unknown } = { facts: refused };
  const sent: object[] = [];
  const request = async (name: string, input: object) => {
    if (name === 'images:facts') return replies.facts;
    if (name === 'chat:send') sent.push(input);
    return refused;
  };
  Object.assign(globalThis, {
    window: Object.assign(new EventTarget(), { afterimage: { request, on: () => () => {} } }),
    location: { hash: '' },
  });
  return { replies, sent, refused };
});

useServiceDirectory(
  (['painter', 'openai', 'comfyui'] as const).map((kind) => ({ id: kind, kind, name: kind, address: null })),
);

const image: GalleryImage = {
  ...{
    id: 'i',
    prompt: 'a fox',
    provider: 'imported',
    model: 'SDXL',
    aspectRatio: null,
    width: 3,
    height: 2,
  },
  ...{ bytes: 1, thumbhash: '', createdAt: 1, position: 'a', favourite: false },
};
const facts: RecipeFacts = {
  ...{ params: null, imported: null, format: 'PNG', durationMs: null },
  ...{ costMicroUsd: null, conversation: null, parent: null },
};

function answerWith(reply: Result<RecipeFacts>): void {
  main.replies.facts = reply;
}

beforeEach(() => {
  main.sent.length = 0;
  useToasts.setState({ toasts: [] });
  useDraft.getState().start({}, 'c');
  useDraft.getState().change({ options: { quality: 'high' } });
});

test.each<[string, RecipeFacts]>([
  [
    'imported picture',
    { ...facts, imported: { source: 'comfyui', negativePrompt: 'blurry', sampler: 'dpmpp_2m_sde_gpu' } },
  ],
  [
    'picture that was made here',
    { ...facts, params: { aspectRatio: '3:2', seed: 1, negativePrompt: 'blurry' } },
  ],
])('a tile of an %s brings what it does not show along', async (_, value) => {
  answerWith({ ok: true, value });
  makeActions.reusePrompt.run(targetOfImage(image));
  await expect.poll(() => useDraft.getState().text).toBe('a fox');
  expect(useDraft.getState().options).toEqual({ quality: 'high', negativePrompt: 'blurry' });
  makeActions.saveAsStyle.run(targetOfImage(image));
  await expect
    .poll(() => useStyleEditor.getState().edited)
    .toMatchObject({ prompt: 'a fox', negativePrompt: 'blurry' });
});

test('an imported picture is made again with the options of the composer and what it does not show', async () => {
  answerWith({ ok: true, value: { ...facts, imported: { source: 'comfyui', negativePrompt: 'blurry' } } });
  makeActions.again.run(targetOfImage(image));
  await expect.poll(() => main.sent).toHaveLength(1);
  expect(main.sent).toMatchObject([{ options: { quality: 'high', negativePrompt: 'blurry' } }]);
});

test('a picture whose recipe cannot be read is not made again without its references, but its prompt can be used', async () => {
  answerWith(main.refused);
  makeActions.again.run(targetOfImage(image));
  makeActions.variations.run(targetOfImage(image));
  await expect.poll(() => useToasts.getState().toasts.map(({ text }) => text)).toContain('Not now.');
  expect(main.sent).toEqual([]);
  makeActions.reusePrompt.run(targetOfImage(image));
  await expect.poll(() => useDraft.getState().text).toBe('a fox');
});

test('a request to several models is repeated with the options of all of them', async () => {
  const question = textMessage({ id: 'q' });
  const options = { quality: 'high', negativePrompt: 'blurry', steps: 30 } as const;
  const models = [
    ['openai', 'gpt-image-2'],
    ['comfyui', 'current'],
  ] as const;
  const pictures = models.map(([provider, model], index) =>
    pictureMessage({
      ...{ id: model, seq: 2 + index, status: 'failed', provider, model, tile: { ofSeveral: true } },
      params: { aspectRatio: '3:2', seed: 7, ...supportedOptions(provider, model, options) },
    }),
  );
  useChat.setState({
    ...{ currentId: 'c', isNewChat: false },
    ...rangeAtEnd({ messages: [question, ...pictures], total: 3 }),
  });
  targetOfGroup(pictures).again?.();
  await expect.poll(() => main.sent).toHaveLength(1);
  expect(main.sent).toMatchObject([
    { models: models.map(([serviceId, model]) => ({ serviceId, model })), options },
  ]);
});
