// The parsers of metadata that other tools wrote, on generated repetitions: none may take more than linear time.
import { describe, expect, test } from 'vitest';
import { withoutReferences } from '../../electron/generator/codec/convert/svg';
import { countDrawn } from '../../electron/generator/codec/convert/svg-size';
import { parseAfterimage } from '../../electron/generator/recipes/afterimage';
import { parseAutomatic1111 } from '../../electron/generator/recipes/automatic1111';
import { decodeCbor } from '../../electron/generator/recipes/cbor';
import { parseComfyUi } from '../../electron/generator/recipes/comfyui';
import { dateIn } from '../../electron/generator/recipes/dates';
import { readDrawThings } from '../../electron/generator/recipes/draw-things';
import { parseEasyDiffusion } from '../../electron/generator/recipes/easy-diffusion';
import { parseFooocus } from '../../electron/generator/recipes/fooocus';
import { parseDream, parseInvokeAi, parseOldInvokeAi } from '../../electron/generator/recipes/invokeai';
import { parseMidjourney } from '../../electron/generator/recipes/midjourney';
import { parseNovelAi } from '../../electron/generator/recipes/novelai';
import { parseObject } from '../../electron/generator/recipes/safe-json';
import { parseStealthText } from '../../electron/generator/recipes/stealth';
import { parseSwarmUi } from '../../electron/generator/recipes/swarmui';
import { foreignFormatOf } from '../../shared/domain/picture-bytes/foreign-format';
import { jxlHeader } from '../../shared/domain/picture-bytes/jxl-header';
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

/** Nodes that hold values, pass them on, choose between them or join them. */
const valueNodes = [
  node('Reroute', ''),
  node('ComfySwitchNode', 'switch', 'on_true', 'on_false'),
  node('StringConcatenate', 'string_a', 'string_b'),
  node('StringReplace', 'string', 'find', 'replace'),
  node('CLIPTextEncodeFlux', 'clip_l', 't5xxl', 'guidance'),
  node('ConditioningCombine', 'conditioning_1', 'conditioning_2'),
  node('GeminiNode', 'prompt', 'image'),
];
const noTexts = { exif: {}, named: new Map<string, string>() };

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
    tokens: [
      '\0',
      '\n',
      ' ',
      ',',
      ': ',
      '"',
      '\\',
      'a#',
      'Negative prompt:',
      'a: [',
      ']',
      '<lora:',
      'Steps: 1',
    ],
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
  'the ways of values in a graph of ComfyUI': {
    run: (text) =>
      parseComfyUi(`{"s":{"class_type":"KSampler","inputs":{"positive":["0",0]}},${text}"z":1}`, undefined),
    tokens: valueNodes,
    maxLength,
  },
  'a command of InvokeAI': {
    run: (text) => parseDream(`"${text}`),
    tokens: ['"', ' ', '-S', '-S 1 ', '[', ']', 'a'],
    maxLength,
  },
  'metadata of SwarmUI': {
    run: (text) => parseSwarmUi(`{"sui_image_params":{"prompt":"a",${text}"z":1}}`),
    tokens: ['"a#":1,', '"loras":["#"],', '"seed":11111111111111111,', '\\u0000', ' '],
    maxLength,
  },
  'metadata of NovelAI': {
    run: (text) => parseNovelAi(`{"prompt":"a",${text}"z":1}`, new Map()),
    tokens: ['"a#":1,', '"v4_prompt":{"caption":{"char_captions":[{"char_caption":"#"}]}},', ' '],
    maxLength,
  },
  'metadata of Fooocus': {
    run: (text) => parseFooocus(`{"prompt":"a","version":"Fooocus",${text}"z":1}`),
    tokens: ['"LoRA #":"a : 1",', '"loras":[["a",1]],', '"resolution":"(1, 2)",', '"a#":"b",', ' '],
    maxLength,
  },
  'metadata of Easy Diffusion': {
    run: (text) =>
      parseEasyDiffusion({ prompt: text, Steps: 1, 'Stable Diffusion model': text, use_lora_model: text }),
    tokens: ['[', ']', "'", ',', ' ', 'a'],
    maxLength,
  },
  'a prompt of Midjourney': {
    run: (text) => parseMidjourney(text),
    tokens: [' --', 'a', ' ', '\n', 'Job ID: ', '-'],
    frames: [
      ['', ''],
      ['a --v ', ' Job ID: 1'],
    ],
    maxLength,
  },
  'metadata of Draw Things in XMP, and dates': {
    run(xmp) {
      readDrawThings({ xmp, comment: null });
      dateIn({ ...noTexts, xmp });
      dateIn({ ...noTexts, xmp: null, exif: { takenAt: xmp } });
    },
    tokens: [
      '<',
      '>',
      '<exif:UserComment>',
      '</exif:UserComment>',
      ' xmp:CreateDate="',
      '&amp;',
      '&#',
      '1',
      ' ',
    ],
    maxLength,
  },
  'hidden text': {
    run: parseStealthText,
    tokens: ['{', '}', '"Comment":"#",', '"a#":1,', '\n', 'Steps: 1, '],
    frames: [
      ['', ''],
      ['{"Comment":"{\\"prompt\\":1', '"}'],
    ],
    maxLength,
  },
  CBOR: {
    run: (text) => decodeCbor(Buffer.from(text, 'latin1')),
    tokens: ['\x9f', '\xff', '\xbf', '\x7f', '\x61a', '\x00', '\xc0', '\x5b\0\0\0\0\0\0\0\x01'],
    frames: [['\x9f', '']],
    maxLength,
  },
  'the references of an SVG': {
    run: withoutReferences,
    tokens: ['<', '/', 'image', 'href', ' ', '=', '"', '#', 'url(', '@import', 'a'],
    maxLength,
  },
  'what an SVG draws': {
    run: countDrawn,
    tokens: [
      '<g',
      '</g',
      '>',
      '/>',
      ' id="a"',
      ' href="#a"',
      ' ',
      "'",
      '"',
      'url(',
      '#',
      '<!--',
      '-->',
      '<?',
    ],
    maxLength,
  },
  'the head of a file of unknown format': {
    run: (text) => foreignFormatOf(Buffer.from(text, 'latin1')),
    tokens: ['<', '<!--', '-->', '<?', '?>', '<!', '>', ' ', 'a', '<svg'],
    maxLength,
  },
  'the header of a JPEG XL': {
    run: (text) => jxlHeader(Buffer.from(`\0\0\0\x0cJXL \r\n\x87\n${text}`, 'latin1')),
    tokens: ['\0\0\0\x08jxlx', '\0\0\0\x0cjxlp\0\0\0\0', '\0', '\xff'],
    maxLength,
  },
  'an XMP packet': {
    run: parseAfterimage,
    tokens: ['afterimage:recipe="', '"', '&amp;', '&', '{', 'a ', 'https://afterimage.app/recipe/1/'],
    maxLength,
  },
};

describe.each(Object.entries(cases))('%s', (_name, parser) => {
  test('is read in linear time', async () => expect(await findSlow(parser)).toEqual([]), maxDurationMs);
});
