// Every picture of an answer, in whatever form it arrives.
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { maxAnswerPictures } from '../../../shared/domain/answers';
import { type Incoming, raw, startLoopback } from '../../../tests/servers/loopback';
import { takePictures } from './take-pictures';

const first = Buffer.from('\x89PNG first', 'latin1');
const second = Buffer.from('\xff\xd8\xff second, a JPEG', 'latin1');
const signal = new AbortController().signal;

let origin: string;
let asked: Incoming[];

beforeEach(async () => {
  asked = [];
  const server = await startLoopback((incoming) => {
    asked.push(incoming);
    const to = new URLSearchParams(incoming.path.split('?')[1]).get('to');
    if (to !== null) return { body: raw(302, 'text/plain', 'There.', { Location: to }) };
    if (incoming.path === '/drips.png')
      return { body: { status: 200, contentType: 'image/png', bytes: second }, mishap: { kind: 'drip' } };
    if (!incoming.path.endsWith('.png')) return { body: raw(404, 'text/plain', 'Not Found') };
    return { body: { status: 200, contentType: 'image/png', bytes: second } };
  });
  onTestFinished(() => server.close());
  origin = server.origin;
});

const take = (
  pictures: readonly (string | Uint8Array)[],
  changes: { allowPrivate?: boolean; maxDownloadMs?: number } = {},
) =>
  takePictures(
    pictures.map((picture) => ({ picture })),
    { baseUrl: `${origin}/api/v1`, allowPrivate: true, signal, costMicroUsd: 90, ...changes },
  );

async function bytesOf(...pictures: (string | Uint8Array)[]): Promise<Buffer[]> {
  const made = await take(pictures);
  if (!made.ok) throw new Error(made.code);
  expect(made.costMicroUsd).toBe(90);
  return [made, ...(made.further ?? [])].map(({ bytes }) => Buffer.from(bytes));
}

test('takes bytes, base64, data URLs and addresses in order', async () => {
  const jpeg = second.toString('base64');
  // It begins with a slash, like a relative address.
  expect(jpeg.startsWith('/9j/')).toBe(true);
  expect(
    await bytesOf(first, jpeg, `data:image/png;base64,${first.toString('base64')}`, `${origin}/a.png`),
  ).toEqual([first, second, first, second]);
});

test.each([
  ['/files/a.png', '/files/a.png'],
  ['./a.png', '/api/v1/a.png'],
  ['../a.png', '/api/a.png'],
])('resolves %s relative to the service', async (address, path) => {
  expect(await bytesOf(address)).toEqual([second]);
  expect(asked.map((incoming) => incoming.path)).toEqual([path]);
});

describe('a picture that cannot be fetched', () => {
  test('is counted, and the others are kept', async () => {
    const made = await take([`${origin}/gone`, first, `${origin}/gone`]);
    expect(made).toMatchObject({ ok: true, lost: 2 });
    expect(made.ok && Buffer.from(made.bytes)).toEqual(first);
  });

  test('fails the answer with its possible cost if there is no other one', async () => {
    expect(await take([`${origin}/gone`])).toMatchObject({
      ok: false,
      code: 'bad_picture_address',
      costMicroUsd: 90,
    });
  });

  test('includes one at a private address, if the service is not private', async () => {
    const made = await take([`${origin}/a.png`, first, 'file:///etc/passwd'], { allowPrivate: false });
    expect(made).toMatchObject({ ok: true, lost: 2 });
    expect(asked).toEqual([]);
  });
});

test('keeps the other pictures of an answer if a download never ends', async () => {
  // On a busy computer, the time may run out before the other download has ended.
  let made = await take([]);
  for (let maxDownloadMs = 300; !made.ok || made.further === undefined; maxDownloadMs *= 4)
    made = await take([`${origin}/drips.png`, first, `${origin}/a.png`], { maxDownloadMs });
  expect(made).toMatchObject({ ok: true, lost: 1 });
  expect([made, ...(made.further ?? [])].map(({ bytes }) => Buffer.from(bytes))).toEqual([first, second]);
});

test('refuses a redirect to a private address, and keeps the other pictures', async () => {
  const redirect = `${origin}/a?to=${encodeURIComponent('file:///etc/passwd')}`;
  expect(await take([redirect, first])).toMatchObject({ ok: true, lost: 1 });
});

test.each([
  [
    'base64 whose type is not that of a picture',
    `data:text/html;charset=utf-8;base64,${first.toString('base64')}`,
    first,
  ],
  ['base64 that does not say so', `data:image/png,${first.toString('base64')}`, first],
  [
    'text',
    'data:image/svg+xml;utf8,<svg xmlns="http://www.w3.org/2000/svg"/>',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
  ],
  ['text with escapes', 'data:image/svg+xml,%3Csvg%3E%C3%A9%E2%80%9C%3C/svg%3E', '<svg>é“</svg>'],
] as const)('a data URL of %s is decoded as what it is', async (_, url, expected) => {
  // Opening it later shows whether it is a picture; until then, nothing that was paid for is discarded.
  expect(await bytesOf(url)).toEqual([Buffer.from(expected)]);
});

test('does not count empty entries and text that is not a picture', async () => {
  expect(await take(['', first])).not.toHaveProperty('lost');
  expect(await take([''])).toMatchObject({ ok: false, code: 'no_picture', costMicroUsd: null });
});

test('counts pictures beyond the maximum of an answer', async () => {
  const made = await take(Array.from({ length: maxAnswerPictures + 3 }, () => first));
  expect(made).toMatchObject({ ok: true, lost: 2 });
  expect(made.ok && made.further).toHaveLength(maxAnswerPictures);
});
