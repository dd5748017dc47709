// Tests how workflows are read, how their inputs are found, and how a request's values are inserted.
import { describe, expect, it } from 'vitest';
import { findPlaces } from './workflow-places';
import { workflowTemplates } from './workflow-templates';
import { fillWorkflow, linkOf, optionsOfWorkflow, readWorkflow, type WorkflowGraph } from './workflows';

function node(class_type: string, inputs: Record<string, unknown>, title?: string) {
  return { class_type, inputs, ...(title !== undefined && { _meta: { title } }) };
}

const basic: WorkflowGraph = {
  '3': node('KSampler', {
    seed: 1,
    steps: 20,
    cfg: 8,
    sampler_name: 'euler',
    scheduler: 'normal',
    denoise: 1,
    model: ['4', 0],
    positive: ['6', 0],
    negative: ['7', 0],
    latent_image: ['5', 0],
  }),
  '4': node('CheckpointLoaderSimple', { ckpt_name: 'a.safetensors' }),
  '5': node('EmptyLatentImage', { width: 512, height: 512, batch_size: 1 }),
  '6': node('CLIPTextEncode', { text: 'a bottle', clip: ['4', 1] }, 'CLIP Text Encode (Prompt)'),
  '7': node('CLIPTextEncode', { text: 'text', clip: ['4', 1] }, 'CLIP Text Encode (Prompt)'),
  '8': node('VAEDecode', { samples: ['3', 0], vae: ['4', 2] }),
  '9': node('SaveImage', { filename_prefix: 'ComfyUI', images: ['8', 0] }),
};

/** FLUX with a custom sampler: the prompt passes through guidance, and there is no negative prompt. */
const flux: WorkflowGraph = {
  '5': node('EmptySD3LatentImage', { width: ['20', 0], height: 1024, batch_size: 1 }),
  '6': node('CLIPTextEncodeFlux', { clip_l: 'a', t5xxl: 'a long', guidance: 3.5, clip: ['11', 0] }),
  '13': node('SamplerCustomAdvanced', {
    noise: ['25', 0],
    guider: ['22', 0],
    sampler: ['16', 0],
    sigmas: ['17', 0],
    latent_image: ['5', 0],
  }),
  '16': node('KSamplerSelect', { sampler_name: 'euler' }),
  '17': node('BasicScheduler', { scheduler: 'simple', steps: 4, denoise: 1, model: ['12', 0] }),
  '12': node('UNETLoader', { unet_name: 'flux1-schnell.safetensors', weight_dtype: 'default' }),
  '22': node('BasicGuider', { model: ['12', 0], conditioning: ['6', 0] }),
  '25': node('RandomNoise', { noise_seed: 42 }),
  '9': node('SaveImage', { images: ['8', 0], filename_prefix: 'x' }),
};

describe('the places of values', () => {
  it('follow from the links of a sampler', () => {
    expect(findPlaces(basic)).toEqual({
      prompt: [{ node: '6', input: 'text' }],
      negativePrompt: [{ node: '7', input: 'text' }],
      seed: [{ node: '3', input: 'seed' }],
      width: [{ node: '5', input: 'width' }],
      height: [{ node: '5', input: 'height' }],
      steps: [{ node: '3', input: 'steps' }],
      guidance: [{ node: '3', input: 'cfg' }],
      sampler: [{ node: '3', input: 'sampler_name' }],
      scheduler: [{ node: '3', input: 'scheduler' }],
      strength: [{ node: '3', input: 'denoise' }],
    });
  });

  it('follow from guiders and schedulers, without inputs that another node sets', () => {
    expect(findPlaces(flux)).toEqual({
      prompt: [
        { node: '6', input: 't5xxl' },
        { node: '6', input: 'clip_l' },
      ],
      seed: [{ node: '25', input: 'noise_seed' }],
      height: [{ node: '5', input: 'height' }],
      steps: [{ node: '17', input: 'steps' }],
      guidance: [{ node: '6', input: 'guidance' }],
      sampler: [{ node: '16', input: 'sampler_name' }],
      scheduler: [{ node: '17', input: 'scheduler' }],
      strength: [{ node: '17', input: 'denoise' }],
    });
  });

  it('are found through reroutes, text nodes and nodes that pass on both prompts', () => {
    const graph: WorkflowGraph = {
      ...basic,
      '3': node('KSampler', { seed: ['40', 0], positive: ['30', 0], negative: ['30', 1] }),
      '30': node('ControlNetApplyAdvanced', { positive: ['31', 0], negative: ['33', 0], image: ['50', 0] }),
      '31': node('Reroute', { '': ['32', 0] }),
      '32': node('CLIPTextEncode', { text: ['34', 0], clip: ['4', 1] }),
      '33': node('ConditioningZeroOut', { conditioning: ['32', 0] }),
      '34': node('PrimitiveStringMultiline', { value: 'a fox' }),
      '40': node('PrimitiveInt', { value: 5 }, 'Seed'),
      '50': node('LoadImage', { image: 'pose.png' }),
    };
    const places = findPlaces(graph);
    expect(places.prompt).toEqual([{ node: '34', input: 'value' }]);
    expect(places.negativePrompt).toBeUndefined();
    expect(places.seed).toEqual([{ node: '40', input: 'value' }]);
    expect(places.picture).toEqual([{ node: '50', input: 'image' }]);
  });

  it('are at placeholders, for any node', () => {
    const graph: WorkflowGraph = {
      a: node('SomebodysOwnSampler', {
        words: 'masterpiece, %prompt%',
        bad: '%negative_prompt%',
        s: '%seed%',
      }),
      b: node('SaveImage', { images: ['a', 0] }),
    };
    expect(findPlaces(graph)).toMatchObject({
      prompt: [{ node: 'a', input: 'words' }],
      negativePrompt: [{ node: 'a', input: 'bad' }],
      seed: [{ node: 'a', input: 's' }],
    });
  });

  it('follow from titles', () => {
    const graph: WorkflowGraph = {
      ...basic,
      '60': node('ShowText', { text: 'x' }, 'Positive prompt'),
      '61': node('LoadImage', { image: 'a.png' }, 'Mask'),
      '62': node('LoadImage', { image: 'b.png' }, 'Start picture'),
    };
    const places = findPlaces(graph);
    expect(places.prompt).toEqual([{ node: '60', input: 'text' }]);
    expect(places.mask).toEqual([{ node: '61', input: 'image' }]);
    expect(places.picture).toEqual([{ node: '62', input: 'image' }]);
  });

  it('are found in cycles and long chains without hanging', () => {
    const graph: WorkflowGraph = Object.fromEntries(
      Array.from({ length: 2000 }, (_, index) => [
        String(index),
        node('Reroute', { any: [String((index + 1) % 2000), 0], other: [String((index + 7) % 2000), 0] }),
      ]),
    );
    graph['0'] = node('KSampler', { positive: ['1', 0], negative: ['0', 0] });
    expect(findPlaces(graph)).toEqual({});
  });
});

