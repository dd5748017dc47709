import { expect, test } from 'vitest';
import type { RecipeFacts } from '../../../shared/contract/pictures';
import { changeHereModel, madeChange, unchanged } from '../../../shared/domain/edits';
import type { PictureParams } from '../../../shared/domain/models';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { fileRows, recipeRows } from './recipe-rows';

const image: GalleryImage = {
  id: '0190a000-0000-7000-8000-000000000001',
  width: 640,
  height: 480,
  bytes: 1_700_000,
  thumbhash: '',
  prompt: 'a fox',
  provider: 'automatic1111',
  model: 'current',
  aspectRatio: '4:3',
  favourite: false,
  createdAt: 0,
  position: '0',
};
const nothing: RecipeFacts = {
  params: null,
  imported: null,
  format: 'PNG',
  durationMs: null,
  costMicroUsd: null,
  conversation: null,
  parent: null,
};

test('lists every known parameter of a picture, and nothing unknown', () => {
  const params: PictureParams = {
    aspectRatio: '4:3',
    seed: 7,
    negativePrompt: 'rain',
    steps: 30,
    sampler: 'Euler a',
    resolution: '2K',
  };
  const facts = { ...nothing, params, durationMs: 2200, costMicroUsd: 0 };
  const rows = Object.fromEntries(recipeRows(image, facts));
  expect(rows).toMatchObject({
    ...{ Seed: '7', 'Negative prompt': 'rain', Steps: '30', Sampler: 'Euler a', Resolution: '2K' },
    ...{
      Shape: '4:3',
      Size: '640 × 480\u00a0px',
      File: 'PNG, 1.7\u00a0MB',
      Took: '2.2\u00a0s',
      Cost: 'free',
    },
  });
  const bare = recipeRows(image, null).map(([name]) => name);
  expect(bare).toEqual(['Model', 'Service', 'Shape', 'Size', 'File', 'Made']);
});

test('omits a seed that was never sent', () => {
  const params = { aspectRatio: '1:1', seed: 7 } as const;
  const rows = recipeRows({ ...image, provider: 'imagen' }, { ...nothing, params });
  expect(rows.map(([name]) => name)).not.toContain('Seed');
});

test('lists the recipe of an imported picture, with a seed of 64 bits', () => {
  const rows = recipeRows(
    { ...image, provider: 'imported', model: 'dreamshaper', aspectRatio: null },
    {
      ...nothing,
      imported: {
        ...{ source: 'comfyui', seed: '18446744073709551615', negativePrompt: 'blurry', steps: 20 },
        loras: [{ name: 'ink', weight: 0.8 }, { name: 'grain' }],
      },
    },
  );
  expect(Object.fromEntries(rows)).toMatchObject({
    ...{ Service: 'Imported', Model: 'dreamshaper', 'Recipe from': 'ComfyUI', Seed: '18446744073709551615' },
    ...{ 'Negative prompt': 'blurry', Steps: '20', LoRAs: 'ink (0.8), grain' },
  });
});

test('lists the other values of the file, each text complete', () => {
  const rest = 'app_version: 4.2: beta\nTemplate: {red|blue} fox';
  const raw = 'note: first line\n\tColour: red\n\tlast line';
  expect(fileRows({ source: 'automatic1111', rest, raw })).toEqual([
    ['App version', '4.2: beta'],
    ['Template', '{red|blue} fox'],
    ['Note', 'first line\nColour: red\nlast line'],
  ]);
  expect(fileRows(null)).toEqual([]);
});

test.each([true, undefined] as const)('shows whether texts were shortened: %s', (isShortened) => {
  const imported = { source: 'comfyui', ...(isShortened && { isShortened }) } as const;
  const rows = Object.fromEntries(recipeRows(image, { ...nothing, imported }));
  expect(rows['Shortened']).toEqual(isShortened && expect.stringContaining('32,000 characters'));
});

test('omits an unknown model', () => {
  const rows = recipeRows({ ...image, provider: 'imported', model: 'imported' }, nothing);
  expect(rows.map(([name]) => name)).not.toContain('Model');
});

test('shows how a picture was changed without a prompt, and nothing about its original', () => {
  const rowsOf = (provider: string, model: string, how: Pick<PictureParams, 'upscale' | 'change'>) =>
    Object.fromEntries(
      recipeRows(
        { ...image, provider, model },
        { ...nothing, params: { aspectRatio: '4:3', seed: 7, ...how } },
      ),
    );
  const change = madeChange({ ...unchanged, scale: 2 }, 'png');
  const here = rowsOf('painter', changeHereModel, { change });
  expect(here).toMatchObject({
    Model: 'Changed on this computer',
    Changes: 'Enlarged 2 times on this computer, saved without loss',
  });
  expect(here).not.toHaveProperty('Service');
  expect(here).not.toHaveProperty('Seed');
  const there = rowsOf('automatic1111', 'upscaler:ESRGAN', {
    upscale: { factor: 2, width: 30, height: 20 },
  });
  expect(there).toMatchObject({ Changes: 'Enlarged 2 times by ESRGAN' });
  expect(there).toHaveProperty('Service');
  expect(there).not.toHaveProperty('Seed');
});

test('describes a local edit, and how the picture was saved', () => {
  const turned = { quarterTurns: 1, mirrored: true, straighten: -2.5, scale: 2, saved: 'jpeg' } as const;
  const change = { ...turned, crop: { left: 0, top: 0, width: 9, height: 9 } };
  const rows = recipeRows(image, { ...nothing, params: { aspectRatio: '4:3', seed: 7, change } });
  expect(new Map(rows).get('Changes')).toBe(
    'Turned by 90°, mirrored, straightened by -2.5°, cropped, enlarged 2 times on this computer, saved again as a JPEG',
  );
  const plain = {
    ...turned,
    quarterTurns: 0,
    mirrored: false,
    straighten: 0,
    scale: 1,
    saved: 'lossless',
  } as const;
  const copied = { ...nothing, imported: { source: 'none', change: { ...plain, crop: null } } } as const;
  expect(new Map(recipeRows(image, copied)).get('Changes')).toBe('Saved without loss');
});

test.each([
  ['as it was asked for', { width: 1264, height: 848 }, '3:2', '3:2'],
  ['but for rounding', { width: 1248, height: 832 }, '3:2', '3:2'],
  ['another one', { width: 1264, height: 848 }, '2:3', '3:2 instead of 2:3'],
  ['a square', { width: 1024, height: 1024 }, '16:9', '1:1 instead of 16:9'],
] as const)('shows the shape of a picture: %s', (_, size, aspectRatio, shown) => {
  const shapeOf = (params: PictureParams) =>
    Object.fromEntries(recipeRows({ ...image, ...size }, { ...nothing, params }))['Shape'];
  expect(shapeOf({ aspectRatio, seed: 1 })).toBe(shown);
  // A crop was not requested in the shape of its original.
  const change = {
    quarterTurns: 0,
    mirrored: false,
    straighten: 0,
    crop: null,
    scale: 1,
    saved: 'lossless',
  } as const;
  expect(shapeOf({ aspectRatio, seed: 1, change })).not.toContain('instead');
});
