// The generator process holds requests that may have been paid for, so it must not load a native codec.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

/** Returns every package that a file imports, directly or through our own files. */
function packagesOf(entry: string): Set<string> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const files = [entry];
  for (const file of files) {
    if (seen.has(file)) continue;
    seen.add(file);
    const source = readFileSync(file, 'utf8').replace(/^import type [^;]*;/gms, '');
    for (const [, specifier = ''] of source.matchAll(/\b(?:from|import)\s*\(?\s*'([^']+)'/g)) {
      if (!specifier.startsWith('.')) packages.add(specifier);
      else files.push(fileOf(path.resolve(path.dirname(file), specifier)));
    }
  }
  return packages;
}

function fileOf(base: string): string {
  return [`${base}.ts`, path.join(base, 'index.ts')].find((file) => existsSync(file)) ?? base;
}

const generator = path.resolve(import.meta.dirname, '..');

test('the generator process loads no codec, and the codec process no network', () => {
  const inGenerator = packagesOf(path.join(generator, 'index.ts'));
  const inCodec = packagesOf(path.join(generator, 'codec', 'index.ts'));
  expect(inGenerator).toContain('@google/genai');
  expect(inGenerator).not.toContain('@napi-rs/canvas');
  expect(inCodec).toContain('@napi-rs/canvas');
  expect(inCodec).not.toContain('@google/genai');
  expect(inCodec).not.toContain('node:http');
  // The decoders of foreign formats open only users' files, in the importer.
  for (const decoder of [
    'libheif-js/libheif-wasm/libheif-bundle.js',
    // The JPEG XL decoder is evaluated with it.
    'node:vm',
    'tiff',
  ]) {
    expect(inCodec).not.toContain(decoder);
  }
});
