import { expect, test, vi } from 'vitest';
import type { RecipeFacts } from '../../shared/contract/pictures';
import type { PictureMessage } from '../../shared/domain/conversations';
import { everyPicture } from '../../shared/domain/gallery-query';
import type { GalleryImage } from '../../shared/domain/pictures';
import { useServiceDirectory } from '../../shared/domain/service-directory';
import { pictureMessage } from '../../shared/domain/test-message';
import { useGallery } from '../state/gallery/gallery-store';
import { useStackDeletion } from '../state/gallery/stack-actions';
import { stacksOf } from '../state/gallery/stacks';
import { useModelChoice } from '../state/models/model-list-request';
import { placeInComparison } from '../state/pictures/compare-store';
import type { KeyPress } from '../ui/shortcut';
import { actionSections, pictureActions } from './action-list';
import {
  type PictureTarget,
  targetOfAttached,
  targetOfGroup,
  targetOfImage,
  targetOfMessage,
  targetOfSelection,
} from './action-target';
import { actionForKey, offeredAction, offeredSections } from './offered-actions';

// The parts of a browser that the stores need when they are created.
vi.hoisted(() => Object.assign(globalThis, { window: new EventTarget(), location: { hash: '' } }));

useServiceDirectory([
  { id: 'painter', kind: 'painter', name: 'Painter', address: null },
  { id: 'google', kind: 'google', name: 'Google', address: null },
]);

const stored = { width: 3, height: 2, bytes: 1, thumbhash: '' };

function message(changes: Partial<PictureMessage> = {}): PictureMessage {
  return pictureMessage({ image: stored, durationMs: 1, costMicroUsd: 0, ...changes });
}

const image: GalleryImage = {
  ...{ id: 'i', prompt: 'a fox', provider: 'painter', model: 'painter-1', aspectRatio: '3:2', ...stored },
  ...{ createdAt: 1, position: 'a', favourite: false },
};
const facts: RecipeFacts = {
  params: { aspectRatio: '3:2', seed: 9 },
  ...{ imported: null, format: 'PNG', durationMs: null },
  ...{ costMicroUsd: null, conversation: null, parent: null },
};

const none: KeyPress = {
  ...{ key: '', code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false },
};

const names = (target: PictureTarget) =>
  offeredSections(target)
    .flat()
    .map(({ name }) => name);
const enabled = (target: PictureTarget) =>
  offeredSections(target)
    .flat()
    .filter(({ isEnabled }) => isEnabled)
    .map(({ name }) => name);

const ofOne = ['again', 'variations', 'otherModel', 'useAsReference', 'reusePrompt', 'describe'];
const ofFile = ['copyPicture', 'copyPrompt', 'save', 'showInFolder'];

test('the seed action of a tile is disabled until the recipe is loaded', () => {
  const tile = targetOfImage(image);
  expect(offeredAction('useSeed', tile)).toMatchObject({ isEnabled: false });
  expect(tile.withFacts?.(facts).recipe).toMatchObject({ seed: 9 });
  expect(offeredAction('useSeed', tile.withFacts?.(facts) ?? tile)).toMatchObject({ isEnabled: true });
});

test('every action is in one section of the menu, once', () => {
  expect(actionSections.flat().toSorted()).toEqual(Object.keys(pictureActions).toSorted());
});

test('every shortcut is unique among actions for Trash and among all others', () => {
  const shortcuts = Object.values(pictureActions).flatMap((action) =>
    'shortcut' in action ? [`${'isOfTrash' in action} ${action.shortcut}`] : [],
  );
  expect(new Set(shortcuts).size).toBe(shortcuts.length);
});

