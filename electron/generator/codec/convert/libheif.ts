// Wraps the functions of libheif in WebAssembly that are used here: takes care of addresses, and turns errors into
// exceptions.
import type { LibheifModule } from 'libheif-js/libheif-wasm/libheif-bundle.js';
import { viewOf } from '../../../../shared/domain/picture-bytes/span';
import { Refused } from './refused';
import { createResilientDecoder } from './resilient-decoder';

/** Values of https://github.com/strukturag/libheif/blob/v1.23.2/libheif/api/libheif/heif_image.h and heif_error.h */
const [rgb, interleavedRgba, interleaved] = [1, 11, 10];
const [invalidInput, memoryAllocationError] = [2, 6];
const endOfData = 100;
/**
 * Offset in bytes of `max_items` in the limits of `heif_security.h`, and its new value. Tiles count as items, and
 * by default the library refuses more than 1000; the new value allows the largest grid of ISO/IEC 23008-12 and some
 * more.
 */
const [maxItemsAt, maxItems] = [28, 66_000];
/** Size in bytes of the largest structure that a function fills. */
const maxStructure = 128;

export type Tiling = {
  columns: number;
  rows: number;
  tileWidth: number;
  tileHeight: number;
  /** How far the first tile extends beyond the picture's left and top edges. */
  left: number;
  top: number;
};

/** Decoded pixels. `rows` refers to the decoder's memory: it is valid until the next call. */
export type HeifPixels = { width: number; height: number; stride: number; rows: Uint8Array };

export type HeifPicture = {
  /** Whether this is the first frame of a track, which the library does not rotate or mirror. */
  isFrame: boolean;
  width: number;
  height: number;
  hasAlpha: boolean;
  /** Numbers of other top-level pictures, of depth maps, and of other auxiliary maps, such as gain maps. */
  others: number;
  depthMaps: number;
  otherMaps: number;
  tiling: Tiling;
  /** Releases the pixels after `use`. */
  decode: (use: (pixels: HeifPixels) => Promise<void>) => Promise<void>;
  decodeTile: (column: number, row: number, use: (pixels: HeifPixels) => Promise<void>) => Promise<void>;
};

/** Loaded with the first HEIC, because it takes 2 MB. Recreated after a failure, which may have damaged it. */
const withModule = createResilientDecoder<LibheifModule>(async () => {
  const { default: create } = await import('libheif-js/libheif-wasm/libheif-bundle.js');
  return create({ print: () => {}, printErr: () => {} });
});

/**
 * Opens the file's primary picture, and closes it after `use`.
 *
 * @throws Refused if memory is insufficient or the file is truncated, and other errors if it cannot be opened.
 */
export function withHeif<Value>(
  bytes: Uint8Array,
  use: (picture: HeifPicture) => Promise<Value>,
): Promise<Value> {
  return withModule(async (heif) => {
    const file = createFile(heif, bytes);
    const value = await use(file.picture());
    // Not in a `finally`: after a failure the whole instance is discarded.
    file.close();
    return value;
  });
}

