import { beforeEach, expect, test, vi } from 'vitest';
import type { PictureMessage, TextMessage } from '../../../shared/domain/conversations';
import type { Edit } from '../../../shared/domain/edits';
import { undoNewest, useToasts } from '../../ui/toasts';
import { useChat } from '../chat/chat-store';
import { rangeAtEnd } from '../chat/loaded-range';
import { useEditor } from '../pictures/editor-store';
import { draftIn, useDraft } from './draft-store';
import { reusePrompt, reuseRecipe } from './reuse-prompt';

// The parts of a browser that the stores need when they are created.
vi.hoisted(() => Object.assign(globalThis, { window: new EventTarget(), location: { hash: '' } }));

const composer = () => useDraft.getState();
const question: TextMessage = {
  ...{ id: 'q', conversationId: 'one', seq: 1, revision: 1, role: 'user', status: 'ready', error: null },
  ...{ kind: 'text', text: 'a red fox', provider: null, model: null, costMicroUsd: null },
  ...{ createdAt: 1, updatedAt: 1 },
};

function editedPicture(edit: Edit): PictureMessage {
  return {
    ...{
      id: 'p',
      conversationId: 'one',
      groupId: 'p',
      seq: 2,
      revision: 1,
      role: 'assistant',
      kind: 'image',
    },
    ...{ status: 'ready', prompt: 'a red fox', provider: 'google', model: 'm', parentId: null, image: null },
    ...{ retryAt: null, durationMs: null, costMicroUsd: null, error: null, createdAt: 1, updatedAt: 1 },
    params: { aspectRatio: '1:1', seed: 1, references: ['original'], edit },
  };
}

beforeEach(() => {
  useToasts.setState({ toasts: [] });
  composer().start({}, 'one');
  useChat.setState({ currentId: 'one', ...rangeAtEnd({ messages: [question], total: 1 }) });
});

test('a question does not replace the draft of a conversation that was opened in the meantime', async () => {
  composer().show('two');
  composer().setText('written in the other one');
  composer().show('one');
  const reused = reusePrompt(question);
  composer().show('two');
  await reused;
  expect(composer().text).toBe('written in the other one');
});

test('Undo restores a replaced draft, even after the user has opened another conversation', async () => {
  composer().setText('half a sentence');
  await reusePrompt(question);
  expect(composer()).toMatchObject({ text: 'a red fox', given: 'a red fox' });
  composer().show('two');
  composer().setText('written in the other one');
  undoNewest();
  expect(composer().text).toBe('written in the other one');
  expect(draftIn(composer(), 'one')?.text).toBe('half a sentence');
});

test('Undo keeps text that the user has written since the replacement', async () => {
  composer().setText('half a sentence');
  await reusePrompt(question);
  composer().take();
  composer().setText('the next message');
  const { questionId } = composer();
  undoNewest();
  expect(composer()).toMatchObject({ text: 'half a sentence\nthe next message', questionId });
});

test.each([
  ['a marked part', { mask: '0192f8c0-0000-7000-8000-000000000001' }, /^The part that was marked is not/],
  ['an extension', { frame: { left: 0, top: 0, right: 64, bottom: 0 } }, /^How far the picture was extended/],
])('a question with %s says that it is not taken over, and offers the editor', async (_, edit, said) => {
  const answer = editedPicture(edit);
  useChat.setState({ currentId: 'one', ...rangeAtEnd({ messages: [question, answer], total: 2 }) });
  await reusePrompt(question);
  expect(composer()).toMatchObject({ text: 'a red fox', references: ['original'] });
  const [notice] = useToasts.getState().toasts;
  expect(notice?.text).toMatch(said);
  notice?.action?.run();
  expect(useEditor.getState().imageId).toBe('original');
});

test('a question without a marked part says nothing about one', async () => {
  await reusePrompt(question);
  expect(useToasts.getState().toasts).toEqual([]);
});

test.each([
  ['nothing', ''],
  ['the same text', 'a blue fox'],
])('a recipe of a picture that replaces %s needs no Undo', (_, text) => {
  composer().setText(text);
  reuseRecipe({ prompt: 'a blue fox', seed: 7 });
  expect(useToasts.getState().toasts).toEqual([]);
});

test('a recipe of a picture replaces the text, keeps the attached pictures, and can be undone', () => {
  composer().setText('half a sentence');
  composer().attach('picture');
  reuseRecipe({ prompt: 'a blue fox', seed: 7 });
  expect(composer()).toMatchObject({ text: 'a blue fox', seed: 7, references: ['picture'] });
  undoNewest();
  expect(composer()).toMatchObject({ text: 'half a sentence', seed: null, references: ['picture'] });
});
