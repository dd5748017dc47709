import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { parseAutomatic1111 } from './automatic1111';
import { dateIn } from './dates';
import { parseDrawThings, readDrawThings } from './draw-things';
import { parseEasyDiffusion } from './easy-diffusion';
import { parseFooocus } from './fooocus';
import { parseDream } from './invokeai';
import { parseMidjourney } from './midjourney';
import { readNovelAi } from './novelai';
import { findRecipe, readRecipe } from './read-recipe';
import { parseSwarmUi } from './swarmui';
import { inJpeg, latin1, png, withComment, withInternational, withText } from './test-recipes';
import { pngWithAlphaBits } from './test-stealth';

const jsonOf = (value: unknown) => JSON.stringify(value);

describe('Automatic1111 and its forks', () => {
  const of = (last: string) => parseAutomatic1111(`a fox <lora:ink:0.8>\nNegative prompt: rain\n${last}`);

  test('recognizes Forge by its version, and reads the distilled guidance', () => {
    const last =
      'Steps: 20, Sampler: Euler, Schedule type: Simple, CFG scale: 1, Distilled CFG Scale: 3.5, Seed: 18446744073709551615, Size: 896x1152, Model: flux1-dev, Version: f2.0.1v1.10.1-previous-313-g8a042934';
    expect(of(last)).toMatchObject({
      ...{ source: 'forge', seed: '18446744073709551615', guidance: 3.5, scheduler: 'Simple' },
      loras: [{ name: 'ink', weight: 0.8 }],
    });
  });

  test('recognizes SD.Next by its app field, and accepts fields before the steps', () => {
    const last =
      'Seed: 5, Sampler: UniPC, CFG scale: 6, Size: 512x512, Parser: native, App: SD.Next, Version: 04a5';
    expect(of(last)).toMatchObject({ source: 'sdnext', seed: 5, sampler: 'UniPC', guidance: 6 });
  });

  test('reads the typed prompt of Fooocus in this format', () => {
    const last =
      'Steps: 30, Sampler: DPM++ 2M SDE, Seed: 7, Size: 1152x896, CFG scale: 4, Raw prompt: "a fox,\\nsmall", Model: xl, Lora weights: "ink: 0.5, grain: 1", Version: Fooocus v2.5.5';
    expect(of(last)).toMatchObject({ source: 'fooocus', prompt: 'a fox,\nsmall', seed: 7, model: 'xl' });
  });

  test('ends Civitai’s JSON list of resources at its bracket', () => {
    const last =
      'Steps: 20, Civitai resources: [{"type":"lora","weight":0.5,"modelName":"a, b"}], Seed: 9, Civitai metadata: {}';
    expect(of(last)).toMatchObject({ seed: 9, steps: 20 });
  });

  test('reads the fields after a name without a value or a list without quotation marks', () => {
    const last = 'Steps: 20, Tiling, Textual inversion: one, two, Seed: 9, Model: sd15';
    expect(of(last)).toMatchObject({ seed: 9, steps: 20, model: 'sd15' });
  });

  test.each(['gif', 'jpg'] as const)('reads the comment of a %s', (format) => {
    const text = `a café, ${'very '.repeat(80)}small\nSteps: 20, Sampler: Euler, Seed: 5`;
    const prompt = `a café, ${'very '.repeat(80)}small`;
    expect(readRecipe(withComment(text, format), format)).toMatchObject({ prompt, seed: 5 });
    expect(findRecipe(withComment('CREATOR: gd-jpeg', format), format)).toMatchObject({
      ...{ recipe: null, raw: 'Comment: CREATOR: gd-jpeg' },
    });
  });

  test('keeps template lines after the fields, and never takes them as the prompt', () => {
    const text =
      'red fox\nSteps: 20, Sampler: Euler, Seed: 5\nTemplate: {red|blue} fox\nNegative prompt: not this';
    expect(parseAutomatic1111(text)).toEqual({
      ...{ source: 'automatic1111', prompt: 'red fox', steps: 20, sampler: 'Euler', seed: 5 },
      rest: 'Template: {red|blue} fox\nNegative prompt: not this',
    });
  });
});

