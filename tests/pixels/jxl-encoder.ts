// Encodes the picture of the corpus as a JPEG XL of any size, which our own codec only reads.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { raster } from './corpus';
import { size } from './expected';

/** The package's encoder, whose WebAssembly is given to it as a file. */
export async function jxlEncoder() {
  const { default: create } = await import('@jsquash/jxl/codec/enc/jxl_enc.js');
  const file = createRequire(import.meta.url).resolve('@jsquash/jxl/codec/enc/jxl_enc.wasm');
  const encoder = await create({ noInitialRun: true, wasmBinary: readFileSync(file) });
  return (width: number, height: number): Buffer => {
    const { at } = raster();
    const rgba = new Uint8ClampedArray(width * height * 4);
    for (let pixel = 0; pixel < width * height; pixel += 1) {
      const [x, y] = [pixel % width, Math.floor(pixel / width)];
      rgba.set(at(Math.floor((x * size.width) / width), Math.floor((y * size.height) / height)), pixel * 4);
    }
    const options = {
      ...{ effort: 3, quality: 95, progressive: false, epf: -1, lossyPalette: false, decodingSpeedTier: 0 },
      ...{ photonNoiseIso: 0, lossyModular: false, lossless: true },
    };
    const encoded = encoder.encode(rgba, width, height, options);
    if (!encoded) throw new Error('The encoder failed.');
    return Buffer.from(encoded);
  };
}
