import { beforeEach, expect, test, vi } from 'vitest';
import type { Draft } from '../../../../shared/domain/draft';
import { textMessage } from '../../../../shared/domain/test-message';
import { draftOfEdit, isChanged, useEdits } from './edit-store';

// The parts of a browser that the stores need when they are created.
vi.hoisted(() => Object.assign(globalThis, { window: new EventTarget(), location: { hash: '' } }));

const message = textMessage({ text: 'a red fox' });
const { begin, change, receive, start } = useEdits.getState();

function edit() {
  const editing = useEdits.getState().editing[message.id];
  if (!editing) throw new Error('Nothing is being edited.');
  return editing;
}

function keptDraft(text: string): Draft {
  return {
    ...{ questionId: 'q', text, mode: 'auto', model: null, models: [], options: {}, styles: [] },
    ...{ aspectRatio: null, followsPicture: false, count: 1, seed: null, references: [] },
  };
}

beforeEach(() => useEdits.setState({ editing: {}, kept: {} }));

test('an edit is saved once it differs from its message', async () => {
  await begin(message);
  expect(isChanged(edit())).toBe(false);
  change(message.id, { text: 'a blue fox' });
  expect(isChanged(edit())).toBe(true);
  expect(draftOfEdit(edit())).toMatchObject({ questionId: edit().questionId, text: 'a blue fox' });
});

test('a saved edit continues with its id and text, however it is started', async () => {
  start({ [message.id]: keptDraft('a blue fox') });
  await begin(message, true);
  expect(edit()).toMatchObject({ questionId: 'q', text: 'a blue fox', isRestored: true });
  expect(isChanged(edit())).toBe(true);
  expect(draftOfEdit(edit())).toEqual(keptDraft('a blue fox'));
});

test('an edit from another window does not replace one that is open here', async () => {
  receive(message.id, keptDraft('a blue fox'));
  receive(message.id, null);
  expect(useEdits.getState().kept).toEqual({});
  await begin(message);
  receive(message.id, keptDraft('a green fox'));
  expect(useEdits.getState().kept).toEqual({});
  expect(edit().text).toBe('a red fox');
});