test('a picture in Trash can only be restored or permanently deleted, in every place', () => {
  const done: string[] = [];
  const trash = { restore: () => done.push('restored'), deleteForGood: () => done.push('deleted') };
  for (const options of [{ trash }, { trash, facts, isOpen: true }]) {
    const target = targetOfImage(image, options);
    expect(names(target)).toEqual(['restore', 'deleteForGood']);
    expect(names(target.withFacts?.(facts) ?? target)).toEqual(['restore', 'deleteForGood']);
    offeredAction('restore', target)?.run();
    actionForKey({ ...none, key: 'Delete', code: 'Delete' }, target)?.run();
  }
  expect(done).toEqual(['restored', 'deleted', 'restored', 'deleted']);
  expect(names(targetOfImage(image))).not.toContain('restore');
});

test('every name belongs to one action', () => {
  const offered = [targetOfMessage(message()), targetOfImage(image), targetOfSelection(() => ['i'], 2)];
  const labels = new Map(
    offered.flatMap((target) =>
      offeredSections(target)
        .flat()
        .map(({ name, label }) => [name, label]),
    ),
  );
  expect(new Set(labels.values()).size).toBe(labels.size);
});

test('offers suitable actions for pictures of the chat and gallery, imported ones and a selection', () => {
  expect(names(targetOfMessage(message()))).toEqual([
    ...[
      'open',
      'edit',
      'upscale',
      ...ofOne,
      'useSeed',
      'saveAsStyle',
      ...ofFile,
      'moreLikeThis',
      'favourite',
      'addToCollection',
      'delete',
    ],
  ]);
  expect(names(targetOfImage(image, { open() {} }))).toEqual([
    ...[
      'open',
      'edit',
      'upscale',
      ...ofOne,
      'useSeed',
      'saveAsStyle',
      ...ofFile,
      'showInChat',
      'moreLikeThis',
      'favourite',
      'addToCollection',
      'delete',
    ],
  ]);
  expect(names(targetOfImage(image, { facts, isOpen: true }))).toEqual([
    ...[
      'edit',
      'upscale',
      ...ofOne,
      'useSeed',
      'saveAsStyle',
      ...ofFile,
      'showInChat',
      'moreLikeThis',
      'favourite',
      'addToCollection',
      'delete',
    ],
  ]);
  expect(names(targetOfImage({ ...image, provider: 'imported', prompt: ' ' }, { facts }))).toEqual([
    ...['edit', 'upscale', 'useAsReference', 'describe', 'copyPicture', 'save', 'showInFolder', 'showInChat'],
    ...['moreLikeThis', 'favourite', 'addToCollection', 'delete'],
  ]);
  expect(names(targetOfSelection(() => ['i', 'j'], 2))).toEqual([
    ...['compare', 'useAsReference', 'save', 'favourite', 'addToCollection', 'delete'],
  ]);
});

test('a picture whose file is missing can be neither edited, described, copied, saved nor attached', () => {
  const there = enabled(targetOfImage(image));
  const missing = enabled(targetOfImage({ ...image, state: 'missing' }));
  expect(there.filter((name) => !missing.includes(name))).toEqual([
    'edit',
    'upscale',
    'useAsReference',
    'describe',
    'copyPicture',
    'save',
    'moreLikeThis',
  ]);
});

test.each([
  [1, false],
  [2, true],
  [4, true],
  [5, false],
])('compares a selection of %i pictures: %s', (count, isEnabled) => {
  expect(
    offeredAction(
      'compare',
      targetOfSelection(() => [], count),
    ),
  ).toMatchObject({ isEnabled });
});

test('a deleted conversation cannot be shown, but a not yet known one can', () => {
  expect(offeredAction('showInChat', targetOfImage(image, { facts }))).toMatchObject({ isEnabled: false });
  expect(offeredAction('showInChat', targetOfImage(image))).toMatchObject({ isEnabled: true });
});

