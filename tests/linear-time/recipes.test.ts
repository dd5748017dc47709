// The parsers of metadata that other tools wrote, on generated repetitions: none may take more than linear time.
import { describe, expect, test } from 'vitest';
import { parseAfterimage } from '../../electron/generator/recipes/afterimage';
import { parseAutomatic1111 } from '../../electron/generator/recipes/automatic1111';
import { parseComfyUi } from '../../electron/generator/recipes/comfyui';
import { parseInvokeAi, parseOldInvokeAi } from '../../electron/generator/recipes/invokeai';
import { parseObject } from '../../electron/generator/recipes/safe-json';
import { findSlow, maxDurationMs, type ParserCase } from './find-slow';

/** A file's text may have four million characters; what is not linear shows long before that. */
const maxLength = 64_000;

/** A node of this type whose inputs all lead to the next node. */
function node(type: string, ...inputs: string[]): string {
  const links = inputs.map((name) => `"${name}":["@#",0]`).join(',');
  return `"#":{"class_type":"${type}","inputs":{${links}}},`;
}
const nodes = [
  node('TextEncode', 'text', 'text_g', 't5xxl', 'clip_l', 'text_l', 'prompt', 'positive'),
  node('X', 'a', 'b', 'c'),
  node('Prompt', 'text', 'positive'),
  node('KSampler', 'positive', 'negative', 'model', 'latent_image'),
];

const cases: Record<string, ParserCase> = {
  'JSON of unknown origin': {
    run: parseObject,
    tokens: ['"', '\\"', '{', '[', ',', 'NaN', '-', '"#":1,'],
    frames: [
      ['', ''],
      ['{"a":[', ']}'],
    ],
    maxLength,
  },
  'a recipe of Automatic1111': {
    run: parseAutomatic1111,
    tokens: ['\0', '\n', ' ', ',', ': ', '"', '\\', 'a#', 'Negative prompt:'],
    frames: [
      ['', '\nSteps: 1, Seed: 2'],
      ['a\nSteps: 1, b: ', ''],
    ],
    maxLength,
  },
  'a graph of ComfyUI': {
    run: (text) =>
      parseComfyUi(`{"s":{"class_type":"KSampler","inputs":{"positive":["0",0]}},${text}"z":1}`, undefined),
    tokens: nodes,
    maxLength,
  },
  'a workflow of ComfyUI': {
    run: (text) =>
      parseComfyUi(
        undefined,
        `{"nodes":[{"id":"s","type":"KSampler","inputs":[{"name":"positive","link":0}]},${text}`,
      ),
    tokens: [
      '{"id":#,"type":"TextEncode","inputs":[{"name":"text","link":@#},{"name":"prompt","link":@#}]},',
      '{"id":#,"type":"X","inputs":[{"name":"a","link":@#},{"name":"b","link":#}]},',
      '[#,@#,0,#,0,"X"],',
    ],
    frames: [['', '1],"links":[[0,0,0,"s",0,"X"]]}']],
    maxLength,
  },
  'metadata of InvokeAI': {
    run: (text) => parseInvokeAi(`{"positive_prompt":"a",${text}"z":1}`),
    tokens: ['"a#":1,', '"a":"#",', '"b":{"c":[]},', '"model":{"name":"#"},', '\\u0000', ' '],
    maxLength,
  },
  'metadata of old versions of InvokeAI': {
    run: (text) => parseOldInvokeAi(JSON.stringify({ image: { prompt: text } })),
    tokens: ['[', ']', ' ', '\n', 'a', ',', '[a]'],
    maxLength,
  },
  'weighted prompts of old versions of InvokeAI': {
    run: (text) => parseOldInvokeAi(`{"image":{"prompt":[${text}{"prompt":"b"}]}}`),
    tokens: ['{"prompt":"["},', '{"prompt":"]"},', '{"prompt":" "},', '{"weight":1},', '{"prompt":"#"},'],
    maxLength,
  },
  'an XMP packet': {
    run: parseAfterimage,
    tokens: ['afterimage:recipe="', '"', '&amp;', '&', '{', 'a ', 'https://afterimage.app/recipe/1/'],
    maxLength,
  },
};

describe.each(Object.entries(cases))('%s', (_name, parser) => {
  test('is read in linear time', () => expect(findSlow(parser)).toEqual([]), maxDurationMs);
});
