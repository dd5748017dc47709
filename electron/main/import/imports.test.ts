import { beforeEach, expect, onTestFinished, test } from 'vitest';
import {
  createTestImports,
  pictureWithText,
  samplePicture,
  samplePng,
  type TestImports,
} from './test-imports';

let fixture: TestImports;

beforeEach(() => {
  fixture = createTestImports();
  onTestFinished(fixture.remove);
});

test('offers one picture with its recipe', async () => {
  const file = fixture.put('a.png', pictureWithText('a red fox\nSteps: 20, Seed: 7'));
  expect(await fixture.imports.offer([file])).toMatchObject({
    value: { folder: null, recipe: { prompt: 'a red fox', seed: 7 }, size: { width: 32, height: 24 } },
  });
});

test('offers a picture without a recipe, several pictures and a folder', async () => {
  const file = fixture.put('a.png', samplePng);
  expect(await fixture.imports.offer([file])).toMatchObject({ value: { folder: null, recipe: null } });
  expect(
    await fixture.imports.offer([file, fixture.put('b.png', pictureWithText('x\nSteps: 1'))]),
  ).toMatchObject({
    value: { recipe: null },
  });
  expect(await fixture.imports.offer([fixture.droppedFolder])).toMatchObject({
    value: { recipe: null },
  });
});

test.each([
  ['an empty list', [], 'nothing_dropped'],
  ['too many files', Array.from({ length: 10_001 }, () => '/a'), 'too_many_files'],
  ['a relative path', ['a.png'], 'bad_request'],
  ['an empty path', [''], 'bad_request'],
  ['a string', '/etc/passwd', 'bad_request'],
  ['a number', [7], 'bad_request'],
])('refuses %s', async (_name, paths, code) => {
  expect(await fixture.imports.offer(paths)).toMatchObject({ ok: false, code });
});

test('imports each offer once and runs one import at a time', async () => {
  const first = await fixture.imports.offer([fixture.put('a.png', samplePng)]);
  const second = await fixture.imports.offer([fixture.put('b.png', samplePicture(1))]);
  if (!first.ok || !second.ok) throw new Error('The offer was refused.');
  const running = fixture.imports.start(first.value.id);
  expect(fixture.imports.start(second.value.id)).toMatchObject({ code: 'import_under_way' });
  if (running.ok) await running.value.finished;
  expect(fixture.imports.start(first.value.id)).toMatchObject({ code: 'not_found' });
  const next = fixture.imports.start(second.value.id);
  expect(next.ok).toBe(true);
  if (next.ok) await next.value.finished;
});
