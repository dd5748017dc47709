// Converts JPEG XL by libjxl: https://github.com/jamsinclair/jSquash/tree/main/packages/jxl
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { jxlHeader } from '../../../../shared/domain/picture-bytes/jxl-header';
import type { Converted } from './converted';
import { encodeRaster } from './raster';
import { checkSize, unlessTooLarge } from './refused';
import { createRenewed } from './renewed';

/** Loaded with the first such picture. The package itself would fetch its WebAssembly as a page does. */
const withDecoder = createRenewed(async () => {
  const file = createRequire(import.meta.url).resolve('@jsquash/jxl/codec/dec/jxl_dec.wasm');
  const { default: create } = await import('@jsquash/jxl/codec/dec/jxl_dec.js');
  return create({ noInitialRun: true, wasmBinary: await readFile(file) });
});

/**
 * The library turns the picture upright and converts it to sRGB, for which it holds every pixel in twenty bytes beside
 * what libjxl itself needs.
 */
export async function convertJxl(bytes: Uint8Array): Promise<Converted> {
  const header = jxlHeader(bytes);
  if (!header) throw new Error('The header cannot be read.');
  checkSize(header);
  const {
    width,
    height,
    data: rgba,
  } = await unlessTooLarge(header, () =>
    withDecoder((decoder) => {
      const decoded = decoder.decode(bytes);
      if (!decoded) throw new Error('The picture cannot be decoded.');
      return decoded;
    }),
  );
  return {
    bytes: await encodeRaster({ width, height, rgba }, true),
    leftOut: header.isAnimated ? ['frames'] : [],
  };
}
