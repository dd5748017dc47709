import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { embedXmp } from '../../../shared/domain/picture-bytes/embed-xmp';
import { nearestAspectRatio } from '../../../shared/domain/read-recipe';
import { writeXmp } from '../../../shared/domain/xmp';
import { sample, webpOf, withJpegSegment, withPngChunk } from '../pipeline/test-pictures';
import { maxTextLength } from './picture-texts';
import { readRecipe } from './read-recipe';

const png = sample(32, 24).encodeSync('png');
const jpg = sample(32, 24).encodeSync('jpeg');
const webp = sample(32, 24).encodeSync('webp');

const latin1 = (text: string) => Buffer.from(text, 'latin1');

/** https://www.w3.org/TR/png-3/#11tEXt */
function withText(keyword: string, text: string, file: Uint8Array = png): Buffer {
  return withPngChunk(file, 'tEXt', Buffer.concat([latin1(`${keyword}\0`), Buffer.from(text)]));
}

/** https://www.w3.org/TR/png-3/#11zTXt */
function withPacked(keyword: string, text: string | Buffer): Buffer {
  return withPngChunk(png, 'zTXt', Buffer.concat([latin1(`${keyword}\0\0`), deflateSync(text)]));
}

/** https://www.w3.org/TR/png-3/#11iTXt */
function withInternational(keyword: string, text: string, isPacked: boolean): Buffer {
  const head = latin1(`${keyword}\0${isPacked ? '\x01' : '\0'}\0en\0name\0`);
  return withPngChunk(png, 'iTXt', Buffer.concat([head, isPacked ? deflateSync(text) : Buffer.from(text)]));
}

/**
 * A TIFF header, a directory that points to the EXIF directory, and that one with only a UserComment behind it:
 * https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf, 4.5 and 4.6
 */
function exif(comment: Buffer, order: 'II' | 'MM' = 'MM'): Buffer {
  const head = Buffer.alloc(44);
  const short = (value: number, at: number) =>
    order === 'II' ? head.writeUInt16LE(value, at) : head.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    order === 'II' ? head.writeUInt32LE(value, at) : head.writeUInt32BE(value, at);
  head.write(order, 0, 'latin1');
  short(42, 2);
  long(8, 4);
  short(1, 8);
  entry(10, 0x8769, 4, 1, 26);
  short(1, 26);
  entry(28, 0x9286, 7, comment.length, 44);
  return Buffer.concat([head, comment]);
  function entry(at: number, tag: number, type: number, count: number, value: number): void {
    short(tag, at);
    short(type, at + 2);
    long(count, at + 4);
    long(value, at + 8);
  }
}

/** As piexif's `UserComment.dump(text, encoding="unicode")` writes it, which Automatic1111 uses. */
function bigEndianComment(text: string): Buffer {
  return Buffer.concat([latin1('UNICODE\0'), Buffer.from(text, 'utf16le').swap16()]);
}

const inJpeg = (comment: Buffer, order?: 'II' | 'MM') =>
  withJpegSegment(jpg, 0xe1, Buffer.concat([latin1('Exif\0\0'), exif(comment, order)]));

// https://github.com/AUTOMATIC1111/stable-diffusion-webui/wiki/Features#png-info
const parameters = [
  'a red fox at dawn, ß 桜 🦊',
  'masterpiece',
  'Negative prompt: blurry,',
  'low quality',
  'Steps: 20, Sampler: DPM++ 2M Karras, CFG scale: 7, Seed: 3965124971, Size: 512x768, Model hash: 6ce0161689, Model: v1-5-pruned, Lora hashes: "one: 1a, two: 2b", Version: v1.6.0',
].join('\n');

const automatic = {
  source: 'automatic1111',
  prompt: 'a red fox at dawn, ß 桜 🦊\nmasterpiece',
  negativePrompt: 'blurry,\nlow quality',
  seed: 3_965_124_971,
  model: 'v1-5-pruned',
  width: 512,
  height: 768,
  rest: [
    'Steps: 20',
    'Sampler: DPM++ 2M Karras',
    'CFG scale: 7',
    'Model hash: 6ce0161689',
    'Lora hashes: one: 1a, two: 2b',
    'Version: v1.6.0',
  ].join('\n'),
} as const;

