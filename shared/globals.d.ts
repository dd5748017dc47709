// Declares the globals of all runtimes of `shared`, which includes neither the DOM's nor Node's types.

declare global {
  /** The parts of https://url.spec.whatwg.org/#url-class that are used here. */
  class URL {
    constructor(url: string);
    static canParse(url: string): boolean;
    readonly protocol: string;
    readonly username: string;
    readonly password: string;
    readonly host: string;
    readonly origin: string;
    readonly hostname: string;
    readonly pathname: string;
  }

  /** https://encoding.spec.whatwg.org/#interface-textencoder */
  class TextEncoder {
    encode(text: string): Uint8Array;
  }

  /** The parts of https://encoding.spec.whatwg.org/#interface-textdecoder that are used here. */
  class TextDecoder {
    constructor(label: 'utf-8' | 'utf-16le' | 'utf-16be', options: { ignoreBOM?: boolean; fatal?: boolean });
    decode(bytes: Uint8Array): string;
  }
}

export {};
