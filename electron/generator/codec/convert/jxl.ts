// Converts JPEG XL by libjxl: https://github.com/jamsinclair/jSquash/tree/main/packages/jxl
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { jxlSize } from '../../../../shared/domain/picture-bytes/jxl-size';
import { encodeRaster } from './raster';
import { checkSize, maxPixelsInWasm } from './too-large';

let loading: ReturnType<typeof load> | null = null;

/** Loaded with the first such picture. The package itself would fetch its WebAssembly as a page does. */
async function load() {
  const file = createRequire(import.meta.url).resolve('@jsquash/jxl/codec/dec/jxl_dec.wasm');
  const { default: create } = await import('@jsquash/jxl/codec/dec/jxl_dec.js');
  return create({ noInitialRun: true, wasmBinary: await readFile(file) });
}

/** The library turns the picture upright and converts it to sRGB. */
export async function convertJxl(bytes: Uint8Array): Promise<Uint8Array> {
  const size = jxlSize(bytes);
  if (!size) throw new Error('The header cannot be read.');
  checkSize(size, maxPixelsInWasm);
  loading ??= load();
  const decoder = await loading;
  const decoded = attempt(() => decoder.decode(bytes));
  if (!decoded) throw new Error('The picture cannot be decoded.');
  const { width, height, data: rgba } = decoded;
  return encodeRaster({ width, height, rgba }, true);
}

/** A decoder that has failed may be damaged, so the next picture gets another one. */
function attempt<Value>(decode: () => Value): Value {
  try {
    return decode();
  } catch (error) {
    loading = null;
    throw error;
  }
}