function createFile(heif: LibheifModule, bytes: Uint8Array) {
  // Growing memory replaces its buffer, so a view is valid only until the next call.
  const numberAt = (address: number) => viewOf(heif.HEAPU8).getUint32(address, true);
  const allocate = (length: number): number => {
    const address = heif._malloc(length);
    if (address === 0) throw new Refused('too-large-to-convert');
    return address;
  };
  const error = allocate(maxStructure);
  const out = allocate(maxStructure);
  const context = heif._heif_context_alloc();
  const limits = heif._heif_context_get_security_limits(context);
  viewOf(heif.HEAPU8).setUint32(limits + maxItemsAt, maxItems, true);
  const data = allocate(bytes.length);
  heif.HEAPU8.set(bytes, data);
  let release = () => {};

  /** Runs a function that returns an error and fills `out`. */
  function check(run: () => void): void {
    heif.HEAPU8.fill(0, out, out + maxStructure);
    run();
    const code = numberAt(error);
    if (code === memoryAllocationError) throw new Refused('too-large-to-convert');
    const detail = numberAt(error + 4);
    if (code === invalidInput && detail === endOfData) throw new Refused('truncated');
    if (code !== 0) throw new Error(`libheif cannot read the picture (${code}, ${detail}).`);
  }

  function tilingOf(handle: number): Tiling {
    check(() => heif._heif_image_handle_get_image_tiling(error, handle, 1, out));
    const [columns = 0, rows = 0, tileWidth = 0, tileHeight = 0, , , top = 0, left = 0] = Array.from(
      { length: 8 },
      (_, index) => numberAt(out + 4 + 4 * index),
    );
    return { columns, rows, tileWidth, tileHeight, left, top };
  }

  async function useImage(use: (pixels: HeifPixels) => Promise<void>): Promise<void> {
    const image = numberAt(out);
    const address = heif._heif_image_get_plane_readonly(image, interleaved, out);
    if (address === 0) throw new Error('The picture has no pixels.');
    const [width, height] = [
      heif._heif_image_get_width(image, interleaved),
      heif._heif_image_get_height(image, interleaved),
    ];
    const stride = numberAt(out);
    const rows = heif.HEAPU8.subarray(address, address + stride * height);
    await use({ width, height, stride, rows });
    heif._heif_image_release(image);
  }

  /** Describes the primary picture of the file. */
  function stillPicture(): HeifPicture {
    check(() => heif._heif_context_get_primary_image_handle(error, context, out));
    const handle = numberAt(out);
    release = () => heif._heif_image_handle_release(handle);
    return {
      isFrame: false,
      width: heif._heif_image_handle_get_width(handle),
      height: heif._heif_image_handle_get_height(handle),
      hasAlpha: heif._heif_image_handle_has_alpha_channel(handle) !== 0,
      others: heif._heif_context_get_number_of_top_level_images(context) - 1,
      depthMaps: heif._heif_image_handle_get_number_of_depth_images(handle),
      otherMaps: heif._heif_image_handle_get_number_of_auxiliary_images(handle, noAlphaNoDepth),
      tiling: tilingOf(handle),
      decode(use) {
        check(() => heif._heif_decode_image(error, handle, out, rgb, interleavedRgba, 0));
        return useImage(use);
      },
      decodeTile(column, row, use) {
        check(() =>
          heif._heif_image_handle_decode_image_tile(
            ...([error, handle, out, rgb, interleavedRgba, 0, column, row] as const),
          ),
        );
        return useImage(use);
      },
    };
  }

  /** Describes the first frame of a file that has only a track. */
  function firstFrame(): HeifPicture {
    const track = heif._heif_context_get_track(context, 0);
    if (track === 0) throw new Error('The file has no track of pictures.');
    release = () => heif._heif_track_release(track);
    check(() => heif._heif_track_get_image_resolution(error, track, out, out + 2));
    const [width, height] = [0, 2].map((at) => viewOf(heif.HEAPU8).getUint16(out + at, true));
    const size = { width: width ?? 0, height: height ?? 0 };
    const decode: HeifPicture['decode'] = (use) => {
      check(() => heif._heif_track_decode_next_image(error, track, out, rgb, interleavedRgba, 0));
      return useImage(use);
    };
    return {
      ...size,
      isFrame: true,
      hasAlpha: heif._heif_track_has_alpha_channel(track) !== 0,
      ...{ others: 0, depthMaps: 0, otherMaps: 0 },
      tiling: { columns: 1, rows: 1, tileWidth: size.width, tileHeight: size.height, left: 0, top: 0 },
      decode,
      decodeTile: (_column, _row, use) => decode(use),
    };
  }

  return {
    picture(): HeifPicture {
      check(() => heif._heif_context_read_from_memory_without_copy(error, context, data, bytes.length, 0));
      const hasStill = heif._heif_context_get_number_of_top_level_images(context) > 0;
      return !hasStill && heif._heif_context_has_sequence(context) !== 0 ? firstFrame() : stillPicture();
    },
    close(): void {
      release();
      heif._heif_context_free(context);
      for (const address of [data, out, error]) heif._free(address);
    },
  };
}

/**
 * Filter of libheif that omits alpha planes, which belong to the picture, and depth maps, which are counted
 * separately.
 */
const noAlphaNoDepth = 6;