test('reads SwarmUI’s LoRAs, model hash and 64-bit seed, also from a JPEG', () => {
  const text = `{"sui_image_params":{"prompt":"a fox","model":"xl","seed":18446744073709551615,"loras":["ink"],"loraweights":["0.7"]},
    "sui_models":[{"name":"xl.safetensors","param":"model","hash":"0xab"}]}`;
  const expected = {
    ...{ source: 'swarmui', prompt: 'a fox', model: 'xl', modelHash: '0xab', seed: '18446744073709551615' },
    loras: [{ name: 'ink', weight: 0.7 }],
  };
  expect(parseSwarmUi(text)).toEqual(expected);
  const comment = Buffer.concat([latin1('UNICODE\0'), Buffer.from(text, 'utf16le').swap16()]);
  expect(readRecipe(inJpeg(comment), 'jpg')).toEqual(expected);
});

test('reads SwarmUI’s lists that are written as texts', () => {
  const text = jsonOf({
    sui_image_params: { prompt: 'a fox', loras: 'ink, grain', loraweights: '0.7,1', seed: '5' },
  });
  expect(parseSwarmUi(text)).toEqual({
    ...{ source: 'swarmui', prompt: 'a fox', seed: 5 },
    loras: [
      { name: 'ink', weight: 0.7 },
      { name: 'grain', weight: 1 },
    ],
  });
});

describe('NovelAI', () => {
  const comment = {
    ...{ prompt: 'a fox', uc: 'rain', seed: 5, steps: 28, sampler: 'k_euler', scale: 5, strength: 0.7 },
    request_type: 'Img2ImgRequest',
    v4_prompt: { caption: { base_caption: 'a fox', char_captions: [{ char_caption: 'a girl' }] } },
  };

  test('keeps the prompts of individual characters beside the others', () => {
    const named = new Map([
      ['Software', 'NovelAI'],
      ['Source', 'NovelAI Diffusion V4'],
      ['Comment', jsonOf(comment)],
    ]);
    const recipe = readNovelAi({ named, comment: null });
    expect(recipe).toMatchObject({ source: 'novelai', strength: 0.7, model: 'NovelAI Diffusion V4' });
    expect(recipe?.rest).toContain('Character 1: a girl');
  });

  const texts = { Software: 'NovelAI', Source: 'NovelAI Diffusion V3', Comment: jsonOf(comment) };
  test.each([
    ['packed', 'stealth_pngcomp', gzipSync(jsonOf(texts))],
    ['plain', 'stealth_pnginfo', Buffer.from(jsonOf(texts))],
  ] as const)('is read from the alpha channel, %s', (_name, signature, data) => {
    // The signature is longer than a column, as long as one, and shorter.
    for (const height of [65, 120, 500]) {
      const file = pngWithAlphaBits(signature, data, height);
      expect(readRecipe(file, 'png')).toMatchObject({ source: 'novelai', prompt: 'a fox', seed: 5 });
    }
  });

  test('reads a web UI’s text from the alpha channel, and ignores a truncated one', () => {
    const parameters = Buffer.from('a fox\nSteps: 20, Sampler: Euler, Seed: 5');
    expect(readRecipe(pngWithAlphaBits('stealth_pnginfo', parameters), 'png')).toMatchObject({
      prompt: 'a fox',
    });
    expect(readRecipe(pngWithAlphaBits('stealth_pngcomp', parameters), 'png')).toBeNull();
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    expect(readRecipe(pngWithAlphaBits('stealth_pngcomp', bomb), 'png')).toBeNull();
  });
});

