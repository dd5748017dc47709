// jxl-oxide in WebAssembly, recreated after a failure: https://github.com/tirr-c/jxl-oxide
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { compileFunction } from 'node:vm';
import type { initSync, JxlImage } from 'jxl-oxide-wasm';
import { withMaxMemory } from './max-memory';
import { createResilientDecoder } from './resilient-decoder';

type Oxide = { HEAPU8: Uint8Array; JxlImage: typeof JxlImage };

/**
 * The same limit as libheif's. Unlimited, the module would take up to four gigabytes for a file that has to be
 * decoded as a whole.
 */
const maxMemoryBytes = 2 ** 31;

/** Loaded with the first JPEG XL picture. */
export const withOxide = createResilientDecoder<Oxide>(async () => {
  const folder = path.dirname(createRequire(import.meta.url).resolve('jxl-oxide-wasm/package.json'));
  const [script, module] = await Promise.all([
    readFile(path.join(folder, 'jxl_oxide_wasm.js'), 'utf8'),
    readFile(path.join(folder, 'jxl_oxide_wasm_bg.wasm')),
  ]);
  const { JxlImage, initSync } = evaluate(script);
  const { memory } = initSync({ module: withMaxMemory(module, maxMemoryBytes) });
  return {
    get HEAPU8() {
      return new Uint8Array(memory.buffer);
    },
    JxlImage,
  };
});

/**
 * Evaluates the package's script, which otherwise keeps one instance with all its memory for ever. As the body of a
 * function, it creates a new instance with each call.
 */
function evaluate(script: string): { JxlImage: typeof JxlImage; initSync: typeof initSync } {
  const body = script
    .replace(/^export (?:default .*|\{.*\});?$/gm, '')
    .replace(/^export /gm, '')
    .replaceAll('import.meta.url', "''");
  return compileFunction(`${body}\nreturn { JxlImage, initSync };`)();
}
