import { beforeEach, describe, expect, test } from 'vitest';
import type { PictureMessage } from '../../../shared/domain/conversations';
import type { UsedStyle } from '../../../shared/domain/styles';
import { newId } from '../db/new-id';
import { openTestContext } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import { type SendChanges, sendInput, sent, startedJob, waitingJob } from '../test-support/test-messages';
import { prefetch } from './prefetch';
import { previewPrompts } from './preview-prompts';
import { regenerate } from './regenerate';
import { sendMessage } from './send-message';
import { settle } from './settle';

let chat: TestContext;

beforeEach(() => {
  chat = openTestContext();
});

const ink: UsedStyle = {
  ...{ id: 'ink', name: 'Ink', prompt: 'ink drawing of {prompt} in {{mood=calm}} light' },
  ...{ negativePrompt: 'colour', values: { mood: 'harsh' } },
};
const paper: UsedStyle = { id: 'paper', name: 'Paper', prompt: 'on paper', negativePrompt: '', values: {} };

function pictures(changes: SendChanges): PictureMessage[] {
  return sent(chat, { styles: [ink], ...changes }).messages.filter((message) => message.kind === 'image');
}

const webUi = { serviceId: 'automatic1111', model: 'sd' };

describe('a message with styles', () => {
  test('keeps what was typed and what the styles said, and its pictures have the whole prompt', () => {
    const { conversation, messages } = sent(chat, { text: 'draw a fox', styles: [ink, paper] });
    const [question, picture] = messages;
    expect(conversation.title).toBe('a fox');
    expect(question).toMatchObject({ text: 'draw a fox', styles: [ink, paper] });
    expect(picture).toMatchObject({ prompt: 'ink drawing of a fox in harsh light, on paper' });
    expect(chat.store.messages.page(conversation.id, null, 10).messages).toEqual(messages);
    expect(waitingJob(chat, { text: 'draw a fox', styles: [paper] })).toMatchObject({
      prompt: 'a fox, on paper',
    });
  });

  test('needs no text with a template that has no place for it', () => {
    const portrait = { ...paper, prompt: 'portrait of {{subject=a fox}}', values: { subject: 'an owl' } };
    const { conversation, messages } = sent(chat, { text: ' ', styles: [portrait, ink] });
    expect(conversation.title).toBe('ink drawing of portrait of an owl in harsh light');
    expect(messages[0]).toMatchObject({ text: '', styles: [portrait, ink] });
    expect(messages[1]).toMatchObject({ prompt: 'ink drawing of portrait of an owl in harsh light' });
    for (const styles of [[ink], [paper], []]) {
      expect(sendMessage(chat.context, sendInput({ text: '', styles }))).toMatchObject({
        code: 'empty_message',
      });
    }
  });

  test('has no styles if none were chosen', () => {
    expect(sent(chat, { styles: [] }).messages[0]).not.toHaveProperty('styles');
  });

  test('has them in each prompt of a pattern, whose number they do not change', () => {
    const choices = { ...paper, prompt: '{ink|pencil} __animal__ \\{a|b\\}' };
    const made = pictures({ text: '{red|blue} fox', isPattern: true, count: 2, styles: [choices] });
    expect(made.map(({ prompt, tile }) => [prompt, tile?.words])).toEqual([
      ['red fox, {ink|pencil} __animal__ \\{a|b\\}', ['red']],
      ['blue fox, {ink|pencil} __animal__ \\{a|b\\}', ['blue']],
    ]);
  });

  test('adds what is to be avoided where the model takes it, behind the own words', () => {
    const [own] = pictures({ model: webUi, options: { negativePrompt: 'hands' } });
    expect(own?.params.negativePrompt).toBe('hands, colour');
    chat.store.settings.write({ diffusion: { negativePrompt: 'blurry' } });
    const [ofSettings] = pictures({ model: webUi });
    expect(ofSettings?.params.negativePrompt).toBe('blurry, colour');
    const [ofPainter] = pictures({});
    expect(ofPainter?.params).not.toHaveProperty('negativePrompt');
  });

  test('is refused if the whole is too long, and stores nothing', () => {
    const long = { ...paper, prompt: 'x'.repeat(20_000) };
    const input = sendInput({ text: 'draw a fox', styles: [long, { ...long, id: 'other' }] });
    expect(sendMessage(chat.context, input)).toMatchObject({ code: 'styles_too_long' });
    const avoids = { ...paper, negativePrompt: 'y'.repeat(4000) };
    const negative = sendInput({ model: webUi, options: { negativePrompt: 'hands' }, styles: [avoids] });
    expect(sendMessage(chat.context, negative)).toMatchObject({ code: 'styles_too_long' });
    expect(chat.store.messages.count()).toBe(0);
  });

  test('is sent once, and other styles with its id are another message', () => {
    const input = sendInput({ styles: [ink] });
    const first = sendMessage(chat.context, input);
    expect(sendMessage(chat.context, input)).toEqual(first);
    expect(sendMessage(chat.context, { ...input, styles: [] })).toMatchObject({ code: 'sent_otherwise' });
    expect(chat.store.messages.count()).toBe(2);
  });

  test('puts hostile text into prompts and rows as it is', () => {
    const hostile = `$& \\ "quoted" '); DROP TABLE messages; -- {prompt} 日本 🦊\u2028`;
    const style = { ...paper, prompt: '{prompt} {{x}}', values: { x: hostile } };
    const { messages } = sent(chat, { text: `/image ${hostile}`, styles: [style] });
    expect(messages[0]).toMatchObject({ styles: [style] });
    expect(messages[1]).toMatchObject({ prompt: `${hostile.trim()} ${hostile.trim()}` });
  });
});

