// Types of the functions used from the WebAssembly decoders, whose packages have no types or need those of a
// browser.

declare module 'libheif-js/libheif-wasm/libheif-bundle.js' {
  /** An address in the decoder's memory. */
  type Address = number;
  /** Functions of libheif's C interface. Those that return an error get the address for it first. */
  export type LibheifModule = {
    HEAPU8: Uint8Array;
    /** Returns 0 if memory is insufficient. */
    _malloc: (length: number) => Address;
    _free: (address: Address) => void;
    _heif_context_alloc: () => Address;
    _heif_context_free: (context: Address) => void;
    /** Returns the address of the context's limits, which can be written. */
    _heif_context_get_security_limits: (context: Address) => Address;
    _heif_context_read_from_memory_without_copy: (
      error: Address,
      context: Address,
      bytes: Address,
      length: number,
      options: 0,
    ) => void;
    _heif_context_get_number_of_top_level_images: (context: Address) => number;
    _heif_context_get_primary_image_handle: (error: Address, context: Address, handle: Address) => void;
    _heif_context_has_sequence: (context: Address) => number;
    /** @param id 0 selects the first visual track. Returns 0 if there is none. */
    _heif_context_get_track: (context: Address, id: 0) => Address;
    _heif_track_release: (track: Address) => void;
    /** Writes width and height as 16-bit numbers. */
    _heif_track_get_image_resolution: (
      error: Address,
      track: Address,
      width: Address,
      height: Address,
    ) => void;
    _heif_track_has_alpha_channel: (track: Address) => number;
    _heif_track_decode_next_image: (
      error: Address,
      track: Address,
      image: Address,
      colorspace: number,
      chroma: number,
      options: 0,
    ) => void;
    _heif_image_handle_release: (handle: Address) => void;
    _heif_image_handle_get_width: (handle: Address) => number;
    _heif_image_handle_get_height: (handle: Address) => number;
    _heif_image_handle_has_alpha_channel: (handle: Address) => number;
    _heif_image_handle_get_number_of_depth_images: (handle: Address) => number;
    _heif_image_handle_get_number_of_auxiliary_images: (handle: Address, filter: number) => number;
    _heif_image_handle_get_image_tiling: (
      error: Address,
      handle: Address,
      transformed: 0 | 1,
      tiling: Address,
    ) => void;
    _heif_decode_image: (
      error: Address,
      handle: Address,
      image: Address,
      colorspace: number,
      chroma: number,
      options: 0,
    ) => void;
    _heif_image_handle_decode_image_tile: (
      error: Address,
      handle: Address,
      image: Address,
      colorspace: number,
      chroma: number,
      options: 0,
      column: number,
      row: number,
    ) => void;
    _heif_image_get_plane_readonly: (image: Address, channel: number, stride: Address) => Address;
    _heif_image_get_width: (image: Address, channel: number) => number;
    _heif_image_get_height: (image: Address, channel: number) => number;
    _heif_image_release: (image: Address) => void;
  };
  /** Creates an instance. */
  const create: (options: { print: () => void; printErr: () => void }) => LibheifModule;
  export default create;
}

declare module '@jsquash/jxl/codec/enc/jxl_enc.js' {
  type Options = {
    effort: number;
    quality: number;
    progressive: boolean;
    epf: number;
    lossyPalette: boolean;
    decodingSpeedTier: number;
    photonNoiseIso: number;
    lossyModular: boolean;
    lossless: boolean;
  };
  type Encoder = {
    /** Returns null if the picture cannot be encoded. */
    encode: (rgba: Uint8ClampedArray, width: number, height: number, options: Options) => Uint8Array | null;
  };
  const create: (options: { noInitialRun: boolean; wasmBinary: Uint8Array }) => Promise<Encoder>;
  export default create;
}
