// Converts HEIC and HEIF by libheif: https://github.com/catdad-experiments/libheif-js
import { avifColour } from '../../../../shared/domain/picture-bytes/avif';
import { encodeRaster } from './raster';
import { checkSize, maxPixelsInWasm } from './too-large';

/** The library turns and mirrors as the file says, but leaves the colours in the file's space. */
export async function convertHeic(bytes: Uint8Array): Promise<Uint8Array> {
  // Loaded with the first such picture: it takes 2 MB.
  const { default: heif } = await import('libheif-js/wasm-bundle.js');
  const images = new heif.HeifDecoder().decode(bytes);
  try {
    const image = images.find((each) => each.is_primary()) ?? images[0];
    if (!image) throw new Error('The file has no picture.');
    const [width, height] = [image.get_width(), image.get_height()];
    checkSize({ width, height }, maxPixelsInWasm);
    const rgba = new Uint8ClampedArray(width * height * 4);
    await new Promise<void>((resolve, reject) => {
      image.display({ data: rgba, width, height }, (shown) => {
        if (shown) resolve();
        else reject(new Error('The picture cannot be decoded.'));
      });
    });
    return await encodeRaster({ width, height, rgba, profile: avifColour(bytes)?.icc ?? null }, true);
  } finally {
    for (const image of images) image.free();
  }
}