describe('a reply', () => {
  beforeEach(() => {
    chat.world.provider = 'google';
  });

  test('gives the styles to the pictures that it requests, and so does another version of it', () => {
    const job = startedJob(chat, { text: 'what about the night?', styles: [ink] });
    if (job.kind !== 'text') throw new Error('The message asked for a picture.');
    const wanted = { prompt: 'a fox at night', aspectRatio: null, count: 1, edits: null };
    const outcome = { type: 'replied', jobId: job.jobId, text: 'Here.', costMicroUsd: 1 } as const;
    settle(chat.context, { job, outcome: { ...outcome, pictures: [wanted] }, requestedAt: 1 });
    expect(chat.broadcasts['messages:added'].flat()).toMatchObject([
      { prompt: 'ink drawing of a fox at night in harsh light' },
    ]);
    const answerId = newId();
    expect(regenerate(chat.context, { messageId: job.jobId, answerId })).toMatchObject({ ok: true });
    expect(chat.store.messages.replyChoices(answerId).styles).toEqual([ink]);
  });
});

test('a prefetch is what sending would request, and is not taken for other styles', () => {
  const draft = { text: 'a red fox at dawn', mode: 'auto', aspectRatio: '3:2' } as const;
  prefetch(chat.context, { ...draft, styles: [paper] });
  const [started] = chat.prefetches.started;
  expect(started).toMatchObject({ prompt: 'a red fox at dawn, on paper' });
  expect(waitingJob(chat, { ...draft, styles: [ink] }).requestId).not.toBe(started?.requestId);
  expect(waitingJob(chat, { ...draft, styles: [paper] }).requestId).toBe(started?.requestId);
});

describe('the preview', () => {
  const preview = (changes: SendChanges) => {
    const { conversationId, text, mode, aspectRatio, styles, isPattern, ...more } = sendInput(changes);
    const { model, models, options } = more;
    return previewPrompts(chat.context, {
      ...{ conversationId, text, mode, aspectRatio, styles, isPattern, model, models, options },
    });
  };

  test('is what is sent, and stores nothing', () => {
    const changes = { text: 'draw {red|blue} foxes', isPattern: true, count: 2, model: webUi };
    const shown = preview({ ...changes, styles: [ink] });
    expect(chat.store.messages.count()).toBe(0);
    const made = pictures(changes);
    expect(shown).toEqual({
      ok: true,
      value: {
        prompts: made.map(({ prompt }) => prompt),
        negativePrompt: made[0]?.params.negativePrompt,
        drawsWords: false,
      },
    });
  });

  test('has the negative prompt of the models that take it, whichever is asked first', () => {
    const models = [{ serviceId: 'painter', model: 'painter-1' }, webUi];
    for (const order of [models, models.toReversed()]) {
      const made = pictures({ text: 'draw a fox', mode: 'picture', count: 2, models: order });
      expect(made.flatMap(({ params }) => params.negativePrompt ?? [])).toEqual(['colour']);
      const shown = preview({ text: 'draw a fox', mode: 'picture', models: order, styles: [ink] });
      expect(shown).toMatchObject({ value: { negativePrompt: 'colour' } });
    }
  });

  test('says that words of lists are drawn, that a text is no prompt, and what is too long', () => {
    chat.store.settings.write({ wordLists: [{ name: 'animal', words: ['fox', 'owl'] }] });
    expect(preview({ text: 'an __animal__', isPattern: true, styles: [paper] })).toMatchObject({
      value: { prompts: ['an fox, on paper'], drawsWords: true },
    });
    chat.world.provider = 'google';
    expect(preview({ text: 'what is a fox?' })).toMatchObject({ value: { prompts: null } });
    const long = { ...paper, prompt: 'x'.repeat(20_000) };
    expect(preview({ styles: [long, { ...long, id: 'b' }] })).toMatchObject({ code: 'styles_too_long' });
  });
});