describe('Automatic1111', () => {
  test.each([
    ['tEXt', withText('parameters', parameters)],
    ['zTXt', withPacked('parameters', parameters)],
    ['iTXt', withInternational('parameters', parameters, false)],
    ['packed iTXt', withInternational('parameters', parameters, true)],
  ])('in a PNG, as %s', (_name, file) => {
    expect(readRecipe(file, 'png')).toEqual(automatic);
  });

  test('Latin-1, as the standard says of tEXt', () => {
    const text = latin1('parameters\0caf\xe9 by the sea\nSteps: 1, Seed: 2');
    expect(readRecipe(withPngChunk(png, 'tEXt', text), 'png')?.prompt).toBe('café by the sea');
  });

  test('in a JPEG, by EXIF', () => {
    expect(readRecipe(inJpeg(bigEndianComment(parameters)), 'jpg')).toEqual(automatic);
    expect(readRecipe(inJpeg(bigEndianComment(parameters), 'II'), 'jpg')).toEqual(automatic);
    const little = Buffer.concat([latin1('UNICODE\0'), Buffer.from(parameters, 'utf16le')]);
    expect(readRecipe(inJpeg(little, 'II'), 'jpg')).toEqual(automatic);
    const ascii = Buffer.from('ASCII\0\0\0a red fox\nSteps: 20, Seed: 1');
    expect(readRecipe(inJpeg(ascii), 'jpg')?.prompt).toBe('a red fox');
  });

  test('in a WebP, by EXIF with and without JPEG’s header', () => {
    const data = exif(bigEndianComment(parameters));
    const picture: [string, Buffer] = ['VP8 ', webp.subarray(20)];
    expect(readRecipe(webpOf(picture, ['EXIF', data]), 'webp')).toEqual(automatic);
    const headed = Buffer.concat([latin1('Exif\0\0'), data]);
    expect(readRecipe(webpOf(picture, ['EXIF', headed]), 'webp')).toEqual(automatic);
  });

  test('without a negative prompt, with a seed that is no number', () => {
    const text = 'a fox: red, small\nSteps: 20, Sampler: Euler a, Seed: -1';
    expect(readRecipe(withText('parameters', text), 'png')).toEqual({
      source: 'automatic1111',
      prompt: 'a fox: red, small',
      rest: 'Steps: 20\nSampler: Euler a',
    });
  });

  test.each(['', 'a red fox', 'Steps: 20, Seed: 1', '\n\n\nSteps: 20', '{"Steps": 20}'])(
    '%j is no recipe',
    (text) => {
      expect(readRecipe(withText('parameters', text), 'png')).toBeNull();
    },
  );
});

// https://github.com/comfyanonymous/ComfyUI/blob/master/script_examples/basic_api_example.py
const graph = {
  '3': {
    class_type: 'KSampler',
    inputs: {
      seed: 8_566_257,
      steps: 20,
      cfg: 8,
      sampler_name: 'euler',
      scheduler: 'normal',
      denoise: 1,
      model: ['10', 0],
      positive: ['11', 0],
      negative: ['7', 0],
      latent_image: ['5', 0],
    },
  },
  '4': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'v1-5-pruned.safetensors' } },
  '5': { class_type: 'EmptyLatentImage', inputs: { batch_size: 1, height: 512, width: 768 } },
  '6': { class_type: 'CLIPTextEncode', inputs: { clip: ['4', 1], text: ['12', 0] } },
  '7': { class_type: 'CLIPTextEncode', inputs: { clip: ['4', 1], text: 'bad hands' } },
  '8': { class_type: 'VAEDecode', inputs: { samples: ['3', 0], vae: ['4', 2] }, is_changed: [0] },
  '10': { class_type: 'LoraLoader', inputs: { lora_name: 'x', model: ['4', 0], clip: ['4', 1] } },
  '11': { class_type: 'ConditioningSetArea', inputs: { conditioning: ['6', 0] } },
  '12': { class_type: 'PrimitiveString', inputs: { value: 'a "red" fox' } },
};

