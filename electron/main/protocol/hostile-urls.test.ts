// Requests ten thousand hostile URLs, generated from a fixed seed, and expects pictures or 404.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  arrivalFile,
  displayOf,
  type PictureFormat,
  pictureFile,
  recipeFile,
  thumbnailOf,
} from '../../../shared/domain/picture-files';
import { imageVariants } from '../../../shared/domain/pictures';
import { temporaryFolder } from '../test-support/temporary-folder';
import { serveImages } from './image-protocol';

const ours = '01930000-0000-7000-8000-0000000000ab';
const other = '01930000-0000-7000-8000-0000000000cd';
const rows = new Map([
  [ours, pictureFile(ours, 'png')],
  [other, pictureFile(other, 'webp')],
]);
/** Ids of a picture that is being stored, and of one whose generator has sent a path. */
const arrivals = new Map<string, { requestId: string; format: PictureFormat }>([
  [ours, { requestId: '01930000-0000-7000-8000-0000000000ef', format: 'png' }],
  [other, { requestId: '../secret.png', format: 'webp' }],
]);
const count = 10_000;
const secret = 'SECRET';

/** A linear congruential generator with the constants of Numerical Recipes. */
let state = 20_261_122;
function random(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}

function pick(list: readonly string[]): string {
  return list[random(list.length)] ?? '';
}

const ids = [
  ours,
  other,
  ours.toUpperCase(),
  '019a0000-0000-7000-8000-000000000000',
  ours.replaceAll('-', ''),
];
const targets = [
  'secret.png',
  'afterimage.db',
  'images',
  'etc/passwd',
  `images/ab/${ours}.json`,
  `${ours}.png`,
  'C:\\secret.png',
  'C:/secret.png',
  '\\\\server\\share\\secret.png',
  'file:///etc/passwd',
  '/etc/passwd',
  '~/secret.png',
  'link.png',
  'constructor',
  '__proto__',
  'NUL',
  'CON.png',
  'secret.png::$DATA',
];
const ups = [
  '..',
  '.',
  '...',
  '%2e%2e',
  '%2E%2e',
  '.%2e',
  '%252e%252e',
  '%c0%ae%c0%ae',
  '%uff0e%uff0e',
  '\u2025',
  '\uff0e\uff0e',
  '..;',
  '',
];
const slashes = [
  '/',
  '//',
  '%2f',
  '%2F',
  '%5c',
  '\\',
  '%255c',
  '%252f',
  '%c0%af',
  '\u2215',
  '\uff0f',
  '/./',
  ';/',
];
const noise = [
  '%00',
  '\0',
  '%0a',
  '\r\n',
  '%ff%fe',
  '%zz',
  '%',
  '\u202e',
  '\ud800',
  '😀',
  ' ',
  '+',
  '#',
  '?',
  '?x=../',
  '@',
  ':',
  '%20',
  '.png',
  "'--",
  '{{7*7}}',
  '\u0000',
];
const variants = [
  ...imageVariants,
  'arrived',
  'live',
  'thumbnail',
  'Full',
  'original',
  '1024',
  '512.webp',
  '0512',
  '512/256',
  'display',
  '',
];

const kinds: readonly (() => string)[] = [
  // Traversal to a target.
  () => Array.from({ length: 1 + random(8) }, () => pick(ups) + pick(slashes)).join('') + pick(targets),
  // Traversal that starts at a picture.
  () =>
    `${pick(ids)}${pick(slashes)}${Array.from({ length: random(6) }, () => pick(ups) + pick(slashes)).join('')}${pick(targets)}`,
  // Almost valid.
  () => `${pick(ids)}${pick(['', pick(noise)])}/${pick(variants)}${pick(['', pick(noise)])}`,
  () => `${pick(noise)}${pick(ids)}/${pick(noise)}${pick(variants)}`,
  // Two pictures at once.
  () => `${pick(ids)}/${pick(variants)}${pick(slashes)}${pick(ids)}${pick(slashes)}${pick(variants)}`,
  // Percent-encoded, once or twice.
  () =>
    [...`${pick(ids)}/${pick(ups)}/${pick(targets)}`]
      .map((c) => (random(2) ? `%${c.charCodeAt(0).toString(16).padStart(2, '0')}` : c))
      .join(''),
  () =>
    encodeURIComponent(encodeURIComponent(`${pick(ups)}/${pick(targets)}`)) + pick(slashes) + pick(variants),
  // Very long.
  () => pick([...ups, ...noise, 'a']).repeat(1 + random(4_000)) + pick(slashes) + pick(targets),
  // Random characters.
  () => Array.from({ length: random(60) }, () => String.fromCharCode(random(0x3000))).join(''),
];

test('serves no byte from outside the images folder to ten thousand hostile URLs', async () => {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const dataFolder = path.join(folder, 'data');
  for (const sub of ['ab', 'cd']) mkdirSync(path.join(dataFolder, 'images', sub), { recursive: true });
  const allowed = new Set<string>();
  for (const file of rows.values()) {
    for (const part of [file, displayOf(file), thumbnailOf(file, 512), thumbnailOf(file, 256)]) {
      writeFileSync(path.join(dataFolder, part), `picture:${part}`);
      allowed.add(`picture:${part}`);
    }
  }
  mkdirSync(path.join(dataFolder, 'arrived'));
  const arrived = arrivalFile(arrivals.get(ours)?.requestId ?? '');
  writeFileSync(path.join(dataFolder, arrived), `picture:${ours}:arrived`);
  allowed.add(`picture:${ours}:arrived`);
  const secrets = [
    'secret.png',
    'etc/passwd',
    'data/afterimage.db',
    'data/secret.png',
    'data/images/secret.png',
    'data/etc/passwd',
    'data/images/etc/passwd',
    `data/${recipeFile(ours)}`,
    'data/images/ab/secret.png',
  ];
  for (const file of secrets) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), secret);
  }
  symlinkSync(path.join(folder, 'secret.png'), path.join(dataFolder, 'images', 'link.png'));

  const lookedUp = new Set<string>();
  const serve = serveImages(dataFolder, {
    fileOf(id) {
      lookedUp.add(id);
      return rows.get(id);
    },
    arrivalOf(id) {
      lookedUp.add(id);
      return arrivals.get(id);
    },
  });
  const counts = { served: 0, notFound: 0, refusedByUrl: 0 };
  for (let index = 0; index < count; index += 1) {
    const address = `afterimage://image/${kinds[index % kinds.length]?.() ?? ''}`;
    let url: URL;
    try {
      url = new URL(address);
    } catch {
      counts.refusedByUrl += 1;
      continue;
    }
    const response = await serve(url, { method: 'GET', headers: {} });
    const body = response.body.toString();
    expect(body).not.toContain(secret);
    if (response.status === 200) {
      counts.served += 1;
      // Only the picture that the first path segment names.
      const id = url.pathname.split('/')[1]?.toLowerCase() ?? '';
      expect(allowed).toContain(body);
      expect(body).toContain(id);
      expect(rows.has(id)).toBe(true);
    } else {
      expect([response.status, body]).toEqual([404, 'Not found']);
      counts.notFound += 1;
    }
  }
  // A few are valid by chance, because query and fragment are ignored.
  expect(counts.served).toBeGreaterThan(20);
  expect(counts.notFound).toBeGreaterThan(count * 0.8);
  expect(counts.served + counts.notFound + counts.refusedByUrl).toBe(count);
  // Only well-formed ids were looked up.
  for (const id of lookedUp) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});
