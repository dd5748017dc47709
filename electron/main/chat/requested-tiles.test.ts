import { beforeEach, describe, expect, test } from 'vitest';
import type { Message, PictureMessage } from '../../../shared/domain/conversations';
import { failure } from '../../../shared/domain/errors';
import { openTestContext } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import { type SendChanges, sendInput } from '../test-support/test-messages';
import { retry } from './retry-and-cancel';
import { sendMessage } from './send-message';

const painter = { serviceId: 'painter', model: 'painter-1' };
const google = { serviceId: 'google', model: 'gemini-nano-banana-2.1' };

let chat: TestContext;

beforeEach(() => {
  chat = openTestContext();
});

function send(changes: SendChanges) {
  return sendMessage(chat.context, sendInput(changes));
}

function sent(changes: SendChanges): { question: Message | undefined; pictures: PictureMessage[] } {
  const reply = send(changes);
  if (!reply.ok) throw new Error(reply.message);
  const [question, ...answers] = reply.value.messages;
  return { question, pictures: answers.filter((message) => message.kind === 'image') };
}

/** Returns the id of a picture that can be attached. */
function madePicture(): string {
  const id = sent({}).pictures[0]?.id ?? '';
  const facts = { width: 1, height: 1, bytes: 1, thumbhash: Uint8Array.of(1) };
  const file = { file: 'images/a.png', provider: 'painter', model: 'painter-1' };
  chat.store.messages.setReady(id, { ...file, ...facts }, chat.world.now);
  return id;
}

/** Returns what is on disk. */
function stored(pictures: readonly PictureMessage[]): (Message | undefined)[] {
  return pictures.map(({ id }) => chat.store.messages.find(id));
}

describe('several models', () => {
  test('answer one message as one group, with a picture each', () => {
    const { pictures } = sent({ text: 'draw a fox', models: [painter, google], count: 2 });
    expect(pictures.map(({ provider, model, tile }) => ({ provider, model, tile }))).toEqual([
      { provider: 'painter', model: 'painter-1', tile: { ofSeveral: true } },
      { provider: 'google', model: google.model, tile: { ofSeveral: true } },
    ]);
    expect(new Set(pictures.map(({ groupId }) => groupId)).size).toBe(1);
    expect(stored(pictures)).toEqual(pictures);
  });

  test('have the same chosen seed, which counts up with further pictures of each', () => {
    chat.world.services = chat.world.services.map((service) =>
      service.id === 'automatic1111' ? { ...service, pictureModel: 'sd' } : service,
    );
    const models = [painter, { serviceId: 'automatic1111', model: 'sd' }];
    const { pictures } = sent({ models, count: 4, seed: 7 });
    expect(pictures.map(({ provider, params }) => [provider, params.seed])).toEqual([
      ['painter', 7],
      ['automatic1111', 7],
      ['painter', 8],
      ['automatic1111', 8],
    ]);
  });

  test('are sent once, however often the message is sent', () => {
    const input = sendInput({ models: [painter, google], count: 2 });
    const first = sendMessage(chat.context, input);
    expect(sendMessage(chat.context, input)).toEqual(first);
    expect(chat.store.messages.unfinished()).toHaveLength(2);
  });

  test.each([
    ['a service that is gone', [painter, { serviceId: 'gone', model: 'm' }], 'unknown_provider'],
    [
      'a model that writes words only',
      [painter, { serviceId: 'google', model: 'gemini-3.8-flash' }],
      'model_gone',
    ],
  ])('with %s send nothing', (_, models, code) => {
    expect(send({ models, count: 2 })).toMatchObject({ ok: false, code });
    expect(chat.store.messages.unfinished()).toEqual([]);
  });

  test('of which one takes no attached picture send nothing, and the sentence names it', () => {
    const reply = send({ models: [painter, google], count: 2, references: [madePicture()] });
    expect(reply).toMatchObject({ ok: false, code: 'no_references' });
    expect(reply.ok ? '' : reply.message).toContain('untick Offline sketch');
    expect(chat.store.messages.unfinished()).toEqual([]);
  });

  test('send nothing if the limits do not allow all of them', () => {
    chat.world.refusal = failure('cap_reached');
    expect(send({ models: [painter, google], count: 2 })).toEqual(failure('cap_reached'));
    expect(chat.store.messages.count()).toBe(0);
  });

  test('are refused with a number of answers that they cannot share', () => {
    expect(send({ models: [painter, google], count: 3 })).toMatchObject({ code: 'bad_request' });
  });

  test('reply once to a text that asks for no picture, by the first one', () => {
    const reply = send({ text: 'what is a fox?', models: [google, painter], count: 2 });
    expect(reply).toMatchObject({
      ok: true,
      value: { messages: [{}, { kind: 'text', provider: 'google' }] },
    });
  });
});

