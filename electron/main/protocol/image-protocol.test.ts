import { execFileSync } from 'node:child_process';
import { utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { imageUrl, imageVariants } from '../../../shared/domain/pictures';
import { serveImages } from './image-protocol';
import { expectNotFound, file, fixture, get, id, immutable, plainGet, useServedImages } from './test-images';
import { asResponse } from './test-response';

useServedImages();

test('serves the bytes of a picture with its type as immutable', async () => {
  const response = await get(imageUrl(id, 'full'));
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('the picture');
  expect(Object.fromEntries(response.headers)).toEqual({
    'content-type': 'image/png',
    'content-length': '11',
    'cache-control': immutable,
    etag: expect.stringMatching(/^"[\w.-]+"$/),
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
  });
});

describe('conditional and range requests', () => {
  const full = imageUrl(id, 'full');

  test('HEAD returns the headers of GET without the body', async () => {
    const head = await get(full, {}, 'HEAD');
    expect(await head.text()).toBe('');
    expect([...head.headers]).toEqual([...(await get(full)).headers]);
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'get'])('%s is not allowed', async (method) => {
    const response = await get(full, {}, method);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect(fixture.lookedUp).toEqual([]);
  });

  test('responds 304 to a matching ETag', async () => {
    const etag = (await get(full)).headers.get('etag') ?? '';
    const response = await get(full, { 'If-None-Match': `"other", ${etag}` });
    expect([response.status, await response.text()]).toEqual([304, '']);
    expect(response.headers.get('etag')).toBe(etag);
    expect((await get(imageUrl(id, '512'), { 'if-none-match': etag })).status).toBe(200);
  });

  test('sends a file again that was replaced by one of the same length', async () => {
    const etag = (await get(full)).headers.get('etag') ?? '';
    const target = path.join(fixture.dataFolder, file);
    writeFileSync(target, 'mended one!');
    utimesSync(target, new Date(), new Date(Date.now() + 1_000));
    const response = await get(full, { 'if-none-match': etag });
    expect([response.status, await response.text()]).toEqual([200, 'mended one!']);
  });

  test('responds with the requested range', async () => {
    const response = await get(full, { Range: 'bytes=4-6' });
    expect([response.status, await response.text()]).toEqual([206, 'pic']);
    expect(response.headers.get('content-range')).toBe('bytes 4-6/11');
    expect(response.headers.get('content-length')).toBe('3');
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(await (await get(full, { range: 'bytes=-4' })).text()).toBe('ture');
  });

  test('sends the whole file if the range is of another version', async () => {
    const etag = (await get(full)).headers.get('etag') ?? '';
    expect((await get(full, { range: 'bytes=4-6', 'if-range': etag })).status).toBe(206);
    expect((await get(full, { range: 'bytes=4-6', 'if-range': '"old"' })).status).toBe(200);
  });

  test('responds 416 to a range outside the file', async () => {
    const response = await get(full, { range: 'bytes=11-' });
    expect([response.status, await response.text()]).toEqual([416, '']);
    expect(response.headers.get('content-range')).toBe('bytes */11');
  });
});

test.each([
  '../secret.png',
  '../../etc/passwd',
  'afterimage.db',
  'images/../afterimage.db',
  '/etc/passwd',
  'images',
])('does not serve the path %j of a row, which is outside the images folder', async (outside) => {
  const serveOutside = serveImages(fixture.dataFolder, { fileOf: () => outside });
  for (const variant of imageVariants) {
    await expectNotFound(asResponse(await serveOutside(new URL(imageUrl(id, variant)), plainGet)));
  }
});

test('accepts an id in capitals', async () => {
  const response = await get(`afterimage://image/${id.toUpperCase()}/full`);
  expect(await response.text()).toBe('the picture');
  expect(fixture.lookedUp).toEqual([id]);
});

test('ignores query and fragment', async () => {
  expect(await (await get(`${imageUrl(id, 'full')}?x=../../secret#y`)).text()).toBe('the picture');
});

describe('is not found', () => {
  test('if there is no such row', async () => {
    await expectNotFound(await get(imageUrl('01930000-0000-7000-8000-000000000000', 'full')));
    expect(fixture.lookedUp).toHaveLength(1);
  });

  test('if the file is missing, at any size', async () => {
    const serveMissing = serveImages(fixture.dataFolder, { fileOf: () => 'images/ab/gone.png' });
    for (const variant of ['full', '512'] as const)
      await expectNotFound(asResponse(await serveMissing(new URL(imageUrl(id, variant)), plainGet)));
  });

  test('if the id is too long', async () => {
    await expectNotFound(await get(`afterimage://image/${'a'.repeat(100_000)}/full`));
    expect(fixture.lookedUp).toEqual([]);
  });

  test('if there is a folder instead of the file', async () => {
    const serveFolder = serveImages(fixture.dataFolder, { fileOf: () => path.dirname(file) });
    await expectNotFound(asResponse(await serveFolder(new URL(imageUrl(id, 'full')), plainGet)));
  });

  test.skipIf(process.platform === 'win32')('if there is a pipe instead of the file', async () => {
    execFileSync('mkfifo', [path.join(fixture.dataFolder, 'images/pipe.png')]);
    const servePipe = serveImages(fixture.dataFolder, { fileOf: () => 'images/pipe.png' });
    await expectNotFound(asResponse(await servePipe(new URL(imageUrl(id, 'full')), plainGet)));
  });

  test.each([
    'afterimage://image',
    'afterimage://image/',
    'afterimage://image//',
    `afterimage://image/${id}`,
    `afterimage://image/${id}/`,
    `afterimage://image//${id}/full`,
    `afterimage://image/${id}//full`,
    `afterimage://image/${id}/full/`,
    `afterimage://image/${id}/full/more`,
    `afterimage://image/${id}/Full`,
    `afterimage://image/${id}/original`,
    `afterimage://image/${id}/thumbnail`,
    `afterimage://image/${id}/0512`,
    `afterimage://image/${id}/thumbnail.webp`,
    `afterimage://image/${id}/constructor`,
    `afterimage://image/${id}/full%00`,
    `afterimage://image/${id}/ful%6c`,
    `afterimage://image/${id}%00/full`,
    `afterimage://image/${id}.png/full`,
    `afterimage://image/${id.replaceAll('-', '')}/full`,
    `afterimage://image/${id.replace('0193', '%30193')}/full`,
    'afterimage://image/afterimage.db/full',
    'afterimage://image/../secret.png/full',
    'afterimage://image/..%2fsecret.png/full',
    'afterimage://image/%2e%2e/%2e%2e/etc/passwd',
    'afterimage://image/%2e%2e%2f%2e%2e%2fsecret/full',
    'afterimage://image/..%5c..%5csecret/full',
    'afterimage://image/%252e%252e%252fsecret/full',
    'afterimage://image//etc/passwd',
    'afterimage://image/%2fetc%2fpasswd/full',
    'afterimage://image/file:%2f%2f%2fetc%2fpasswd/full',
    'afterimage://image/%ff%fe/full',
    'afterimage://image/%zz/full',
    `afterimage://image/${id}/../${id}/full/..`,
  ])('for %s, without looking up a row', async (address) => {
    await expectNotFound(await get(address));
    expect(fixture.lookedUp).toEqual([]);
  });
});
