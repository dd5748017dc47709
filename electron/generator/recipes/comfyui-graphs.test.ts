import { describe, expect, test } from 'vitest';
import { parseComfyUi, readComfyUi } from './comfyui';

type Nodes = Record<string, [type: string, inputs: Record<string, unknown>]>;

/** The graph as the program stores it. */
function graph(nodes: Nodes): string {
  const entries = Object.entries(nodes).map(([id, [class_type, inputs]]) => [id, { class_type, inputs }]);
  return JSON.stringify(Object.fromEntries(entries));
}

const save = ['SaveImage', { images: ['vae', 0] }] as Nodes[string];
const decode = ['VAEDecode', { samples: ['k', 0], vae: ['m', 2] }] as Nodes[string];
const checkpoint = ['CheckpointLoaderSimple', { ckpt_name: 'm.safetensors' }] as Nodes[string];
const sampler = (inputs: Record<string, unknown>): Nodes[string] => [
  'KSampler',
  { seed: 1, steps: 4, cfg: 1, positive: ['p', 0], negative: ['n', 0], model: ['m', 0], ...inputs },
];
const encoder = (text: unknown): Nodes[string] => ['CLIPTextEncode', { text, clip: ['m', 1] }];
const usual: Nodes = {
  s: save,
  vae: decode,
  m: checkpoint,
  k: sampler({}),
  p: encoder('a fox'),
  n: encoder('rain'),
};

const read = (nodes: Nodes) => parseComfyUi(graph({ ...usual, ...nodes }), undefined);

describe('the prompt is found', () => {
  test.each<[string, Nodes, string]>([
    [
      'behind a reroute of texts',
      { p: encoder(['r', 0]), r: ['Reroute', { '': ['t', 0] }], t: ['PrimitiveString', { value: 'a hare' }] },
      'a hare',
    ],
    [
      'behind a reroute of conditioning',
      { k: sampler({ positive: ['r', 0] }), r: ['Reroute (rgthree)', { '': ['p', 0] }] },
      'a fox',
    ],
    [
      'on the chosen side of a switch',
      {
        p: encoder(['w', 0]),
        w: ['ComfySwitchNode', { switch: false, on_true: ['t', 0], on_false: ['f', 0] }],
        t: ['PrimitiveString', { value: 'a hare' }],
        f: ['PrimitiveString', { value: 'an owl' }],
      },
      'an owl',
    ],
    [
      'at the chosen number of a switch',
      {
        k: sampler({ positive: ['w', 0] }),
        w: ['ImpactSwitch', { select: ['sel', 0], input1: ['p', 0], input2: ['q', 0] }],
        sel: ['PrimitiveInt', { value: 2 }],
        q: encoder('an owl'),
      },
      'an owl',
    ],
    [
      'in joined texts, in their order',
      {
        p: encoder(['j', 0]),
        j: ['StringConcatenate', { string_a: ['a', 0], string_b: 'at dawn', delimiter: ', ' }],
        a: ['PrimitiveStringMultiline', { value: 'a hare' }],
      },
      'a hare, at dawn',
    ],
    [
      'in joined conditionings',
      {
        k: sampler({ positive: ['c', 0] }),
        c: ['ConditioningCombine', { conditioning_1: ['p', 0], conditioning_2: ['q', 0] }],
        q: encoder('snow'),
      },
      'a fox\nsnow',
    ],
    [
      'past a node that passes on both prompts',
      {
        k: sampler({ positive: ['c', 0], negative: ['c', 1] }),
        c: [
          'ControlNetApplyAdvanced',
          { positive: ['p', 0], negative: ['n', 0], strength: 1, image: ['i', 0] },
        ],
        i: ['LoadImage', { image: 'pose.png' }],
      },
      'a fox',
    ],
    ['of Flux', { p: ['CLIPTextEncodeFlux', { clip_l: '', t5xxl: 'a hare', guidance: 3.5 }] }, 'a hare'],
    ['of SDXL', { p: ['CLIPTextEncodeSDXL', { text_g: 'a hare', text_l: 'a hare' }] }, 'a hare'],
    [
      'of Qwen',
      { p: ['TextEncodeQwenImageEditPlus', { prompt: 'make it snow', image1: ['i', 0] }] },
      'make it snow',
    ],
    [
      'in a loader that encodes',
      {
        k: sampler({ positive: ['p', 1] }),
        p: ['Efficient Loader', { ckpt_name: 'x', positive: 'a hare', negative: 'no' }],
      },
      'a hare',
    ],
  ])('%s', (_where, nodes, prompt) => {
    expect(read(nodes)).toMatchObject({ prompt, negativePrompt: 'rain' });
  });
});

test('a prompt that is zeroed out is no negative prompt, behind a switch or another node either', () => {
  const zero: Nodes = {
    z: ['ConditioningZeroOut', { conditioning: ['p', 0] }],
    n: ['Reroute', { '': ['z', 0] }],
  };
  expect(read(zero)).toMatchObject({ prompt: 'a fox' });
  expect(read(zero)).not.toHaveProperty('negativePrompt');
});

test('the sampler nearest to the output counts, and not one of a part that is not saved', () => {
  const nodes: Nodes = {
    k: sampler({ seed: 2, denoise: 0.5, latent_image: ['up', 0] }),
    up: ['LatentUpscale', { samples: ['first', 0], width: 2048, height: 2048 }],
    first: sampler({ seed: 1, latent_image: ['l', 0] }),
    l: ['EmptyLatentImage', { width: 512, height: 512 }],
    unsaved: sampler({ seed: 9, positive: ['q', 0] }),
    q: encoder('something else'),
  };
  expect(read(nodes)).toMatchObject({ prompt: 'a fox', seed: 2, strength: 0.5 });
});

