import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { imageUrl } from '../../shared/ipc';
import { pictureFile, thumbnailOf } from '../../shared/picture-files';
import { serveImages } from './image-protocol';
import { temporaryFolder } from './test-context';

const id = '01930000-0000-7000-8000-0000000000ab';
const file = pictureFile(id, 'png');
const forEver = 'public, max-age=31536000, immutable';

let dataFolder: string;
/** Every id that the rows were asked for. */
let asked: string[];
let serve: ReturnType<typeof serveImages>;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  dataFolder = path.join(folder, 'data');
  mkdirSync(path.join(dataFolder, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(dataFolder, file), 'the picture');
  writeFileSync(path.join(dataFolder, thumbnailOf(file)), 'the thumbnail');
  writeFileSync(path.join(folder, 'secret.png'), 'secret');
  writeFileSync(path.join(dataFolder, 'afterimage.db'), 'secret');
  asked = [];
  serve = serveImages(dataFolder, (imageId) => {
    asked.push(imageId);
    return imageId === id ? file : undefined;
  });
});

function get(address: string): Promise<Response> {
  return serve(new URL(address));
}

async function expectNotFound(response: Response): Promise<void> {
  expect(response.status).toBe(404);
  expect(await response.text()).toBe('Not found');
  expect(response.headers.get('cache-control')).toBeNull();
}

test('a picture is served byte for byte, as what it is, for ever', async () => {
  const response = await get(imageUrl(id, 'full'));
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('the picture');
  expect(Object.fromEntries(response.headers)).toEqual({
    'content-type': 'image/png',
    'cache-control': forEver,
    'x-content-type-options': 'nosniff',
  });
});

test('a thumbnail is served as the WebP that it is, for ever', async () => {
  const response = await get(imageUrl(id, 'thumbnail'));
  expect(await response.text()).toBe('the thumbnail');
  expect(response.headers.get('content-type')).toBe('image/webp');
  expect(response.headers.get('cache-control')).toBe(forEver);
});

test('where there is no thumbnail, the picture stands in for now', async () => {
  const other = '01930000-0000-7000-8000-0000000000ac';
  const lonely = pictureFile(other, 'jpg');
  mkdirSync(path.join(dataFolder, path.dirname(lonely)), { recursive: true });
  writeFileSync(path.join(dataFolder, lonely), 'the lonely picture');
  const response = await serveImages(dataFolder, () => lonely)(new URL(imageUrl(other, 'thumbnail')));
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('the lonely picture');
  expect(response.headers.get('content-type')).toBe('image/jpeg');
  expect(response.headers.get('cache-control')).toBe('no-store');
});

test('an id in capitals is the same id', async () => {
  const response = await get(`afterimage://image/${id.toUpperCase()}/full`);
  expect(await response.text()).toBe('the picture');
  expect(asked).toEqual([id]);
});

test('a query or a fragment changes nothing', async () => {
  expect(await (await get(`${imageUrl(id, 'full')}?x=../../secret#y`)).text()).toBe('the picture');
});

describe('not found', () => {
  test('where there is no such row', async () => {
    await expectNotFound(await get(imageUrl('01930000-0000-7000-8000-000000000000', 'full')));
    expect(asked).toHaveLength(1);
  });

  test('where the file is gone, for either size', async () => {
    const serveMissing = serveImages(dataFolder, () => 'images/ab/gone.png');
    await expectNotFound(await serveMissing(new URL(imageUrl(id, 'full'))));
    await expectNotFound(await serveMissing(new URL(imageUrl(id, 'thumbnail'))));
  });

  test('where the id is longer than any', async () => {
    await expectNotFound(await get(`afterimage://image/${'a'.repeat(100_000)}/full`));
    expect(asked).toEqual([]);
  });

  test('where a folder stands in the place of the file', async () => {
    await expectNotFound(await serveImages(dataFolder, () => 'images')(new URL(imageUrl(id, 'full'))));
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
  ])('%s, and no row is asked for', async (address) => {
    await expectNotFound(await get(address));
    expect(asked).toEqual([]);
  });
});
