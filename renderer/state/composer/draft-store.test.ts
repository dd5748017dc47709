import { beforeEach, describe, expect, test, vi } from 'vitest';
import { isEmptyDraft } from '../../../shared/domain/draft';
import { maxReferences } from '../../../shared/domain/models';
import { draftIn, draftOf, hasHiddenDraft, useDraft } from './draft-store';

// The parts of a browser that the stores need when they are created.
vi.hoisted(() => Object.assign(globalThis, { window: new EventTarget(), location: { hash: '' } }));

const composer = () => useDraft.getState();
const textIn = (conversationId: string) => draftIn(composer(), conversationId)?.text;
const ids = Array.from({ length: maxReferences + 1 }, (_, index) => `picture-${index}`);

beforeEach(() => composer().start({}, 'one'));

describe('the draft of a conversation', () => {
  test('keeps its text, choices, pictures and message id', () => {
    composer().setText('a red fox');
    composer().change({ count: 3, seed: 7, mode: 'picture', aspectRatio: '16:9' });
    composer().attach('picture');
    const written = draftOf(composer());
    composer().show('two');
    expect(isEmptyDraft(composer())).toBe(true);
    expect(composer()).toMatchObject({ count: 1, seed: null, mode: 'auto', aspectRatio: null });
    expect(composer().questionId).not.toBe(written.questionId);
    composer().setText('a blue fox');
    composer().show('one');
    expect(draftOf(composer())).toEqual(written);
    expect(textIn('two')).toBe('a blue fox');
  });

  test('is restored from the last run', () => {
    const [one, two] = ['a red fox', 'a blue fox'].map((text) => ({ ...draftOf(composer()), text }));
    if (!one || !two) throw new Error('There are two.');
    composer().start({ one, two }, 'two');
    expect(draftOf(composer())).toEqual(two);
    composer().show('one');
    expect(draftOf(composer())).toEqual(one);
  });

  test('is marked while another conversation is open', () => {
    composer().setText('a red fox');
    expect(hasHiddenDraft(composer(), 'one')).toBe(false);
    composer().show('two');
    expect(hasHiddenDraft(composer(), 'one')).toBe(true);
    expect(hasHiddenDraft(composer(), 'two')).toBe(false);
    composer().show('one');
    composer().setText('  ');
    composer().show('two');
    expect(hasHiddenDraft(composer(), 'one')).toBe(false);
  });

  test('distinguishes given text from text that the user typed', () => {
    composer().setText('a red fox');
    expect(composer().given).toBe('');
    composer().show('two');
    expect(composer().given).toBe('');
    composer().show('one');
    expect(composer()).toMatchObject({ text: 'a red fox', given: 'a red fox' });
    composer().recall('sent before');
    expect(composer()).toMatchObject({ text: 'sent before', given: 'sent before' });
  });

  test('passes its choices to the next draft when it is taken', () => {
    composer().setText('a red fox');
    composer().change({ count: 3 });
    const taken = composer().take();
    expect(taken).toMatchObject({ text: 'a red fox', count: 3 });
    expect(composer()).toMatchObject({ text: '', count: 3, references: [] });
    expect(composer().questionId).not.toBe(taken.questionId);
  });
});

describe('a draft that could not be sent', () => {
  test('returns to its conversation, even if another one is open', () => {
    composer().setText('a red fox');
    const taken = composer().take();
    composer().show('two');
    composer().setText('a blue fox');
    composer().putBack(taken, 'one');
    expect(composer().text).toBe('a blue fox');
    composer().show('one');
    expect(draftOf(composer())).toEqual(taken);
  });

  test('comes before text that was written since', () => {
    composer().setText('a red fox');
    composer().attach('first');
    const taken = composer().take();
    composer().setText('and an owl');
    composer().attach('second');
    composer().putBack(taken, 'one');
    expect(composer()).toMatchObject({
      text: 'a red fox\nand an owl',
      references: ['first', 'second'],
      questionId: taken.questionId,
    });
  });
});

describe('a picture', () => {
  test('is attached to its conversation, even if another one is open by then', () => {
    composer().show('two');
    composer().attach('picture', 'one');
    composer().attach('other', 'three');
    expect(composer().references).toEqual([]);
    expect(draftIn(composer(), 'one')?.references).toEqual(['picture']);
    expect(draftIn(composer(), 'three')?.references).toEqual(['other']);
  });

  test('is attached once, up to the maximum of a message', () => {
    for (const id of [...ids, ...ids]) composer().attach(id, 'two');
    expect(draftIn(composer(), 'two')?.references).toEqual(ids.slice(0, maxReferences));
    // Attaching it again does not change its place.
    composer().attach(ids[0] ?? '', 'two');
    expect(draftIn(composer(), 'two')?.references).toEqual(ids.slice(0, maxReferences));
  });
});

describe('the shape of an attached picture', () => {
  test('is followed for the first picture, unless the user then chooses another shape', () => {
    composer().change({ aspectRatio: '16:9', followsPicture: false });
    composer().attach('picture');
    expect(composer()).toMatchObject({ aspectRatio: '16:9', followsPicture: true });
    composer().change({ aspectRatio: '1:1', followsPicture: false });
    composer().attach('second');
    expect(composer().followsPicture).toBe(false);
    composer().take();
    composer().attach('next');
    expect(composer().followsPicture).toBe(true);
  });

  test('is not followed by a recipe, which has its own shape', () => {
    composer().attach('picture');
    composer().restoreRecipe({ prompt: 'a fox', aspectRatio: '3:2' });
    expect(composer()).toMatchObject({ aspectRatio: '3:2', followsPicture: false, references: ['picture'] });
  });
});

describe('a draft that another window has changed', () => {
  const received = (text: string, changes = {}) => ({ ...draftOf(composer()), text, ...changes });

  test('replaces the draft of its conversation', () => {
    composer().receive('two', received('a blue fox'));
    expect(hasHiddenDraft(composer(), 'two')).toBe(true);
    composer().show('two');
    expect(composer()).toMatchObject({ text: 'a blue fox', given: 'a blue fox' });
  });

  test('has no mark after it was sent there', () => {
    composer().receive('two', received('a blue fox'));
    composer().receive('two', null);
    expect(hasHiddenDraft(composer(), 'two')).toBe(false);
  });

  test('does not replace text that is being written here, but adds its pictures', () => {
    composer().setText('a red fox');
    composer().attach('here');
    composer().receive('one', received('a red', { references: ['there', 'here'] }));
    expect(composer()).toMatchObject({ text: 'a red fox', references: ['here', 'there'] });
    composer().receive('one', null);
    expect(composer().text).toBe('a red fox');
  });

  test('replaces the older one if it arrives after its chat was opened here', () => {
    composer().receive('two', received('a blue'));
    composer().show('two');
    composer().receive('two', received('a blue fox'));
    expect(composer()).toMatchObject({ text: 'a blue fox', given: 'a blue fox' });
  });
});
