// Graphs of ComfyUI's editor with subgraph nodes. See https://docs.comfy.org/specs/workflow_json.
import { expect, test } from 'vitest';
import { parseComfyUi } from './comfyui';

const link = (id: number, from: [number, number], to: [number, number]) => ({
  ...{ id, origin_id: from[0], origin_slot: from[1], target_id: to[0], target_slot: to[1], type: '*' },
});
const input = (name: string, linkId: number | null, isWidget = false) => ({
  ...{ name, link: linkId, ...(isWidget && { widget: { name } }) },
});
const node = (id: number, type: string, inputs: object[], values: unknown[] = [], more: object = {}) => ({
  ...{ id, type, inputs, widgets_values: values, mode: 0, ...more },
});

/** A subgraph that encodes a text from outside, and samples. */
const sampling = {
  id: 'aaaa-sampling',
  name: 'Sampling',
  inputs: [{ name: 'text' }, { name: 'model' }],
  outputs: [{ name: 'LATENT' }],
  nodes: [
    node(
      3,
      'KSampler',
      [input('model', 3), input('positive', 2)],
      [77, 'fixed', 9, 2.5, 'euler', 'karras', 1],
    ),
    node(6, 'CLIPTextEncode', [input('text', 1, true)], ['what stood here before']),
  ],
  links: [
    link(1, [-10, 0], [6, 0]),
    link(2, [6, 0], [3, 1]),
    link(3, [-10, 1], [3, 0]),
    link(4, [3, 0], [-20, 0]),
  ],
};

const loader = node(1, 'CheckpointLoaderSimple', [], ['m.safetensors']);
const save = node(9, 'SaveImage', [input('images', 12)]);
const decode = node(8, 'VAEDecode', [input('samples', 11)]);

function workflow(
  instance: object,
  more: object[] = [],
  subgraphs: object[] = [sampling],
  links: unknown[] = [],
) {
  return JSON.stringify({
    nodes: [loader, instance, decode, save, ...more],
    links: [[10, 1, 0, 5, 1, 'MODEL'], [11, 5, 0, 8, 0, 'LATENT'], [12, 8, 0, 9, 0, 'IMAGE'], ...links],
    definitions: { subgraphs },
  });
}

const made = {
  source: 'comfyui',
  seed: 77,
  steps: 9,
  guidance: 2.5,
  sampler: 'euler',
  model: 'm.safetensors',
};

test.each<[string, string, string]>([
  [
    'from a node outside',
    workflow(
      node(5, sampling.id, [input('text', 13, true), input('model', 10)]),
      [node(2, 'PrimitiveString', [], ['a fox'])],
      [sampling],
      [[13, 2, 0, 5, 0, 'STRING']],
    ),
    'a fox',
  ],
  [
    'from the node’s own value',
    workflow(node(5, sampling.id, [input('text', null, true), input('model', 10)], ['a hare'])),
    'a hare',
  ],
  [
    'from a value that belongs to a node within',
    workflow(
      node(5, sampling.id, [input('text', null), input('model', 10)], ['an owl'], {
        properties: { proxyWidgets: [['6', 'text']] },
      }),
    ),
    'an owl',
  ],
  [
    'from within',
    workflow(node(5, sampling.id, [input('text', null), input('model', 10)])),
    'what stood here before',
  ],
  [
    'through a graph within a graph',
    workflow(
      node(5, 'outer', [input('text', null, true), input('model', 10)], ['a heron']),
      [],
      [
        sampling,
        {
          ...{ id: 'outer', inputs: [{ name: 'text' }, { name: 'model' }], outputs: [{ name: 'LATENT' }] },
          nodes: [node(3, sampling.id, [input('text', 1), input('model', 2)])],
          links: [link(1, [-10, 0], [3, 0]), link(2, [-10, 1], [3, 1]), link(3, [3, 0], [-20, 0])],
        },
      ],
    ),
    'a heron',
  ],
])('reads the prompt %s', (_, graph, prompt) => {
  expect(parseComfyUi(undefined, graph)).toMatchObject({ ...made, prompt });
});

test('reads the nodes of subgraphs by their long ids in the executed graph', () => {
  const ran = {
    '5:3': { class_type: 'KSampler', inputs: { seed: 77, steps: 9, positive: ['5:6', 0], model: ['1', 0] } },
    '5:6': { class_type: 'CLIPTextEncode', inputs: { text: 'a fox' } },
    '1': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'm.safetensors' } },
    '8': { class_type: 'VAEDecode', inputs: { samples: ['5:3', 0] } },
    '9': { class_type: 'SaveImage', inputs: { images: ['8', 0] } },
  };
  expect(parseComfyUi(JSON.stringify(ran), undefined)).toMatchObject({ prompt: 'a fox', seed: 77 });
});

test('stops at a subgraph that contains itself, and at circular links', () => {
  const endless = {
    ...{ id: 'endless', inputs: [{ name: 'text' }], outputs: [{ name: 'LATENT' }] },
    nodes: [node(1, 'endless', [input('text', 1)]), node(2, 'endless', []), node(3, 'endless', [])],
    links: [link(1, [1, 0], [1, 0]), link(2, [-10, 0], [-20, 0]), link(3, [1, 0], [-20, 0])],
  };
  const graph = workflow(node(5, 'endless', [input('text', 11)]), [], [endless]);
  expect(() => parseComfyUi(undefined, graph)).not.toThrow();
});