describe('ComfyUI', () => {
  const expected = {
    source: 'comfyui',
    prompt: 'a "red" fox',
    negativePrompt: 'bad hands',
    seed: 8_566_257,
    model: 'v1-5-pruned.safetensors',
    width: 768,
    height: 512,
    rest: 'steps: 20\ncfg: 8\nsampler_name: euler\nscheduler: normal\ndenoise: 1',
  };

  test('its graph is followed from the sampler to the words, past what stands between', () => {
    expect(readRecipe(withText('prompt', JSON.stringify(graph)), 'png')).toEqual(expected);
  });

  test('Python’s NaN, which is no JSON, is forgiven, and in a text it stays', () => {
    const text = JSON.stringify(graph).replace('[0]', '[NaN]').replace('bad hands', 'NaN, -Infinity');
    expect(readRecipe(withText('prompt', text), 'png')).toEqual({
      ...expected,
      negativePrompt: 'NaN, -Infinity',
    });
  });

  test('the advanced samplers, where noise and guidance are nodes of their own', () => {
    const advanced = {
      '1': {
        class_type: 'SamplerCustomAdvanced',
        inputs: { noise: ['2', 0], guider: ['3', 0], sampler: ['9', 0], latent_image: ['6', 0] },
      },
      '2': { class_type: 'RandomNoise', inputs: { noise_seed: 42 } },
      '3': { class_type: 'BasicGuider', inputs: { model: ['4', 0], conditioning: ['5', 0] } },
      '4': { class_type: 'UNETLoader', inputs: { unet_name: 'flux1-dev.safetensors' } },
      '5': { class_type: 'CLIPTextEncode', inputs: { text: 'a lighthouse' } },
      '6': { class_type: 'EmptySD3LatentImage', inputs: { width: 1024, height: 1024 } },
    };
    expect(readRecipe(withText('prompt', JSON.stringify(advanced)), 'png')).toEqual({
      source: 'comfyui',
      prompt: 'a lighthouse',
      seed: 42,
      model: 'flux1-dev.safetensors',
      width: 1024,
      height: 1024,
    });
  });

  test('where there is only the editor’s `workflow`', () => {
    // https://docs.comfy.org/specs/workflow_json
    const workflow = {
      nodes: [
        { id: 4, type: 'CheckpointLoaderSimple', widgets_values: ['m.safetensors'] },
        { id: 6, type: 'CLIPTextEncode', widgets_values: ['a red fox'], inputs: [] },
        { id: 7, type: 'CLIPTextEncode', widgets_values: ['blurry'], inputs: [] },
        {
          id: 3,
          type: 'KSampler',
          widgets_values: [7, 'randomize', 20, 8, 'euler', 'normal', 1],
          inputs: [
            { name: 'model', link: 1 },
            { name: 'positive', link: 2 },
            { name: 'negative', link: 3 },
          ],
        },
      ],
      links: [
        [1, 4, 0, 3, 0, 'MODEL'],
        [2, 6, 0, 3, 1, 'CONDITIONING'],
        [3, 7, 0, 3, 2, 'CONDITIONING'],
      ],
    };
    expect(readRecipe(withText('workflow', JSON.stringify(workflow)), 'png')).toMatchObject({
      prompt: 'a red fox',
      negativePrompt: 'blurry',
      seed: 7,
      model: 'm.safetensors',
    });
  });

  test('a graph in circles, and one with no sampler, have none', () => {
    const circle = {
      '1': { class_type: 'KSampler', inputs: { positive: ['2', 0] } },
      '2': { class_type: 'Reroute', inputs: { a: ['3', 0], b: ['2', 0] } },
      '3': { class_type: 'CLIPTextEncode', inputs: { text: ['2', 0] } },
    };
    expect(readRecipe(withText('prompt', JSON.stringify(circle)), 'png')).toBeNull();
    expect(readRecipe(withText('prompt', '{"1":{"class_type":"LoadImage","inputs":{}}}'), 'png')).toBeNull();
  });

  test('a node with a hundred thousand inputs', () => {
    const inputs = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`i${index}`, ['1', 0]]));
    const wide = {
      '0': { class_type: 'KSampler', inputs: { positive: ['1', 0] } },
      '1': { class_type: 'X', inputs },
    };
    expect(readRecipe(withText('prompt', JSON.stringify(wide)), 'png')).toBeNull();
  });
});

describe('InvokeAI', () => {
  test('today’s record', () => {
    // https://invoke-ai.github.io/InvokeAI-7/development/architecture/media-metadata/
    const record = {
      generation_mode: 'txt2img',
      positive_prompt: 'a red fox',
      negative_prompt: 'blurry',
      width: 512,
      height: 768,
      seed: 1_234,
      steps: 30,
      scheduler: 'euler',
      model: { key: 'abc', name: 'stable-diffusion-v1-5', base: 'sd-1' },
      app_version: '4.2.0',
    };
    expect(readRecipe(withText('invokeai_metadata', JSON.stringify(record)), 'png')).toEqual({
      source: 'invokeai',
      prompt: 'a red fox',
      negativePrompt: 'blurry',
      seed: 1_234,
      model: 'stable-diffusion-v1-5',
      width: 512,
      height: 768,
      rest: 'generation_mode: txt2img\nsteps: 30\nscheduler: euler\napp_version: 4.2.0',
    });
  });

  test('that of version 2', () => {
    const record = {
      model: 'stable diffusion',
      model_weights: 'stable-diffusion-1.5',
      app_id: 'invoke-ai/InvokeAI',
      image: {
        prompt: [{ prompt: 'a red fox [blurry] at dawn [low quality]', weight: 1 }],
        steps: 50,
        seed: 42,
        width: 512,
        height: 512,
        sampler: 'k_lms',
      },
    };
    expect(readRecipe(withText('sd-metadata', JSON.stringify(record)), 'png')).toEqual({
      source: 'invokeai',
      prompt: 'a red fox at dawn',
      negativePrompt: 'blurry, low quality',
      seed: 42,
      model: 'stable-diffusion-1.5',
      width: 512,
      height: 512,
      rest: 'steps: 50\nsampler: k_lms',
    });
  });
});

