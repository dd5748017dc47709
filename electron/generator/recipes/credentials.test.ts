import { describe, expect, test } from 'vitest';
import { isoBox, webpOf, withJpegSegment, withPngChunk } from '../pipeline/test-pictures';
import { decodeCbor } from './cbor';
import { parseCredentials } from './credentials';
import { findRecipe, readRecipe } from './read-recipe';
import { jpg, png, webp, withText } from './test-recipes';

/** Writes short CBOR: RFC 8949. */
function cbor(value: unknown): Buffer {
  if (typeof value === 'string')
    return Buffer.concat([Buffer.of(0x78, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Array.isArray(value)) return Buffer.concat([Buffer.of(0x80 | value.length), ...value.map(cbor)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([Buffer.of(0x58, value.length), value]);
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    return Buffer.concat([Buffer.of(0xa0 | entries.length), ...entries.flat().map(cbor)]);
  }
  throw new Error('The test writes no such value.');
}

const superbox = (label: string, ...content: Buffer[]) =>
  isoBox('jumb', isoBox('jumd', Buffer.concat([Buffer.alloc(17, 3), Buffer.from(`${label}\0`)])), ...content);
const ai = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';

function manifest(generator: unknown, action: Record<string, unknown>, signature = Buffer.from('x')): Buffer {
  const actions = cbor({ actions: [{ action: 'c2pa.opened' }, { action: 'c2pa.created', ...action }] });
  return superbox(
    'urn:c2pa:1',
    superbox('c2pa.assertions', superbox('c2pa.actions.v2', isoBox('cbor', actions))),
    superbox('c2pa.claim.v2', isoBox('cbor', cbor({ claim_generator_info: generator }))),
    superbox('c2pa.signature', isoBox('cbor', cbor([signature]))),
  );
}
const store = (...manifests: Buffer[]) => superbox('c2pa', ...manifests);

const gptImage = store(
  manifest([{ name: 'ChatGPT' }], {
    ...{ softwareAgent: { name: 'gpt-image-2' }, digitalSourceType: ai, when: '2026-01-31T12:00:00Z' },
  }),
);
const expected = {
  ...{ source: 'openai', prompt: '', model: 'gpt-image-2', createdAt: Date.UTC(2026, 0, 31, 12) },
  rest: 'Content credentials by: ChatGPT',
};

/** Puts credentials in an AVIF, before or after its other boxes. */
function inAvif(manifests: Buffer): Buffer {
  const uuid = Buffer.from('d8fec3d61b0e483c92975828877ec481', 'hex');
  const head = Buffer.concat([uuid, Buffer.alloc(4), Buffer.from('manifest\0'), Buffer.alloc(8)]);
  return Buffer.concat([
    isoBox('ftyp', Buffer.from('avif\0\0\0\0avifmif1')),
    isoBox('uuid', Buffer.concat([head, manifests])),
    isoBox('mdat', Buffer.alloc(4)),
  ]);
}

describe('reads tool and date from content credentials', () => {
  const segments = (parts: Buffer[]) =>
    parts.reduceRight((bytes, part, index) => {
      const head = Buffer.from([0x4a, 0x50, 0, 1, 0, 0, 0, index + 1]);
      const repeated = index === 0 ? Buffer.alloc(0) : gptImage.subarray(0, 8);
      return withJpegSegment(bytes, 0xeb, Buffer.concat([head, repeated, part]));
    }, jpg);

  test.each([
    ['a PNG', 'png', withPngChunk(png, 'caBX', gptImage)],
    ['a WebP', 'webp', webpOf(['VP8 ', webp.subarray(20)], ['C2PA', gptImage])],
    ['an AVIF', 'avif', inAvif(gptImage)],
    ['a JPEG', 'jpg', segments([gptImage])],
    ['a JPEG, in several parts', 'jpg', segments([gptImage.subarray(0, 100), gptImage.subarray(100)])],
  ] as const)('in %s', (_name, format, file) => {
    expect(readRecipe(file, format)).toEqual(expected);
    expect(findRecipe(file, format).createdAt).toBe(expected.createdAt);
  });

  test('of Google, with the date of the signature', () => {
    const signature = Buffer.from('\x18\x0f20260131120000Z', 'latin1');
    const action = { digitalSourceType: ai, description: 'Created by Google Generative AI.' };
    const google = store(manifest({ name: 'Google C2PA Core Generator Library' }, action, signature));
    expect(parseCredentials(google)).toMatchObject({ source: 'google', createdAt: expected.createdAt });
  });

  test('of an unknown tool, if they say that a model made the picture', () => {
    const of = (digitalSourceType: string) =>
      parseCredentials(store(manifest([{ name: 'Brush' }], { softwareAgent: 'Brush 3', digitalSourceType })));
    expect(of(ai)).toMatchObject({ source: 'c2pa', model: 'Brush 3' });
    expect(of('http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture')).toBeNull();
  });

  test('prefers a recipe with a prompt', () => {
    const file = withText('parameters', 'a fox\nSteps: 20, Seed: 5', withPngChunk(png, 'caBX', gptImage));
    expect(readRecipe(file, 'png')).toMatchObject({ source: 'automatic1111', prompt: 'a fox' });
  });

  test('never throws for truncated or damaged credentials', () => {
    for (let at = 0; at < gptImage.length; at += 1) {
      expect(() => parseCredentials(gptImage.subarray(0, at))).not.toThrow();
      for (const value of [0, 0x5f, 0x9f, 0xbf, 0xff]) {
        const broken = Buffer.from(gptImage);
        broken[at] = value;
        expect(() => parseCredentials(broken)).not.toThrow();
      }
    }
  });
});

test.each([
  ['a list that never ends', Buffer.alloc(100_000, 0x9f)],
  ['a length beyond all memory', Buffer.from('9bffffffffffffffff', 'hex')],
  ['a text beyond the end', Buffer.from('7affffffff61', 'hex')],
  ['nothing', Buffer.alloc(0)],
])('decodes CBOR with %s as undefined', (_name, bytes) => {
  expect(decodeCbor(bytes)).toBeUndefined();
});

test('decodes CBOR of indefinite length, tags and simple values', () => {
  expect(decodeCbor(Buffer.from('bf61610161629f7f6178617affc074323032ff', 'hex'))).toBeUndefined();
  expect(
    decodeCbor(
      Buffer.from('bf6161016162 9f 7f61786179ff f5 f6 c11a00000005 ff ff'.replaceAll(' ', ''), 'hex'),
    ),
  ).toEqual({
    a: 1,
    b: ['xy', true, null, 5],
  });
});