test('the actions of a group mention all of its pictures and need an existing one', () => {
  const waiting = message({ id: 'n', status: 'pending', image: null });
  const labels = (target: PictureTarget) =>
    offeredSections(target)
      .flat()
      .map(({ label }) => label);
  const group = targetOfGroup([message(), waiting]);
  expect(labels(group)).toEqual([
    ...['Compare', 'Again', 'Use as reference', 'Reuse prompt', 'Copy prompt', 'Save all'],
    ...['Favourite', 'Add to collection', 'Delete all'],
  ]);
  expect(group.ids()).toEqual(['m']);
  expect(offeredAction('compare', group)).toMatchObject({ isEnabled: false });
  expect(enabled(targetOfGroup([waiting, waiting]))).toEqual(['again', 'reusePrompt', 'copyPrompt']);
  expect(enabled(targetOfGroup([message(), message({ id: 'n' })]))).toContain('compare');
});

test('offers nothing for deleted pictures: a single one, a group, or an attached one', () => {
  const trashed = message({ image: { ...stored, state: 'trash' } });
  const missing = message({ image: { ...stored, state: 'missing' } });
  const purged = message({ image: null });
  for (const gone of [trashed, missing, purged]) expect(names(targetOfMessage(gone))).toEqual([]);
  expect(names(targetOfGroup([trashed, missing, purged]))).toEqual([]);
  expect(names(targetOfGroup([trashed, message()]))).toContain('again');
  expect(names(targetOfAttached('i', true))).toEqual([]);
  expect(names(targetOfAttached('i', false))).toContain('describe');
  for (const status of ['failed', 'generating'] as const) {
    const awaited = message({ status, image: null });
    expect(names(targetOfMessage(awaited))).toContain('otherModel');
    expect(names(targetOfGroup([trashed, awaited]))).toContain('again');
  }
});

test('requests the pictures of a group again without those that an answer added', () => {
  const part = message({ id: 'p', isPart: true });
  expect(targetOfGroup([message(), part, part])).toMatchObject({ count: 3, groupSize: 1 });
  expect(targetOfGroup([part, part])).toMatchObject({ groupSize: 1 });
});

test('closes the view of the picture before the action runs', () => {
  const done: string[] = [];
  const target: PictureTarget = {
    ...targetOfImage(image, { leave: (why) => done.push(why) }),
    ids() {
      done.push('runs');
      return [];
    },
  };
  offeredAction('useAsReference', target)?.run();
  offeredAction('copyPicture', target)?.run();
  expect(done).toEqual(['elsewhere', 'runs', 'runs']);
});

test('asks for another model before a view closes', () => {
  const left: string[] = [];
  const target = targetOfImage(image, { facts, leave: (why) => left.push(why) });
  offeredAction('otherModel', target)?.run();
  expect(useModelChoice.getState().onChosen).not.toBeNull();
  expect(left).toEqual([]);
  useModelChoice.setState({ onChosen: null });
});

test('shows how many pictures are made again, and their cost unless they are free', () => {
  const hintOf = (name: 'again' | 'variations', target: PictureTarget) => offeredAction(name, target)?.hint;
  const free = targetOfMessage(message());
  expect(offeredAction('variations', free)?.label).toBe('4 variations');
  expect(hintOf('again', free)).toBe('Make one new picture of the same prompt');
  expect(hintOf('again', targetOfGroup([message(), message({ id: 'n' })]))).toBe(
    'Make 2 new pictures of the same prompt',
  );
  const model = { serviceId: 'google', model: 'gemini-3.1-flash-image' };
  const priced: PictureTarget = { ...free, recipe: { id: 'm', prompt: 'a fox', options: {}, model } };
  expect(hintOf('again', priced)).toMatch(/^Make one new picture of the same prompt: about \$0\.\d+$/);
  const [one = 0, four = 0] = (['again', 'variations'] as const).map((name) =>
    Number(hintOf(name, priced)?.split('$')[1]),
  );
  expect(four / one).toBeCloseTo(4, 0);
});

