import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { changeBody } from './change-body';
import { createDetachedStrings } from './detach-base64';

/** Passes a text through in chunks of `size` bytes. @returns the output. */
async function pass(strings: ReturnType<typeof createDetachedStrings>, text: string, size: number) {
  const bytes = Buffer.from(text);
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
  return new Response(changeBody(new Blob(chunks).stream(), [strings.detach()])).text();
}

/**
 * Like `pass`, but one chunk at a time, because a Blob may join them.
 *
 * @param length the body's length according to its header.
 */
async function passInChunks(
  strings: ReturnType<typeof createDetachedStrings>,
  text: string,
  size: number,
  length?: number | null,
) {
  const bytes = Buffer.from(text);
  let position = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (position >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(position, position + size));
      position += size;
    },
  });
  return new Response(changeBody(body, [strings.detach(length)])).text();
}

const picture = randomBytes(100_001);
const answer = (data: string) =>
  JSON.stringify({ parts: [{ text: 'a "fox" \\ é 狐' }, { data }], more: 'x' });

describe.each([1_000, 4_099, 65_536, 10_000_000])('in chunks of %i bytes', (size) => {
  test.each([
    ['without padding', picture.subarray(0, 99_999)],
    ['with one =', picture.subarray(0, 100_001)],
    ['with two =', picture.subarray(0, 100_000)],
  ])('detaches a long base64 string %s', async (_what, bytes) => {
    const strings = createDetachedStrings(['data']);
    const parsed = JSON.parse(await passInChunks(strings, answer(bytes.toString('base64')), size));
    const { data } = parsed.parts[1];
    expect(data.length).toBeLessThan(100);
    expect(strings.bytesOf(data).equals(bytes)).toBe(true);
    expect(parsed).toMatchObject({ parts: [{ text: 'a "fox" \\ é 狐' }, {}], more: 'x' });
  });

  test.each([
    ['a short base64 string', picture.subarray(0, 300).toString('base64')],
    ['words', 'a red fox at dawn '.repeat(5_000)],
    ['base64 that ends in other characters', `${picture.toString('base64')}\u0000é`],
    ['base64 with padding in the middle', `${picture.toString('base64')}${picture.toString('base64')}`],
    ['base64 after a data URL', `data:image/png;base64,${picture.toString('base64')}`],
    [
      'URL-safe base64 that is cut by a blank',
      `${picture.toString('base64url')} ${picture.toString('base64url')}`,
    ],
  ])('passes %s unchanged', async (_what, text) => {
    const strings = createDetachedStrings(['data']);
    expect(await passInChunks(strings, answer(text), size)).toBe(answer(text));
  });

  test('passes a body unchanged that is not JSON or is truncated', async () => {
    for (const text of ['<html>"', '', '"', '\\', `{"data":"${picture.toString('base64')}`]) {
      expect(await passInChunks(createDetachedStrings(['data']), text, size)).toBe(text);
    }
  });
});

test('passes base64 with escaped slashes unchanged', async () => {
  const text = answer(picture.toString('base64')).replaceAll('/', '\\/');
  expect(await pass(createDetachedStrings(['data']), text, 65_536)).toBe(text);
});

test('detaches several strings, also URL-safe ones, and keeps their order', async () => {
  const strings = createDetachedStrings(['data']);
  const others = [randomBytes(50_000), randomBytes(70_000)] as const;
  const text = JSON.stringify(
    others.map((bytes, index) => ({ data: bytes.toString(index ? 'base64url' : 'base64') })),
  );
  const parsed: { data: string }[] = JSON.parse(await pass(strings, text, 65_536));
  const names = parsed.map(({ data }) => data);
  expect(
    names.map((name) => strings.bytesOf(name).equals(others[names.indexOf(name)] ?? Buffer.of())),
  ).toEqual([true, true]);
});

describe.each([
  ['its length', 133_380],
  ['less than its length, such as that of a compressed body', 20_000],
  ['nothing', 0],
  ['far more than it sends', 9_999_999_999],
  ['no length', null],
])('a body that states %s', (_what, length) => {
  test.each([1, 3, 777, 65_536])('is detached in chunks of %i bytes', async (size) => {
    // One string only, because each single byte as a chunk takes long.
    const bytes = size === 1 ? picture.subarray(0, 20_000) : picture;
    const strings = createDetachedStrings(['data']);
    const text = answer(bytes.toString('base64'));
    const { data } = JSON.parse(await passInChunks(strings, text, size, length)).parts[1];
    expect(strings.bytesOf(data).equals(bytes)).toBe(true);
  });

  test.each([1, 2, 3, 4, 5, 777, 20_000])(
    'passes unchanged if it ends %i characters too late',
    async (end) => {
      const strings = createDetachedStrings(['data']);
      const whole = picture.subarray(0, 60_000).toString('base64');
      for (const text of [`${whole.slice(0, -end)}!${whole.slice(-end)}`, `${whole}==${'='.repeat(end)}`]) {
        expect((await passInChunks(strings, answer(text), 4_099, length)) === answer(text)).toBe(true);
      }
    },
  );
});

test('passes a string of both alphabets unchanged, wherever the second one begins', async () => {
  const neutral = 'A'.repeat(20_000);
  for (const [first, second] of [
    ['+', '-'],
    ['/', '_'],
    ['-', '/'],
    ['_', '+'],
  ] as const) {
    for (const text of [
      `${neutral}${first}${neutral}${second}${neutral}`,
      `${first}${second}${neutral}`,
      `${neutral}${first}${second}`,
    ]) {
      const strings = createDetachedStrings(['data']);
      expect((await passInChunks(strings, answer(text), 4_099)) === answer(text)).toBe(true);
    }
  }
});

test('reads plain base64, and another response’s placeholder as base64', () => {
  const strings = createDetachedStrings(['data']);
  expect(strings.bytesOf('AQID')).toEqual(Buffer.of(1, 2, 3));
  expect(strings.bytesOf('')).toHaveLength(0);
  expect(() => strings.bytesOf('detached:00000000-0000-0000-0000-000000000000:0')).not.toThrow();
});

test.each([
  ['of another property', (text: string) => `{"thoughtSignature":"${text}","data":""}`],
  ['in a list after the name', (text: string) => `["data","${text}"]`],
  ['that is the name of a property', (text: string) => `{"data":1,"${text}":2}`],
  ['of a property whose name ends so', (text: string) => `{"metadata":"${text}"}`],
  ['of a property with a very long name', (text: string) => `{"${'data'.repeat(100)}":"${text}"}`],
])('passes base64 %s unchanged', async (_what, write) => {
  const text = write(picture.toString('base64'));
  expect(await passInChunks(createDetachedStrings(['data']), text, 1_000)).toBe(text);
});

test('detaches the value of a property with blanks around the colon', async () => {
  const strings = createDetachedStrings(['data']);
  const text = `{"x":"data" , "data"\n : \t"${picture.toString('base64')}"}`;
  const { data } = JSON.parse(await passInChunks(strings, text, 777));
  expect(strings.bytesOf(data).equals(picture)).toBe(true);
});