describe('ours', () => {
  const recipe = {
    prompt: 'a red fox <at> "dawn" & 🦊',
    provider: 'google',
    model: 'gemini-nano-banana-2.1',
    params: { aspectRatio: '3:2', seed: 7 },
    createdAt: 1_760_000_000_000,
  } as const;

  test.each([
    ['png', png],
    ['jpg', jpg],
    ['webp', webp],
  ] as const)('from a saved copy, as %s', (format, bytes) => {
    const copy = embedXmp(bytes, writeXmp(recipe)) ?? Buffer.alloc(0);
    expect(readRecipe(copy, format)).toEqual({
      source: 'afterimage',
      prompt: recipe.prompt,
      model: recipe.model,
      seed: 7,
      aspectRatio: '3:2',
      createdAt: recipe.createdAt,
      rest: 'Provider: google',
    });
  });
});

describe('hostile files', () => {
  test.each([
    ['zTXt', withPacked('parameters', Buffer.alloc(128 * 1024 * 1024, 0x61))],
    ['iTXt', withInternational('parameters', 'a'.repeat(128 * 1024 * 1024), true)],
  ])('a %s that unpacks to 128 megabytes is not unpacked', (_name, file) => {
    const before = process.memoryUsage().rss;
    expect(readRecipe(file, 'png')).toBeNull();
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  test('a text just too long is not read, and one just short enough is cut to what can be sent', () => {
    const of = (length: number) => `${'a'.repeat(length)}\nSteps: 1`;
    expect(readRecipe(withText('parameters', of(maxTextLength)), 'png')).toBeNull();
    expect(readRecipe(withText('parameters', of(maxTextLength - 100)), 'png')?.prompt).toHaveLength(32_000);
  });

  test.each([
    ['deep', '['.repeat(1_000_000)],
    ['deep objects', '{"a":'.repeat(500_000)],
    ['open strings', '{"a":"\\"\\"'.padEnd(2_000_000, '\\"')],
    ['white', ' '.repeat(4_000_000)],
    ['NaN', `{"a":${'NaN,'.repeat(900_000)}`],
    ['a prototype', '{"__proto__":{"class_type":"KSampler","inputs":{"positive":["__proto__",0]}}}'],
    ['no object', '[1,2]'],
    ['null', 'null'],
  ])('JSON that is %s', (_name, text) => {
    for (const keyword of ['prompt', 'workflow', 'invokeai_metadata', 'sd-metadata']) {
      expect(readRecipe(withText(keyword, text), 'png')).toBeNull();
    }
  });

  test.each([
    ['commas', `a\nSteps: 1${', '.repeat(1_000_000)}`],
    ['quotes', `a\nSteps: 1, ${'b: "'.repeat(500_000)}`],
    ['escapes', `a\nSteps: 1, b: "${'\\"'.repeat(1_000_000)}`],
    ['words', `a\nSteps: 1, ${'b '.repeat(1_000_000)}`],
  ])('a last line of a million %s', (_name, text) => {
    expect(readRecipe(withText('parameters', text), 'png')?.prompt).toBe('a');
  });

  const files = [
    ['png', withText('parameters', parameters)],
    ['png', withInternational('parameters', parameters, true)],
    ['jpg', inJpeg(bigEndianComment(parameters))],
    ['webp', webpOf(['VP8 ', webp.subarray(20)], ['EXIF', exif(bigEndianComment(parameters))])],
  ] as const;

  test.each(files)('a %s cut short anywhere', (format, bytes) => {
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => readRecipe(bytes.subarray(0, length), format)).not.toThrow();
    }
  });

  test.each(files)('a %s with any byte wrong', (format, bytes) => {
    for (let at = 0; at < bytes.length; at += 1) {
      for (const value of [0, 0x7f, 0xff]) {
        const broken = Buffer.from(bytes);
        broken[at] = value;
        expect(() => readRecipe(broken, format)).not.toThrow();
      }
    }
  });
});

test.each([
  [512, 512, '1:1'],
  [512, 768, '2:3'],
  [768, 512, '3:2'],
  [4_000, 3_000, '4:3'],
  [1_080, 1_920, '9:16'],
  [10_000, 10, '21:9'],
] as const)('the shape nearest to %i × %i is %s', (width, height, ratio) => {
  expect(nearestAspectRatio({ width, height })).toBe(ratio);
});