describe('a pattern', () => {
  const pattern = { text: '{red|blue} fox in {snow|sand}', isPattern: true, count: 4 } as const;

  test('has a picture for each combination, and the question keeps it as it was typed', () => {
    const { question, pictures } = sent(pattern);
    expect(question).toMatchObject({ text: pattern.text });
    expect(pictures.map(({ prompt, tile }) => [prompt, tile?.words])).toEqual([
      ['red fox in snow', ['red', 'snow']],
      ['red fox in sand', ['red', 'sand']],
      ['blue fox in snow', ['blue', 'snow']],
      ['blue fox in sand', ['blue', 'sand']],
    ]);
    expect(stored(pictures)).toEqual(pictures);
  });

  test('gives a new chat the title of its first picture', () => {
    const reply = send({ ...pattern, text: `draw ${pattern.text}` });
    expect(reply).toMatchObject({ ok: true, value: { conversation: { title: 'red fox in snow' } } });
  });

  test('is multiplied by the models', () => {
    const { pictures } = sent({ ...pattern, models: [painter, google], count: 8 });
    expect(pictures.map(({ provider, tile }) => `${provider} ${tile?.words?.join(' ')}`).slice(0, 3)).toEqual(
      ['painter red snow', 'google red snow', 'painter red sand'],
    );
  });

  test('is a pattern only if the sender says so', () => {
    const { pictures } = sent({ text: pattern.text, mode: 'picture' });
    expect(pictures.map(({ prompt, tile }) => [prompt, tile])).toEqual([[pattern.text, undefined]]);
  });

  test('keeps the words that it takes from a list', () => {
    const wordLists = [{ name: 'animal', words: ['fox', 'owl'] }];
    chat.store.transaction(() => chat.store.settings.write({ wordLists }));
    const { pictures } = sent({ text: 'draw __animal__ at dawn', isPattern: true, count: 2 });
    const words = pictures.flatMap(({ tile }) => tile?.words ?? []);
    expect(words.toSorted()).toEqual(['fox', 'owl']);
    expect(pictures.map(({ prompt }) => prompt)).toEqual(words.map((word) => `${word} at dawn`));
  });

  test('without a choice is text, without its backslashes', () => {
    const { pictures } = sent({ text: 'draw \\{a|b\\}', isPattern: true });
    expect(pictures).toMatchObject([{ prompt: '{a|b}' }]);
    expect(pictures[0]).not.toHaveProperty('tile');
  });

  test('of more than sixteen combinations is refused before anything is stored', () => {
    const text = '{a|b|c|d|e} {a|b|c|d}';
    expect(send({ text, isPattern: true, count: 16 })).toEqual(failure('too_many_combinations'));
    expect(chat.store.messages.unfinished()).toEqual([]);
  });

  test('keeps its words when one of its pictures is retried', () => {
    const [first] = sent(pattern).pictures;
    const id = first?.id ?? '';
    chat.store.messages.setEnded(id, 'failed', { code: 'refused', message: 'No.' }, chat.world.now);
    expect(retry(chat.context, id)).toMatchObject({
      ok: true,
      value: { prompt: 'red fox in snow', tile: { words: ['red', 'snow'] } },
    });
  });
});
