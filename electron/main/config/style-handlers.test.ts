import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { success } from '../../../shared/domain/errors';
import { readStyleFile } from '../../../shared/domain/style-files';
import { maxStyles, type Style } from '../../../shared/domain/styles';
import { newId } from '../db/new-id';
import type { Store } from '../db/open';
import { openInMemory } from '../db/test-database';
import { createStyleHandlers, planImport } from './style-handlers';

let store: Store;
let file: string | null;
const caller: Electron.IpcMainInvokeEvent = Object({ sender: null });

beforeEach(() => {
  store = openInMemory();
  onTestFinished(() => store.close());
});

function handlers() {
  return createStyleHandlers({ store, chooseFile: async () => success(file) });
}

function style(name: string, prompt = `${name} of {prompt}`): Style {
  return { id: newId(), name, prompt, negativePrompt: '', pictureId: null };
}

const namesOf = () => store.styles.list().map(({ name }) => name);

test('saves, changes, removes and brings back a style', () => {
  const ink = style('Ink');
  expect(handlers()['styles:save']({ style: ink })).toMatchObject({ ok: true });
  expect(handlers()['styles:save']({ style: { ...ink, name: 'Ink wash' } })).toMatchObject({ ok: true });
  expect(namesOf()).toEqual(['Ink wash']);
  handlers()['styles:remove']({ id: ink.id });
  expect(namesOf()).toEqual([]);
  handlers()['styles:save']({ style: ink });
  expect(store.styles.list()).toEqual([ink]);
});

test('moves a style before another one or to the end, and brings a removed one back to its place', () => {
  const [one, two, three] = ['One', 'Two', 'Three'].map((name) => style(name)) as [Style, Style, Style];
  for (const each of [one, two, three]) handlers()['styles:save']({ style: each });
  expect(handlers()['styles:move']({ id: three.id, before: one.id })).toMatchObject({ ok: true });
  expect(namesOf()).toEqual(['Three', 'One', 'Two']);
  handlers()['styles:move']({ id: one.id, before: null });
  expect(namesOf()).toEqual(['Three', 'Two', 'One']);
  // A change of its words leaves a style where it is.
  handlers()['styles:save']({ style: { ...two, name: 'Zwei' } });
  expect(namesOf()).toEqual(['Three', 'Zwei', 'One']);
  handlers()['styles:remove']({ id: two.id });
  expect(handlers()['styles:move']({ id: two.id, before: null })).toMatchObject({ code: 'not_found' });
  handlers()['styles:save']({ style: two, before: one.id });
  expect(namesOf()).toEqual(['Three', 'Two', 'One']);
  // Another window has removed the style before which it was to come.
  handlers()['styles:move']({ id: three.id, before: newId() });
  expect(namesOf()).toEqual(['Two', 'One', 'Three']);
});

test('says that the picture of a style is gone, and keeps which one it was', () => {
  const ink = { ...style('Ink'), pictureId: newId() };
  handlers()['styles:save']({ style: ink });
  expect(store.styles.list()).toEqual([{ ...ink, isPictureGone: true }]);
});

test('refuses more styles than there may be, and changes nothing', () => {
  store.transaction(() => {
    for (let count = 0; count < maxStyles; count += 1) store.styles.save(style(`S${count}`));
  });
  expect(handlers()['styles:save']({ style: style('One more') })).toMatchObject({ code: 'too_many_styles' });
  const [known] = store.styles.list();
  if (!known) throw new Error('There is no style.');
  expect(handlers()['styles:save']({ style: { ...known, name: 'Renamed' } })).toMatchObject({ ok: true });
  const styles = [{ name: 'New', prompt: 'x', negativePrompt: '' }];
  expect(handlers()['styles:import']({ styles, duplicates: 'both' })).toMatchObject({
    code: 'too_many_styles',
  });
  expect(store.styles.count()).toBe(maxStyles);
});

test.each([
  ['both', ['Ink', 'INK 2', 'Oil', 'oil 2'], { added: 3, replaced: 0, skipped: 0 }],
  ['replace', ['INK', 'oil'], { added: 1, replaced: 1, skipped: 0 }],
  ['skip', ['Ink', 'Oil'], { added: 1, replaced: 0, skipped: 2 }],
] as const)('brings in names that are here already: %s', (duplicates, names, counts) => {
  store.transaction(() => store.styles.save(style('Ink')));
  const styles = ['INK', 'Oil', 'oil'].map((name) => ({ name, prompt: `new ${name}`, negativePrompt: '' }));
  expect(handlers()['styles:import']({ styles, duplicates })).toEqual({ ok: true, value: counts });
  expect(namesOf().toSorted()).toEqual([...names].toSorted());
});

test('keeps the id and the picture of a style that is replaced', () => {
  const ink = { ...style('Ink'), pictureId: newId() };
  const { saved } = planImport([ink], [{ name: 'ink', prompt: 'new', negativePrompt: 'n' }], 'replace');
  expect(saved).toEqual([{ ...ink, name: 'ink', prompt: 'new', negativePrompt: 'n' }]);
});

test('exports a file that can be imported, and says if it cannot be written', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'afterimage-styles-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  store.transaction(() => {
    for (const name of ['B', 'A 🦊']) store.styles.save(style(name));
  });
  file = null;
  expect(await handlers()['styles:export']({}, caller)).toEqual({ ok: true, value: null });
  file = path.join(folder, 'styles.json');
  expect(await handlers()['styles:export']({}, caller)).toEqual({ ok: true, value: { count: 2 } });
  const read = readStyleFile(readFileSync(file, 'utf8'));
  expect(read).toMatchObject({ ok: true, styles: [{ name: 'B' }, { name: 'A 🦊' }] });
  file = path.join(file, 'below a file.json');
  expect(await handlers()['styles:export']({}, caller)).toMatchObject({ code: 'copy_not_saved' });
});
