// Types of the decoders in WebAssembly, as far as they are used: their packages have none, or none without a browser's.

declare module 'libheif-js/wasm-bundle.js' {
  export type HeifImage = {
    get_width: () => number;
    get_height: () => number;
    is_primary: () => boolean;
    /** Fills `data` and calls back, with null if that failed. */
    display: (
      target: { data: Uint8ClampedArray; width: number; height: number },
      done: (shown: unknown) => void,
    ) => void;
    free: () => void;
  };
  const heif: { HeifDecoder: new () => { decode: (bytes: Uint8Array) => HeifImage[] } };
  export default heif;
}

declare module '@jsquash/jxl/codec/dec/jxl_dec.js' {
  type Decoder = {
    /** Returns null if the picture cannot be decoded. */
    decode: (bytes: Uint8Array) => { width: number; height: number; data: Uint8ClampedArray } | null;
  };
  const create: (options: { noInitialRun: boolean; wasmBinary: Uint8Array }) => Promise<Decoder>;
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
