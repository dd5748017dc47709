import { describe, expect, test } from 'vitest';
import { withPngChunk } from '../pipeline/test-pictures';
import { parseComfyUi, readComfyUi } from './comfyui';
import { findRecipe, readRecipe } from './read-recipe';
import { png, withText } from './test-recipes';

type Nodes = Record<string, [type: string, inputs: Record<string, unknown>]>;

/** Returns the graph as ComfyUI stores it. */
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
      'in the place of a template that another text takes',
      {
        p: encoder(['r', 0]),
        r: ['StringReplace', { string: 'photo of {it}, {it} at dawn', find: '{it}', replace: ['a', 0] }],
        a: ['PrimitiveStringMultiline', { value: 'a hare' }],
      },
      'photo of a hare, a hare at dawn',
    ],
    [
      'with the text of a template where what replaces its place is not known',
      {
        p: encoder(['r', 0]),
        r: ['Text Find and Replace', { text: ['t', 0], find: 'it', replace: ['gone', 0] }],
        t: ['PrimitiveString', { value: 'a photo of it' }],
      },
      'a photo of it',
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
    [
      'as wildcards were filled in',
      {
        p: encoder(['w', 0]),
        w: [
          'ImpactWildcardProcessor',
          { wildcard_text: 'a {fox|hare}', populated_text: 'a hare', mode: 'populate', seed: 3 },
        ],
      },
      'a hare',
    ],
    [
      'in an encoder of wildcards',
      { p: ['ImpactWildcardEncode', { wildcard_text: 'a {fox|hare}', populated_text: 'a hare', seed: 3 }] },
      'a hare',
    ],
    [
      'at the first of the two texts of one node',
      {
        p: encoder(['y', 0]),
        n: encoder(['y', 1]),
        y: ['SDXLPromptStyler', { text_positive: 'a hare', text_negative: 'rain', style: 'base' }],
      },
      'a hare',
    ],
    [
      'in appended texts',
      {
        p: encoder(['y', 0]),
        y: ['StringFunction|pysssss', { action: 'append', tidy_tags: 'yes', text_a: 'a', text_b: ['b', 0] }],
        b: ['easy positive', { positive: 'hare' }],
      },
      'a hare',
    ],
    [
      'at the other end of a pipe',
      {
        k: ['easy kSampler', { pipe: ['pre', 0], image_output: 'Save' }],
        pre: ['easy preSampling', { pipe: ['load', 0], steps: 9, cfg: 2, seed: 5 }],
        load: ['easy fullLoader', { ckpt_name: 'x', positive: 'a hare', negative: 'rain' }],
      },
      'a hare',
    ],
  ])('%s', (_where, nodes, prompt) => {
    expect(read(nodes)).toMatchObject({ prompt, negativePrompt: 'rain' });
  });
});

test('does not take a zeroed-out prompt as the negative prompt, even through a switch or another node', () => {
  const zero: Nodes = {
    z: ['ConditioningZeroOut', { conditioning: ['p', 0] }],
    n: ['Reroute', { '': ['z', 0] }],
  };
  expect(read(zero)).toMatchObject({ prompt: 'a fox' });
  expect(read(zero)).not.toHaveProperty('negativePrompt');
});