describe('Fooocus', () => {
  test('is read in its older form, with the names of its log', () => {
    const log = {
      ...{ Prompt: 'a fox', 'Negative Prompt': 'rain', Performance: 'Speed', Resolution: '(1152, 896)' },
      ...{ 'Guidance Scale': 4, 'Base Model': 'xl.safetensors', Seed: 12, 'LoRA 1': 'ink.safetensors : 0.5' },
    };
    expect(parseFooocus(jsonOf(log))).toEqual({
      ...{ source: 'fooocus', prompt: 'a fox', negativePrompt: 'rain', seed: 12, guidance: 4 },
      ...{
        model: 'xl.safetensors',
        width: 1152,
        height: 896,
        rest: 'Performance: Speed\nLoRA 1: ink.safetensors : 0.5',
      },
      loras: [{ name: 'ink.safetensors', weight: 0.5 }],
    });
  });

  test('is read from a JPEG, whose comment names no encoding', () => {
    const text = jsonOf({ prompt: 'a fox', seed: 5, version: 'Fooocus v2.5.5', steps: 30 });
    expect(readRecipe(inJpeg(Buffer.from(text)), 'jpg')).toMatchObject({
      source: 'fooocus',
      prompt: 'a fox',
    });
  });

  test('is read as written by RuinedFooocus', () => {
    const text = jsonOf({
      Prompt: 'a fox',
      Negative: 'rain',
      seed: 5,
      cfg: 7,
      software: 'RuinedFooocus',
      width: 8,
      height: 6,
    });
    expect(parseFooocus(text)).toMatchObject({
      source: 'fooocus',
      negativePrompt: 'rain',
      guidance: 7,
      width: 8,
    });
  });
});

test('reads Draw Things’ JSON from XMP and EXIF', () => {
  const json = {
    ...{
      c: 'a "red" fox',
      uc: 'rain',
      model: 'z.ckpt',
      steps: 8,
      scale: 7.5,
      seed: 4_000_000_000,
      strength: 1,
    },
    ...{ sampler: 'DPM++ 2M Karras', size: '512x768', lora: [{ model: 'ink.ckpt', weight: 0.6 }] },
  };
  const escaped = jsonOf(json).replaceAll('"', '&quot;');
  const xmp = `<x><exif:UserComment><rdf:Alt><rdf:li xml:lang="x-default">${escaped}</rdf:li></rdf:Alt></exif:UserComment></x>`;
  const expected = {
    ...{ source: 'drawthings', prompt: 'a "red" fox', negativePrompt: 'rain', model: 'z.ckpt', steps: 8 },
    ...{ guidance: 7.5, seed: 4_000_000_000, sampler: 'DPM++ 2M Karras', width: 512, height: 768 },
    loras: [{ name: 'ink.ckpt', weight: 0.6 }],
  };
  expect(readDrawThings({ xmp, comment: null })).toEqual(expected);
  expect(parseDrawThings(jsonOf(json))).toEqual(expected);
  expect(readRecipe(withInternational('XML:com.adobe.xmp', xmp, false), 'png')).toEqual(expected);
});

test('reads Easy Diffusion’s values as separate texts or as JSON', () => {
  const values = {
    ...{ prompt: 'a fox', negative_prompt: 'rain', seed: '5', use_stable_diffusion_model: 'sd15' },
    ...{
      num_inference_steps: '25',
      guidance_scale: '7.5',
      sampler_name: 'euler',
      width: '512',
      height: '512',
    },
    ...{ use_lora_model: "['ink', 'grain']", lora_alpha: '[0.5, 1]', use_vae_model: 'vae' },
  };
  const expected = {
    ...{
      source: 'easydiffusion',
      prompt: 'a fox',
      negativePrompt: 'rain',
      seed: 5,
      model: 'sd15',
      steps: 25,
    },
    ...{ guidance: 7.5, sampler: 'euler', width: 512, height: 512, rest: 'use_vae_model: vae' },
    loras: [
      { name: 'ink', weight: 0.5 },
      { name: 'grain', weight: 1 },
    ],
  };
  expect(parseEasyDiffusion(values)).toEqual(expected);
  const file = Object.entries(values).reduce((bytes, [name, value]) => withText(name, value, bytes), png);
  expect(readRecipe(file, 'png')).toMatchObject({ ...expected, rest: expect.any(String) });
});

