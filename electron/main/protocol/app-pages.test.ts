import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../test-support/temporary-folder';
import { pageAddress, serveAppPages } from './app-pages';
import { asResponse } from './test-response';

let serve: ReturnType<typeof serveAppPages>;

beforeEach(() => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const pages = path.join(folder, 'renderer');
  mkdirSync(path.join(pages, 'assets', 'folder.html'), { recursive: true });
  mkdirSync(path.join(folder, 'renderer-secret'));
  const files = {
    'renderer/index.html': '<!doctype html>',
    'renderer/assets/main.js': 'run()',
    'renderer/assets/ein Bild.webp': 'webp',
    'renderer/assets/data.json': 'secret',
    'renderer/.env': 'secret',
    'secret.html': 'secret',
    'renderer-secret/index.html': 'secret',
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
  serve = serveAppPages(pages);
});

async function get(address: string): Promise<Response> {
  return asResponse(await serve(new URL(address)));
}

test('serves the page as HTML under a policy that allows no outside content', async () => {
  const response = await get(pageAddress);
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('<!doctype html>');
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  const policy = response.headers.get('content-security-policy')?.split('; ');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("connect-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy?.join()).not.toMatch(/unsafe|\*|https?:/);
});

test.each([
  ['afterimage://app/assets/main.js', 'run()', 'text/javascript; charset=utf-8'],
  ['afterimage://app/assets/main.js?v=1#x', 'run()', 'text/javascript; charset=utf-8'],
  ['afterimage://app/assets/ein%20Bild.webp', 'webp', 'image/webp'],
  ['afterimage://app/assets/../index.html', '<!doctype html>', 'text/html; charset=utf-8'],
])('serves %s', async (address, content, contentType) => {
  const response = await get(address);
  expect(await response.text()).toBe(content);
  expect(response.headers.get('content-type')).toBe(contentType);
});

test('answers without the classes of fetch, which take long to load', async () => {
  onTestFinished(() => void vi.unstubAllGlobals());
  for (const name of ['Request', 'Response', 'Headers']) vi.stubGlobal(name, undefined);
  expect(await serve(new URL(pageAddress))).toMatchObject({ status: 200 });
  expect(await serve(new URL('afterimage://app/nowhere.html'))).toMatchObject({ status: 404 });
});

describe('is not found', () => {
  test.each([
    'afterimage://app',
    'afterimage://app/',
    'afterimage://app/nowhere.html',
    'afterimage://app/assets',
    'afterimage://app/assets/folder.html',
    'afterimage://app/assets/data.json',
    'afterimage://app/.env',
    'afterimage://app/index.HTML',
    'afterimage://app/index.html/',
    'afterimage://app/index.html%00',
    'afterimage://app/index%00.html',
    'afterimage://app/%00/index.html',
    'afterimage://app/../secret.html',
    'afterimage://app/..%2fsecret.html',
    'afterimage://app/%2e%2e/secret.html',
    'afterimage://app/%2e%2e%2fsecret.html',
    'afterimage://app/assets/..%2f..%2fsecret.html',
    'afterimage://app/..%5csecret.html',
    'afterimage://app/%252e%252e%252fsecret.html',
    'afterimage://app/..%2frenderer-secret/index.html',
    'afterimage://app//secret.html',
    'afterimage://app/%2fetc%2fpasswd.html',
    'afterimage://app/constructor.constructor',
    'afterimage://app/%ff.html',
    'afterimage://app/%zz.html',
    'afterimage://app/%.html',
  ])('%s', async (address) => {
    const response = await get(address);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('Not found');
  });

  test('for a name that is too long', async () => {
    expect((await get(`afterimage://app/${'a'.repeat(100_000)}.html`)).status).toBe(404);
  });

  test('for an absolute path outside the folder', async () => {
    const { folder, remove } = temporaryFolder();
    onTestFinished(remove);
    const outside = path.join(folder, 'secret.html');
    writeFileSync(outside, 'secret');
    expect((await get(`afterimage://app${outside}`)).status).toBe(404);
    expect((await get(`afterimage://app/${encodeURIComponent(outside)}`)).status).toBe(404);
    expect((await get(`afterimage://app/${'..%2f'.repeat(30)}${outside.slice(1)}`)).status).toBe(404);
  });
});