test('uses the sampler nearest to the output, and none whose result is not saved', () => {
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

describe('uses the sampler that adds noise if several share the work', () => {
  const refiner: Nodes = {
    base: checkpoint,
    refined: ['CheckpointLoaderSimple', { ckpt_name: 'refiner.safetensors' }],
    l: ['EmptyLatentImage', { width: 1024, height: 512 }],
  };
  const first = { steps: 25, cfg: 8, model: ['base', 0], positive: ['p', 0], negative: ['n', 0] };

  test.each(['disable', false, ['off', 0]])('if the other one has add_noise %j', (add_noise) => {
    const nodes: Nodes = {
      ...refiner,
      off: ['PrimitiveBoolean', { value: false }],
      k: [
        'KSamplerAdvanced',
        { ...first, add_noise, noise_seed: 0, model: ['refined', 0], latent_image: ['up', 0] },
      ],
      up: ['LatentUpscaleBy', { samples: ['one', 0], scale_by: 1.5 }],
      one: ['KSamplerAdvanced', { ...first, add_noise: 'enable', noise_seed: 77, latent_image: ['l', 0] }],
    };
    expect(read(nodes)).toMatchObject({ prompt: 'a fox', seed: 77, model: 'm.safetensors', width: 1024 });
  });

  test('if the other one takes its noise from a node that makes none', () => {
    const custom = { sampler: ['ks', 0], sigmas: ['bs', 0], guider: ['g', 0] };
    const nodes: Nodes = {
      ...refiner,
      k: ['SamplerCustomAdvanced', { ...custom, noise: ['r', 0], latent_image: ['one', 1] }],
      r: ['Reroute', { '': ['none', 0] }],
      none: ['DisableNoise', {}],
      one: ['SamplerCustomAdvanced', { ...custom, noise: ['rn', 0], latent_image: ['l', 0] }],
      rn: ['RandomNoise', { noise_seed: 78 }],
      g: ['CFGGuider', { model: ['base', 0], positive: ['p', 0], negative: ['n', 0], cfg: 4 }],
      ks: ['KSamplerSelect', { sampler_name: 'euler' }],
      bs: ['BasicScheduler', { scheduler: 'simple', steps: 20, denoise: 1 }],
    };
    expect(read(nodes)).toMatchObject({ prompt: 'a fox', seed: 78, steps: 20, width: 1024 });
  });

  test('except for a sampler that continues from a picture', () => {
    const nodes: Nodes = {
      ...refiner,
      k: ['KSamplerAdvanced', { ...first, add_noise: 'disable', noise_seed: 5, latent_image: ['e', 0] }],
      e: ['VAEEncode', { pixels: ['i', 0] }],
      i: ['LoadImage', { image: 'noisy.png' }],
    };
    expect(read(nodes)).toMatchObject({ prompt: 'a fox', seed: 5, parent: 'noisy.png' });
  });
});

test('reads the other values of a graph whose prompt is not found, and keeps the graph', () => {
  const file = withText('prompt', graph({ ...usual, p: ['UnknownNode', { what: 5 }], n: encoder('') }));
  expect(findRecipe(file, 'png').recipe).toMatchObject({
    ...{ source: 'comfyui', prompt: '', isPromptless: true, seed: 1, model: 'm.safetensors' },
    raw: expect.stringContaining('UnknownNode'),
  });
});

test('reads the settings of an advanced sampler from other nodes', () => {
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

test('finds the parts of an advanced sampler behind reroutes, switches and splits', () => {
  const nodes: Nodes = {
    k: [
      'SamplerCustomAdvanced',
      {
        noise: ['r1', 0],
        guider: ['r2', 0],
        sampler: ['ks', 0],
        sigmas: ['split', 1],
        latent_image: ['l', 0],
      },
    ],
    r1: ['Reroute', { '': ['rn', 0] }],
    rn: ['RandomNoise', { noise_seed: 77 }],
    r2: ['ComfySwitchNode', { switch: true, on_true: ['g', 0], on_false: ['other', 0] }],
    g: ['CFGGuider', { model: ['m', 0], positive: ['p', 0], negative: ['n', 0], cfg: 4 }],
    other: ['BasicGuider', { model: ['m', 0], conditioning: ['n', 0] }],
    ks: ['KSamplerSelect', { sampler_name: 'euler' }],
    split: ['SplitSigmas', { step: 3, sigmas: ['bs', 0] }],
    bs: ['BasicScheduler', { scheduler: 'simple', steps: 20, denoise: 1 }],
    l: ['EmptySD3LatentImage', { width: 1024, height: 768 }],
  };
  expect(read(nodes)).toMatchObject({
    ...{ prompt: 'a fox', negativePrompt: 'rain', seed: 77, steps: 20, scheduler: 'simple', guidance: 4 },
  });
});

test('finds the guidance of Flux in the encoder', () => {
  const nodes: Nodes = { p: ['CLIPTextEncodeFlux', { clip_l: 'a', t5xxl: 'a hare', guidance: 3.5 }] };
  expect(read(nodes)).toMatchObject({ prompt: 'a hare', guidance: 3.5 });
});

test('reads the names of models and LoRAs from lists with previews and from stacks', () => {
  const nodes: Nodes = {
    k: sampler({ model: ['apply', 0] }),
    apply: ['CR Apply LoRA Stack', { model: ['m', 0], lora_stack: ['stack', 0] }],
    stack: [
      'CR LoRA Stack',
      {
        ...{ switch_1: 'On', lora_name_1: 'ink', model_weight_1: 0.7 },
        ...{ switch_2: 'Off', lora_name_2: 'off', model_weight_2: 1 },
        lora_stack: ['more', 0],
      },
    ],
    more: ['LoRA Stacker', { lora_count: 1, lora_name_1: 'grain', lora_wt_1: 0.4, lora_name_2: 'unused' }],
    m: ['CheckpointLoader|pysssss', { ckpt_name: { content: 'xl.safetensors', image: null } }],
  };
  expect(read(nodes)).toMatchObject({
    model: 'xl.safetensors',
    loras: [
      { name: 'ink', weight: 0.7 },
      { name: 'grain', weight: 0.4 },
    ],
  });
});

test('uses a service that changed a sampler’s picture, and ignores one that only writes texts', () => {
  const gemini: Nodes = {
    s: ['SaveImage', { images: ['o', 0] }],
    o: [
      'GeminiImageNode',
      { prompt: 'add snow', model: 'gemini-2.5-flash-image', seed: 3, images: ['vae', 0] },
    ],
  };
  expect(read(gemini)).toMatchObject({ prompt: 'add snow', model: 'gemini-2.5-flash-image', seed: 3 });
  const writer: Nodes = {
    p: encoder(['o', 0]),
    o: ['GeminiNode', { prompt: 'describe a hare', model: 'gemini-2.5-pro', seed: 3 }],
    show: ['PreviewAny', { source: ['o', 0] }],
  };
  expect(read(writer)).toMatchObject({ model: 'm.safetensors', seed: 1 });
});

test('names the original of a changed picture', () => {
  const nodes: Nodes = {
    k: sampler({ denoise: 0.6, latent_image: ['e', 0] }),
    e: ['VAEEncode', { pixels: ['i', 0], vae: ['m', 2] }],
    i: ['LoadImage', { image: 'holiday.png' }],
  };
  expect(read(nodes)).toMatchObject({ parent: 'holiday.png', strength: 0.6 });
});

test('reads prompt and size of an OpenAI node, and its model from the node’s type', () => {
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

test('reads the graphs of a WebP from EXIF, where each follows its name', () => {
  const none = { named: new Map(), comment: null };
  const exif = { make: 'workflow:{"nodes":[]}', model: `prompt:${graph(usual)}` };
  expect(readComfyUi({ ...none, exif })).toMatchObject({ prompt: 'a fox' });
  expect(readComfyUi({ ...none, exif: { description: `Prompt: ${graph(usual)}` } })).toMatchObject({
    prompt: 'a fox',
  });
  expect(readComfyUi({ ...none, comment: graph(usual), exif: {} })).toMatchObject({ prompt: 'a fox' });
  const both = `{"prompt":${graph(usual)},"workflow":{"nodes":[]}}`;
  expect(readComfyUi({ ...none, comment: both, exif: {} })).toMatchObject({ prompt: 'a fox' });
});

test('reads the graphs of an animated PNG from their own chunks', () => {
  const chunk = Buffer.from(`prompt\0${graph(usual)}`, 'latin1');
  expect(readRecipe(withPngChunk(png, 'comf', chunk), 'png')).toMatchObject({
    ...{ source: 'comfyui', prompt: 'a fox' },
  });
});

test('reads the values that a newer editor lists among the inputs, and ignores disabled nodes', () => {
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
    // The encoder's guidance applies to Flux, because a CFG scale of 1 has no effect.
    ...{ scheduler: 'simple', guidance: 3.5, model: 'm.safetensors' },
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