test('reads Midjourney’s parameters after the prompt', () => {
  const job = '0190a000-0000-4000-8000-000000000001';
  const text = `a fox -- and a hare --ar 3:2 --no rain, snow --seed 5 --v 6.1 Job ID: ${job}`;
  const expected = {
    ...{ source: 'midjourney', prompt: 'a fox -- and a hare', negativePrompt: 'rain, snow', seed: 5 },
    model: 'Midjourney 6.1',
  };
  expect(parseMidjourney(text)).toMatchObject(expected);
  const recipe = readRecipe(withText('Description', text, withText('Author', 'someone')), 'png');
  expect(recipe).toMatchObject({ ...expected, rest: expect.stringContaining('--ar 3:2') });
});

test('reads the command that InvokeAI 1 and 2 wrote', () => {
  expect(parseDream('"a fox [rain]" -s 50 -S 123 -W512 -H 768 -C 7.5 -A k_lms')).toEqual({
    ...{ source: 'invokeai', prompt: 'a fox', negativePrompt: 'rain', steps: 50, seed: 123 },
    ...{ width: 512, height: 768, guidance: 7.5, sampler: 'k_lms' },
  });
});

describe('metadata that no reader understands', () => {
  test('is kept unchanged, up to a limit', () => {
    const found = findRecipe(withText('mystery', `x: 1\n${'y'.repeat(10_000)}`), 'png');
    expect(found.recipe).toBeNull();
    expect(found.raw).toMatch(/^mystery: x: 1\n\ty{3000}/);
    expect(found.raw?.length).toBeLessThan(5000);
  });

  test('is kept beside a recipe', () => {
    const file = withText('note', 'mine', withText('parameters', 'a fox\nSteps: 20, Seed: 5'));
    expect(readRecipe(file, 'png')).toMatchObject({ prompt: 'a fox', raw: 'note: mine' });
  });
});

describe('the date of a picture', () => {
  const none = { exif: {}, xmp: null, named: new Map<string, string>() };
  test.each([
    [
      'EXIF, with a zone',
      { exif: { takenAt: '2024:05:06 07:08:09', takenAtZone: '+02:00' } },
      '2024-05-06T05:08:09Z',
    ],
    [
      'XMP, as an attribute',
      { xmp: '<rdf:Description xmp:CreateDate="2024-05-06T07:08:09+02:00">' },
      '2024-05-06T05:08:09Z',
    ],
    [
      'XMP, as an element',
      { xmp: '<photoshop:DateCreated>2024-05-06T07:08:09Z</photoshop:DateCreated>' },
      '2024-05-06T07:08:09Z',
    ],
    [
      'EXIF before XMP',
      {
        exif: { takenAt: '2023:01:01 00:00:00', takenAtZone: '+00:00' },
        xmp: ' xmp:CreateDate="2024-05-06T00:00:00Z"',
      },
      '2023-01-01T00:00:00Z',
    ],
  ])('is that of %s', (_where, texts, expected) => {
    expect(dateIn({ ...none, ...texts })).toBe(Date.parse(expected));
  });

  test('is in this computer’s zone if it has none', () => {
    expect(dateIn({ ...none, exif: { takenAt: '2024:05:06 07:08:09' } })).toBe(
      new Date(2024, 4, 6, 7, 8, 9).getTime(),
    );
  });

  test.each([
    '0000:00:00 00:00:00',
    '2024:13:01 00:00:00',
    'yesterday',
    '    :  :     :  :  ',
    '1900:01:01 00:00:00',
  ])('is undefined for %j', (takenAt) => {
    expect(dateIn({ ...none, exif: { takenAt } })).toBeUndefined();
  });
});