test('finds the action of a key if it is offered and enabled', () => {
  const found = (press: Partial<KeyPress>, target: PictureTarget) =>
    actionForKey({ ...none, ...press }, target)?.name;
  const one = targetOfImage(image, { open() {} });
  expect(found({ key: 'f' }, one)).toBe('favourite');
  expect(found({ key: 'e' }, one)).toBe('edit');
  expect(found({ key: 'а', code: 'KeyF' }, one)).toBe('favourite');
  expect(found({ key: 'R', shiftKey: true }, one)).toBe('again');
  expect(found({ key: 'r' }, one)).toBeUndefined();
  expect(found({ key: 'c', ctrlKey: true }, one)).toBe('copyPicture');
  expect(found({ key: 's' }, one)).toBeUndefined();
  // Enter belongs to the focused button.
  expect(found({ key: 'Enter' }, one)).toBeUndefined();
  expect(found({ key: 's', ctrlKey: true }, targetOfImage({ ...image, state: 'missing' }))).toBeUndefined();
});

test('the top picture shows or deletes a stack, and an open stack lets pictures be taken out', () => {
  expect(offeredAction('showStack', targetOfImage(image))).toBeNull();
  useGallery.setState({ stacks: stacksOf([['i', 'j', 'k']]), isOpen: true });
  const left: string[] = [];
  const top = targetOfImage(image, { leave: (why) => left.push(why), comeBack: () => left.push('back') });
  expect(names(top)).toContain('showStack');
  offeredAction('delete', top)?.run();
  const { asked } = useStackDeletion.getState();
  expect(asked).toMatchObject({ imageIds: ['i', 'j', 'k'], hidden: ['j', 'k'] });
  // After a cancellation, the previous view is still open.
  expect(left).toEqual([]);
  asked?.onDelete();
  expect(left).toEqual(['gone']);
  asked?.onRestored?.();
  expect(left).toEqual(['gone', 'back']);
  expect(offeredAction('notDuplicate', top)).toBeNull();
  useGallery.setState({ stacks: stacksOf(), query: { ...everyPicture, stackOf: 'i' } });
  expect(names(targetOfImage(image))).toContain('notDuplicate');
  expect(names(targetOfImage(image))).not.toContain('showStack');
  useGallery.setState({ query: everyPicture, isOpen: false });
});

test.each([
  ['outside the gallery', false, () => targetOfImage(image, { isOpen: true })],
  ['outside the gallery, as an open stack of it', false, () => targetOfImage(image)],
  ['in the chat', false, () => targetOfMessage(message({ id: 'i' }))],
  ['in the chat, as one of a request', false, () => targetOfGroup([message({ id: 'i' })])],
  ['in a comparison', true, () => targetOfImage(image, placeInComparison('i'))],
])('actions on a picture %s ignore the rest of its stack', (_, isOpen, target) => {
  useGallery.setState({ stacks: stacksOf([['i', 'j']]), query: { ...everyPicture, stackOf: 'i' }, isOpen });
  expect(target().hidden?.() ?? []).toEqual([]);
  expect(names(target())).not.toContain('showStack');
  if (!isOpen) expect(names(target())).not.toContain('notDuplicate');
  useGallery.setState({ stacks: stacksOf(), query: everyPicture, isOpen: false });
});

test('uses the seed of an imported picture if supported, and otherwise explains why not', () => {
  const imported = (seed?: number | string): RecipeFacts => ({
    ...facts,
    params: null,
    imported: { source: 'comfyui', ...(seed !== undefined && { seed }) },
  });
  const tile = (known: RecipeFacts | null) =>
    offeredAction('useSeed', targetOfImage({ ...image, provider: 'imported' }, { facts: known }));
  expect(tile(imported(5))).toMatchObject({ isEnabled: true, hint: expect.stringContaining('composer') });
  for (const seed of [2 ** 40, '18446744073709551615']) {
    expect(tile(imported(seed))).toMatchObject({
      isEnabled: false,
      hint: expect.stringContaining('as large'),
    });
  }
  expect(tile(imported())).toBeNull();
  expect(tile(null)).toBeNull();
});