describe('a request', () => {
  const request = { prompt: 'a red fox $& %seed%', seed: 7, width: 1024, height: 768, steps: 4 };

  it('replaces the values at their places only', () => {
    const filled = fillWorkflow({ graph: basic, places: findPlaces(basic) }, request);
    expect(filled['6']?.inputs['text']).toBe(request.prompt);
    expect(filled['7']?.inputs['text']).toBe('text');
    expect(filled['3']?.inputs).toMatchObject({ seed: 7, steps: 4, cfg: 8, model: ['4', 0] });
    expect(filled['5']?.inputs).toEqual({ width: 1024, height: 768, batch_size: 1 });
    expect(basic['5']?.inputs).toEqual({ width: 512, height: 512, batch_size: 1 });
  });

  it('keeps the words around a placeholder, and the type of a value', () => {
    const graph = { a: node('X', { words: 'best, %prompt%!', s: '%seed%', n: 3 }) };
    const places = findPlaces(graph);
    expect(fillWorkflow({ graph, places }, request)['a']?.inputs).toEqual({
      words: 'best, a red fox $& %seed%!',
      s: 7,
      n: 3,
    });
  });

  it('ignores a place that the workflow does not have', () => {
    const places = {
      prompt: [
        { node: '99', input: 'text' },
        { node: '6', input: 'constructor' },
      ],
    };
    expect(fillWorkflow({ graph: basic, places }, request)).toEqual(basic);
  });
});

it('uses the options for which the workflow has a place', () => {
  expect(optionsOfWorkflow(findPlaces(flux))).toEqual([
    'steps',
    'guidance',
    'sampler',
    'scheduler',
    'strength',
  ]);
});

describe('a file', () => {
  it.each([
    ['an API workflow', JSON.stringify(basic), null],
    ['the body of a request', JSON.stringify({ prompt: basic, client_id: 'x' }), null],
    ['what the editor saves', JSON.stringify({ nodes: [], links: [], version: 0.4 }), 'workflow_of_editor'],
    ['a workflow without output', JSON.stringify({ '4': basic['4'] }), 'workflow_without_picture'],
    ['an empty file', '', 'workflow_unreadable'],
    ['no JSON', 'a red fox 🦊', 'workflow_unreadable'],
    ['other JSON', '[1,2,3]', 'workflow_unreadable'],
    ['an empty object', '{}', 'workflow_unreadable'],
    ['null', 'null', 'workflow_unreadable'],
    ['HTML', '<html><body>404</body></html>', 'workflow_unreadable'],
    ['a node without inputs', '{"1":{"class_type":"SaveImage"}}', 'workflow_unreadable'],
    ['too much', ' '.repeat(4_000_001), 'workflow_unreadable'],
  ])('%s', (_name, text, code) => {
    const read = readWorkflow(text);
    expect(read).toMatchObject(code === null ? { ok: true, graph: basic } : { ok: false, code });
  });
});

describe.each(workflowTemplates)('the template $about', ({ graph, places }) => {
  it('has only links to its own nodes', () => {
    const links = Object.values(graph).flatMap(({ inputs }) =>
      Object.values(inputs).flatMap((input) => linkOf(input) ?? []),
    );
    expect(links.filter((id) => !Object.hasOwn(graph, id))).toEqual([]);
    expect(readWorkflow(JSON.stringify(graph))).toMatchObject({ ok: true });
  });

  it('takes the values for its purpose', () => {
    const isForPictures = places.picture !== undefined;
    expect(Object.keys(places)).toEqual(
      isForPictures
        ? ['picture']
        : [
            'prompt',
            ...(places.negativePrompt ? ['negativePrompt'] : []),
            ...['seed', 'width', 'height', 'steps', 'guidance', 'sampler', 'scheduler', 'strength'],
          ],
    );
  });
});