test('an advanced sampler has its settings in other nodes', () => {
  const nodes: Nodes = {
    k: [
      'SamplerCustomAdvanced',
      { noise: ['rn', 0], guider: ['g', 0], sampler: ['ks', 0], sigmas: ['bs', 0], latent_image: ['l', 0] },
    ],
    rn: ['RandomNoise', { noise_seed: ['seed', 0] }],
    seed: ['Seed (rgthree)', { seed: 77 }],
    g: ['BasicGuider', { model: ['lora', 0], conditioning: ['fg', 0] }],
    fg: ['FluxGuidance', { guidance: 3.5, conditioning: ['p', 0] }],
    ks: ['KSamplerSelect', { sampler_name: 'euler' }],
    bs: ['BasicScheduler', { scheduler: 'simple', steps: 20, denoise: 1 }],
    lora: ['LoraLoaderModelOnly', { lora_name: 'ink.safetensors', strength_model: 0.7, model: ['u', 0] }],
    u: ['UnetLoaderGGUF', { unet_name: 'flux1-dev-Q4.gguf' }],
    l: ['EmptySD3LatentImage', { width: 1024, height: 768 }],
  };
  expect(read(nodes)).toEqual({
    ...{ source: 'comfyui', prompt: 'a fox', seed: 77, steps: 20, sampler: 'euler', scheduler: 'simple' },
    ...{ guidance: 3.5, model: 'flux1-dev-Q4.gguf', width: 1024, height: 768 },
    loras: [{ name: 'ink.safetensors', weight: 0.7 }],
  });
});

test('a picture that was changed names the one that it was made from', () => {
  const nodes: Nodes = {
    k: sampler({ denoise: 0.6, latent_image: ['e', 0] }),
    e: ['VAEEncode', { pixels: ['i', 0], vae: ['m', 2] }],
    i: ['LoadImage', { image: 'holiday.png' }],
  };
  expect(read(nodes)).toMatchObject({ parent: 'holiday.png', strength: 0.6 });
});

test('a node of OpenAI has its own prompt and size, and its name is its model', () => {
  const nodes: Nodes = {
    s: ['SaveImage', { images: ['o', 0] }],
    o: ['OpenAIGPTImage1', { prompt: ['t', 0], seed: 3, quality: 'low', size: '1536x1024', image: ['i', 0] }],
    t: ['PrimitiveStringMultiline', { value: 'a hare' }],
    i: ['LoadImage', { image: 'hare.png' }],
  };
  expect(parseComfyUi(graph(nodes), undefined)).toEqual({
    ...{ source: 'comfyui', prompt: 'a hare', seed: 3, model: 'gpt-image-1', parent: 'hare.png' },
    ...{ width: 1536, height: 1024, rest: 'quality: low\nsize: 1536x1024' },
  });
});

test('in a WebP the graphs are in EXIF, each behind its name', () => {
  const none = { named: new Map(), comment: null };
  const exif = { make: 'workflow:{"nodes":[]}', model: `prompt:${graph(usual)}` };
  expect(readComfyUi({ ...none, exif })).toMatchObject({ prompt: 'a fox' });
  expect(readComfyUi({ ...none, exif: { description: `Prompt: ${graph(usual)}` } })).toMatchObject({
    prompt: 'a fox',
  });
  expect(readComfyUi({ ...none, comment: graph(usual), exif: {} })).toMatchObject({ prompt: 'a fox' });
});

test('a newer editor lists the values among the inputs, and nodes that are switched off do not count', () => {
  const widget = (name: string) => ({ name, widget: { name }, link: null });
  const workflow = {
    nodes: [
      {
        id: 1,
        type: 'CheckpointLoaderSimple',
        widgets_values: ['m.safetensors'],
        inputs: [widget('ckpt_name')],
      },
      {
        id: 2,
        type: 'CLIPTextEncodeFlux',
        widgets_values: ['short', 'a long fox', 3.5],
        inputs: ['clip_l', 't5xxl', 'guidance'].map(widget),
      },
      {
        id: 3,
        type: 'LoraLoader',
        mode: 4,
        widgets_values: ['off.safetensors', 1, 1],
        inputs: [{ name: 'model', link: 1 }],
      },
      {
        id: 4,
        type: 'KSampler',
        widgets_values: [18446744073709552000, 'fixed', 20, 1, 'euler', 'simple', 1],
        inputs: [
          { name: 'model', link: 2 },
          { name: 'positive', link: 3 },
        ],
      },
    ],
    links: [
      [1, 1, 0, 3, 0, 'MODEL'],
      [2, 3, 0, 4, 0, 'MODEL'],
      [3, 2, 0, 4, 1, 'CONDITIONING'],
    ],
  };
  const text = JSON.stringify(workflow).replace('18446744073709552000', '18446744073709551615');
  expect(parseComfyUi(undefined, text)).toEqual({
    ...{ source: 'comfyui', prompt: 'a long fox', seed: '18446744073709551615', steps: 20, sampler: 'euler' },
    ...{ scheduler: 'simple', guidance: 1, model: 'm.safetensors' },
  });
});

test.each([
  ['9007199254740991', 9_007_199_254_740_991],
  ['9007199254740992', '9007199254740992'],
  ['1125899906842624', 1_125_899_906_842_624],
  ['18446744073709551616', '18446744073709551616'],
  ['-1', undefined],
  ['1.5', undefined],
  ['1e3', 1000],
])('a seed written as %s is kept as %j', (written, seed) => {
  const text = graph({ ...usual, k: sampler({ seed: 123_456_789 }) }).replace('123456789', written);
  expect(parseComfyUi(text, undefined)?.seed).toEqual(seed);
});
